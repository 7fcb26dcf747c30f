/*
 * What a measure says about one case, and the state it says it to.
 *
 * Call: from a measure's observe function: observe_level, observe_value, observe_excluded,
 *       observe_censored.
 * Owns: reasons and notes are constant strings.
 * Errors: memory failures are kept in the state.
 * Units: durations in microseconds, instants in microseconds UTC.
 * Threads: one state, one thread.
 */
#ifndef CFAUDIT_MEASURE_OBSERVE_H
#define CFAUDIT_MEASURE_OBSERVE_H

#include "measure/measure.h"

static const int32_t NO_LEVEL = -1;

struct observation {
    int64_t value; /* duration or quantity; for shares what is cited, or VALUE_MISSING */
    int64_t whole; /* of VARIANT_PART: what value is a part of */
    int64_t rank;  /* order of the worst, lowest first; 0: the largest value */
    bool counts;   /* shares: the case is one of the k */
    bool
        is_open; /* shares: it does not count because it has not ended, and could not count any more */
    int64_t period;   /* instant that decides the period; VALUE_MISSING: in none */
    const char *note; /* said with the case when it is cited; may be NULL */
};

const struct measure_context *observe_context(const struct measure_state *state);
/* The variants that these sources can feed, as the measure's `applies` said at first. */
unsigned observe_applies(const struct measure_state *state);
/* The observe function of a measure whose cases are looked at together only, by prepare. */
void observe_nothing(struct measure_state *state, const struct record_case *item);
/* What the measure's prepare has made. */
void *observe_own(const struct measure_state *state);
/* Memory was out while the case was looked at; measure_finish tells. */
void observe_failed(struct measure_state *state);
/* What is said of the case from now on stands under the service level of that number, too, until
   another is named or the case is done; NO_LEVEL: under none. */
void observe_level(struct measure_state *state, int32_t level);
void observe_value(struct measure_state *state, size_t variant, const struct record_case *item,
                   const struct observation *observation);
/* The same of several variants that have values and a series, as a mask, which is the same whenever
   there is one: what they share is kept once. */
void observe_value_of(struct measure_state *state, unsigned mask, const struct record_case *item,
                      const struct observation *observation);
/* The case is left out, and counted under the reason. */
void observe_excluded(struct measure_state *state, size_t variant, const struct record_case *item,
                      const char *reason);
/* The same of those of several variants, as a mask, that the sources can feed. */
static const unsigned EVERY_VARIANT = ~0u;
void observe_excluded_of(struct measure_state *state, unsigned mask,
                         const struct record_case *item, const char *reason);
/* Still running after that long: left out under the reason, but known to the survival median. */
void observe_censored(struct measure_state *state, size_t variant, const struct record_case *item,
                      const char *reason, int64_t duration);
/* The variant and the source's own statement disagree about the case. */
void observe_difference(struct measure_state *state, size_t variant, const struct record_case *item,
                        const char *reason, int64_t size);

/* Working time of the context's calendar from one instant to another; below zero when that is earlier. */
int64_t observe_time(const struct measure_state *state, int64_t from, int64_t until);
int64_t context_time(const struct measure_context *context, int64_t from, int64_t until);

/* Why a case is in no figure of the run; NULL: it is. */
const char *case_left_out(const struct measure_context *context, const struct record_case *item);
/* The end of a case as its source reports it: resolved, else closed; VALUE_MISSING. */
int64_t case_reported_end(const struct record_case *item);
/* The end by any evidence: reported, else the first event in a solved or closed status. */
int64_t case_end(const struct record_case *item);
static inline int64_t case_end_of(int64_t resolved, int64_t closed, int64_t first_solved)
{
    return resolved != VALUE_MISSING ? resolved : closed != VALUE_MISSING ? closed : first_solved;
}
/* For measures of which no settled case depends on the as-of instant. */
bool streams_always(const struct measure_context *context);
/* The period of the context does not have the instant. */
static inline bool observe_is_outside(const struct measure_context *context, int64_t instant)
{
    if (instant == VALUE_MISSING)
        return false;
    return (!instant_is_missing(context->period_start) && instant < context->period_start.us) ||
           (!instant_is_missing(context->period_end) && instant >= context->period_end.us);
}
/* Solved, closed or cancelled. */
static inline bool class_is_over(int64_t class)
{
    return class == CLASS_SOLVED || class == CLASS_CLOSED || class == CLASS_CANCELLED;
}

#endif
