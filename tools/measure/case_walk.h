/*
 * Every case of a run, once: those that the set has, or those that pass by.
 *
 * Call: case_walk, as often as needed.
 * Owns: nothing; what `take` is given lives until it returns.
 * Errors: those of `take` and of whoever brings the cases, reported there.
 * Units: none.
 * Threads: `take` is called by the one that walks.
 */
#ifndef CFAUDIT_MEASURE_CASE_WALK_H
#define CFAUDIT_MEASURE_CASE_WALK_H

#include "measure/measure.h"

static inline enum status case_walk(const struct measure_context *context, record_take *take,
                                    void *taker)
{
    return context->walk ? context->walk->go(context->walk->context, take, taker)
                         : take(taker, context->set);
}

#endif
