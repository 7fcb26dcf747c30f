/*
 * Working time of the cells that the time line is cut into, each of 86,400 seconds. Private to the
 * room.
 *
 * Call: cells_init; cells_run, cells_windows.
 * Owns: nothing; the plan outlives it.
 * Units: windows in seconds from the beginning of a cell; instants in microseconds.
 * Threads: one walker, one thread.
 *
 * A cell begins where a local day does in the zone's usual offset, so that windows within a day are
 * mostly within a cell. While the clock stays as it is, a day is moved by the offset; near a
 * change each bound is converted by the zone.
 */
#ifndef CFAUDIT_TIME_CALENDAR_CELLS_H
#define CFAUDIT_TIME_CALENDAR_CELLS_H

#include "time/calendar_plan.h"

enum {
    /* dates that a cell can touch: two of its own, one more when the clock is put forward by a
       day, and those beside them that a change of the clock can bring near */
    CELL_DATES_MOST = 11,
    CELL_WINDOWS_MOST = CELL_DATES_MOST * SHAPE_WINDOWS_MOST
};

struct cell_windows {
    struct day_window list[CELL_WINDOWS_MOST]; /* ascending, apart */
    size_t count;
};

/* Cells one after the other, each with the windows that any cell of its kind has. */
struct cell_run {
    int64_t count; /* 0: a cell like no other */
    const struct calendar_version *version;
    int32_t offset;
    unsigned weekday; /* of the date that the first begins in, 0 Monday */
};

struct cells {
    const struct calendar_plan *plan;
    struct zone_stretch stretch;
    /* how near its ends, in microseconds, times of the wall occur twice or never */
    int64_t margin_before;
    int64_t margin_after;
    struct calendar_years years;
};

void cells_init(struct cells *cells, const struct calendar_plan *plan);
struct cell_run cells_run(struct cells *cells, int64_t start);
void cells_windows(struct cells *cells, int64_t start, struct cell_windows *ret_windows);

#endif
