/* M-49, data quality: which cases can be trusted by their own data. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { RECORDS, READABLE, OPENED_KNOWN, TIMES_IN_ORDER, END_KNOWN, UNIQUE_ID, NOT_IN_FUTURE };

static const struct measure_variant variants[] = {
    [RECORDS] = {"records", VARIANT_SHARE, "all cases; counted when every check below holds", false,
                 false, NULL, false},
    [READABLE] = {"readable", VARIANT_SHARE, "cases none of whose rows was rejected", false, false,
                  NULL, false},
    [OPENED_KNOWN] = {"opening-known", VARIANT_SHARE, "cases with an opening time", false, false,
                      NULL, false},
    [TIMES_IN_ORDER] = {"times-in-order", VARIANT_SHARE,
                        "cases opened before they were resolved, and resolved before closed", false,
                        false, NULL, false},
    [END_KNOWN] = {"end-known", VARIANT_SHARE,
                   "cases in a solved or closed status that have an end time", false, false, NULL,
                   false},
    [UNIQUE_ID] = {"unique-id", VARIANT_SHARE, "cases whose id stands on one row only", false,
                   false, NULL, false},
    [NOT_IN_FUTURE] = {"not-in-future", VARIANT_SHARE,
                       "cases without a time after the stated as-of instant", false, false, NULL,
                       false},
};

/* What the source can be asked for. */
static unsigned checks_of(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 1u << RECORDS | 1u << READABLE;
    bool has_end = record_has(set, SLOT_RESOLVED) || record_has(set, SLOT_CLOSED);

    if (record_has(set, SLOT_OPENED))
        mask |= 1u << OPENED_KNOWN;
    if (record_has(set, SLOT_OPENED) && has_end)
        mask |= 1u << TIMES_IN_ORDER;
    if (record_has_classes(set) && has_end)
        mask |= 1u << END_KNOWN;
    if (record_is_snapshot(set))
        mask |= 1u << UNIQUE_ID;
    if (context->as_of_is_given)
        mask |= 1u << NOT_IN_FUTURE;
    return mask;
}

static unsigned applies(const struct measure_context *context)
{
    return record_has_cases(context->set) ? checks_of(context) : 0;
}

static bool not_after(int64_t a, int64_t b)
{
    return a == VALUE_MISSING || b == VALUE_MISSING || a <= b;
}

static bool holds(const struct measure_context *context, const struct record_case *item, int check)
{
    int64_t opened = record_value(item, SLOT_OPENED);
    int64_t resolved = record_value(item, SLOT_RESOLVED);
    int64_t closed = record_value(item, SLOT_CLOSED);
    int64_t as_of = context->as_of.us;
    int64_t class = record_value(item, SLOT_CLASS);

    switch (check) {
    case READABLE:
        return !item->has_reject;
    case OPENED_KNOWN:
        return opened != VALUE_MISSING;
    case TIMES_IN_ORDER:
        return not_after(opened, resolved) && not_after(resolved, closed) &&
               not_after(opened, closed);
    case END_KNOWN:
        return (class != CLASS_SOLVED && class != CLASS_CLOSED) ||
               case_reported_end(item) != VALUE_MISSING;
    case UNIQUE_ID:
        return item->rows <= 1;
    case NOT_IN_FUTURE:
        return not_after(opened, as_of) && not_after(resolved, as_of) && not_after(closed, as_of) &&
               not_after(record_last_event(item), as_of);
    default:
        return true;
    }
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct measure_context *context = observe_context(state);
    unsigned mask = checks_of(context);
    struct observation observation = {.value = VALUE_MISSING, .period = VALUE_MISSING};
    bool all = true;
    int check;

    for (check = READABLE; check < (int)ARRAY_LEN(variants); check++) {
        if ((mask >> check & 1) == 0)
            continue;
        observation.counts = holds(context, item, check);
        all = all && observation.counts;
        observe_value(state, (size_t)check, item, &observation);
    }
    observation.counts = all;
    observe_value(state, RECORDS, item, &observation);
}

const struct measure measure_quality = {
    .id = "M-49",
    .name = "data-quality",
    .title = {{STR_INIT("data quality"), STR_INIT("qualità dei dati")}},
    .definition = {{STR_INIT("Share of cases whose own data can be trusted; below 95 % figures are "
                             "imprecise, below 80 % they give no points."),
                    STR_INIT("Quota di casi con dati affidabili; sotto il 95 % gli indicatori sono "
                             "imprecisi, sotto l'80 % non danno punti.")}},
    .formula = "cases that pass every check that the source can be asked for / all cases; "
               "one variant for each check; Wilson interval",
    .fields = "ticket.id ticket.opened ticket.resolved ticket.closed ticket.status",
    .source = "ISO/IEC 25012 data quality characteristics: completeness, consistency, credibility",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED | 1ull << SLOT_CLASS,
    .streams = streams_always,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
