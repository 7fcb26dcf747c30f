/* Observations of whole batches: what most cases say, without a look at any of them by itself. */
#include "base/bug.h"
#include "measure/observing.h"

/* The groups of a table by number. Loops hold what they look at in every case themselves. */
struct numbered_groups {
    struct measure_state *state;
    const struct case_rows *rows;
    struct group_table *table;
    int32_t level;
    size_t step;
    const uint32_t *numbered; /* from the level on */
    size_t numbered_count;
    struct group *groups;
};

static void hold_groups(struct numbered_groups *own)
{
    size_t first = observing_place(own->state, 0, own->level);

    own->step = own->state->level_step;
    own->numbered_count =
        own->table->numbered_count > first ? (own->table->numbered_count - first) / own->step : 0;
    own->numbered = own->numbered_count ? own->table->numbered + first : NULL;
    own->groups = own->table->groups;
}

static struct group *meet_group(struct numbered_groups *own, uint32_t number)
{
    struct group *group =
        observing_new_number(own->state, own->rows, own->table, number, own->level);

    hold_groups(own);
    return group;
}

static inline struct group *group_of(struct numbered_groups *own, uint32_t number)
{
    uint32_t met = number < own->numbered_count ? own->numbered[number * own->step] : 0;

    return met ? &own->groups[met - 1] : meet_group(own, number);
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

static struct numbered_groups groups_of(struct measure_state *state, const struct case_rows *rows,
                                        unsigned mask, int32_t level)
{
    struct numbered_groups groups = {
        .state = state, .rows = rows, .table = table_of(state, mask), .level = level};

    hold_groups(&groups);
    return groups;
}

size_t observing_values(struct measure_state *state, const struct case_rows *rows, unsigned mask,
                        const uint32_t *numbers, const int64_t *values, uint16_t *ret_others)
{
    struct numbered_groups groups = groups_of(state, rows, mask, NO_LEVEL);
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
    struct numbered_groups groups = groups_of(state, rows, 1u << variant, level);
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
