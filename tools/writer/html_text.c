#include "base/mem.h"
#include "writer/cell_text.h"
#include "writer/clean_text.h"
#include "writer/write_html.h"

const char *html_word(const struct html *html, enum html_word word)
{
    static const char *const words[HTML_WORD_COUNT][LANG_COUNT] = {
        [HTML_CONTENTS] = {"Contents", "Indice"},
        [HTML_SKIP] = {"Skip to the content", "Vai al contenuto"},
        [HTML_COLUMNS] = {"About the columns", "Che cosa dicono le colonne"},
        [HTML_HELP] = {"Help", "Aiuto"},
        [HTML_DATA] = {"Show the table", "Mostra la tabella"},
    };

    return words[word][html->book->lang];
}

static const char *escape_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void html_text(struct html *html, struct str text)
{
    struct buf *from = &html->scratch;
    size_t start = 0;
    size_t i;

    html->out->failed |= from->failed;
    buf_clear(from);
    clean_text(from, text, /* escape= */ false, 0, html->book->lang);
    for (i = 0; i < from->len; i++) {
        const char *escape = escape_of(from->bytes[i]);

        if (!escape)
            continue;
        buf_add(html->out, (struct str){from->bytes + start, i - start});
        buf_add_text(html->out, escape);
        start = i + 1;
    }
    if (from->len > start)
        buf_add(html->out, (struct str){from->bytes + start, from->len - start});
}

/* Times are told to programs, too. */
static void add_time(struct html *html, const struct cell *cell)
{
    buf_add_text(html->out, "<time datetime=\"");
    cell_add_iso(html->out, cell->is.time, cell->type == CELL_INSTANT);
    buf_add_text(html->out, "\">");
    cell_add_value(html->out, cell, html->book->lang);
    buf_add_text(html->out, "</time>");
}

void html_value(struct html *html, const struct cell *cell)
{
    if (cell->type == CELL_TEXT) {
        html_text(html, cell_text(cell));
    } else if (cell->type == CELL_UNIT) {
        struct buf unit;

        buf_init(&unit, SIZE_MAX / 2);
        cell_add_value(&unit, cell, html->book->lang);
        html->out->failed |= unit.failed;
        html_text(html, buf_str(&unit));
        buf_done(&unit);
    } else if (cell->type == CELL_DATE || cell->type == CELL_INSTANT) {
        add_time(html, cell);
    } else {
        cell_add_value(html->out, cell, html->book->lang);
    }
}

static void add_id_part(struct buf *out, struct str part)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t start = 0;
    size_t i;

    for (i = 0; i < part.len; i++) {
        unsigned char c = (unsigned char)part.ptr[i];
        char escape[3] = {'~', hex[c >> 4], hex[c & 15]};

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '.' || c == '-' || c == '_')
            continue;
        buf_add(out, (struct str){part.ptr + start, i - start});
        buf_add(out, (struct str){escape, sizeof escape});
        start = i + 1;
    }
    if (part.len > start)
        buf_add(out, (struct str){part.ptr + start, part.len - start});
}

void html_id(struct html *html, struct str sheet, struct str key)
{
    add_id_part(html->out, sheet);
    if (!key.ptr)
        return;
    buf_add_char(html->out, ':');
    add_id_part(html->out, key);
}
