/*
 * Working time up to any instant in two look-ups: what calendar_between is made of, for loops over
 * millions of cases.
 *
 * Call: calendar_table of a prepared calendar; calendar_elapsed, or calendar_elapsed_column for
 *       many.
 * Owns: the calendar owns its table.
 * Units: microseconds since a beginning of its own, so that only differences mean something.
 * Threads: constant.
 *
 * The years 1970 to 2099 are cut into cells of 86,400 seconds. A cell knows the working time before
 * it and its windows; days alike share their windows. All cells have as many, with empty ones
 * behind, so that a look-up has no branch to guess.
 */
#ifndef CFAUDIT_TIME_CALENDAR_TABLE_H
#define CFAUDIT_TIME_CALENDAR_TABLE_H

#include "time/calendar.h"

struct table_window {
    int64_t open; /* from the beginning of the cell */
    int64_t length;
};

struct table_cell {
    uint32_t before;  /* seconds; 130 years have fewer than 2^32 */
    uint32_t windows; /* place of the first */
};

struct calendar_table {
    int64_t base;                   /* the instant where the first cell begins */
    uint64_t reach;                 /* of all cells from there; 0: the calendar works always */
    size_t width;                   /* windows of a cell */
    const struct table_cell *cells; /* one more, behind the last */
    const struct table_window *windows;
    const struct calendar *calendar;
};

const struct calendar_table *calendar_table(const struct calendar *calendar);
/* The long way, for instants outside the cells; those outside the years 1 to 9999 are taken for
   their first or last. */
int64_t calendar_worked_far(const struct calendar *calendar, int64_t us);

/* Of an instant in the cells, `at` from their beginning. With the width apart, so that loops over
   many instants can know it. */
static inline int64_t calendar_worked_wide(const struct calendar_table *table, uint64_t at,
                                           size_t width)
{
    struct table_cell cell = table->cells[at / (uint64_t)DAY_US];
    const struct table_window *windows = table->windows + cell.windows;
    int64_t rest = (int64_t)(at % (uint64_t)DAY_US);
    int64_t sum = cell.before * SECOND_US;
    size_t i;

    for (i = 0; i < width; i++) {
        int64_t part = rest - windows[i].open;

        part = part < windows[i].length ? part : windows[i].length;
        sum += part > 0 ? part : 0;
    }
    return sum;
}

static inline int64_t calendar_worked(const struct calendar_table *table, int64_t us)
{
    uint64_t at = (uint64_t)us - (uint64_t)table->base;

    return at < table->reach ? calendar_worked_wide(table, at, table->width)
                             : calendar_worked_far(table->calendar, us);
}

/* calendar_between itself. */
static inline struct span calendar_elapsed(const struct calendar_table *table, struct instant from,
                                           struct instant until)
{
    return (struct span){calendar_worked(table, until.us) - calendar_worked(table, from.us)};
}

/* calendar_between of starts[i] and ends[i]; INT64_MIN where one is missing or the end comes before
   the start. */
void calendar_elapsed_column(const struct calendar_table *table, const int64_t *starts,
                             const int64_t *ends, size_t count, int64_t *ret_elapsed);

#endif
