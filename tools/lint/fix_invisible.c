/* Characters that nobody sees and nobody typed, taken out; what they were in another encoding. */
#include <string.h>

#include "lint/fix.h"
#include "lint/lint_characters.h"

/* Joiners and marks of direction mean something in scripts that begin here, and between pictures. */
enum { OTHER_SCRIPTS = 0x0590 };

/* Whether everything is in a script that needs no such marks. */
static bool is_plain(struct str text)
{
    size_t at = 0;

    while (at < text.len) {
        unsigned code = lint_characters_next(text, &at);

        if (code >= OTHER_SCRIPTS && !lint_is_invisible(code) &&
            (code < 0x1E00 || code >= 0x2C00))
            return false;
    }
    return true;
}

/* A reference by number, at its "&"; false: it is none. */
static bool take_reference(struct str text, size_t at, unsigned *ret_code, size_t *ret_end)
{
    bool is_hex;
    unsigned code = 0;
    size_t i;

    if (at + 3 >= text.len || text.ptr[at + 1] != '#')
        return false;
    is_hex = text.ptr[at + 2] == 'x';
    for (i = at + 2 + is_hex; i < text.len && text.ptr[i] != ';' && code < 0x110000; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        unsigned digit = c <= '9' ? c - (unsigned)'0' : (c | 0x20u) - 'a' + 10u;

        code = code * (is_hex ? 16u : 10u) + digit;
    }
    *ret_code = code;
    *ret_end = i + 1;
    return true;
}

/* In UTF-8; all that are meant have two bytes or three. */
static size_t put_character(char *out, unsigned code)
{
    size_t len = code < 0x800 ? 2 : 3;

    out[0] = (char)(len == 2 ? 0xC0 | code >> 6 : 0xE0 | code >> 12);
    out[len - 2] = (char)(len == 2 ? (unsigned char)out[0] : 0x80 | (code >> 6 & 0x3F));
    out[len - 1] = (char)(0x80 | (code & 0x3F));
    return len;
}

static void mend(struct fixing *fixing, struct xml_range range, unsigned code)
{
    unsigned meant = lint_control_meant(code);
    char text[4];

    if (code == 0x2028 || code == 0x2029) {
        fix_edit(fixing, range, STR(" "));
    } else if (meant) {
        fix_edit(fixing, range, (struct str){text, put_character(text, meant)});
    } else if (code >= 0xA0) {
        fix_edit(fixing, range, STR(""));
    }
}

static bool stands_at(struct str text, size_t at, const char *mark)
{
    return str_starts((struct str){text.ptr + at, text.len - at}, mark);
}

/* Comments and instructions stay as they are; of a CDATA section this is behind its mark. */
static size_t past_markup(struct str text, size_t at)
{
    const char *end = stands_at(text, at, "<?") ? "?>" : "-->";

    if (stands_at(text, at, "<![CDATA["))
        return at + 9;
    while (at < text.len && !stands_at(text, at, end))
        at++;
    return at < text.len ? at + strlen(end) : at;
}

static void propose(struct fixing *fixing)
{
    struct xml_range content;
    struct xml_range end_name;
    struct str text;
    bool is_literal = false; /* in a CDATA section */
    size_t at = 0;

    xml_source_element(fixing->document, fixing->node, &content, &end_name);
    text = xml_source_part(fixing->document, content);
    if (!is_plain(text))
        return;
    while (at < text.len) {
        size_t start = at;
        unsigned code;

        is_literal &= !stands_at(text, at, "]]>");
        if (text.ptr[at] == '<' && !is_literal) {
            is_literal = stands_at(text, at, "<![CDATA[");
            at = past_markup(text, at);
            continue;
        }
        if (is_literal || text.ptr[at] != '&' || !take_reference(text, at, &code, &at))
            code = lint_characters_next(text, &at);
        if (lint_is_invisible(code))
            mend(fixing, (struct xml_range){content.start + start, content.start + at}, code);
    }
}

const struct fix fix_invisible = {.about = "takes them out, or writes what they were in "
                                           "windows-1252",
                                  .propose = propose};
