/* M-10, backlog at the as-of instant and the balance of inflow and outflow. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { OPEN, AGE, OVERDUE, FLOW };

static const struct measure_variant variants[] = {
    [OPEN] = {"open", VARIANT_COUNT, "cases opened by the as-of instant", false, true, "s", false},
    [AGE] = {"age", VARIANT_DURATION, "cases open at the as-of instant", false, false, NULL, false},
    [OVERDUE] = {"overdue", VARIANT_SHARE, "open cases with a deadline", false, true, "s", false},
    [FLOW] = {"outflow-per-inflow", VARIANT_RATIO, "cases opened, and cases ended, in each period",
              true, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;

    if (!record_has(context->set, SLOT_OPENED) || instant_is_missing(context->as_of))
        return 0;
    mask |= 1u << OPEN | 1u << AGE;
    if (record_has(context->set, SLOT_DUE))
        mask |= 1u << OVERDUE;
    if (record_has(context->set, SLOT_RESOLVED) || record_has(context->set, SLOT_CLOSED) ||
        record_has(context->set, SLOT_FIRST_SOLVED))
        mask |= 1u << FLOW;
    return mask;
}

static void observe_flow(struct measure_state *state, const struct record_case *item,
                         int64_t opened, int64_t end, int64_t as_of)
{
    struct observation in = {.value = VALUE_MISSING, .counts = false, .period = opened};
    struct observation out = {.value = VALUE_MISSING, .counts = true, .period = end};

    observe_value(state, FLOW, item, &in);
    if (end != VALUE_MISSING && end <= as_of)
        observe_value(state, FLOW, item, &out);
}

static void observe_open(struct measure_state *state, const struct record_case *item, unsigned mask,
                         int64_t opened, int64_t as_of)
{
    int64_t due = record_value(item, SLOT_DUE);
    struct observation age = {.value = as_of - opened, .period = VALUE_MISSING};
    struct observation overdue = {.counts = due < as_of, .period = VALUE_MISSING};

    observe_value(state, AGE, item, &age);
    if ((mask >> OVERDUE & 1) == 0)
        return;
    if (due == VALUE_MISSING) {
        observe_excluded(state, OVERDUE, item, "no-deadline");
        return;
    }
    overdue.value = as_of - due;
    observe_value(state, OVERDUE, item, &overdue);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t opened = record_value(item, SLOT_OPENED);
    int64_t end = case_end(item);
    bool is_open;
    struct observation open = {.value = VALUE_MISSING, .period = VALUE_MISSING};

    if (opened == VALUE_MISSING || opened > as_of) {
        observe_excluded_of(state, EVERY_VARIANT, item,
                            opened == VALUE_MISSING ? "no-opening-time" : "opened-later");
        return;
    }
    is_open = end == VALUE_MISSING ? !class_is_over(record_value(item, SLOT_CLASS)) : end > as_of;
    open.counts = is_open;
    open.value = is_open ? as_of - opened : VALUE_MISSING;
    observe_value(state, OPEN, item, &open);
    if (mask >> FLOW & 1)
        observe_flow(state, item, opened, end, as_of);
    if (is_open)
        observe_open(state, item, mask, opened, as_of);
}

const struct measure measure_backlog = {
    .id = "M-10",
    .name = "backlog",
    .title = {{STR_INIT("backlog"), STR_INIT("arretrato")}},
    .definition = {{STR_INIT(
                        "Cases still open at the as-of instant, how old they are, and whether the "
                        "backlog grows."),
                    STR_INIT("Casi ancora aperti alla data di riferimento, la loro anzianità e se "
                             "l'arretrato cresce.")}},
    .formula = "open: opened by the as-of instant and not ended by it; age: as-of - opened; "
               "overdue: deadline before the as-of instant; flow: ended / opened in each period",
    .fields = "ticket.opened ticket.resolved ticket.closed ticket.status sla.due",
    .source = "ITIL service desk practice",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED | 1ull << SLOT_DUE |
             1ull << SLOT_FIRST_SOLVED | 1ull << SLOT_CLASS,
    .streams = streams_always,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
