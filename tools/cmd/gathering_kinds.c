#include "cmd/gathering_kinds.h"

#include <string.h>

#include "base/mem.h"
#include "record/share.h"

/* A set has room for so many cases from the start. */
enum { FIRST_CASES = 1 << 14 };

static unsigned bit_of(enum record_kind kind)
{
    return 1u << kind;
}

/* --- what is asked for --- */

/* A column of the user's own is read as text, by its name. */
static int own_slot(struct gathering_kind *item, struct str field)
{
    if (item->needs.own_count == SLOT_END - SLOT_OWN)
        return -1;
    item->own[item->needs.own_count] = field;
    return SLOT_OWN + (int)item->needs.own_count++;
}

static bool is_person(enum record_kind kind, struct str field)
{
    const struct record_field *model = record_case_field(kind, field);

    return model && model->type == FIELD_PERSON;
}

/* Breakdowns by what the kind has; conditions all, as a record that lacks a field does not keep
   them. */
static enum status find_slots(struct gathering *g, struct gathering_kind *item)
{
    const struct measure_context *context = &g->context;
    size_t i;

    for (i = 0; i < context->by_count; i++) {
        int slot = measure_slot(&item->needs, context->by[i]);

        if (is_person(item->needs.kind, context->by[i]))
            return run_usage(g->run, "no figures about single persons: '%.*s'",
                             STR_ARG(context->by[i]));
        if (slot < 0 && !record_case_field(RECORD_TICKET, context->by[i]))
            slot = own_slot(item, context->by[i]);
        if (slot < 0)
            continue;
        item->by[item->by_count] = context->by[i];
        item->by_slots[item->by_count++] = slot;
    }
    for (i = 0; i < context->where_count; i++) {
        int slot = measure_slot(&item->needs, context->where[i].field);

        item->where_slots[i] = slot >= 0 ? slot : own_slot(item, context->where[i].field);
        if (item->where_slots[i] < 0)
            return run_usage(g->run, "too many fields named");
    }
    return STATUS_OK;
}

static enum status plan_kind(struct gathering *g, enum record_kind kind)
{
    struct gathering_kind *item = &g->kinds[kind];
    struct arena *arena = &g->run->arena;

    item->needs = (struct record_needs){.kind = kind,
                                        .slots = record_kind_slots(kind),
                                        .keep_all = true,
                                        .memory_limit = g->needs.memory_limit};
    item->own = arena_alloc(arena, SLOT_END - SLOT_OWN, sizeof *item->own);
    item->by = arena_alloc(arena, g->context.by_count, sizeof *item->by);
    item->by_slots = arena_alloc(arena, g->context.by_count, sizeof *item->by_slots);
    item->where_slots = arena_alloc(arena, g->context.where_count, sizeof *item->where_slots);
    if (!item->own || !item->by || !item->by_slots || !item->where_slots)
        return diag_no_memory(&g->run->diag);
    item->needs.own = item->own;
    return find_slots(g, item);
}

enum status gathering_kinds_plan(struct gathering *g)
{
    enum status status = STATUS_OK;
    size_t i;
    int kind;

    for (i = 0; i < g->measure_count; i++)
        g->kinds_wanted |= bit_of(g->measures[i]->kind) | g->measures[i]->also_kinds;
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++)
        status = plan_kind(g, (enum record_kind)kind);
    return status;
}

/* --- what there is --- */

/* What the map makes beside tickets costs their speed: only where somebody asks for it. */
static void add_map(struct gathering *g, const struct source_map *map)
{
    bool has_tickets = record_map_feeds(map, RECORD_TICKET);
    int kind;

    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT; kind++) {
        if (!record_map_feeds(map, (enum record_kind)kind))
            continue;
        if (has_tickets && !(g->kinds_wanted & bit_of((enum record_kind)kind)))
            continue;
        g->kinds_read |= bit_of((enum record_kind)kind);
    }
}

enum status gathering_kinds_prepare(struct gathering *g)
{
    size_t s;

    g->kinds_read = g->kinds_wanted & ~bit_of(RECORD_TICKET);
    for (s = 0; s < g->source_count; s++)
        add_map(g, g->sources[s].options.map);
    if (g->kinds_read) /* what tickets name is looked for among the others, and the other way round */
        g->keeps_cases = true;
    if (g->kinds_read >> RECORD_CUSTOMER & 1)
        g->needs.slots |= 1ull << SLOT_CUSTOMER;
    if (g->kinds_read >> RECORD_ORDER_REVIEW & 1)
        g->needs.slots |= 1ull << SLOT_ORDER;
    for (s = 0; s < g->source_count; s++)
        g->sources[s].options.kinds = g->kinds_read ? g->kind_sets : NULL;
    return STATUS_OK;
}

enum status gathering_kinds_begin(struct gathering *g)
{
    enum status status = STATUS_OK;
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++) {
        record_set_free(g->kind_sets[kind]);
        g->kind_sets[kind] = NULL;
        if (g->kinds_read >> kind & 1)
            status = record_set_new(&g->kinds[kind].needs, &g->run->diag, &g->kind_sets[kind]);
    }
    return status;
}

enum status gathering_kinds_end(struct gathering *g)
{
    enum status status = STATUS_OK;
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++)
        if (g->kind_sets[kind])
            status = record_set_settle(g->kind_sets[kind], &g->run->diag);
    return status;
}

struct instant gathering_kinds_latest(const struct gathering *g)
{
    struct instant latest = INSTANT_MISSING;
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        struct instant own = INSTANT_MISSING;

        if (g->kind_sets[kind])
            own = record_latest(g->kind_sets[kind]);
        if (!instant_is_missing(own) && (instant_is_missing(latest) || own.us > latest.us))
            latest = own;
    }
    return latest;
}

/* --- figures --- */

/* Groups of staff that tickets show to be small are not shown by records of another kind, either. */
static enum status find_floor(struct gathering *g, struct gathering_kind *item,
                              const struct record_set *set)
{
    const struct staff_floor *floor = g->context.floor;
    size_t i;

    if (!floor || !floor->is_merged)
        return STATUS_OK;
    item->floor.count = record_text_count(set);
    item->floor.is_merged = arena_alloc(&g->run->arena, item->floor.count,
                                        sizeof *item->floor.is_merged);
    if (!item->floor.is_merged)
        return diag_no_memory(&g->run->diag);
    for (i = 0; i < floor->count; i++) {
        int64_t id;

        if (floor->is_merged[i] && record_text_find(set, record_text(g->set, (int64_t)i), &id))
            item->floor.is_merged[id] = true;
    }
    item->context.floor = &item->floor;
    return STATUS_OK;
}

/* --- tickets that pass by, where measures look them up --- */

static bool looks_up_tickets(const struct gathering *g)
{
    size_t i;

    for (i = 0; i < g->measure_count; i++)
        if (g->measures[i]->also_kinds & bit_of(RECORD_TICKET))
            return true;
    return false;
}

static enum status keep_tickets(void *taker, const struct record_set *set)
{
    struct gathering *g = taker;
    struct record_set *all = g->kind_sets[RECORD_TICKET];
    size_t limit = g->needs.memory_limit;
    size_t count = record_case_count(set);
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < count && status == STATUS_OK; i++) {
        struct record_share share;
        const struct record_share *only = &share;
        struct str id = record_share_at(set, i, &share);

        status = record_set_take(all, id, &only, 1, &g->run->diag);
    }
    if (status != STATUS_OK || !limit || record_case_count(all) < FIRST_CASES ||
        record_memory(all) <= limit)
        return status;
    return record_too_large(&(const struct record_held){record_memory(all), limit,
                                                        record_case_count(all), true},
                            WHERE_NONE, &g->run->diag);
}

static enum status load_tickets(struct gathering *g)
{
    const struct record_walk *walk = g->context.walk;
    struct record_needs needs = g->needs;
    struct record_facts facts;
    enum status status;

    if (!walk || !looks_up_tickets(g))
        return STATUS_OK;
    needs.keep_all = true;
    status = record_set_new(&needs, &g->run->diag, &g->kind_sets[RECORD_TICKET]);
    if (status != STATUS_OK)
        return status;
    facts = record_set_facts(g->set);
    record_set_learn(g->kind_sets[RECORD_TICKET], &facts);
    status = walk->go(walk->context, keep_tickets, g);
    return status == STATUS_OK ? record_set_settle(g->kind_sets[RECORD_TICKET], &g->run->diag)
                               : status;
}

enum status gathering_kinds_contexts(struct gathering *g)
{
    enum status status = load_tickets(g);
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        g->sets[kind] = g->kind_sets[kind];
    if (!g->sets[RECORD_TICKET])
        g->sets[RECORD_TICKET] = g->set;
    g->context.sets = g->sets;
    g->context.kinds = g->contexts;
    g->contexts[RECORD_TICKET] = &g->context;
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++) {
        struct gathering_kind *item = &g->kinds[kind];

        if (!g->kind_sets[kind])
            continue;
        item->context = g->context;
        item->context.set = g->kind_sets[kind];
        item->context.walk = NULL;
        item->context.by = item->by;
        item->context.by_slots = item->by_slots;
        item->context.by_count = item->by_count;
        item->context.where_slots = item->where_slots;
        item->context.floor = NULL;
        status = find_floor(g, item, g->kind_sets[kind]);
        g->contexts[kind] = &item->context;
    }
    return status;
}

void gathering_kinds_done(struct gathering *g)
{
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        record_set_free(g->kind_sets[kind]);
        g->kind_sets[kind] = NULL;
    }
}
