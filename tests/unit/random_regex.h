/*
 * Regular expressions and lines drawn from few letters, so that they often meet.
 * Some expressions are wrong; whoever compiles them sees which.
 */
#ifndef CFAUDIT_TESTS_RANDOM_REGEX_H
#define CFAUDIT_TESTS_RANDOM_REGEX_H

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

struct draw {
    uint64_t state;
};

static inline uint32_t draw_below(struct draw *draw, uint32_t below)
{
    draw->state = draw->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((draw->state >> 33) % below);
}

#define DRAW(draw, list) list[draw_below(draw, (uint32_t)ARRAY_LEN(list))]

static inline void draw_character(struct draw *draw, struct buf *out)
{
    static const char *const characters[] = {
        "a", "a", "b", "b", "c", "K", "k", "s", "S", "1", "2", "-", " ", "\xC3\xA9", "\xC5\xBF",
        "\xE2\x84\xAA", "\xEF\xBF\xBD", "\xF0\x9F\x98\x80", "_", "ab", "abc", "bca", "cab", "a1"};

    buf_add_text(out, DRAW(draw, characters));
}

static inline void draw_class(struct draw *draw, struct buf *out)
{
    static const char *const items[] = {
        "a", "b-c", "a-z", "A-Z", "0-9", "\\d", "\\w", "\\s", "\\D", "\\S", "\\h", "[:alpha:]",
        "[:^digit:]", "[:punct:]", "k", "s", "\xC3\xA9", "\\x61", "\\x{e9}", "\\-", "\\]", "-",
        "\\n", "a-\xC3\xA9", "\\b", "\\p{L}", "[:space:]", "[", "^", "a-c-e"};
    uint32_t count = 1 + draw_below(draw, 3);

    buf_add_text(out, draw_below(draw, 4) ? "[" : "[^");
    if (draw_below(draw, 12) == 0)
        buf_add_text(out, "]");
    while (count-- > 0)
        buf_add_text(out, DRAW(draw, items));
    buf_add_text(out, "]");
}

static inline void draw_escape(struct draw *draw, struct buf *out)
{
    static const char *const escapes[] = {
        "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\G", "\\K",
        "\\R", "\\X", "\\h", "\\H", "\\v", "\\N", "\\x61", "\\x{62}", "\\x{e9}", "\\x{fffd}", "\\x4b",
        "\\t", "\\n", "\\.", "\\-", "\\p{L}", "\\pN", "\\P{Lu}", "\\1", "\\2", "\\g1", "\\g{-1}",
        "\\k<n>", "\\Qab\\E", "\\Qa*b\\E", "\\Q", "\\E", "\\Q\\E", "\\o{141}", "\\141", "\\01", "\\cA",
        "\\e", "\\N{U+61}", "\\\xC3\xA9", "\\x", "\\x6"};

    buf_add_text(out, DRAW(draw, escapes));
}

static inline void draw_regex(struct draw *draw, struct buf *out, unsigned depth);

static inline void draw_group(struct draw *draw, struct buf *out, unsigned depth)
{
    static const char *const heads[] = {
        "(", "(", "(?:", "(?:", "(?<n>", "(?'m'", "(?P<o>", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?|",
        "(?i:", "(?x:", "(?s-i:", "(?^:", "(?-x:", "(?(1)", "(?(?=a)", "(?(<n>)", "(?(DEFINE)",
        "(?n:", "(?xx:", "(?*", "(?<*", "(*atomic:", "(*pla:", "(?im-x:", "(?U:"};

    buf_add_text(out, DRAW(draw, heads));
    draw_regex(draw, out, depth + 1);
    buf_add_text(out, ")");
}

static inline void draw_special(struct draw *draw, struct buf *out)
{
    static const char *const specials[] = {
        "^", "$", ".", "..", "(?i)", "(?-i)", "(?x)", "(?s)", "(?^)", "(?m)", "(?#a)b)", "(?#c)", "(?1)",
        "(?R)?", "(?&n)", "(?P>n)", "(?P=n)", "(*ACCEPT)", "(*FAIL)", "(*SKIP)", "(*COMMIT)", "(?C1)",
        " ", "# a\n", "#", "{", "}", "]", "a{,2}", "a{ 1,2 }", "(?J)", "(?U)", "a{1", "()", "(?-1)",
        "(?+1)", "\t", "\xC2\x85", "\xE2\x80\xA8"};

    buf_add_text(out, DRAW(draw, specials));
}

static inline void draw_atom(struct draw *draw, struct buf *out, unsigned depth)
{
    uint32_t kind = draw_below(draw, 100);

    if (kind < 60)
        draw_character(draw, out);
    else if (kind < 70)
        draw_class(draw, out);
    else if (kind < 80)
        draw_escape(draw, out);
    else if (kind < 93 && depth < 4)
        draw_group(draw, out, depth);
    else
        draw_special(draw, out);
}

static inline void draw_regex(struct draw *draw, struct buf *out, unsigned depth)
{
    static const char *const repeats[] = {"*", "+", "?", "{2}", "{0}", "{1}", "{1,3}", "{2,}", "{0,1}",
                                          "*?", "+?", "??", "++", "*+", "?+", "{1,2}+", " +", "{3,5}?",
                                          "{5}", "{6,9}"};
    uint32_t count = 1 + draw_below(draw, depth ? 4 : 6);

    while (count-- > 0) {
        draw_atom(draw, out, depth);
        if (draw_below(draw, 5) == 0)
            buf_add_text(out, DRAW(draw, repeats));
        if (draw_below(draw, 9) == 0)
            buf_add_text(out, "|");
    }
}

/* Characters without a line end; now and then bytes that are not UTF-8. */
static inline void draw_text(struct draw *draw, struct buf *out)
{
    static const char *const odd[] = {"\xFF", "\xC3", "\xE2\x84", "\x80", "\r", "\t", "\x01", "*", "#",
                                      "]", "(", "\xC2\xA0", "A", "B", "."};
    uint32_t count = draw_below(draw, 12) ? draw_below(draw, 16) : draw_below(draw, 120);

    while (count-- > 0) {
        if (draw_below(draw, 12))
            draw_character(draw, out);
        else
            buf_add_text(out, DRAW(draw, odd));
    }
    if (draw_below(draw, 40) == 0)
        buf_add_char(out, '\0');
}

#endif
