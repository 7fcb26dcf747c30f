/*
 * What every observation does, inline: for state.c and for measures that go through many cases in a
 * loop of their own.
 *
 * Call: for most rows observing_numbered and observing_count, with the kind that the variant has;
 *       for a row that is left out or lies outside the period, observing_row and the functions of
 *       measure/observe.h.
 * Owns: nothing. A row has no record_case; where nothing is cited, NULL stands for one.
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

static inline struct group *observing_group(struct measure_state *state, size_t variant,
                                            int64_t instant)
{
    struct group *group;

    state->key.period = state->measure->variants[variant].has_series
                            ? period_find(&state->finder, instant)
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

/* What a group keeps of an observation. */
static inline void observing_count(struct measure_state *state, struct group *group,
                                   enum variant_kind kind, const struct observation *observation)
{
    group->n += kind != VARIANT_RATIO || !observation->counts;
    group->k += observation->counts;
    group->open += observation->is_open;
    if (kind == VARIANT_PART) {
        group->part += observation->value / MILLISECOND_US;
        group->whole += observation->whole / MILLISECOND_US;
    }
    if (kind_has_values(kind) && !sample_list_add(&group->values, observation->value))
        state->failed = true;
}

/* --- rows --- */

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

static inline bool observing_row_is_outside(const struct case_rows *rows, int64_t period)
{
    return rows->has_bounds && observing_is_outside(rows->context, period);
}

static inline size_t observing_place(const struct measure_state *state, uint32_t number,
                                     int32_t level)
{
    return number * state->level_step + (size_t)(level - NO_LEVEL);
}

struct group *observing_new_number(struct measure_state *state, const struct case_rows *rows,
                                   size_t variant, uint32_t number, int32_t level);

/* The group of such a number (case_rows_numbers), for a variant with a series; NULL: memory is out,
   which the state or the rows know. */
static inline struct group *observing_numbered(struct measure_state *state,
                                               const struct case_rows *rows, size_t variant,
                                               uint32_t number, int32_t level)
{
    struct group *group =
        group_numbered(&state->variants[variant].groups, observing_place(state, number, level));

    return group ? group : observing_new_number(state, rows, variant, number, level);
}

#endif
