#include "writer/clean_text.h"

#include <string.h>

size_t utf8_next(struct str text, uint32_t *ret_code)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t step;
    size_t i;
    uint32_t code;

    if (text.len == 0)
        return 0;
    if (p[0] < 0x80) {
        *ret_code = p[0];
        return 1;
    }
    step = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (step > text.len || utf8_valid_prefix((struct str){text.ptr, step}) != step)
        return 0;
    code = p[0] & (0x7Fu >> step);
    for (i = 1; i < step; i++)
        code = code << 6 | (p[i] & 0x3Fu);
    *ret_code = code;
    return step;
}

bool text_looks_like_formula(struct str text)
{
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                       "\xEF\xBC\xA0"};
    size_t i;

    for (i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (str_starts(text, wide[i]))
            return true;
    return text.len > 0 && memchr("=+-@\t\r\n", text.ptr[0], 7) != NULL;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_escape_like(struct str s)
{
    return s.len >= 7 && s.ptr[0] == '_' && (s.ptr[1] == 'x' || s.ptr[1] == 'X') &&
           is_hex(s.ptr[2]) && is_hex(s.ptr[3]) && is_hex(s.ptr[4]) && is_hex(s.ptr[5]) &&
           s.ptr[6] == '_';
}

static bool turns_direction(uint32_t code)
{
    return code == 0x200E || code == 0x200F || code == 0x061C ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/* Bytes from the start that go out as they are: printable ASCII, no underscore. */
static size_t plain_run(struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c < 0x20 || c >= 0x7F || c == '_')
            break;
    }
    return i;
}

/* Adds one character that is not plain; returns the UTF-16 units added. */
static size_t add_special(struct buf *out, struct str rest, size_t step, uint32_t code, bool escape)
{
    if (step == 0 || (code & 0xFFFE) == 0xFFFE) {
        buf_add_text(out, "\xEF\xBF\xBD");
        return 1;
    }
    if (code == '_') {
        buf_add_text(out, escape && is_escape_like(rest) ? "_x005F_" : "_");
        return escape && is_escape_like(rest) ? 7 : 1;
    }
    if (turns_direction(code)) {
        buf_printf(out, "<U+%04X>", (unsigned)code);
        return 8;
    }
    if ((code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code < 0xA0))
        return 0;
    buf_add(out, (struct str){rest.ptr, step});
    return code > 0xFFFF ? 2 : 1;
}

void clean_text(struct buf *out, struct str text, bool escape, size_t limit, enum lang lang)
{
    static const char *const mark[LANG_COUNT] = {" [\xE2\x80\xA6 cut]", " [\xE2\x80\xA6 troncato]"};
    enum { MARK_UNITS = 16 };
    size_t room = limit ? limit - MARK_UNITS : SIZE_MAX;
    size_t units = 0;
    size_t fits = out->len; /* end of what may stay when the text must be cut */
    size_t i = 0;

    while (i < text.len) {
        struct str rest = {text.ptr + i, text.len - i};
        size_t run = plain_run(rest);
        uint32_t code = 0;
        size_t step;

        if (run > 0) {
            buf_add(out, (struct str){rest.ptr, run});
            if (units <= room)
                fits = out->len - (units + run > room ? units + run - room : 0);
            units += run;
            i += run;
        } else {
            step = utf8_next(rest, &code);
            units += add_special(out, rest, step, code, escape);
            i += step ? step : 1;
            if (units <= room)
                fits = out->len;
        }
        if (limit && units > limit)
            break;
    }
    if (limit && units > limit && !out->failed) {
        out->len = fits;
        buf_add_text(out, mark[lang]);
    }
}
