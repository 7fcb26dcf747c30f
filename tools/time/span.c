#include "time/instant.h"

#include <inttypes.h>

#include "base/buf.h"
#include "time/civil_read.h"

/* Adds number * unit; false when it does not fit. */
static bool add_units(int64_t *total, int64_t number, int64_t unit)
{
    if (number > (INT64_MAX - *total) / unit)
        return false;
    *total += number * unit;
    return true;
}

struct component {
    int64_t number;
    struct fraction fraction;
    bool has_fraction;
    char letter;
};

static bool read_component(const char **at, const char *end, struct component *ret_component)
{
    struct component read = {0, {0, 0}, false, '\0'};
    const char *p = *at;

    for (; p < end && digit_of(*p) <= 9; p++) {
        if (read.number > (INT64_MAX - 9) / 10)
            return false;
        read.number = read.number * 10 + digit_of(*p);
    }
    if (p == *at)
        return false;
    if (p < end && (*p == '.' || *p == ',')) {
        p++;
        read.has_fraction = true;
        if (!read_fraction(&p, end, SIZE_MAX, &read.fraction) || read.fraction.dropped != 0)
            return false;
    }
    if (p == end)
        return false;
    read.letter = *p++;
    *at = p;
    *ret_component = read;
    return true;
}

/* The units of ISO 8601 that have a fixed length, in the order they must stand. */
static const struct duration_unit {
    char letter;
    bool is_time; /* stands behind the T */
    int64_t us;
} duration_units[] = {
    {'W', false, 604800000000}, {'D', false, 86400000000}, {'H', true, 3600000000},
    {'M', true, 60000000},      {'S', true, 1000000},
};

enum { UNIT_COUNT = sizeof duration_units / sizeof duration_units[0] };

bool span_parse(struct str text, struct span *ret_span)
{
    const char *at = text.ptr;
    const char *end = text.ptr + text.len;
    unsigned next = 0; /* first unit that may still stand */
    int64_t total = 0;
    bool negative;
    bool in_time = false;

    if (text.len == 0)
        return false;
    negative = *at == '-';
    at += negative;
    if (end - at < 3 || *at++ != 'P')
        return false;
    while (at < end) {
        struct component part;
        unsigned unit = next;

        if (!in_time && *at == 'T') {
            in_time = true;
            at++;
        }
        if (!read_component(&at, end, &part))
            return false;
        while (unit < UNIT_COUNT && (duration_units[unit].letter != part.letter ||
                                     duration_units[unit].is_time != in_time))
            unit++;
        if (unit == UNIT_COUNT || (part.has_fraction && part.letter != 'S') ||
            !add_units(&total, part.number, duration_units[unit].us) ||
            !add_units(&total, part.fraction.us, 1))
            return false;
        next = unit + 1;
    }
    *ret_span = (struct span){negative ? -total : total};
    return true;
}

/* The amount without its sign, also for INT64_MIN. */
static uint64_t magnitude(struct span span)
{
    return span.us < 0 ? 0 - (uint64_t)span.us : (uint64_t)span.us;
}

void span_format(struct span span, struct buf *out)
{
    uint64_t us = magnitude(span);
    uint64_t hours = us / (uint64_t)HOUR_US;
    uint64_t minutes = us / (uint64_t)MINUTE_US % 60;
    uint64_t seconds = us / (uint64_t)SECOND_US % 60;
    unsigned fraction = (unsigned)(us % (uint64_t)SECOND_US);
    int digits = 6;

    buf_add_text(out, span.us < 0 ? "-PT" : "PT");
    if (hours != 0)
        buf_printf(out, "%" PRIu64 "H", hours);
    if (minutes != 0)
        buf_printf(out, "%" PRIu64 "M", minutes);
    if (fraction != 0) {
        while (fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        buf_printf(out, "%" PRIu64 ".%0*uS", seconds, digits, fraction);
    } else if (seconds != 0 || us == 0) {
        buf_printf(out, "%" PRIu64 "S", seconds);
    }
}

/*
 * Two units at most, the smaller one rounded half up. Hours go on to three days, because people
 * compare resolution times of "40 h" and "57 h" with ease.
 */
static const struct people_unit {
    uint64_t from; /* used from this length on */
    uint64_t large;
    uint64_t small;
    const char *large_word[2];
    const char *small_word[2];
} people_units[] = {
    {259200000000, 86400000000, 3600000000, {"d", "g"}, {"h", "h"}},
    {3600000000, 3600000000, 60000000, {"h", "h"}, {"min", "min"}},
    {60000000, 60000000, 1000000, {"min", "min"}, {"s", "s"}},
    {1000000, 1000000, 1000000, {"s", "s"}, {"", ""}},
    {0, 1000, 1000, {"ms", "ms"}, {"", ""}},
};

void span_format_people(struct span span, bool italian, struct buf *out)
{
    const struct people_unit *unit = people_units;
    uint64_t us = magnitude(span);
    uint64_t small;

    while (us < unit->from)
        unit++;
    us = (us + unit->small / 2) / unit->small * unit->small;
    if (unit > people_units && us >= unit[-1].from)
        unit--; /* rounding carried: 59 min 59.7 s is 1 h */
    small = us % unit->large / unit->small;
    if (us == 0) {
        buf_add_text(out, "0 s");
        return;
    }
    buf_printf(out, "%s%" PRIu64 " %s", span.us < 0 ? "-" : "", us / unit->large,
               unit->large_word[italian]);
    if (small != 0)
        buf_printf(out, " %" PRIu64 " %s", small, unit->small_word[italian]);
}
