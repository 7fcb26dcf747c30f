/*
 * Signals in what measures say of customers, and the reactions to them.
 *
 * Call: signal_list_new; its members; signal_list_free.
 * Owns: the caller owns the list; its texts live as long.
 * Errors: STATUS_MEMORY and what the measures report.
 * Units: days of reactions are those of the run's zone.
 * Source: a point beyond the limits of a control chart or in a run of eight, and a period that missed
 *         its target, ask for a reaction on record within 15 working days after the period. It is
 *         on record as a reaction of the audit, as a row of a register with kind action, or as an
 *         act of management, that names the measure and the period.
 * Threads: one list, one thread.
 */
#ifndef CFAUDIT_MEASURE_SIGNAL_LIST_H
#define CFAUDIT_MEASURE_SIGNAL_LIST_H

#include "measure/measure.h"

enum { REACTION_WORK_DAYS = 15 };

struct signal_seen {
    struct str measure;
    struct str variant;
    struct str period;
    struct str what;      /* "beyond-limits", "target-missed" */
    int64_t begin;        /* of the period */
    int64_t limit;        /* by which somebody must have reacted */
    int64_t reacted;      /* the first reaction; VALUE_MISSING: none */
    struct str reacted_in; /* "audit-plan", "register", "management"; missing: none */
    struct table_place place; /* of that reaction's record; the audit's own has none */
    bool is_in_time;
    bool is_open;         /* there is none, and there is time left */
};

struct signal_list {
    struct arena arena;
    struct signal_seen *list; /* in order of measure, variant, period */
    size_t count;
    size_t capacity;
};

enum status signal_list_new(const struct measure_context *context, struct diag *diag,
                            struct signal_list **ret_list);
void signal_list_free(struct signal_list *list); /* accepts NULL */

#endif
