/*
 * What the history of a case tells about its clock: solved and opened again, put under a longer
 * target just in time.
 *
 * Call: for each case, any of the functions.
 * Owns: nothing.
 * Errors: false when memory is out.
 * Units: instants and spans in microseconds; VALUE_MISSING: none.
 * Threads: as the measure's state.
 */
#ifndef CFAUDIT_MEASURE_GAMING_HISTORY_H
#define CFAUDIT_MEASURE_GAMING_HISTORY_H

#include "measure/service_clock.h"

struct solution_return {
    int64_t solved;   /* the first solution that was looked at */
    int64_t shortest; /* time from a solution to the reopening that follows it */
};

/* of_month_end: only solutions on the last day of a month in the context's zone. */
struct solution_return solution_return_of(const struct measure_context *context,
                                          const struct record_case *item, bool of_month_end);

/*
 * Working time used up when the case came under a longer target, or under none, in the last fifth
 * of the shorter one; the last time that happened.
 */
bool relaxation_of(const struct measure_context *context, struct service_clocks *clocks,
                   const struct record_case *item, const struct service_clock *clock,
                   int64_t *ret_used);

#endif
