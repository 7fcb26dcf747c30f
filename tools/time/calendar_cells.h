/*
 * Working time of the cells that the time line is cut into, each of 86,400 seconds. Private to the
 * room.
 *
 * Call: cells_init; cells_windows.
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
    /* Dates beside that of a cell which the clock can be put back or forward to: offsets are under
       26 hours, so that a change is of 52 hours at most. */
    NEAR_DATES = 3,
    CELL_WINDOWS_MOST = (2 * NEAR_DATES + 5) * SHAPE_WINDOWS_MOST
};

struct cell_windows {
    struct day_window list[CELL_WINDOWS_MOST]; /* ascending, apart */
    size_t count;
};

/* Cells whose windows follow from these alone are the same. */
struct cell_kind {
    const struct calendar_version *version; /* NULL: a cell like no other */
    int32_t offset;
    unsigned weekday; /* of the date it begins in */
};

struct cells {
    const struct calendar_plan *plan;
    struct zone_stretch stretch;
    struct calendar_years years;
};

void cells_init(struct cells *cells, const struct calendar_plan *plan);
struct cell_kind cells_kind(struct cells *cells, int64_t start);
void cells_windows(struct cells *cells, int64_t start, struct cell_windows *ret_windows);

#endif
