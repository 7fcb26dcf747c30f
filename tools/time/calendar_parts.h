/*
 * A prepared calendar. Private to the room.
 *
 * Threads: constant, but for what `far` points to, which the first thread that needs it fills.
 */
#ifndef CFAUDIT_TIME_CALENDAR_PARTS_H
#define CFAUDIT_TIME_CALENDAR_PARTS_H

#include <stdatomic.h>

#include "time/calendar_cells.h"
#include "time/calendar_table.h"

/* Working time before each block of cells of the years 1 to 9999; see calendar_far.c. */
struct calendar_far;

struct calendar {
    struct calendar_table table;
    struct calendar_plan plan;
    struct table_cell *cells;
    struct table_window *windows;
    int64_t total;                       /* working time of all cells */
    _Atomic(struct calendar_far *) *far; /* NULL in it: not asked for yet */
};

enum status calendar_table_build(struct calendar *calendar, struct diag *diag);
void calendar_far_free(struct calendar_far *far); /* accepts NULL */
/* The first instant by which so much was worked, as calendar_worked counts, when the table does not
   hold it; INT64_MIN: never. */
int64_t calendar_first_worked_far(const struct calendar *calendar, int64_t worked);

#endif
