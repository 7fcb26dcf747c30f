/* M-67, long pieces of work on a ticket: those that want a report. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { LONG_WORK, REPORTED, VARIANTS };

static const struct measure_variant variants[VARIANTS] = {
    [LONG_WORK] = {"over-two-hours", VARIANT_SHARE, "entries of work on a ticket", true, true, NULL,
                   false},
    [REPORTED] = {"with-report", VARIANT_SHARE, "entries of more than two hours on a ticket", true,
                  false, NULL, false},
};

static const int64_t TWO_HOURS = 2 * FIELD_NUMBER_ONE;

static unsigned applies(const struct measure_context *context)
{
    if (!record_has(context->set, EFFORT_HOURS) || !record_has(context->set, KIND_TICKET))
        return 0;
    return record_has(context->set, EFFORT_REPORT) ? 1u << LONG_WORK | 1u << REPORTED
                                                   : 1u << LONG_WORK;
}

static void leave_out(struct measure_state *state, const struct record_case *item,
                      const char *reason)
{
    unsigned mask = observe_applies(state);
    size_t v;

    for (v = 0; v < VARIANTS; v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, reason);
}

/* Of long work; the longest without a report first. */
static void observe_report(struct measure_state *state, const struct record_case *item,
                           struct observation observation)
{
    if (!(observe_applies(state) >> REPORTED & 1))
        return;
    if (!observation.counts) {
        observe_excluded(state, REPORTED, item, "short-work");
        return;
    }
    observation.counts = case_has(item, EFFORT_REPORT);
    observe_value(state, REPORTED, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t hours = record_value(item, EFFORT_HOURS);
    int64_t at = record_value(item, EFFORT_DATE);
    bool is_later = at != VALUE_MISSING && !instant_is_missing(observe_context(state)->as_of) &&
                    at > observe_context(state)->as_of.us;
    struct observation observation = {
        .value = VALUE_MISSING, .counts = hours > TWO_HOURS, .period = at};

    if (!case_has(item, KIND_TICKET)) {
        leave_out(state, item, "no-ticket");
    } else if (hours == VALUE_MISSING) {
        leave_out(state, item, "no-hours");
    } else if (is_later) {
        leave_out(state, item, "recorded-later");
    } else {
        observation.rank = -hours;
        observe_value(state, LONG_WORK, item, &observation);
        observe_report(state, item, observation);
    }
}

const struct measure measure_long_work = {
    .id = "M-67",
    .name = "long-work",
    .title = {{STR_INIT("long work on a ticket"), STR_INIT("interventi lunghi su un ticket")}},
    .definition = {{STR_INIT("Share of entries of work on a ticket that took more than two hours; "
                             "and of these, how many have a report."),
                    STR_INIT("Quota di registrazioni di lavoro su un ticket che superano le due "
                             "ore e, di queste, quante hanno un rapporto.")}},
    .formula = "over-two-hours: hours above 2 / entries with a ticket and hours; with-report: "
               "those with a report / entries above two hours; Wilson interval",
    .fields = "effort.ticket effort.hours effort.report effort.date",
    .source = "ISO 9001, 7.5; Wilson 1927",
    .kind = RECORD_EFFORT,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
};
