/*
 * All sheets of a book as one page of HTML that needs nothing else: no script, no file beside it, no
 * network. The policy in its head forbids all of them, and allows one style sheet, named by its
 * digest (Content Security Policy Level 3).
 */
#include "writer/write_html.h"

#include "base/digest.h"
#include "writer/writer.h"

static void add_base64(struct buf *out, const uint8_t *bytes, size_t count)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t i;

    for (i = 0; i < count; i += 3) {
        uint32_t b = i + 1 < count ? bytes[i + 1] : 0;
        uint32_t c = i + 2 < count ? bytes[i + 2] : 0;
        uint32_t all = (uint32_t)bytes[i] << 16 | b << 8 | c;

        buf_add_char(out, digits[all >> 18]);
        buf_add_char(out, digits[all >> 12 & 63]);
        buf_add_char(out, i + 1 < count ? digits[all >> 6 & 63] : '=');
        buf_add_char(out, i + 2 < count ? digits[all & 63] : '=');
    }
}

static bool add_head(struct html *html)
{
    const struct book *book = html->book;
    struct buf *out = html->out;
    struct sha256 sum;
    struct buf style;
    bool done;

    buf_init(&style, SIZE_MAX / 2);
    buf_add_char(&style, '\n');
    html_style(book, &style);
    done = !style.failed && digest_bytes(buf_str(&style), &sum);
    if (done) {
        buf_printf(out,
                   "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'sha256-",
                   lang_name(book->lang));
        add_base64(out, sum.bytes, sizeof sum.bytes);
        buf_add_text(out, "'; base-uri 'none'; form-action 'none'\"/>\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                          "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
                          "<meta name=\"generator\" content=\"");
        html_text(html, book->tool);
        buf_add_text(out, "\"/>\n<title>");
        html_text(html, book->title);
        if (book->organization.len) {
            buf_add_text(out, " \xC2\xB7 ");
            html_text(html, book->organization);
        }
        if (book->marking.len) {
            buf_add_text(out, " \xC2\xB7 ");
            html_text(html, book->marking);
        }
        buf_add_text(out, "</title>\n<style>");
        buf_add(out, buf_str(&style));
        buf_add_text(out, "</style>\n</head>\n");
    }
    buf_done(&style);
    return done;
}

static void add_navigation(struct html *html)
{
    const struct sheet *sheet;

    buf_printf(html->out, "<a class=\"skip\" href=\"#main\">%s</a>\n<nav aria-label=\"%s\"><ul>\n",
               html_word(html, HTML_SKIP), html_word(html, HTML_CONTENTS));
    for (sheet = html->book->sheets; sheet; sheet = sheet->next) {
        if (sheet->is_working)
            continue;
        buf_add_text(html->out, "<li><a href=\"#");
        html_id(html, sheet->id, (struct str){NULL, 0});
        buf_add_text(html->out, "\">");
        html_text(html, sheet->name);
        buf_add_text(html->out, "</a></li>\n");
    }
    buf_add_text(html->out, "</ul></nav>\n");
}

void html_sheet(struct html *html, const struct sheet *sheet)
{
    struct buf *out = html->out;

    buf_add_text(out, "<section id=\"");
    html_id(html, sheet->id, (struct str){NULL, 0});
    buf_add_text(out, "\">\n");
    if (!html_has_title(sheet)) {
        buf_add_text(out, "<h2>");
        html_text(html, sheet->name);
        buf_add_text(out, "</h2>\n");
    }
    if (sheet->has_heading)
        html_table(html, sheet);
    else
        html_free(html, sheet);
    buf_add_text(out, "</section>\n");
}

static enum status write_html(const struct book *book, struct buf *out, struct diag *diag)
{
    struct html html = {.book = book, .out = out};
    const struct sheet *sheet;

    buf_init(&html.scratch, SIZE_MAX / 2);
    if (!add_head(&html))
        out->failed = true;
    buf_add_text(out, "<body>\n");
    add_navigation(&html);
    if (book->marking.len) {
        buf_add_text(out, "<header><p class=\"marking\">");
        html_text(&html, book->marking);
        buf_add_text(out, "</p></header>\n");
    }
    buf_add_text(out, "<main id=\"main\">\n");
    for (sheet = book->sheets; sheet; sheet = sheet->next)
        if (!sheet->is_working)
            html_sheet(&html, sheet);
    buf_add_text(out, "</main>\n<footer><p>");
    html_text(&html, book->tool);
    if (book->marking.len) {
        buf_add_text(out, " \xC2\xB7 ");
        html_text(&html, book->marking);
    }
    buf_add_text(out, "</p></footer>\n</body>\n</html>\n");
    out->failed |= html.scratch.failed;
    buf_done(&html.scratch);
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}

extern const struct writer writer_html;
const struct writer writer_html = {.name = "html",
                                   .ending = ".html",
                                   .about = "one page for browsers, without script",
                                   .is_sealed = true,
                                   .write_text = write_html};
