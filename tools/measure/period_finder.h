/*
 * The period of an instant, for loops over millions of them: the offset of the last instant, or
 * that of another season, holds for most others, and neighbours in a log share their days.
 *
 * Call: fill in zone and grid, the rest zero; period_find.
 * Owns: plain data; borrows the zone.
 * Errors: none.
 * Units: as in time/period.h.
 * Threads: one finder, one thread.
 */
#ifndef CFAUDIT_MEASURE_PERIOD_FINDER_H
#define CFAUDIT_MEASURE_PERIOD_FINDER_H

#include "record/record.h"
#include "time/period.h"

enum { PERIOD_DAYS = 1024 };

/* From two days before the year 1, whose first instants are in the year before in some zones. */
static const int64_t DAYS_BEFORE_1970 = 719164;

struct period_of_day {
    int32_t day; /* from there on; 0: free */
    int32_t period;
};

struct period_finder {
    const struct zone *zone;
    enum grid grid;
    struct zone_stretch stretch; /* around the last instant; empty at first */
    struct zone_stretch before;  /* the one that was left for it */
    struct period_of_day days[PERIOD_DAYS];
};

static inline bool period_stretch_has(const struct zone_stretch *stretch, int64_t instant)
{
    return instant >= stretch->from && instant < stretch->until;
}

static inline void period_change_stretch(struct period_finder *finder, int64_t instant)
{
    struct zone_stretch left = finder->stretch;

    finder->stretch = period_stretch_has(&finder->before, instant)
                          ? finder->before
                          : zone_stretch(finder->zone, (struct instant){instant});
    finder->before = left;
}

/* Of an instant in a stretch with that offset. */
static inline int32_t period_find_in(struct period_finder *finder, int64_t offset_us,
                                     int64_t instant)
{
    uint64_t day = (uint64_t)(instant + offset_us + DAYS_BEFORE_1970 * DAY_US) / (uint64_t)DAY_US;
    struct period_of_day *known = &finder->days[day % PERIOD_DAYS];

    if (known->day != (int32_t)day) {
        known->day = (int32_t)day;
        known->period = period_of_day(finder->grid, (int64_t)day - DAYS_BEFORE_1970);
    }
    return known->period;
}

static inline int32_t period_find(struct period_finder *finder, int64_t instant)
{
    if (instant == VALUE_MISSING)
        return PERIOD_NONE;
    if (!period_stretch_has(&finder->stretch, instant))
        period_change_stretch(finder, instant);
    return period_find_in(finder, finder->stretch.offset * SECOND_US, instant);
}

/* The stretch as a loop over many instants may hold it: those in it are not missing, and found with
   its offset; for the others there is period_find. */
static inline struct zone_stretch period_held_stretch(const struct period_finder *finder)
{
    struct zone_stretch held = finder->stretch;

    held.from += held.from == VALUE_MISSING;
    return held;
}

#endif
