/* M-67, long pieces of work on a ticket: those that want a report. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { LONG_WORK };

static const struct measure_variant variants[] = {
    [LONG_WORK] = {"over-two-hours", VARIANT_SHARE, "entries of work on a ticket", true, true, NULL,
                   false},
};

static const int64_t TWO_HOURS = 2 * FIELD_NUMBER_ONE;

static unsigned applies(const struct measure_context *context)
{
    return record_has(context->set, EFFORT_HOURS) && record_has(context->set, KIND_TICKET)
               ? 1u << LONG_WORK
               : 0;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t hours = record_value(item, EFFORT_HOURS);
    int64_t at = record_value(item, EFFORT_DATE);
    bool is_later = at != VALUE_MISSING && !instant_is_missing(observe_context(state)->as_of) &&
                    at > observe_context(state)->as_of.us;
    struct observation observation = {
        .value = VALUE_MISSING, .counts = hours > TWO_HOURS, .period = at};

    if (!case_has(item, KIND_TICKET))
        observe_excluded(state, LONG_WORK, item, "no-ticket");
    else if (hours == VALUE_MISSING)
        observe_excluded(state, LONG_WORK, item, "no-hours");
    else if (is_later)
        observe_excluded(state, LONG_WORK, item, "recorded-later");
    else {
        observation.rank = -hours;
        observe_value(state, LONG_WORK, item, &observation);
    }
}

const struct measure measure_long_work = {
    .id = "M-67",
    .name = "long-work",
    .title = {{STR_INIT("long work on a ticket"), STR_INIT("interventi lunghi su un ticket")}},
    .definition = {{STR_INIT("Share of entries of work on a ticket that took more than two hours; "
                             "these are listed, to look for their reports."),
                    STR_INIT("Quota di registrazioni di lavoro su un ticket che superano le due "
                             "ore; sono elencate, per cercarne i rapporti.")}},
    .formula = "over-two-hours: hours above 2 / entries with a ticket and hours; Wilson interval",
    .fields = "effort.ticket effort.hours effort.date",
    .source = "ISO 9001, 7.5; Wilson 1927",
    .kind = RECORD_EFFORT,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
