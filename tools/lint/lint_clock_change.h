/*
 * The changes of the clock that the windows of a calendar meet.
 *
 * Call: lint_changes once; lint_change_meets for each window.
 * Owns: the list lives in the arena of the document.
 * Errors: an empty list when the zone cannot be used, which its loader says; memory by
 *         lint_no_memory.
 * Units: microseconds of the wall clock.
 * The changes are those from 2020 to 2037: enough for every weekday rule of the zones that have
 * one, and the same on whatever day it is asked.
 * Threads: as lint_rule.h.
 */
#ifndef CFAUDIT_LINT_LINT_CLOCK_CHANGE_H
#define CFAUDIT_LINT_LINT_CLOCK_CHANGE_H

#include "lint/lint_moment.h"
#include "lint/lint_rule.h"

/* Hours from `low` to `high` that the wall clock skips, or shows twice. */
struct lint_change {
    int64_t low;
    int64_t high;
    bool is_gap;
};

struct lint_changes {
    struct lint_change *list;
    size_t count;
    bool is_ready;
};

/* A window from the day of an element `day` or `single`. */
struct lint_window {
    int32_t from; /* seconds of the day */
    int32_t to;
    int weekday; /* -1: `date` */
    int64_t date;
};

/* How a change meets a window. */
enum lint_meeting {
    LINT_MEETS_NOT,
    LINT_MEETS_FROM,  /* its beginning is skipped, or comes twice */
    LINT_MEETS_TO,    /* its end */
    LINT_MEETS_INSIDE /* it lies in it, so that the window is shorter or longer */
};

/*
 * Looks at the changes one after the other, until one gives true. A window that cannot be read, or
 * is a whole day, which changes as the day does, is passed over. The rule's state is a struct
 * lint_changes.
 */
void lint_each_change(struct lint *lint, const struct xml_node *node,
                      bool (*look_at)(struct lint *lint, const struct xml_node *node,
                                      const struct lint_change *change,
                                      const struct lint_window *window));
/* The day of the window on which the change meets it so. */
enum lint_meeting lint_change_meets(const struct lint_change *change,
                                    const struct lint_window *window, int64_t *ret_day);

#endif
