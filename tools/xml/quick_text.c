#include "xml/quick_text.h"

#include <string.h>

#include "base/mem.h"

/* Longer comments are the parser's, which has a limit. */
static const size_t COMMENT_BYTES = 1u << 20;

/* What a byte is to the scanner; 0 is nothing special. */
enum {
    IN_TEXT = 1,  /* ends a run of plain text */
    IN_VALUE = 2, /* ends a run in quotes */
    IN_NAME = 4,
    STARTS_NAME = 8,
};

/* Control characters, "<", "&", "]", quotes, and the first byte of U+FFFE. */
static const unsigned char kinds[256] = {
    3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    ['"'] = 2,  ['&'] = 3,  ['\''] = 2, ['<'] = 3,  [']'] = 1,  [0xEF] = 3, ['-'] = 4,  ['.'] = 4,
    ['0'] = 4,  ['1'] = 4,  ['2'] = 4,  ['3'] = 4,  ['4'] = 4,  ['5'] = 4,  ['6'] = 4,  ['7'] = 4,
    ['8'] = 4,  ['9'] = 4,  ['A'] = 12, ['B'] = 12, ['C'] = 12, ['D'] = 12, ['E'] = 12, ['F'] = 12,
    ['G'] = 12, ['H'] = 12, ['I'] = 12, ['J'] = 12, ['K'] = 12, ['L'] = 12, ['M'] = 12, ['N'] = 12,
    ['O'] = 12, ['P'] = 12, ['Q'] = 12, ['R'] = 12, ['S'] = 12, ['T'] = 12, ['U'] = 12, ['V'] = 12,
    ['W'] = 12, ['X'] = 12, ['Y'] = 12, ['Z'] = 12, ['_'] = 12, ['a'] = 12, ['b'] = 12, ['c'] = 12,
    ['d'] = 12, ['e'] = 12, ['f'] = 12, ['g'] = 12, ['h'] = 12, ['i'] = 12, ['j'] = 12, ['k'] = 12,
    ['l'] = 12, ['m'] = 12, ['n'] = 12, ['o'] = 12, ['p'] = 12, ['q'] = 12, ['r'] = 12, ['s'] = 12,
    ['t'] = 12, ['u'] = 12, ['v'] = 12, ['w'] = 12, ['x'] = 12, ['y'] = 12, ['z'] = 12,
};

static bool is_kind(char c, unsigned kind)
{
    return kinds[(unsigned char)c] & kind;
}

/* U+FFFE and U+FFFF are no characters of XML; the text is valid UTF-8 and ends with a zero. */
static bool is_character(const char *at)
{
    return (unsigned char)at[1] != 0xBF ||
           ((unsigned char)at[2] != 0xBE && (unsigned char)at[2] != 0xBF);
}

static struct str part_of_name(struct quick_text *text)
{
    const char *start = text->at;

    if (is_kind(*text->at, STARTS_NAME))
        while (is_kind(*text->at, IN_NAME))
            text->at++;
    return (struct str){start, (size_t)(text->at - start)};
}

struct str quick_name(struct quick_text *text)
{
    struct str name = part_of_name(text);

    if (name.len > 0 && *text->at == ':') {
        struct str local;

        text->at++;
        local = part_of_name(text);
        name.len = local.len > 0 ? name.len + 1 + local.len : 0;
    }
    return name;
}

/* --- references --- */

static bool put_character(uint32_t code, char **out)
{
    char *to = *out;

    if ((code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
        (code >= 0xD800 && code < 0xE000) || code == 0xFFFE || code == 0xFFFF || code > 0x10FFFF)
        return false;
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *to++ = (char)(0xE0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    } else {
        *to++ = (char)(0xF0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3F));
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    }
    *out = to;
    return true;
}

/* "#228;" or "#xE4;": what is decoded is never longer. */
static bool take_number(struct quick_text *text, char **out)
{
    uint32_t code = 0;
    uint32_t base = 10;
    const char *start;

    text->at++;
    if (*text->at == 'x') {
        text->at++;
        base = 16;
    }
    for (start = text->at; *text->at != ';'; text->at++) {
        char c = *text->at;
        uint32_t digit = 16;

        if (c >= '0' && c <= '9')
            digit = (uint32_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = (uint32_t)(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F')
            digit = (uint32_t)(c - 'A') + 10;
        if (digit >= base || text->at - start > 8)
            return false;
        code = code * base + digit;
    }
    return text->at++ > start && put_character(code, out);
}

static bool take_reference(struct quick_text *text, char **out)
{
    static const struct {
        struct str name;
        char character;
    } entities[] = {{STR_INIT("amp;"), '&'},
                    {STR_INIT("lt;"), '<'},
                    {STR_INIT("gt;"), '>'},
                    {STR_INIT("quot;"), '"'},
                    {STR_INIT("apos;"), '\''}};
    size_t i;

    text->at++;
    if (*text->at == '#')
        return take_number(text, out);
    for (i = 0; i < ARRAY_LEN(entities); i++) {
        if (strncmp(text->at, entities[i].name.ptr, entities[i].name.len) == 0) {
            text->at += entities[i].name.len;
            *(*out)++ = entities[i].character;
            return true;
        }
    }
    return false;
}

/* --- runs --- */

/* Goes on behind a run of plain bytes; false: at something that is not for here. */
static bool take_special(struct quick_text *text, bool in_value, char **out)
{
    char c = *text->at;

    if (c == '&')
        return take_reference(text, out);
    if (in_value && (c == '\t' || c == '\n'))
        c = ' '; /* as the value of an attribute is normalized */
    else if (!(c == '"' || c == '\'' ||
               ((unsigned char)c == 0xEF && is_character(text->at)) ||
               (c == ']' && strncmp(text->at, "]]>", 3) != 0)))
        return false;
    *(*out)++ = c;
    text->at++;
    return true;
}

/* The rest of a run in which something is to be decoded, from `start` up to `stop`. */
static bool decode(struct quick_text *text, const char *start, char stop, struct str *ret_run)
{
    const char *end = memchr(text->at, stop, (size_t)(text->end - text->at));
    unsigned kind = stop == '<' ? IN_TEXT : IN_VALUE;
    char *copy;
    char *out;

    if (!end)
        return false;
    copy = out = arena_bytes(text->arena, (size_t)(end - start));
    if (!copy) {
        text->no_memory = true;
        return false;
    }
    memcpy(out, start, (size_t)(text->at - start));
    out += text->at - start;
    while (*text->at != stop) {
        if (!is_kind(*text->at, kind))
            *out++ = *text->at++;
        else if (!take_special(text, kind == IN_VALUE, &out))
            return false;
    }
    *ret_run = (struct str){copy, (size_t)(out - copy)};
    return true;
}

/* Up to `stop`, which is not taken. */
static bool take_run(struct quick_text *text, char stop, struct str *ret_run)
{
    const char *start = text->at;
    unsigned kind = stop == '<' ? IN_TEXT : IN_VALUE;

    for (;;) {
        while (!is_kind(*text->at, kind))
            text->at++;
        if (*text->at == stop) {
            *ret_run = (struct str){start, (size_t)(text->at - start)};
            return true;
        }
        /* what stands for itself needs no copy */
        if (*text->at == '"' || *text->at == '\'' || *text->at == ']' ||
            (unsigned char)*text->at == 0xEF) {
            char sink;
            char *out = &sink;

            if (!take_special(text, kind == IN_VALUE, &out))
                return false;
        } else {
            return decode(text, start, stop, ret_run);
        }
    }
}

bool quick_value(struct quick_text *text, struct str *ret_value)
{
    char quote = *text->at;

    if (quote != '"' && quote != '\'')
        return false;
    text->at++;
    if (!take_run(text, quote, ret_value))
        return false;
    text->at++;
    return true;
}

bool quick_content(struct quick_text *text, struct str *ret_content)
{
    return take_run(text, '<', ret_content);
}

bool quick_comment(struct quick_text *text)
{
    const char *start = text->at;

    for (text->at += 4; !(text->at[0] == '-' && text->at[1] == '-'); text->at++) {
        unsigned char c = (unsigned char)*text->at;

        if ((c < 0x20 && c != '\t' && c != '\n') || (c == 0xEF && !is_character(text->at)) ||
            (size_t)(text->at - start) > COMMENT_BYTES)
            return false;
    }
    text->at += 2;
    return *text->at++ == '>';
}

bool quick_is_collapsed(struct str text)
{
    char last = ' ';
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] < '!' && (unsigned char)text.ptr[i] < 0x80 &&
            (text.ptr[i] != ' ' || last == ' '))
            return false;
        last = text.ptr[i];
    }
    return text.len == 0 || last != ' ';
}
