#include "plan/format_guess.h"

#include <stdio.h>
#include <string.h>

#include "time/format.h"

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return small(c) >= 'a' && small(c) <= 'z';
}

static bool is_quote(char c)
{
    return c == '\'' || c == '"';
}

/* What a run of one letter stands for; '\0': nothing. Behind hours an m is minutes. */
static char directive_of(char letter, size_t length, bool is_behind_hours)
{
    switch (small(letter)) {
    case 'y':
    case 'j':
    case 'a':
        return length == 4 ? 'Y' : '\0';
    case 'd':
    case 't':
    case 'g':
        return length <= 2 ? 'd' : '\0';
    case 'm':
        return length > 2 ? '\0' : is_behind_hours ? 'M' : 'm';
    case 'h':
        return length <= 2 ? 'H' : '\0';
    case 's':
        return length <= 2 ? 'S' : '\0';
    case 'x':
    case 'z':
        return 'z';
    default:
        return '\0';
    }
}

bool format_guess(struct str written, char *out)
{
    struct time_format compiled;
    bool is_behind_hours = false;
    bool is_quoted = false;
    size_t len = 0;
    size_t bad;
    size_t at = 0;

    while (at < written.len && len + 3 < FORMAT_GUESS_SIZE) {
        char c = written.ptr[at];
        size_t run = 1;
        char directive;

        if (c == '%')
            return false; /* those who know the letters made a slip in one of them */
        if (is_quote(c)) {
            is_quoted = !is_quoted;
            at++;
            continue;
        }
        if (!is_letter(c) || is_quoted) {
            out[len++] = c;
            at++;
            continue;
        }
        while (at + run < written.len && written.ptr[at + run] == c)
            run++;
        directive = directive_of(c, run, is_behind_hours);
        if (!directive)
            return false;
        is_behind_hours |= directive == 'H';
        out[len++] = '%';
        out[len++] = directive;
        at += run;
    }
    out[len] = '\0';
    return at == written.len && time_format_compile(str_of(out), &compiled, &bad);
}
