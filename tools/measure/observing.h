/*
 * What every observation does, inline: for state.c and for measures that go through many cases in a
 * loop of their own.
 *
 * Call: observing_row before what is said of a row; then observing_value with the kind that the
 *       variant has, or the functions of measure/observe.h.
 * Owns: nothing; a row has no record_case, for which NULL stands.
 * Errors: memory failures are kept in the state.
 * Units: see observe.h.
 * Threads: one state, one thread.
 */
#ifndef CFAUDIT_MEASURE_OBSERVING_H
#define CFAUDIT_MEASURE_OBSERVING_H

#include "measure/case_rows.h"
#include "measure/state.h"

/* Sums of parts are kept in these: a hundred million years of them have room. */
static const int64_t MILLISECOND_US = 1000;

/* The local day, counted so that it is above zero; the offset of the last instant holds for most
   others, too. */
static inline uint64_t observing_day(struct measure_state *state, int64_t instant)
{
    if (instant < state->stretch.from || instant >= state->stretch.until)
        state->stretch = zone_stretch(state->context->zone, (struct instant){instant});
    return (uint64_t)(instant + state->stretch.offset * SECOND_US + DAYS_BEFORE_1970 * DAY_US) /
           (uint64_t)DAY_US;
}

static inline int32_t observing_period(struct measure_state *state, int64_t instant)
{
    struct period_of_day *known;
    uint64_t day;

    if (instant == VALUE_MISSING)
        return PERIOD_NONE;
    day = observing_day(state, instant);
    known = &state->periods[day % PERIOD_DAYS];
    if (known->day != (int32_t)day) {
        known->day = (int32_t)day;
        known->period = period_of_day(state->context->grid, (int64_t)day - DAYS_BEFORE_1970);
    }
    return known->period;
}

static inline struct group *observing_group(struct measure_state *state, size_t variant,
                                            int64_t instant)
{
    struct group *group;

    state->key.period = state->measure->variants[variant].has_series
                            ? observing_period(state, instant)
                            : PERIOD_NONE;
    group = group_find_near(&state->variants[variant].groups, &state->key, state->values_hash);
    if (!group)
        state->failed = true;
    return group;
}

static inline bool observing_is_outside(const struct measure_context *context, int64_t period)
{
    if (period == VALUE_MISSING)
        return false;
    return (!instant_is_missing(context->period_start) && period < context->period_start.us) ||
           (!instant_is_missing(context->period_end) && period >= context->period_end.us);
}

/* All but citations. False: it is not in the period. */
static inline bool observing_value(struct measure_state *state, size_t variant,
                                   enum variant_kind kind, const struct record_case *item,
                                   const struct observation *observation)
{
    struct group *group;

    if (observing_is_outside(state->context, observation->period)) {
        if (kind != VARIANT_RATIO)
            observe_excluded(state, variant, item, "outside-period");
        return false;
    }
    group = observing_group(state, variant, observation->period);
    if (!group)
        return false;
    group->n += kind != VARIANT_RATIO || !observation->counts;
    group->k += observation->counts;
    group->open += observation->is_open;
    if (kind == VARIANT_PART) {
        group->part += observation->value / MILLISECOND_US;
        group->whole += observation->whole / MILLISECOND_US;
    }
    if (kind_has_values(kind) && !sample_list_add(&group->values, observation->value))
        state->failed = true;
    return true;
}

/* What is said from now on is said of that row. */
static inline void observing_row(struct measure_state *state, const struct case_rows *rows,
                                 size_t place)
{
    size_t i;

    state->key.level = NO_LEVEL;
    for (i = 0; i < state->context->by_count; i++)
        state->key.values[i] = rows->rows->columns[state->context->by_slots[i]][place];
    state->values_hash = group_values_hash(state->key.values, state->context->by_count);
}

#endif
