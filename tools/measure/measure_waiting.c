/* M-04, who waited for whom. */
#include "base/mem.h"
#include "measure/case_phases.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { REQUESTER_WAIT, AGENT_WORK, AGENT_WAIT, VARIANTS };

static const struct measure_variant variants[] = {
    [REQUESTER_WAIT] = {"requester-wait", VARIANT_DURATION, "ended cases with a known history",
                        true, false, NULL, false},
    [AGENT_WORK] = {"agent-work", VARIANT_DURATION, "ended cases with a known history", true, false,
                    NULL, false},
    [AGENT_WAIT] = {"agent-wait", VARIANT_DURATION, "ended cases with a known history", true, false,
                    NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has_classes(context->set) && record_has(context->set, SLOT_FIRST_EVENT)
               ? (1u << VARIANTS) - 1
               : 0u;
}

/* Working time in each class; false: some of it lies in a status without a class. */
static bool add_up(const struct measure_state *state, const struct record_case *item,
                   int64_t from, int64_t until, int64_t *sums)
{
    struct case_phases phases;
    struct case_phase phase;
    int64_t time[CLASS_COUNT] = {0};

    case_phases_begin(&phases, item, from, until);
    while (case_phases_next(&phases, &phase)) {
        time[phase.class] += observe_time(state, phase.from, phase.until);
    }
    if (time[CLASS_UNKNOWN])
        return false;
    sums[REQUESTER_WAIT] = time[CLASS_OPEN] + time[CLASS_HOLD];
    sums[AGENT_WORK] = time[CLASS_OPEN];
    sums[AGENT_WAIT] = time[CLASS_PENDING];
    return true;
}

static void emit(struct measure_state *state, const struct record_case *item,
                 const struct case_ending *ending, const int64_t *sums)
{
    size_t v;

    for (v = 0; v < VARIANTS; v++) {
        struct observation observation = {.value = sums[v], .period = ending->at};

        if (ending->is_over)
            observe_value(state, v, item, &observation);
        else
            observe_censored(state, v, item, "still-open", sums[v]);
    }
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t opened = case_request(item);
    struct case_ending ending = case_ending(item, as_of);
    int64_t sums[VARIANTS];

    if (opened == VALUE_MISSING)
        observe_excluded_of(state, EVERY_VARIANT, item, "no-opening-time");
    else if (opened > as_of)
        observe_excluded_of(state, EVERY_VARIANT, item, "opened-later");
    else if (item->event_count == 0)
        observe_excluded_of(state, EVERY_VARIANT, item, "no-events");
    else if (ending.is_cancelled)
        observe_excluded_of(state, EVERY_VARIANT, item, "cancelled");
    else if (ending.is_over && ending.at == VALUE_MISSING)
        observe_excluded_of(state, EVERY_VARIANT, item, "no-resolution-time");
    else if (!add_up(state, item, opened, ending.is_over ? ending.at : as_of, sums))
        observe_excluded_of(state, EVERY_VARIANT, item, "status-not-classed");
    else
        emit(state, item, &ending, sums);
}

const struct measure measure_waiting = {
    .id = "M-04",
    .name = "waiting-time",
    .title = {{STR_INIT("time spent waiting"), STR_INIT("tempo di attesa")}},
    .definition = {{STR_INIT("How long customers waited for the organization, how much of it was "
                             "work, and how long the organization waited for them."),
                    STR_INIT("Quanto il cliente ha atteso l'organizzazione, quanto di questo tempo "
                             "era lavoro e quanto l'organizzazione ha atteso il cliente.")}},
    .formula = "working time from opened to the end in statuses of the class, summed over each "
               "case: requester-wait open + hold, agent-work open, agent-wait pending; p50 of the "
               "cases, with order-statistic interval; the median of Kaplan and Meier also counts "
               "the open ones",
    .fields = "ticket.opened ticket.resolved ticket.closed; event.at event.status",
    .source = "Zendesk ticket metrics, requester and agent wait; Kaplan and Meier 1958; Conover 1999",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED |
             1ull << SLOT_FIRST_EVENT | 1ull << SLOT_CLASS,
    .needs_classes = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
