#include "detect/plain_text.h"

#include <stdlib.h>
#include <string.h>


#include "base/mem.h"

enum { NAME_MOST = 12, TAG_MOST = 4096, REFERENCE_MOST = 10 };

enum tag_kind {
    TAG_INLINE, /* nothing is seen of it */
    TAG_SPACE,  /* parts words */
    TAG_LINE,   /* begins or ends a line */
    TAG_QUOTE,  /* with all that is in it: somebody else's words */
    TAG_HIDDEN  /* with all that is in it: not shown */
};

/* In order of name. */
static const struct tag {
    const char *name;
    enum tag_kind kind;
} tags[] = {
    {"a", TAG_INLINE},       {"abbr", TAG_INLINE},   {"address", TAG_LINE}, {"article", TAG_LINE},
    {"b", TAG_INLINE},       {"big", TAG_INLINE},    {"blockquote", TAG_QUOTE},
    {"body", TAG_LINE},      {"br", TAG_LINE},       {"center", TAG_LINE},  {"code", TAG_INLINE},
    {"dd", TAG_LINE},        {"del", TAG_INLINE},    {"div", TAG_LINE},     {"dl", TAG_LINE},
    {"dt", TAG_LINE},        {"em", TAG_INLINE},     {"font", TAG_INLINE},  {"footer", TAG_LINE},
    {"form", TAG_LINE},      {"h1", TAG_LINE},       {"h2", TAG_LINE},      {"h3", TAG_LINE},
    {"h4", TAG_LINE},        {"h5", TAG_LINE},       {"h6", TAG_LINE},      {"head", TAG_HIDDEN},
    {"header", TAG_LINE},    {"hr", TAG_LINE},       {"html", TAG_LINE},    {"i", TAG_INLINE},
    {"img", TAG_SPACE},      {"input", TAG_SPACE},   {"ins", TAG_INLINE},   {"label", TAG_INLINE},
    {"li", TAG_LINE},        {"link", TAG_INLINE},   {"meta", TAG_INLINE},  {"o:p", TAG_INLINE},
    {"ol", TAG_LINE},        {"p", TAG_LINE},        {"pre", TAG_LINE},     {"s", TAG_INLINE},
    {"script", TAG_HIDDEN},  {"section", TAG_LINE},  {"small", TAG_INLINE}, {"span", TAG_INLINE},
    {"strike", TAG_INLINE},  {"strong", TAG_INLINE}, {"style", TAG_HIDDEN}, {"sub", TAG_INLINE},
    {"sup", TAG_INLINE},     {"table", TAG_LINE},    {"tbody", TAG_LINE},   {"td", TAG_SPACE},
    {"tfoot", TAG_LINE},     {"th", TAG_SPACE},      {"thead", TAG_LINE},   {"title", TAG_HIDDEN},
    {"tr", TAG_LINE},        {"tt", TAG_INLINE},     {"u", TAG_INLINE},     {"ul", TAG_LINE},
    {"wbr", TAG_INLINE},
};

/* In order of name. */
static const struct reference {
    const char *name;
    const char *text;
} references[] = {
    {"Agrave", "\u00C0"}, {"Egrave", "\u00C8"}, {"aacute", "\u00E1"}, {"agrave", "\u00E0"},
    {"amp", "&"},         {"apos", "'"},        {"bull", "\u2022"},   {"eacute", "\u00E9"},
    {"egrave", "\u00E8"}, {"euro", "\u20AC"},   {"gt", ">"},          {"hellip", "\u2026"},
    {"iacute", "\u00ED"}, {"igrave", "\u00EC"}, {"laquo", "\u00AB"},  {"ldquo", "\u201C"},
    {"lsquo", "\u2018"},  {"lt", "<"},          {"mdash", "\u2014"},  {"nbsp", "\u00A0"},
    {"ndash", "\u2013"},  {"oacute", "\u00F3"}, {"ograve", "\u00F2"}, {"quot", "\""},
    {"raquo", "\u00BB"},  {"rdquo", "\u201D"},  {"rsquo", "\u2019"},  {"uacute", "\u00FA"},
    {"ugrave", "\u00F9"},
};

struct reading {
    struct plain_text *plain;
    struct str source;
    size_t at;
    unsigned quotes; /* quoted blocks that are open */
    bool failed;
};

void plain_text_init(struct plain_text *plain)
{
    memset(plain, 0, sizeof *plain);
    buf_init(&plain->room, SIZE_MAX);
}

void plain_text_done(struct plain_text *plain)
{
    buf_done(&plain->room);
    mem_free(plain->jumps);
    plain_text_init(plain);
}

/* What is added next comes from the place of the source. */
static void jump(struct reading *reading)
{
    struct plain_text *plain = reading->plain;

    if (!mem_grow(&plain->jumps, plain->jump_count, &plain->jump_capacity, sizeof *plain->jumps)) {
        reading->failed = true;
        return;
    }
    plain->jumps[plain->jump_count++] = (struct plain_jump){plain->room.len, reading->at};
}

/* --- tags --- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int by_tag(const void *name, const void *tag)
{
    return strcmp(name, ((const struct tag *)tag)->name);
}

static int by_reference(const void *name, const void *reference)
{
    return strcmp(name, ((const struct reference *)reference)->name);
}

/* Behind the '>' that closes what opens at `at`; 0: it is no tag. */
static size_t tag_end(struct str source, size_t at)
{
    size_t most = source.len - at > TAG_MOST ? at + TAG_MOST : source.len;
    const char *close = memchr(source.ptr + at, '>', most - at);

    return close ? (size_t)(close - source.ptr) + 1 : 0;
}

/* NULL: no element of HTML. */
static const struct tag *tag_at(struct str source, size_t at, bool *ret_is_end)
{
    char name[NAME_MOST + 1];
    size_t len = 0;

    *ret_is_end = at + 1 < source.len && source.ptr[at + 1] == '/';
    at += *ret_is_end ? 2 : 1;
    while (at < source.len && len < NAME_MOST &&
           (is_letter(source.ptr[at]) || (len && (is_digit(source.ptr[at]) || source.ptr[at] == ':'))))
        name[len++] = (char)(source.ptr[at] | (is_letter(source.ptr[at]) ? 0x20 : 0)), at++;
    name[len] = '\0';
    if (len == 0 || at == source.len || !strchr(" \t\r\n/>", source.ptr[at]))
        return NULL;
    return bsearch(name, tags, ARRAY_LEN(tags), sizeof *tags, by_tag);
}

/* Behind what such an element holds, or the end of the text. */
static size_t hidden_end(struct str source, size_t at, const struct tag *tag)
{
    const char *open;

    while (at < source.len && (open = memchr(source.ptr + at, '<', source.len - at)) != NULL) {
        size_t place = (size_t)(open - source.ptr);
        bool is_end;

        if (tag_at(source, place, &is_end) == tag && is_end) {
            size_t end = tag_end(source, place);

            return end ? end : source.len;
        }
        at = place + 1;
    }
    return source.len;
}

/* What ends the line of the source behind such a tag is no empty line. */
static void skip_line_end(struct reading *reading)
{
    struct str source = reading->source;

    if (reading->at < source.len && source.ptr[reading->at] == '\r')
        reading->at++;
    if (reading->at < source.len && source.ptr[reading->at] == '\n')
        reading->at++;
}

/* Behind a tag, comment or declaration; false: the '<' is a sign like others. */
static bool take_tag(struct reading *reading)
{
    struct str source = reading->source;
    struct buf *room = &reading->plain->room;
    bool is_end;
    const struct tag *tag = tag_at(source, reading->at, &is_end);
    size_t end;

    if (!tag && source.ptr[reading->at + 1] != '!')
        return false;
    end = tag_end(source, reading->at);
    if (!end)
        return false;
    reading->at = end;
    if (!tag) /* a comment or a declaration */
        return true;
    if (tag->kind == TAG_HIDDEN && !is_end)
        reading->at = hidden_end(source, end, tag);
    else if (tag->kind == TAG_QUOTE)
        reading->quotes += is_end ? (reading->quotes ? -1u : 0u) : 1u;
    if (tag->kind == TAG_LINE || tag->kind == TAG_QUOTE) {
        buf_add_char(room, '\n');
        skip_line_end(reading);
    } else if (tag->kind == TAG_SPACE) {
        buf_add_char(room, ' ');
    }
    return true;
}

/* --- character references --- */

static void add_character(struct buf *room, unsigned long c)
{
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    if (c < 0x80) {
        buf_add_char(room, (char)c);
        return;
    }
    if (c < 0x800) {
        buf_add_char(room, (char)(0xC0 | c >> 6));
    } else {
        if (c < 0x10000) {
            buf_add_char(room, (char)(0xE0 | c >> 12));
        } else {
            buf_add_char(room, (char)(0xF0 | c >> 18));
            buf_add_char(room, (char)(0x80 | (c >> 12 & 0x3F)));
        }
        buf_add_char(room, (char)(0x80 | (c >> 6 & 0x3F)));
    }
    buf_add_char(room, (char)(0x80 | (c & 0x3F)));
}

static unsigned digit_of(char c)
{
    return is_digit(c) ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a') + 10;
}

/* The number between "#" or "#x" and the semicolon; false: it is none. */
static bool take_number(struct buf *room, struct str digits)
{
    bool is_hex = digits.len > 1 && (digits.ptr[0] | 0x20) == 'x';
    unsigned base = is_hex ? 16 : 10;
    unsigned long c = 0;
    size_t i;

    for (i = is_hex; i < digits.len; i++) {
        if (!is_digit(digits.ptr[i]) && !is_letter(digits.ptr[i]))
            return false;
        if (digit_of(digits.ptr[i]) >= base)
            return false;
        c = c * base + digit_of(digits.ptr[i]); /* at most nine digits */
    }
    if (i == (size_t)is_hex)
        return false;
    add_character(room, c);
    return true;
}

static bool take_reference(struct reading *reading)
{
    struct str source = reading->source;
    size_t start = reading->at + 1;
    size_t most = source.len - start > REFERENCE_MOST ? REFERENCE_MOST : source.len - start;
    const char *close = memchr(source.ptr + start, ';', most);
    size_t len = close ? (size_t)(close - source.ptr) - start : 0;
    char name[REFERENCE_MOST + 1];

    if (len == 0)
        return false;
    memcpy(name, source.ptr + start, len);
    name[len] = '\0';
    if (name[0] == '#') {
        if (!take_number(&reading->plain->room, (struct str){name + 1, len - 1}))
            return false;
    } else {
        const struct reference *found =
            bsearch(name, references, ARRAY_LEN(references), sizeof *references, by_reference);

        if (!found)
            return false;
        buf_add_text(&reading->plain->room, found->text);
    }
    reading->at = start + len + 1;
    return true;
}

/* --- the whole text --- */

/* Up to the next sign that may be markup. */
static void take_text(struct reading *reading)
{
    struct str source = reading->source;
    size_t start = reading->at;
    size_t end = start + 1;

    while (end < source.len && source.ptr[end] != '<' && source.ptr[end] != '&')
        end++;
    if (reading->quotes == 0)
        buf_add(&reading->plain->room, (struct str){source.ptr + start, end - start});
    reading->at = end;
}

bool plain_text_make(struct plain_text *plain, struct str source)
{
    struct reading reading = {.plain = plain, .source = source};

    plain->jump_count = plain->jump = 0;
    plain->text = source;
    if (source.len == 0 ||
        (!memchr(source.ptr, '<', source.len) && !memchr(source.ptr, '&', source.len)))
        return true;
    buf_clear(&plain->room);
    jump(&reading);
    while (reading.at < source.len && !reading.failed) {
        char c = source.ptr[reading.at];
        size_t before = plain->room.len;

        if ((c == '<' && reading.at + 1 < source.len && take_tag(&reading)) ||
            (c == '&' && take_reference(&reading))) {
            if (reading.quotes && plain->room.len > before) /* nothing of a quote is kept */
                plain->room.len = before;
            jump(&reading);
        } else {
            take_text(&reading);
            if (reading.quotes)
                jump(&reading);
        }
    }
    plain->text = buf_str(&plain->room);
    return !reading.failed && !plain->room.failed;
}

size_t plain_place(struct plain_text *plain, size_t at)
{
    if (plain->jump_count == 0)
        return at;
    while (plain->jump > 0 && plain->jumps[plain->jump].at > at)
        plain->jump--;
    while (plain->jump + 1 < plain->jump_count && plain->jumps[plain->jump + 1].at <= at)
        plain->jump++;
    return plain->jumps[plain->jump].from + (at - plain->jumps[plain->jump].at);
}
