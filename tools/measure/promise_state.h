/*
 * What became of a promise.
 *
 * Call: promise_judge for each record of the kind.
 * Owns: nothing.
 * Errors: none; what cannot be judged has a state that says so.
 * Units: instants in microseconds UTC.
 * Source: ISO 10001 for promises to customers. A promise that the customer agreed to put off is
 *         judged on its new date; to put it off more than once is being late. A date without a time
 *         of day, which is one at midnight, lasts until work ends that day.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_PROMISE_STATE_H
#define CFAUDIT_MEASURE_PROMISE_STATE_H

#include "measure/measure.h"

enum promise_state {
    PROMISE_IS_OPEN,
    PROMISE_IS_KEPT,
    PROMISE_IS_LATE,
    PROMISE_IS_BROKEN, /* its time has passed and nothing was done */
    PROMISE_IS_VOID,   /* the customer withdrew, or the condition was not met */
    PROMISE_IS_UNDATED,
    PROMISE_IS_UNKNOWN, /* made later, or of no date at all */
    PROMISE_STATE_COUNT
};

struct promise {
    enum promise_state state;
    enum promise_state strict; /* where to put off after the date is to break */
    int64_t made;
    int64_t due;       /* that it is judged on */
    int64_t fulfilled; /* VALUE_MISSING: not by the as-of instant */
    int64_t late;      /* how much; VALUE_MISSING: not late, or nobody knows */
    bool is_renegotiated;
    bool is_disputed;  /* the register says another state than its dates */
};

struct promise promise_judge(const struct measure_context *context, const struct record_case *item);
/* "open", "kept" ... */
const char *promise_state_name(enum promise_state state);

#endif
