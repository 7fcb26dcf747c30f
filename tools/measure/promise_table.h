/*
 * All promises of a run together: every one with its state, by department, and those that no
 * register knows.
 *
 * Call: promise_table_new; promise_table_sheets for the figure that gets the tables; the counts for
 *       what compares departments; promise_table_free.
 * Owns: the caller owns it.
 * Errors: STATUS_MEMORY, reported; false when memory is out.
 * Units: as in measure/promise_state.h.
 * Source: Newcombe 1998 for the difference of two shares; Chapman 1951 for promises on no list.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_PROMISE_TABLE_H
#define CFAUDIT_MEASURE_PROMISE_TABLE_H

#include "measure/promise_state.h"

struct promise_counts {
    uint64_t kept;
    uint64_t judged; /* kept, late, broken */
};

struct promise_table;

enum status promise_table_new(const struct measure_context *context, struct diag *diag,
                              struct promise_table **ret_table);
void promise_table_free(struct promise_table *table); /* accepts NULL */
/* Of one department, in any case of its letters. */
struct promise_counts promise_table_counts(const struct promise_table *table, const char *department);
/* The tables "promises" and "departments". */
bool promise_table_sheets(const struct promise_table *table, struct arena *arena,
                          struct figure *figure);

#endif
