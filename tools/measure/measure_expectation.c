/* M-36, service level expectation: what history lets a customer expect. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { P85, P95, SAFE_85, SAFE_95 };

static const struct measure_variant variants[] = {
    [P85] = {"p85", VARIANT_P85, "ended cases", true, false, NULL, true},
    [P95] = {"p95", VARIANT_P95, "ended cases", true, false, NULL, true},
    [SAFE_85] = {"supportable-85", VARIANT_SAFE_85, "ended cases", false, false, NULL, false},
    [SAFE_95] = {"supportable-95", VARIANT_SAFE_95, "ended cases", false, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    bool has_start =
        record_has(context->set, SLOT_OPENED) || record_has(context->set, SLOT_FIRST_EVENT);

    return has_start && (record_has(context->set, SLOT_RESOLVED) ||
                         record_has(context->set, SLOT_CLOSED) || record_has_classes(context->set))
               ? 15u
               : 0u;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t start = record_value(item, SLOT_OPENED);
    int64_t end = case_end(item);
    struct observation observation = {.period = end};
    size_t v;

    if (start == VALUE_MISSING)
        start = record_value(item, SLOT_FIRST_EVENT);
    if (start == VALUE_MISSING) {
        observe_excluded_of(state, EVERY_VARIANT, item, "no-opening-time");
    } else if (end == VALUE_MISSING || (as_of != VALUE_MISSING && end > as_of)) {
        observe_excluded_of(state, EVERY_VARIANT, item, "not-ended");
    } else if (end < start) {
        observe_excluded_of(state, EVERY_VARIANT, item, "end-before-start");
    } else {
        observation.value = observe_time(state, start, end);
        for (v = 0; v < ARRAY_LEN(variants); v++)
            observe_value(state, v, item, &observation);
    }
}

const struct measure measure_expectation = {
    .id = "M-36",
    .name = "expected-lead-time",
    .title = {{STR_INIT("service level expectation"), STR_INIT("livello di servizio atteso")}},
    .definition = {{STR_INIT("The time within which a case is ended with a stated probability, as "
                             "history shows it, and the shortest target that it supports."),
                    STR_INIT(
                        "Il tempo entro cui un caso si conclude con una data probabilità, come "
                        "mostra la storia, e l'obiettivo più breve che essa sostiene.")}},
    .formula = "p85 and p95 of ended - opened, in working time; supportable: the shortest time for "
               "which the low end of the Wilson interval of the share within it reaches 85 or 95 %",
    .fields = "ticket.opened ticket.resolved ticket.closed; event.at event.status",
    .source = "The Kanban Guide, service level expectation; Wilson 1927; Conover 1999",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED |
             1ull << SLOT_FIRST_EVENT | 1ull << SLOT_FIRST_SOLVED,
    .streams = streams_always,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
