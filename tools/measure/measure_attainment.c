/* M-07, SLA attainment: the source's own flag, and what the deadlines say. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { REPORTED, COMPUTED };

static const struct measure_variant variants[] = {
    [REPORTED] = {"reported", VARIANT_SHARE, "cases with the source's own flag", true, false},
    [COMPUTED] = {"computed", VARIANT_SHARE, "cases with a deadline that were ended or are overdue",
                  true, false},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;

    if (record_has(context->set, SLOT_MET))
        mask |= 1u << REPORTED;
    if (record_has(context->set, SLOT_DUE))
        mask |= 1u << COMPUTED;
    return mask;
}

static void observe_reported(struct measure_state *state, const struct record_case *item)
{
    int64_t met = record_value(item, SLOT_MET);
    struct observation observation = {
        .value = VALUE_MISSING, .counts = met == 1, .period = case_end(item)};

    if (met == VALUE_MISSING)
        observe_excluded(state, REPORTED, item, "no-flag");
    else
        observe_value(state, REPORTED, item, &observation);
}

/* Where the flag says something else than the deadline, why. */
static void compare_with_flag(struct measure_state *state, const struct record_case *item,
                              bool is_met, bool is_ended, int64_t late)
{
    int64_t flag = record_value(item, SLOT_MET);
    const char *reason;

    if (flag == VALUE_MISSING || (flag == 1) == is_met)
        return;
    if (!is_ended)
        reason = "flag-met-but-open-past-deadline";
    else if (is_met)
        reason = "flag-missed-but-ended-in-time";
    else
        reason = "flag-met-but-ended-late";
    observe_difference(state, COMPUTED, item, reason, late < 0 ? -late : late);
}

static void observe_computed(struct measure_state *state, const struct record_case *item)
{
    int64_t due = record_value(item, SLOT_DUE);
    int64_t end = case_end(item);
    int64_t as_of = observe_context(state)->as_of.us;
    bool is_ended = end != VALUE_MISSING && (as_of == VALUE_MISSING || end <= as_of);
    int64_t opened = record_value(item, SLOT_OPENED);
    struct observation observation;

    if (due == VALUE_MISSING) {
        observe_excluded(state, COMPUTED, item, "no-deadline");
        return;
    }
    if (record_value(item, SLOT_CLASS) == CLASS_CANCELLED) {
        observe_excluded(state, COMPUTED, item, "cancelled");
        return;
    }
    if (is_ended && opened != VALUE_MISSING && end < opened) {
        observe_excluded(state, COMPUTED, item, "end-before-start");
        return;
    }
    if (!is_ended && class_is_over(record_value(item, SLOT_CLASS))) {
        observe_excluded(state, COMPUTED, item, "no-resolution-time");
        return;
    }
    if (!is_ended && (as_of == VALUE_MISSING || due >= as_of)) {
        observe_excluded(state, COMPUTED, item, "open-before-deadline");
        return;
    }
    if (!is_ended)
        end = as_of;
    observation = (struct observation){.value = end - due,
                                       .counts = is_ended && end <= due,
                                       .period = is_ended ? end : due,
                                       .note = is_ended ? NULL : "still open"};
    observe_value(state, COMPUTED, item, &observation);
    compare_with_flag(state, item, observation.counts, is_ended, end - due);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = applies(observe_context(state));

    if (mask >> REPORTED & 1)
        observe_reported(state, item);
    if (mask >> COMPUTED & 1)
        observe_computed(state, item);
}

const struct measure measure_attainment = {
    .id = "M-07",
    .name = "sla-attainment",
    .title = {{STR_INIT("SLA attainment"), STR_INIT("rispetto dello SLA")}},
    .definition = {{STR_INIT("Share of cases that were ended within what was agreed with the customer."),
                    STR_INIT("Quota di casi conclusi entro quanto concordato con il cliente.")}},
    .formula = "met / (met + breached); an open case past its deadline is breached, one before it "
               "is left out; Wilson interval",
    .fields = "sla.met; sla.due ticket.resolved ticket.closed",
    .source = "ITIL service level management; Wilson 1927",
    .slots = 1ull << SLOT_MET | 1ull << SLOT_DUE | 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED |
             1ull << SLOT_CLOSED | 1ull << SLOT_FIRST_SOLVED | 1ull << SLOT_CLASS,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
