/*
 * Instants of many local times: most months of a zone have no change of the clock, and then an
 * instant is a difference.
 *
 * Call: zone_column_init; zone_column_to_instant for each local time.
 * Owns: plain data; it borrows the zone.
 * Errors: as zone_to_instant.
 * Units: microseconds; a month is 2^41 of them, 25 days.
 * Threads: one column, one thread.
 */
#ifndef CFAUDIT_TIME_ZONE_COLUMN_H
#define CFAUDIT_TIME_ZONE_COLUMN_H

#include "time/zone.h"

enum { ZONE_COLUMN_MONTHS = 256, ZONE_COLUMN_BITS = 41 };

struct zone_month {
    int64_t number;
    int64_t offset; /* ZONE_MONTH_CHANGES: not one */
};

struct zone_column {
    const struct zone *zone;
    struct zone_month months[ZONE_COLUMN_MONTHS];
};

static const int64_t ZONE_MONTH_CHANGES = INT64_MAX;

void zone_column_init(struct zone_column *column, const struct zone *zone);
void zone_column_learn(const struct zone_column *column, int64_t number,
                       struct zone_month *ret_month);

/* As zone_to_instant, of a local time that is not missing. */
static inline enum zone_case zone_column_to_instant(struct zone_column *column, int64_t local,
                                                    int64_t *ret_instant)
{
    int64_t number = local >> ZONE_COLUMN_BITS;
    struct zone_month *month = &column->months[(uint64_t)number % ZONE_COLUMN_MONTHS];
    struct instant first;
    struct instant later;
    enum zone_case how;

    if (month->number != number)
        zone_column_learn(column, number, month);
    if (month->offset != ZONE_MONTH_CHANGES) {
        *ret_instant = local - month->offset;
        return ZONE_ONCE;
    }
    how = zone_to_instant(column->zone, (struct local){local}, &first, &later);
    *ret_instant = first.us;
    return how;
}

#endif
