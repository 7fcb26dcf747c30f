/*
 * No figures about a handful of people: staff groups with fewer than five are shown as one.
 *
 * Call: staff_floor_find before measuring with a breakdown by group; staff_floor_done.
 * Owns: the caller owns the floor.
 * Errors: STATUS_MEMORY, reported. Where the sources name no assignee the people of a group cannot
 *         be counted, and its figures are shown.
 * Units: people are counted by their names in the last rows of cases.
 * Source: aggregation threshold as usual in works agreements on staff data.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_STAFF_FLOOR_H
#define CFAUDIT_MEASURE_STAFF_FLOOR_H

#include "record/record.h"

enum { STAFF_FLOOR = 5 };

struct staff_floor {
    bool *is_merged; /* by text id of the group; NULL: none */
    size_t count;
    size_t groups;   /* merged ones */
};

/* Of the set in the context, or of the cases that pass by. */
struct measure_context;
enum status staff_floor_find(const struct measure_context *context, struct diag *diag,
                             struct staff_floor *ret_floor);
void staff_floor_done(struct staff_floor *floor);

#endif
