/*
 * Years of times that are written without one, from the order in which they stand.
 *
 * Call: year_start once a source, and year_go_on if it goes on with another; year_find for each time,
 *       in the order of the source.
 * Owns: the caller's storage.
 * Errors: YEAR_UNKNOWN without anything that says it, YEAR_LATE when the source runs for longer
 *         than a year before that, so that its first year was not the one taken for it.
 * Units: local times.
 * Policy: the first time is the latest one that is not after `latest`. Each further one is the first
 *         that is not more than 31 days before the time before it, so that December is followed by
 *         January of the next year, and an entry that comes late does not change the year.
 * Source: RFC 3164, section 4.1.2, whose TIMESTAMP has no year.
 * Threads: values only.
 */
#ifndef CFAUDIT_TIME_YEAR_H
#define CFAUDIT_TIME_YEAR_H

#include "time/instant.h"

struct year_run {
    int64_t latest; /* INT64_MIN: nothing is known */
    int64_t before; /* the time before; INT64_MIN: none yet */
    uint64_t found;
    uint64_t turns; /* times whose year is another than that of the one before in the source */
};

enum year_result { YEAR_FOUND, YEAR_UNKNOWN, YEAR_LATE };

/* `latest` may be missing (INT64_MIN). */
void year_start(struct year_run *run, struct local latest);
/* The last time of the source before it, INT64_MIN: none. */
void year_go_on(struct year_run *run, int64_t before);
/* `local` is of the year 2000 (struct time_format, lacks_year). */
enum year_result year_find(struct year_run *run, struct local local, struct local *ret_local);

#endif
