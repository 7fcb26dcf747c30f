#include "record/decimal.h"

#include <string.h>

#include "record/field.h"

/* Digits behind the mark that there is room for, and in front of it. */
enum { NUMBER_DIGITS = 6, NUMBER_WHOLE = 12 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Points that part thousands are taken away: 1.234.567 */
static bool read_grouped(struct str text, char *out, size_t *ret_len)
{
    size_t len = 0;
    size_t since = 0; /* digits since the last point */
    bool has_point = false;
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.') {
            if (since == 0 || since > 3 || (has_point && since != 3))
                return false;
            has_point = true;
            since = 0;
        } else if (is_digit(text.ptr[i]) && len < NUMBER_WHOLE) {
            out[len++] = text.ptr[i];
            since++;
        } else {
            return false;
        }
    }
    *ret_len = len;
    return len > 0 && (!has_point || since == 3);
}

static bool read_digits(struct str text, char *out, size_t *ret_len)
{
    size_t i;

    if (text.len == 0 || text.len > NUMBER_WHOLE)
        return false;
    for (i = 0; i < text.len; i++)
        if (!is_digit(text.ptr[i]))
            return false;
    memcpy(out, text.ptr, text.len);
    *ret_len = text.len;
    return true;
}

/* The place of the mark, or the length of the text. */
static size_t find_mark(struct str text, char mark)
{
    size_t i = 0;

    while (i < text.len && text.ptr[i] != mark)
        i++;
    if (i == text.len && mark == '.') {
        for (i = 0; i < text.len && text.ptr[i] != ','; i++)
            ;
        if (text.len - i == 4) /* a thousand, perhaps */
            return text.len;
    }
    return i;
}

static bool read_fraction(struct str text, int64_t *value, bool *is_cut)
{
    size_t i;

    *is_cut = false;
    for (i = 0; i < text.len || i < NUMBER_DIGITS; i++) {
        char c = i < text.len ? text.ptr[i] : '0';

        if (!is_digit(c))
            return false;
        *is_cut |= i >= NUMBER_DIGITS && c != '0';
        if (i < NUMBER_DIGITS)
            *value = *value * 10 + (c - '0');
    }
    return true;
}

bool decimal_read(struct str text, char mark, int64_t *ret_value, bool *ret_is_cut)
{
    bool is_below = text.len > 0 && text.ptr[0] == '-';
    char digits[NUMBER_WHOLE];
    struct str rest;
    struct str whole;
    struct str fraction = {NULL, 0};
    size_t len = 0;
    size_t at;
    int64_t value = 0;
    bool is_cut = false;
    size_t i;

    if (is_below || (text.len > 0 && text.ptr[0] == '+'))
        rest = (struct str){text.ptr + 1, text.len - 1};
    else
        rest = text;
    at = find_mark(rest, mark);
    whole = (struct str){rest.ptr, at};
    if (at < rest.len)
        fraction = (struct str){rest.ptr + at + 1, rest.len - at - 1};
    if (at < rest.len && fraction.len == 0)
        return false;
    if (!(mark == ',' ? read_grouped(whole, digits, &len) : read_digits(whole, digits, &len)))
        return false;
    for (i = 0; i < len; i++)
        value = value * 10 + (digits[i] - '0');
    if (!read_fraction(fraction, &value, &is_cut))
        return false;
    *ret_value = is_below ? -value : value;
    if (ret_is_cut)
        *ret_is_cut = is_cut;
    return true;
}

void decimal_write(int64_t value, struct buf *out)
{
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t fraction = size % FIELD_NUMBER_ONE;
    char digits[NUMBER_DIGITS];
    int count = NUMBER_DIGITS;
    int i;

    buf_printf(out, "%s%llu", value < 0 ? "-" : "", (unsigned long long)(size / FIELD_NUMBER_ONE));
    for (i = NUMBER_DIGITS - 1; i >= 0; i--, fraction /= 10)
        digits[i] = (char)('0' + fraction % 10);
    while (count > 0 && digits[count - 1] == '0')
        count--;
    if (count == 0)
        return;
    buf_add_char(out, '.');
    buf_add(out, (struct str){digits, (size_t)count});
}
