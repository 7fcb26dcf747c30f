#include "report/text_table.h"

#include <math.h>

size_t text_columns(struct str s)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count;
}

void text_pad(struct buf *out, size_t from, size_t to)
{
    for (; from < to; from++)
        buf_add_char(out, ' ');
}

void text_right(struct buf *out, struct str text, size_t columns)
{
    text_pad(out, text_columns(text), columns);
    buf_add(out, text);
}

struct str text_key(struct report *report, const struct figure *row)
{
    struct str key = row->key.len ? row->key : report_say(report, WORD_TERM_NO_KEY);
    size_t cut = 0;
    size_t shown = 0;

    while (cut < key.len &&
           (shown < TEXT_KEY_MOST - 1 || ((unsigned char)key.ptr[cut] & 0xC0) == 0x80))
        shown += ((unsigned char)key.ptr[cut++] & 0xC0) != 0x80;
    buf_add_visible(&report->scratch, (struct str){key.ptr, cut}, cut);
    if (cut < key.len)
        buf_add_text(&report->scratch, "\xE2\x80\xA6");
    return report_keep(report);
}

struct str text_value(struct report *report, const struct figure *figure, double value)
{
    return report_value(report, figure->unit, value);
}

struct str text_quantile(struct report *report, const struct figure *figure, int quantile)
{
    return text_value(report, figure,
                      quantile_stands(figure, quantile) ? figure->quantiles[quantile] : NAN);
}

void text_line(struct buf *out, struct str text)
{
    struct str word;
    size_t at = 0;

    while (str_split(&text, ' ', &word)) {
        if (at && at + 1 + text_columns(word) > TEXT_LINE) {
            buf_add_text(out, "\n   ");
            at = 3;
        }
        buf_add_text(out, at ? " " : "  ");
        buf_add_visible(out, word, word.len);
        at += text_columns(word) + (at ? 1 : 2);
    }
    buf_add_char(out, '\n');
}
