/* Observations of whole batches: what most cases say, without a look at any of them by itself. */
#include "base/bug.h"
#include "measure/observing.h"

/* The groups of a table by number, as far as they have been met. */
struct numbered_groups {
    struct measure_state *state;
    const struct case_rows *rows;
    struct group_table *table;
    int32_t level;
};

static inline struct group *group_of(const struct numbered_groups *own, uint32_t number)
{
    struct group *group =
        group_numbered(own->table, observing_place(own->state, number, own->level));

    return group ? group
                 : observing_new_number(own->state, own->rows, own->table, number, own->level);
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
    const struct numbered_groups groups = {state, rows, table_of(state, mask), NO_LEVEL};
    const uint16_t *places = rows->places;
    size_t count = rows->count;
    size_t others = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        size_t k = places[i];
        struct group *group;

        if (values[k] == VALUE_MISSING) {
            ret_others[others++] = (uint16_t)k;
            continue;
        }
        group = group_of(&groups, numbers[k]);
        if (!group || !sample_list_add(&group->values, values[k]))
            state->failed = true;
    }
    return others;
}

size_t observing_within(struct measure_state *state, const struct case_rows *rows, size_t variant,
                        int32_t level, const uint32_t *numbers, const int64_t *values,
                        int64_t limit, uint16_t *ret_others)
{
    const struct numbered_groups groups = {state, rows, table_of(state, 1u << variant), level};
    const uint16_t *places = rows->places;
    size_t count = rows->count;
    size_t others = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        size_t k = places[i];
        struct group *group;

        if (values[k] == VALUE_MISSING) {
            ret_others[others++] = (uint16_t)k;
            continue;
        }
        group = group_of(&groups, numbers[k]);
        if (!group) {
            state->failed = true;
            continue;
        }
        group->n++;
        group->k += values[k] <= limit;
    }
    return others;
}
