#include "text/pattern_cursor.h"

#include <string.h>

static int peek(const struct pattern_cursor *cursor, size_t ahead)
{
    return pattern_peek(&cursor->place, ahead);
}

static bool take(struct pattern_cursor *cursor, const char *text)
{
    return pattern_take(&cursor->place, text);
}

void pattern_lose(struct pattern_cursor *cursor)
{
    cursor->is_lost = true;
}

void pattern_skip_past(struct pattern_cursor *cursor, int end)
{
    while (peek(cursor, 0) >= 0 && peek(cursor, 0) != end)
        cursor->place.at++;
    if (peek(cursor, 0) < 0 && end != '\n')
        pattern_lose(cursor);
    else if (peek(cursor, 0) >= 0)
        cursor->place.at++;
}

void pattern_skip_ignored(struct pattern_cursor *cursor)
{
    while (!cursor->is_lost) {
        int next = peek(cursor, 0);

        if (take(cursor, "\\E")) {
            cursor->is_quoted = false;
        } else if (cursor->is_quoted) {
            return;
        } else if (take(cursor, "\\Q")) {
            cursor->is_quoted = true;
        } else if (take(cursor, "(?#")) {
            pattern_skip_past(cursor, ')');
        } else if (cursor->flags.is_extended && next == '#') {
            pattern_skip_past(cursor, '\n');
        } else if (cursor->flags.is_extended && (next == ' ' || (next >= '\t' && next <= '\r'))) {
            cursor->place.at++;
        } else {
            /* some characters beyond ASCII are white space there, too */
            if (cursor->flags.is_extended && (next == 0xC2 || next == 0xE2))
                pattern_lose(cursor);
            return;
        }
    }
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static uint32_t read_number(struct pattern_cursor *cursor)
{
    uint32_t number = 0;

    for (; is_digit(peek(cursor, 0)); cursor->place.at++)
        if (number < 100000)
            number = number * 10 + (uint32_t)(peek(cursor, 0) - '0');
    return number;
}

/* Behind the brace: {2}, {2,}, {2,5}. What only later releases take for one is not understood. */
static void read_bounds(struct pattern_cursor *cursor, struct pattern_repeat *repeat)
{
    if (!is_digit(peek(cursor, 0))) {
        pattern_lose(cursor);
        return;
    }
    repeat->least = repeat->most = read_number(cursor);
    if (take(cursor, ","))
        repeat->most = is_digit(peek(cursor, 0)) ? read_number(cursor) : UINT32_MAX;
    if (!take(cursor, "}"))
        pattern_lose(cursor);
}

bool pattern_begins_bounds(const struct pattern_cursor *cursor)
{
    int next = peek(cursor, 1);

    return peek(cursor, 0) == '{' && (is_digit(next) || next == ',' || next == ' ' || next == '\t');
}

/* False: nothing is repeated here. */
static bool read_one_repeat(struct pattern_cursor *cursor, struct pattern_repeat *repeat)
{
    pattern_skip_ignored(cursor);
    if (cursor->is_quoted || cursor->is_lost)
        return false;
    if (take(cursor, "*"))
        *repeat = (struct pattern_repeat){0, UINT32_MAX};
    else if (take(cursor, "+"))
        *repeat = (struct pattern_repeat){1, UINT32_MAX};
    else if (take(cursor, "?"))
        *repeat = (struct pattern_repeat){0, 1};
    else if (pattern_begins_bounds(cursor) && take(cursor, "{"))
        read_bounds(cursor, repeat);
    else
        return false;
    pattern_skip_ignored(cursor);
    if (!cursor->is_quoted && !take(cursor, "+"))
        take(cursor, "?");
    return true;
}

struct pattern_repeat pattern_read_repeat(struct pattern_cursor *cursor)
{
    struct pattern_repeat repeat = {1, 1};
    struct pattern_repeat again;

    if (read_one_repeat(cursor, &repeat) && read_one_repeat(cursor, &again))
        pattern_lose(cursor); /* a repeat of a repeat */
    return repeat;
}

void pattern_read_options(struct pattern_cursor *cursor)
{
    bool is_on = true;

    if (take(cursor, "^")) {
        cursor->flags.is_caseless = cursor->flags.is_extended = false;
    }
    for (;; cursor->place.at++) {
        int letter = peek(cursor, 0);

        if (letter == '-')
            is_on = false;
        else if (letter == 'i')
            cursor->flags.is_caseless = is_on;
        else if (letter == 'x' && !(is_on && peek(cursor, 1) == 'x'))
            cursor->flags.is_extended = is_on;
        else if (letter <= 0 || !strchr("smnU", letter))
            break;
    }
    cursor->place.is_caseless = cursor->flags.is_caseless;
}

bool pattern_begins_call(const struct pattern_cursor *cursor)
{
    int first = peek(cursor, 0);
    int second = peek(cursor, 1);

    return first == 'R' || first == '&' || is_digit(first) || first == '+' ||
           (first == '-' && is_digit(second)) || (first == 'P' && (second == '>' || second == '='));
}
