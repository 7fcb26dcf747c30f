/*
 * What every observation does, inline: for state.c and for measures that go through many cases in a
 * loop of their own.
 *
 * Call: for most rows observing_values or observing_within, by column, or observing_numbered and
 *       observing_count, with the kind that the variant has; for a row that is left out or lies
 *       outside the period, observing_row and the functions of measure/observe.h.
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

/* What a group keeps of an observation. */
static inline void observing_count(struct measure_state *state, struct group *group,
                                   enum variant_kind kind, const struct observation *observation)
{
    if (kind_has_values(kind)) {
        state->failed |= !sample_list_add(&group->values, observation->value);
        return;
    }
    group->n += kind != VARIANT_RATIO || !observation->counts;
    group->k += observation->counts;
    group->open += observation->is_open;
    if (kind == VARIANT_PART) {
        group->part += observation->value / MILLISECOND_US;
        group->whole += observation->whole / MILLISECOND_US;
    }
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

static inline size_t observing_place(const struct measure_state *state, uint32_t number,
                                     int32_t level)
{
    return number * state->level_step + (size_t)(level - NO_LEVEL);
}

struct group *observing_new_number(struct measure_state *state, const struct case_rows *rows,
                                   struct group_table *table, uint32_t number, int32_t level);

/* The group of such a number (case_rows_numbers), for a variant with a series; NULL: memory is out,
   which the state or the rows know. */
static inline struct group *observing_numbered(struct measure_state *state,
                                               const struct case_rows *rows, size_t variant,
                                               uint32_t number, int32_t level)
{
    struct group_table *table = &state->variants[variant].groups;
    struct group *group = group_numbered(table, observing_place(state, number, level));

    return group ? group : observing_new_number(state, rows, table, number, level);
}

/* --- whole columns --- */

/*
 * Each case that has a value counts, in the group of its number, for every variant of the mask.
 * The places of those whose value is missing go to ret_others, which has room for RECORD_ROWS;
 * returns how many.
 */
size_t observing_values(struct measure_state *state, const struct case_rows *rows, unsigned mask,
                        const uint32_t *numbers, const int64_t *values, uint16_t *ret_others);
/* The same for a share and a service level: it counts when its value is not above the limit. */
size_t observing_within(struct measure_state *state, const struct case_rows *rows, size_t variant,
                        int32_t level, const uint32_t *numbers, const int64_t *values,
                        int64_t limit, uint16_t *ret_others);

#endif
