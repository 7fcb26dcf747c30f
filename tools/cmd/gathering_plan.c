/*
 * What was asked for, before anything is read: fields become slots, and targets and charts must be
 * of a figure that there can be.
 */
#include "cmd/gathering_kinds.h"

enum status gathering_slot(struct gathering *g, struct str field, int *ret_slot)
{
    int slot = measure_slot(&g->needs, field);
    const struct record_field *model = record_case_field(RECORD_TICKET, field);

    if (slot < 0) {
        if (g->needs.own_count == SLOT_END - SLOT_OWN)
            return run_usage(g->run, "too many fields named");
        g->own[g->needs.own_count] = field;
        slot = SLOT_OWN + (int)g->needs.own_count++;
    }
    if (model && slot < SLOT_COUNT)
        g->needs.slots |= 1ull << slot;
    if (slot == SLOT_GROUP) /* to count the people of a group */
        g->needs.slots |= 1ull << SLOT_ASSIGNEE;
    *ret_slot = slot;
    return STATUS_OK;
}

static bool is_person(int slot)
{
    return slot < SLOT_COUNT && slot_type(RECORD_TICKET, slot) == FIELD_PERSON;
}

static const struct measure *find_measure(const struct gathering *g, struct str id)
{
    size_t i;

    for (i = 0; i < g->measure_count; i++)
        if (str_is(id, g->measures[i]->id))
            return g->measures[i];
    return NULL;
}

static bool can_reach(const struct measure_variant *variant, double value)
{
    return value >= 0 && (variant->kind != VARIANT_SHARE || value <= 1);
}

/* A target of 95 where 0.95 is meant would turn every figure into a breach. */
static enum status check_target(struct gathering *g, const struct audit_target *target)
{
    const struct measure *measure = find_measure(g, target->measure);
    bool is_known = false;
    size_t i;

    for (i = 0; measure && i < measure->variant_count; i++) {
        if (target->variant.ptr && !str_is(target->variant, measure->variants[i].name))
            continue;
        if (can_reach(&measure->variants[i], target->value))
            return STATUS_OK;
        is_known = true;
    }
    if (is_known) {
        diag_report(&g->run->diag, RULE_PLAN_VALUE, target->place, "%g for %.*s", target->value,
                    STR_ARG(target->measure));
        diag_hint(&g->run->diag, "a share is written from 0 to 1, such as 0.95");
        return STATUS_USAGE;
    }
    diag_report(&g->run->diag, RULE_PLAN_MEASURE, target->place, "'%.*s%s%.*s'",
                STR_ARG(target->measure), target->variant.ptr ? " " : "", STR_ARG(target->variant));
    return STATUS_OK;
}

/* What an audit says of a chart that no figure has would never be seen again. */
static void check_chart(struct gathering *g, const char *what, struct str id, struct str variant,
                        struct where place)
{
    const struct measure *measure = find_measure(g, id);
    size_t i;

    for (i = 0; measure && i < measure->variant_count; i++)
        if (!variant.ptr || str_is(variant, measure->variants[i].name))
            return;
    diag_report(&g->run->diag, RULE_PLAN_CHART, place, "%s of '%.*s%s%.*s'", what, STR_ARG(id),
                variant.ptr ? " " : "", STR_ARG(variant));
}

static void check_charts(struct gathering *g)
{
    const struct measure_context *context = &g->context;
    size_t i;

    for (i = 0; i < context->baseline_count; i++)
        check_chart(g, "baseline", context->baselines[i].measure, context->baselines[i].variant,
                    context->baselines[i].place);
    for (i = 0; i < context->reaction_count; i++)
        check_chart(g, "reaction", context->reactions[i].measure, context->reactions[i].variant,
                    context->reactions[i].place);
}

static enum status check_targets(struct gathering *g)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < g->context.target_count && status == STATUS_OK; i++)
        status = check_target(g, &g->context.targets[i]);
    return status;
}

enum status gathering_plan(struct gathering *g)
{
    struct measure_context *context = &g->context;
    struct arena *arena = &g->run->arena;
    int *by = arena_alloc(arena, context->by_count, sizeof *by);
    int *where = arena_alloc(arena, context->where_count, sizeof *where);
    enum status status = STATUS_OK;
    size_t i;

    g->own = arena_alloc(arena, SLOT_END - SLOT_OWN, sizeof *g->own);
    if (!g->own || !by || !where)
        return diag_no_memory(&g->run->diag);
    g->needs.own = g->own;
    for (i = 0; i < g->measure_count; i++)
        measure_add_needs(g->measures[i], &g->needs);
    if (context->by_count > MEASURE_BREAKDOWNS)
        return run_usage(g->run, "at most %d breakdowns", MEASURE_BREAKDOWNS);
    for (i = 0; i < context->by_count && status == STATUS_OK; i++) {
        status = gathering_slot(g, context->by[i], &by[i]);
        if (status == STATUS_OK && is_person(by[i]))
            status = run_usage(g->run, "no figures about single persons: '%.*s'",
                               STR_ARG(context->by[i]));
    }
    for (i = 0; i < context->where_count && status == STATUS_OK; i++)
        status = gathering_slot(g, context->where[i].field, &where[i]);
    if (status == STATUS_OK)
        status = check_targets(g);
    check_charts(g);
    if (status == STATUS_OK)
        status = gathering_kinds_plan(g);
    context->by_slots = by;
    context->where_slots = where;
    return status;
}
