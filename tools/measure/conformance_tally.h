/*
 * The insides of a conformance, for the files that count and that make tables.
 *
 * Owns: the conformance owns everything.
 * Errors: none.
 * Units: times in microseconds of working time, instants in microseconds UTC.
 * Threads: one.
 */
#ifndef CFAUDIT_MEASURE_CONFORMANCE_TALLY_H
#define CFAUDIT_MEASURE_CONFORMANCE_TALLY_H

#include "base/intern.h"
#include "measure/conformance.h"

struct deviation_tally {
    uint32_t process;
    uint32_t kind; /* enum deviation_kind */
    uint32_t what; /* step; of an activity of none its text id; UINT32_MAX: the whole case */
    uint64_t occurrences;
    uint32_t *cases; /* numbers, ascending */
    size_t count;
    size_t capacity;
    int64_t first; /* of DEVIATION_UNKNOWN: instants */
    int64_t last;
    struct table_place place;
};

struct step_tally {
    uint64_t executed;
    uint64_t cases;
    uint64_t omitted;
    uint64_t last_case; /* number of the case that was counted last, plus one */
    int64_t last;
};

struct conformance {
    const struct measure_context *context;
    struct diag *diag;
    struct process_cases *cases;
    struct arena arena;
    struct intern keys; /* of deviations */
    struct deviation_tally *deviations;
    size_t deviation_count;
    size_t deviation_capacity;
    size_t *first_step; /* by process, into steps */
    struct step_tally *steps;
    int64_t *times; /* by case: first to last activity */
    size_t time_capacity;
    uint32_t *process_of; /* by case */
    size_t process_capacity;
    size_t case_count;
    uint64_t bounds;    /* cases whose tokens are a bound */
    uint64_t unaligned; /* cases without a nearest sequence */
};

#endif
