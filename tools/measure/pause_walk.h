/*
 * The pauses of a case: runs of its history in statuses in which it waits.
 *
 * Call: pause_walk_begin; pause_walk_next until false.
 * Owns: borrows the case.
 * Errors: none.
 * Units: instants in microseconds UTC.
 * Statuses that follow one another without work between them are one pause. What lies before the
 * opening of the case or after the as-of instant is cut off.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_PAUSE_WALK_H
#define CFAUDIT_MEASURE_PAUSE_WALK_H

#include "measure/measure.h"

enum {
    PAUSE_PENDING = 1u << CLASS_PENDING, /* for the customer */
    PAUSE_HOLD = 1u << CLASS_HOLD        /* for somebody else */
};

struct pause_walk {
    const struct record_case *item;
    unsigned classes;
    int64_t opened; /* VALUE_MISSING: unknown */
    int64_t as_of;
    size_t next;   /* event */
    uint8_t class; /* before it */
};

struct case_pause {
    int64_t from;
    int64_t until;   /* as-of while it lasts */
    bool is_running; /* at the as-of instant */
    bool is_solved;  /* it ended in a solved or closed status */
    bool is_for_customer; /* nobody else was waited for, and none else was looked for */
};

struct pause_walk pause_walk_begin(const struct measure_context *context,
                                   const struct record_case *item, unsigned classes);
bool pause_walk_next(struct pause_walk *walk, struct case_pause *ret_pause);

#endif
