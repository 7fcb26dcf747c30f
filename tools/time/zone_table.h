/*
 * The changes of a zone's offset as one table with a quick way in. Private to the room.
 *
 * Call: zone_table_build; zone_table_find ...; zone_table_done.
 * Owns: the table owns its arrays, which lie in one piece of memory.
 * Errors: STATUS_MEMORY, or STATUS_INVALID with *reterr_trouble in words.
 * Units: microseconds of instants; offsets in seconds east of Greenwich.
 * Threads: constant once built.
 *
 * A daylight rule without end is written out for 400 years, after which the Gregorian calendar
 * with its days of the week repeats; what lies beyond is moved back by whole periods.
 */
#ifndef CFAUDIT_TIME_ZONE_TABLE_H
#define CFAUDIT_TIME_ZONE_TABLE_H

#include "base/status.h"
#include "time/tzif.h"

struct zone_table {
    size_t count;           /* spans of one offset */
    const int64_t *starts;  /* count + 1: INT64_MIN, changes, INT64_MAX */
    const int32_t *offsets; /* count */
    int32_t least;          /* of all offsets */
    int32_t most;
    int64_t last; /* later instants are moved back by whole periods */

    /* spans by time bucket: span buckets[i] holds base + (i << shift) */
    const uint32_t *buckets; /* bucket_count + 1 */
    size_t bucket_count;     /* 0 when there is one span only */
    int64_t base;
    unsigned shift;

    void *memory;
};

/* 400 years of microseconds. */
static const int64_t ZONE_PERIOD_US = 12622780800000000;

enum status zone_table_build(const struct tzif *file, struct zone_table *ret_table,
                             const char **reterr_trouble);
void zone_table_done(struct zone_table *table);

/* The span that holds an instant of the years 0 to 10000. */
static inline size_t zone_table_find(const struct zone_table *table, int64_t us)
{
    uint64_t bucket;
    size_t low;
    size_t high;

    if (table->count == 1 || us < table->base)
        return 0;
    bucket = (uint64_t)(us - table->base) >> table->shift;
    if (bucket >= table->bucket_count)
        return table->count - 1;
    low = table->buckets[bucket];
    high = table->buckets[bucket + 1];
    while (low < high) {
        size_t middle = (low + high + 1) / 2;

        if (table->starts[middle] <= us)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

#endif
