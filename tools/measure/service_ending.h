/*
 * How a case ended, and whether that was in time: what the clock of a case with any history and the
 * loop over cases of one row both say, written once.
 *
 * Call: ending_of with the end of the history; ending_until; clock_standing_of.
 * Owns: values only.
 * Errors: none.
 * Units: instants and spans in microseconds.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_SERVICE_ENDING_H
#define CFAUDIT_MEASURE_SERVICE_ENDING_H

#include "measure/observe.h"
#include "measure/service_clock.h"

/* What the fields of a case say, as far as a clock looks at them. */
struct case_fields {
    int64_t opened; /* or its first event */
    int64_t resolved;
    int64_t closed;
    int64_t class; /* of the last event that has one, else of the last row */
};

struct ending {
    int64_t at;       /* VALUE_MISSING: still open */
    int64_t reopened; /* last return to work; VALUE_MISSING: never */
    bool is_cancelled;
    bool is_unknown;   /* over, but nobody knows when */
    bool is_backwards; /* before the opening; `at` is the opening then */
};

static inline int64_t later_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* A reported instant, unless it lies in the future or before a return to work. */
static inline int64_t reported_by(int64_t at, int64_t reopened, int64_t as_of)
{
    return at > as_of || (reopened != VALUE_MISSING && at <= reopened) ? VALUE_MISSING : at;
}

/* `over`: begin of the statuses over which the history ends; VALUE_MISSING: it ends in others. */
static inline struct ending ending_of(const struct case_fields *fields, int64_t over,
                                      int64_t reopened, int64_t as_of)
{
    struct ending ending = {.at = over, .reopened = reopened};
    int64_t resolved = reported_by(fields->resolved, reopened, as_of);

    if (resolved != VALUE_MISSING && (over == VALUE_MISSING || resolved < over))
        ending.at = resolved;
    if (ending.at == VALUE_MISSING)
        ending.at = reported_by(fields->closed, reopened, as_of);
    ending.is_cancelled = fields->class == CLASS_CANCELLED;
    ending.is_unknown = ending.at == VALUE_MISSING && class_is_over(fields->class);
    ending.is_backwards = ending.at != VALUE_MISSING && ending.at < fields->opened;
    if (ending.is_backwards)
        ending.at = fields->opened;
    return ending;
}

/* Until when the clock of a resolution runs. */
static inline int64_t ending_until(const struct ending *ending, int64_t opened, int64_t as_of)
{
    return ending->at != VALUE_MISSING ? ending->at : ending->is_unknown ? opened : as_of;
}

static inline enum clock_standing clock_standing_of(bool is_ended, int64_t elapsed, int64_t target)
{
    bool is_late = elapsed > target;

    return is_ended  ? is_late ? CLOCK_ENDED_LATE : CLOCK_MET
           : is_late ? CLOCK_OPEN_LATE
                     : CLOCK_RUNNING;
}

/* Of a resolution, once it is known how the case ended. */
static inline enum clock_standing resolution_standing_of(const struct ending *ending,
                                                         enum clock_standing standing)
{
    return ending->is_cancelled   ? CLOCK_CANCELLED
           : ending->is_unknown   ? CLOCK_NO_END
           : ending->is_backwards ? CLOCK_BACKWARDS
                                  : standing;
}

#endif
