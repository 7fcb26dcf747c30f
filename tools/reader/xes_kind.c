#include "reader/xes_kind.h"

#include <string.h>

#define IS(literal) (memcmp(name.ptr, literal, sizeof literal - 1) == 0)

/* By length first: this is asked for every element of a log. */
enum xes_kind xes_kind_of(struct str name)
{
    switch (name.len) {
    case 2:
        return IS("id") ? XES_ID : XES_OTHER;
    case 3:
        return IS("int") ? XES_INT : IS("log") ? XES_LOG : XES_OTHER;
    case 4:
        return IS("date") ? XES_DATE : IS("list") ? XES_LIST : XES_OTHER;
    case 5:
        return IS("event")   ? XES_EVENT
               : IS("float") ? XES_FLOAT
               : IS("trace") ? XES_TRACE
                             : XES_OTHER;
    case 6:
        return IS("string")   ? XES_STRING
               : IS("global") ? XES_GLOBAL
               : IS("values") ? XES_VALUES
                              : XES_OTHER;
    case 7:
        return IS("boolean") ? XES_BOOLEAN : XES_OTHER;
    case 9:
        return IS("container") ? XES_CONTAINER : IS("extension") ? XES_EXTENSION : XES_OTHER;
    case 10:
        return IS("classifier") ? XES_CLASSIFIER : XES_OTHER;
    default:
        return XES_OTHER;
    }
}

/* --- values --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The two digits at p as a number, or 100. */
static unsigned two(const char *p)
{
    return is_digit(p[0]) && is_digit(p[1]) ? (unsigned)((p[0] - '0') * 10 + (p[1] - '0')) : 100;
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* Z, +hh:mm, +hhmm, +hh, or nothing. */
static bool is_offset(struct str s)
{
    unsigned minutes = 0;

    if (s.len == 0 || (s.len == 1 && s.ptr[0] == 'Z'))
        return true;
    if ((s.ptr[0] != '+' && s.ptr[0] != '-') || s.len < 3)
        return false;
    if (s.len == 6 && s.ptr[3] == ':')
        minutes = two(s.ptr + 4);
    else if (s.len == 5)
        minutes = two(s.ptr + 3);
    else if (s.len != 3)
        return false;
    return minutes < 60 && two(s.ptr + 1) * 60 + minutes <= 14 * 60;
}

/* xs:dateTime with a year of four digits. */
static bool is_date(struct str s)
{
    const char *p = s.ptr;
    unsigned month;
    unsigned day;
    size_t i = 19;

    if (s.len < 19 || p[4] != '-' || p[7] != '-' || p[10] != 'T' || p[13] != ':' || p[16] != ':' ||
        two(p) > 99 || two(p + 2) > 99)
        return false;
    month = two(p + 5);
    day = two(p + 8);
    if (month < 1 || month > 12 || day < 1 || day > days_in(two(p) * 100 + two(p + 2), month))
        return false;
    if (two(p + 11) > 23 || two(p + 14) > 59 || two(p + 17) > 59)
        return false;
    if (i < s.len && p[i] == '.') {
        i++;
        if (i == s.len || !is_digit(p[i]))
            return false;
        while (i < s.len && is_digit(p[i]))
            i++;
    }
    return is_offset((struct str){p + i, s.len - i});
}

static bool is_float(struct str s)
{
    double number;

    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+') &&
        str_equal_nocase((struct str){s.ptr + 1, s.len - 1}, STR("INF")))
        return true;
    return str_equal_nocase(s, STR("NaN")) || str_equal_nocase(s, STR("INF")) ||
           str_to_double(s, &number);
}

static bool is_id(struct str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        if (s.ptr[i] == ' ' || (s.ptr[i] >= '\t' && s.ptr[i] <= '\r'))
            return false;
    return s.len > 0;
}

bool xes_value_fits(enum xes_kind kind, struct str value)
{
    int64_t whole;

    switch (kind) {
    case XES_DATE:
        return is_date(value);
    case XES_INT:
        return str_to_int64(value, &whole);
    case XES_FLOAT:
        return is_float(value);
    case XES_BOOLEAN:
        return str_is(value, "true") || str_is(value, "false") || str_is(value, "1") ||
               str_is(value, "0");
    case XES_ID:
        return is_id(value);
    default:
        return true;
    }
}
