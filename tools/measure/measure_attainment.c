/* M-07, SLA attainment: the source's own flag, and what the deadlines say. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { REPORTED, COMPUTED };

static const struct measure_variant variants[] = {
    [REPORTED] = {"reported", VARIANT_SHARE, "cases with the source's own flag", true, false, NULL,
                  true},
    [COMPUTED] = {"computed", VARIANT_SHARE, "cases with a deadline that were ended or are overdue",
                  true, false, "s", true},
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

/*
 * Every case in which the two variants do not say the same has exactly one reason: they disagree,
 * or only one of them says anything. `standing` is what the deadline says.
 */
enum standing { MET, ENDED_LATE, OPEN_LATE, NOT_DUE, NO_DEADLINE };

static void compare_with_flag(struct measure_state *state, const struct record_case *item,
                              enum standing standing, int64_t size)
{
    static const char *const when_met[] = {NULL, "flag-met-but-ended-late",
                                           "flag-met-but-open-past-deadline", "flag-met-before-due",
                                           "flag-met-without-deadline"};
    static const char *const when_missed[] = {"flag-missed-but-ended-in-time", NULL, NULL,
                                              "flag-missed-before-due",
                                              "flag-missed-without-deadline"};
    static const char *const when_none[] = {"no-flag-ended-in-time", "no-flag-ended-late",
                                            "no-flag-open-past-deadline", NULL, NULL};
    int64_t flag = record_value(item, SLOT_MET);
    const char *reason = flag == VALUE_MISSING ? when_none[standing]
                         : flag == 1           ? when_met[standing]
                                               : when_missed[standing];

    if (reason && record_has(observe_context(state)->set, SLOT_MET))
        observe_difference(state, COMPUTED, item, reason, size < 0 ? -size : size);
}

static void leave_out(struct measure_state *state, const struct record_case *item,
                      const char *reason, enum standing standing)
{
    observe_excluded(state, COMPUTED, item, reason);
    compare_with_flag(state, item, standing, 0);
}

static void observe_computed(struct measure_state *state, const struct record_case *item)
{
    int64_t due = record_value(item, SLOT_DUE);
    int64_t end = case_end(item);
    int64_t as_of = observe_context(state)->as_of.us;
    bool is_ended = end != VALUE_MISSING && (as_of == VALUE_MISSING || end <= as_of);
    struct observation observation;

    if (due == VALUE_MISSING) {
        leave_out(state, item, "no-deadline", NO_DEADLINE);
        return;
    }
    if (record_value(item, SLOT_CLASS) == CLASS_CANCELLED) {
        leave_out(state, item, "cancelled", NO_DEADLINE);
        return;
    }
    if (!is_ended && class_is_over(record_value(item, SLOT_CLASS))) {
        leave_out(state, item, "no-resolution-time", NO_DEADLINE);
        return;
    }
    if (!is_ended && (as_of == VALUE_MISSING || due >= as_of)) {
        leave_out(state, item, "open-before-deadline", NOT_DUE);
        return;
    }
    if (!is_ended)
        end = as_of;
    observation = (struct observation){.value = end - due,
                                       .counts = is_ended && end <= due,
                                       .period = is_ended ? end : due,
                                       .note = is_ended ? NULL : "still open"};
    observe_value(state, COMPUTED, item, &observation);
    compare_with_flag(state, item,
                      observation.counts ? MET
                      : is_ended         ? ENDED_LATE
                                         : OPEN_LATE,
                      end - due);
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
    .definition = {{STR_INIT(
                        "Share of cases that were ended within what was agreed with the customer."),
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
