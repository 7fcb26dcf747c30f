/*
 * What the records show of a pause: was anything asked, how much of the target was used up when it
 * began, and did it end with a word of the customer or with the solution.
 *
 * Call: pause_target_of for each case; pause_signs_of for each of its pauses.
 * Owns: borrows the case and the clocks.
 * Errors: false when memory is out.
 * Units: working time in microseconds.
 * Threads: one set of clocks, one thread.
 */
#ifndef CFAUDIT_MEASURE_PAUSE_SIGNS_H
#define CFAUDIT_MEASURE_PAUSE_SIGNS_H

#include "measure/attainment.h"
#include "measure/pause_walk.h"

static const unsigned EVERY_PAUSE = PAUSE_PENDING | PAUSE_HOLD;

/* A sign that these sources cannot show, or that this pause cannot have, is not there. */
struct pause_signs {
    bool is_unasked;     /* for the customer, and no public message of an agent awaits an answer */
    bool is_late;        /* begun when 90 to 100 % of the target was used up */
    bool is_unanswered;  /* ended without a word of the customer in it */
    bool is_to_solution; /* left straight for a solved status */
};

/* What a case must keep. */
struct pause_target {
    struct attainment attainment;
    bool is_known; /* and the start of its clock */
};

/* Whether the sources show it of any case. */
bool pause_shows_questions(const struct measure_context *context);
bool pause_shows_targets(const struct measure_context *context);

/* clocks: NULL when there is no agreement. */
bool pause_target_of(const struct measure_context *context, struct service_clocks *clocks,
                     const struct record_case *item, struct pause_target *ret_target);
/* target: NULL where there are none. */
bool pause_signs_of(const struct measure_context *context, struct service_clocks *clocks,
                    const struct record_case *item, const struct pause_target *target,
                    const struct case_pause *pause, struct pause_signs *ret_signs);

/* Without a reason that shows: unasked, or begun late and left without a word of the customer. */
static inline bool pause_is_doubtful(const struct pause_signs *signs)
{
    return signs->is_unasked || (signs->is_late && signs->is_unanswered);
}

#endif
