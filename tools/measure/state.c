#include "measure/observing.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "measure/condition.h"

/* Without records of its kind a measure has nothing to say. */
static unsigned measure_applies(const struct measure *measure,
                                const struct measure_context *context)
{
    if (record_set_kind(context->set) != measure->kind)
        return 0;
    if (measure->kind != RECORD_TICKET && !record_has_cases(context->set))
        return 0;
    return measure->applies(context);
}

enum status measure_init(const struct measure *measure, const struct measure_context *context,
                         struct diag *diag, struct measure_state **ret_state)
{
    struct measure_state *state = mem_alloc(1, sizeof *state);
    size_t v;

    context = measure_context_of(context, measure->kind);
    BUG_IF(context->by_count > MEASURE_BREAKDOWNS || measure->variant_count > MEASURE_VARIANTS);
    if (!state)
        return diag_no_memory(diag);
    state->measure = measure;
    state->context = context;
    state->applies = measure_applies(measure, context);
    state->level_step = measure->needs_levels && context->sla ? context->sla->level_count + 1 : 1;
    state->finder.zone = context->zone;
    state->finder.grid = context->grid;
    for (v = 0; v < measure->variant_count; v++)
        group_table_init(&state->variants[v].groups, context->by_count, &state->values);
    group_table_init(&state->shared, context->by_count, &state->values);
    if (context->seed.ptr && !(state->digest = digest_new())) {
        mem_free(state);
        return diag_no_memory(diag);
    }
    if (measure->prepare) {
        enum status status = measure->prepare(context, diag, &state->own);

        if (status != STATUS_OK) {
            measure_free(state);
            return status;
        }
    }
    *ret_state = state;
    return STATUS_OK;
}

enum status measure_prepare_again(struct measure_state *state, struct diag *diag)
{
    if (!state->measure->prepare)
        return STATUS_OK;
    if (state->measure->release)
        state->measure->release(state->own);
    state->own = NULL;
    return state->measure->prepare(state->context, diag, &state->own);
}

void measure_free(struct measure_state *state)
{
    size_t v;

    if (!state)
        return;
    for (v = 0; v < state->measure->variant_count; v++)
        group_table_done(&state->variants[v].groups);
    group_table_done(&state->shared);
    if (state->measure->release)
        state->measure->release(state->own);
    digest_free(state->digest);
    arena_done(&state->values);
    arena_done(&state->ids[0]);
    arena_done(&state->ids[1]);
    mem_free(state);
}

size_t reason_index(struct reason_table *table, const char *reason)
{
    size_t i;

    for (i = 0; i < table->count; i++)
        if (table->list[i].reason == reason || strcmp(table->list[i].reason, reason) == 0)
            return i;
    BUG_IF(table->count == GROUP_REASONS);
    table->list[table->count].reason = reason;
    return table->count++;
}

const struct measure_context *observe_context(const struct measure_state *state)
{
    return state->context;
}

unsigned observe_applies(const struct measure_state *state)
{
    return state->applies;
}

void observe_nothing(struct measure_state *state, const struct record_case *item)
{
    (void)state;
    (void)item;
}

void *observe_own(const struct measure_state *state)
{
    return state->own;
}

void observe_failed(struct measure_state *state)
{
    state->failed = true;
}

void observe_level(struct measure_state *state, int32_t level)
{
    state->key.level = level;
}

/* --- samples and worst cases --- */

static bool keep_reasons(struct reason_table *table, struct arena *arena)
{
    size_t i;

    for (i = 0; i < table->count; i++)
        if (!shortlist_keep_ids(&table->list[i].first, arena))
            return false;
    return true;
}

bool measure_keep_ids(struct measure_state *state)
{
    struct arena *before = &state->ids[state->ids_used];
    struct arena *arena = &state->ids[state->ids_used ^ 1];
    size_t v;

    for (v = 0; v < state->measure->variant_count; v++) {
        struct variant_state *variant = &state->variants[v];

        if (!keep_reasons(&variant->excluded, arena) || !keep_reasons(&variant->differences, arena) ||
            !shortlist_keep_ids(&variant->worst, arena) ||
            !shortlist_keep_ids(&variant->sample, arena))
            return false;
    }
    arena_clear(before);
    state->ids_used ^= 1;
    state->sample_row = NULL; /* another case may stand there */
    return true;
}

static bool sample_key(struct measure_state *state, const struct record_case *item)
{
    if (state->sample_row == item->row)
        return true;
    if (!digest_add(state->digest, state->context->seed.ptr, state->context->seed.len) ||
        !digest_add(state->digest, ":", 1) ||
        !digest_add(state->digest, item->id.ptr, item->id.len) ||
        !digest_finish(state->digest, &state->sample_key))
        return false;
    state->sample_row = item->row;
    return true;
}

/* The first eight bytes of the digest decide nearly always; as a signed rank they keep its order. */
static int64_t rank_of(const struct sha256 *key)
{
    uint64_t rank = 0;
    size_t i;

    for (i = 0; i < sizeof rank; i++)
        rank = rank << 8 | key->bytes[i];
    return rank > INT64_MAX ? (int64_t)(rank - INT64_MAX - 1) : (int64_t)rank - INT64_MAX - 1;
}

static bool is_bad(const struct measure_variant *variant, const struct observation *observation)
{
    return variant->kind == VARIANT_SHARE ? observation->counts == variant->counts_bad
                                          : variant->kind != VARIANT_RATIO;
}

static void cite(struct measure_state *state, size_t v, const struct record_case *item,
                 const struct observation *observation)
{
    struct variant_state *into = &state->variants[v];
    int64_t rank = observation->rank                     ? observation->rank
                   : observation->value == VALUE_MISSING ? 0
                                                         : -observation->value;
    struct shortlist_entry entry;

    if (is_bad(&state->measure->variants[v], observation) &&
        shortlist_may_take(&into->worst, rank)) {
        entry = shortlist_entry_of(item, observation->value, observation->note);
        entry.rank = rank;
        shortlist_offer(&into->worst, &entry);
    }
    if (!sample_key(state, item)) {
        state->failed = true;
        return;
    }
    if (shortlist_may_take(&into->sample, rank_of(&state->sample_key))) {
        entry = shortlist_entry_of(item, observation->value, observation->note);
        entry.rank = rank_of(&state->sample_key);
        entry.key = state->sample_key;
        shortlist_offer(&into->sample, &entry);
    }
}

/* --- what a measure says --- */

void observe_value(struct measure_state *state, size_t variant, const struct record_case *item,
                   const struct observation *observation)
{
    enum variant_kind kind = state->measure->variants[variant].kind;
    struct group *group;

    if (observe_is_outside(state->context, observation->period)) {
        if (kind != VARIANT_RATIO)
            observe_excluded(state, variant, item, "outside-period");
        return;
    }
    group = observing_group(state, variant, observation->period);
    if (!group)
        return;
    observing_count(state, group, kind, observation);
    if (state->context->seed.ptr && kind != VARIANT_RATIO)
        cite(state, variant, item, observation);
}

void observe_value_of(struct measure_state *state, unsigned mask, const struct record_case *item,
                      const struct observation *observation)
{
    struct group *group;
    size_t v;

    if (observe_is_outside(state->context, observation->period)) {
        observe_excluded_of(state, mask, item, "outside-period");
        return;
    }
    BUG_IF(state->shared_by && state->shared_by != mask);
    state->shared_by = mask;
    state->key.period = period_find(&state->finder, observation->period);
    group = group_find_near(&state->shared, &state->key, state->values_hash);
    if (!group || !sample_list_add(&group->values, observation->value)) {
        state->failed = true;
        return;
    }
    for (v = 0; state->context->seed.ptr && mask >> v; v++)
        if (mask >> v & 1)
            cite(state, v, item, observation);
}

/* Without a seed no case is cited, and the ids of cases that are not kept need not be. */
static void note_reason(struct reason_table *table, const struct record_case *item,
                        const char *reason, int64_t rank, int64_t value, bool is_cited)
{
    struct reason_list *list = &table->list[reason_index(table, reason)];

    list->n++;
    if (is_cited && shortlist_may_take(&list->first, rank)) {
        struct shortlist_entry entry = shortlist_entry_of(item, value, NULL);

        entry.rank = rank;
        shortlist_offer(&list->first, &entry);
    }
}

void observe_excluded(struct measure_state *state, size_t variant, const struct record_case *item,
                      const char *reason)
{
    struct reason_table *table = &state->variants[variant].excluded;
    struct group *group = observing_group(state, variant, VALUE_MISSING);

    if (group)
        group->excluded[reason_index(table, reason)]++;
    note_reason(table, item, reason, 0, VALUE_MISSING, state->context->seed.ptr);
}

void observe_excluded_of(struct measure_state *state, unsigned mask,
                         const struct record_case *item, const char *reason)
{
    size_t v;

    for (v = 0; v < state->measure->variant_count; v++)
        if ((mask & state->applies) >> v & 1)
            observe_excluded(state, v, item, reason);
}

void observe_censored(struct measure_state *state, size_t variant, const struct record_case *item,
                      const char *reason, int64_t duration)
{
    struct group *group = observing_group(state, variant, VALUE_MISSING);

    observe_excluded(state, variant, item, reason);
    if (group && !sample_list_add(&group->censored, duration))
        state->failed = true;
}

void observe_difference(struct measure_state *state, size_t variant, const struct record_case *item,
                        const char *reason, int64_t size)
{
    note_reason(&state->variants[variant].differences, item, reason, -size, size,
                state->context->seed.ptr);
}

/* --- cases --- */

const char *case_left_out(const struct measure_context *context, const struct record_case *item)
{
    size_t i;

    if (item->is_empty)
        return item->has_reject ? "all-rows-rejected" : "no-events";
    for (i = 0; i < context->where_count; i++)
        if (!condition_holds(context->set, &context->where[i],
                             context->where_slots[i],
                             record_value(item, context->where_slots[i])))
            return "where";
    return NULL;
}

static int64_t key_of(const struct measure_context *context, const struct record_case *item,
                      int slot)
{
    int64_t value = record_value(item, slot);

    if (slot == SLOT_GROUP && context->floor && context->floor->is_merged &&
        value != VALUE_MISSING && context->floor->is_merged[value])
        return KEY_MERGED;
    return value;
}

void measure_add(struct measure_state *state, const struct record_case *item)
{
    const char *reason;
    size_t i;

    if (!state->applies)
        return; /* what it would need to look at a case may not be there */
    reason = case_left_out(state->context, item);
    state->key.level = NO_LEVEL;
    for (i = 0; i < state->context->by_count; i++)
        state->key.values[i] = key_of(state->context, item, state->context->by_slots[i]);
    state->values_hash = group_values_hash(state->key.values, state->context->by_count);
    if (reason)
        observe_excluded_of(state, EVERY_VARIANT, item, reason);
    else
        state->measure->observe(state, item);
}

struct group *observing_new_number(struct measure_state *state, const struct case_rows *rows,
                                   struct group_table *table, uint32_t number, int32_t level)
{
    struct group *group;

    if (number == GROUP_NUMBER_NONE)
        return NULL; /* the rows have failed */
    state->key.period = (int32_t)group_numbers_values(&rows->numbers, number, state->key.values);
    state->key.level = level;
    group = group_find(table, &state->key, group_values_hash(state->key.values, table->key_count));
    if (!group || !group_set_number(table, observing_place(state, number, level), group)) {
        state->failed = true;
        return NULL;
    }
    return group;
}

/* Cases that are cited, or grouped by more than their values, are looked at one by one. */
static bool takes_rows(const struct measure_state *state)
{
    return state->measure->observe_rows && !state->context->seed.ptr && !state->context->floor;
}

static void add_each(struct measure_state *state, const struct record_rows *rows)
{
    struct record_row_case room;
    size_t i;

    for (i = 0; i < rows->count; i++)
        measure_add(state, record_row_case(rows, rows->places[i], &room));
}

void measure_add_rows(struct measure_state *state, struct case_rows *rows)
{
    size_t i;

    if (!takes_rows(state)) {
        add_each(state, rows->rows);
        return;
    }
    state->measure->observe_rows(state, rows);
    state->failed |= rows->failed;
    for (i = 0; i < rows->left_count; i++) {
        observing_row(state, rows, rows->left[i]);
        observe_excluded_of(state, EVERY_VARIANT, NULL, "where");
    }
}

/* --- merge --- */

static void merge_reasons(struct reason_table *table, const struct reason_table *other)
{
    size_t i;

    for (i = 0; i < other->count; i++) {
        struct reason_list *list = &table->list[reason_index(table, other->list[i].reason)];

        list->n += other->list[i].n;
        shortlist_merge(&list->first, &other->list[i].first);
    }
}

/* The two states may have met reasons in another order: counts of groups follow the other's. */
static bool merge_variant(struct variant_state *into, struct variant_state *other)
{
    size_t map[GROUP_REASONS] = {0};
    size_t i;
    size_t r;

    merge_reasons(&into->excluded, &other->excluded);
    merge_reasons(&into->differences, &other->differences);
    shortlist_merge(&into->worst, &other->worst);
    shortlist_merge(&into->sample, &other->sample);
    for (r = 0; r < other->excluded.count; r++)
        map[r] = reason_index(&into->excluded, other->excluded.list[r].reason);
    for (i = 0; i < other->groups.count; i++) {
        struct group *part = &other->groups.groups[i];
        uint64_t excluded[GROUP_REASONS] = {0};

        for (r = 0; r < other->excluded.count; r++)
            excluded[map[r]] = part->excluded[r];
        memcpy(part->excluded, excluded, sizeof excluded);
        if (!group_table_join(&into->groups, part))
            return false;
    }
    return true;
}

static bool merge_shared(struct measure_state *state, struct measure_state *other)
{
    size_t i;

    BUG_IF(state->shared_by && other->shared_by && state->shared_by != other->shared_by);
    state->shared_by |= other->shared_by;
    for (i = 0; i < other->shared.count; i++)
        if (!group_table_join(&state->shared, &other->shared.groups[i]))
            return false;
    return true;
}

void measure_merge(struct measure_state *state, struct measure_state *other)
{
    size_t v;

    BUG_IF(state->measure != other->measure || state->context != other->context);
    state->failed |= other->failed;
    arena_join(&state->values, &other->values);
    arena_join(&state->ids[state->ids_used], &other->ids[other->ids_used]);
    if (!merge_shared(state, other))
        state->failed = true;
    for (v = 0; v < state->measure->variant_count; v++)
        if (!merge_variant(&state->variants[v], &other->variants[v]))
            state->failed = true;
}
