/*
 * The rule at the end of a TZif file: how a zone goes on after the last stored change.
 * Private to the room.
 *
 * Owns: values only.
 * Errors: false for text that is no rule; a daylight name without dates is refused.
 * Units: seconds; offsets east of Greenwich (POSIX writes them west).
 * Source: POSIX.1-2017, section 8.3, TZ, with the hours -167 to 167 of RFC 8536, section 3.3.1.
 * Threads: values only.
 */
#ifndef CFAUDIT_TIME_POSIX_TZ_H
#define CFAUDIT_TIME_POSIX_TZ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum posix_day { POSIX_DAY_MONTH_WEEK, POSIX_DAY_WITHOUT_LEAP, POSIX_DAY_WITH_LEAP };

struct posix_date {
    enum posix_day kind;
    unsigned month; /* 1..12 */
    unsigned week;  /* 1..5, 5 is the last */
    unsigned day;   /* of the week, 0 Sunday; or of the year, 1..365 or 0..365 */
    int32_t time;   /* of the day */
};

struct posix_tz {
    int32_t standard;
    int32_t daylight;
    bool has_daylight;
    struct posix_date start; /* of daylight time, in standard time */
    struct posix_date end;   /* in daylight time */
};

bool posix_tz_parse(struct str text, struct posix_tz *ret_rule);
/* Seconds since 1970 in UTC of the date in a year (at least 1); the clock shows `offset` before. */
int64_t posix_date_at(const struct posix_date *date, unsigned year, int32_t offset);

#endif
