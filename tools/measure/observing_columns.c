/* Observations of whole batches: what most cases say, without a look at any of them by itself. */
#include "base/bug.h"
#include "measure/observing.h"

/* Groups by number, as loops hold them: what every case looks at, in variables that no store to a
   group can change. */
struct held_groups {
    const uint32_t *numbered; /* from the level on; room for every number there is */
    size_t step;
    struct group *groups;
};

static bool hold_groups(struct measure_state *state, const struct case_rows *rows,
                        struct group_table *table, int32_t level, struct held_groups *ret_held)
{
    uint32_t count = group_numbers_count(&rows->numbers);

    if (rows->failed || !group_table_number(table, observing_place(state, count, level))) {
        state->failed = true;
        return false;
    }
    *ret_held = (struct held_groups){table->numbered + observing_place(state, 0, level),
                                     state->level_step, table->groups};
    return true;
}

/* NULL: it has not been met. */
static inline struct group *held_group(const struct held_groups *held, uint32_t number)
{
    uint32_t met = held->numbered[number * held->step];

    return met ? &held->groups[met - 1] : NULL;
}

static struct group_table *table_of(struct measure_state *state, unsigned mask)
{
    size_t v = 0;

    while ((mask >> v & 1) == 0)
        v++;
    if (mask == 1u << v)
        return &state->variants[v].groups;
    BUG_IF(state->shared_by && state->shared_by != mask);
    state->shared_by = mask;
    return &state->shared;
}

size_t observing_values(struct measure_state *state, const struct case_rows *rows, unsigned mask,
                        const uint32_t *numbers, const int64_t *values, uint16_t *ret_others)
{
    struct group_table *table = table_of(state, mask);
    const uint16_t *places = rows->places;
    size_t count = rows->count;
    struct held_groups held;
    size_t others = 0;
    size_t i = 0;

    while (i < count && hold_groups(state, rows, table, NO_LEVEL, &held)) {
        for (; i < count; i++) {
            size_t k = places[i];
            int64_t value = values[k];
            struct group *group;

            if (value == VALUE_MISSING) {
                ret_others[others++] = (uint16_t)k;
                continue;
            }
            group = held_group(&held, numbers[k]);
            if (!group)
                break;
            if (!sample_list_add(&group->values, value))
                state->failed = true;
        }
        if (i < count && !observing_new_number(state, rows, table, numbers[places[i]], NO_LEVEL))
            break;
    }
    return others;
}

size_t observing_within(struct measure_state *state, const struct case_rows *rows, size_t variant,
                        int32_t level, const uint32_t *numbers, const int64_t *values,
                        int64_t limit, uint16_t *ret_others)
{
    struct group_table *table = table_of(state, 1u << variant);
    const uint16_t *places = rows->places;
    size_t count = rows->count;
    struct held_groups held;
    size_t others = 0;
    size_t i = 0;

    while (i < count && hold_groups(state, rows, table, level, &held)) {
        for (; i < count; i++) {
            size_t k = places[i];
            int64_t value = values[k];
            struct group *group;

            if (value == VALUE_MISSING) {
                ret_others[others++] = (uint16_t)k;
                continue;
            }
            group = held_group(&held, numbers[k]);
            if (!group)
                break;
            group->n++;
            group->k += value <= limit;
        }
        if (i < count && !observing_new_number(state, rows, table, numbers[places[i]], level))
            break;
    }
    return others;
}
