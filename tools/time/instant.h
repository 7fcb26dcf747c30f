/*
 * Points in time and lengths of time.
 *
 * Owns: values only.
 * Errors: false for text that is no instant; nothing is guessed.
 * Units: instant = microseconds since 1970-01-01T00:00:00Z (no leap seconds), span = microseconds.
 *        A local time is microseconds since 1970-01-01T00:00:00 of the wall clock, as struct local.
 * Source: RFC 3339, ISO 8601-1:2019; proleptic Gregorian calendar, years 1 to 9999.
 * Threads: values only.
 */
#ifndef CFAUDIT_TIME_INSTANT_H
#define CFAUDIT_TIME_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct buf;

struct instant {
    int64_t us;
};

struct span {
    int64_t us;
};

struct local {
    int64_t us;
};

static const int64_t SECOND_US = 1000000;
static const int64_t MINUTE_US = 60000000;
static const int64_t HOUR_US = 3600000000;
static const int64_t DAY_US = 86400000000;

/* No instant known. Compares below every real one. */
static const struct instant INSTANT_MISSING = {INT64_MIN};

struct civil {
    int year;       /* 1..9999 */
    unsigned month; /* 1..12 */
    unsigned day;   /* 1..31 */
    unsigned hour;
    unsigned minute;
    unsigned second;
    unsigned microsecond;
};

static inline bool instant_is_missing(struct instant instant)
{
    return instant.us == INSTANT_MISSING.us;
}
/* Days since 1970-01-01; the date must exist. */
int64_t civil_days(int year, unsigned month, unsigned day);
bool civil_is_valid(const struct civil *civil);
struct local local_from_civil(const struct civil *civil);
struct civil civil_from_local(struct local local);
/* 1 Monday .. 7 Sunday (ISO 8601). */
unsigned civil_weekday(int64_t days);

/*
 * "2016-03-05T12:00:00.123+01:00", also a blank for T, "Z", "+0100", no seconds, any number of
 * fraction digits, a blank before the offset when one stands for T. *ret_digits_dropped tells how
 * many non-zero digits beyond the microsecond were cut. False without an offset: then the zone
 * must be told (time/format.h).
 */
bool instant_parse(struct str text, struct instant *ret_instant, unsigned *ret_digits_dropped);
/* "2016-03-05T11:00:00Z"; a fraction only when there is one. A missing instant adds nothing. */
void instant_format(struct instant instant, struct buf *out);

/*
 * "PT4H30M", "P1DT2H", "-PT0.5S", "P2W"; a day is 24 hours; years and months are refused, as are
 * fractions finer than a microsecond or of other units than seconds.
 */
bool span_parse(struct str text, struct span *ret_span);
/* "PT4H30M"; hours may exceed 24. */
void span_format(struct span span, struct buf *out);
/*
 * For people: "57 h 4 min", "19 d 12 h" (days from 72 hours on), "45 s"; the smaller unit is
 * rounded half away from zero. With italian true the unit words are Italian ("19 g 12 h").
 */
void span_format_people(struct span span, bool italian, struct buf *out);

#endif
