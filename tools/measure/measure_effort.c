/* M-39, effort outside the contract, and whether it was settled. */
#include "base/mem.h"
#include "measure/effort_row.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { UNBILLED, OUT_OF_SCOPE, FLAGGED, REALIZED };

static const struct measure_variant variants[] = {
    [UNBILLED] = {"unbilled", VARIANT_PART, "hours worked", true, true, "s", true},
    [OUT_OF_SCOPE] = {"out-of-scope", VARIANT_PART, "hours worked", true, true, "s", true},
    [FLAGGED] = {"scope-flagged", VARIANT_PART, "hours worked", true, false, NULL, false},
    [REALIZED] = {"realized", VARIANT_PART, "billable hours", true, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !record_has(set, EFFORT_HOURS))
        return 0;
    if (record_has(set, EFFORT_SCOPE))
        mask |= 1u << UNBILLED | 1u << OUT_OF_SCOPE | 1u << FLAGGED;
    if (record_has(set, EFFORT_BILLABLE) && record_has(set, EFFORT_BILLED))
        mask |= 1u << REALIZED;
    return mask;
}

static void observe_scope(struct measure_state *state, const struct record_case *item,
                          const struct effort_row *row)
{
    struct observation observation = {.whole = row->time, .period = row->date};

    observation.value = row->is_out && !row->is_settled ? row->time : 0;
    observe_value(state, UNBILLED, item, &observation);
    observation.value = row->is_out ? row->time : 0;
    observe_value(state, OUT_OF_SCOPE, item, &observation);
    observation.value = row->has_scope ? row->time : 0;
    observe_value(state, FLAGGED, item, &observation);
}

static void observe_realized(struct measure_state *state, const struct record_case *item,
                             const struct effort_row *row)
{
    struct observation observation = {.whole = row->time, .period = row->date};

    observation.value = record_value(item, EFFORT_BILLED) == 1 ? row->time : 0;
    if (record_value(item, EFFORT_BILLABLE) == 1)
        observe_value(state, REALIZED, item, &observation);
    else
        observe_excluded(state, REALIZED, item, "not-billable");
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    struct effort_row row = effort_row_of(item, observe_context(state)->as_of.us);
    size_t v;

    for (v = 0; row.refusal && v < ARRAY_LEN(variants); v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, row.refusal);
    if (row.refusal)
        return;
    if (mask >> UNBILLED & 1)
        observe_scope(state, item, &row);
    if (mask >> REALIZED & 1)
        observe_realized(state, item, &row);
}

const struct measure measure_effort = {
    .id = "M-39",
    .name = "effort-outside-contract",
    .title = {{STR_INIT("effort outside the contract"), STR_INIT("impegno fuori contratto")}},
    .definition = {{STR_INIT("Share of hours worked outside the contract, and of those that "
                             "neither a change order nor an invoice nor an approved gift settles."),
                    STR_INIT("Quota di ore lavorate fuori contratto, e di quelle che né una "
                             "variante, né una fattura, né un omaggio approvato regolano.")}},
    .formula = "unbilled: hours out of scope without change order, invoice or goodwill / hours; "
               "out-of-scope: hours out of scope / hours; scope-flagged: hours with a scope in or "
               "out / hours; realized: billed / billable hours; no interval",
    .fields = "effort.date effort.hours effort.scope effort.billable effort.billed "
              "effort.change-order effort.goodwill",
    .source = "realization rate and revenue leakage of professional services",
    .kind = RECORD_EFFORT,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
