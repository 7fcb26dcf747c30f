/*
 * Promises made in conversations and written down nowhere: what two lists that each miss some tell
 * of those on neither.
 *
 * Call: untraced_count once all records are there; untraced_conclude for the figure.
 * Owns: plain counts.
 * Errors: STATUS_MEMORY, reported; false when memory is out.
 * Units: tickets. A phrase in a message is a hint, not a proof: the count is one of candidates.
 * Source: Chapman 1951. The two lists are not independent, because whoever forgets the one is likely
 *         to forget the other, so that the estimate is too low.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_UNTRACED_H
#define CFAUDIT_MEASURE_UNTRACED_H

#include "measure/measure.h"

struct untraced {
    uint64_t registered; /* tickets that a promise of the register names */
    uint64_t told;       /* tickets in which somebody of ours promised something to the customer */
    uint64_t both;
};

/* The context is that of promises. */
enum status untraced_count(const struct measure_context *context, struct diag *diag,
                           struct untraced *ret_untraced);
bool untraced_conclude(const struct untraced *untraced, struct arena *arena,
                       struct figure *figure);

#endif
