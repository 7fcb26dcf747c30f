/* M-11, reopen rate. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

/* A ticket reopened later than this counts as a new concern. */
static const int64_t WINDOW_DAYS = 14;

static const struct measure_variant variants[] = {
    {"within-14-days", VARIANT_SHARE, "cases solved at least 14 days before the as-of instant",
     true, true, "s", false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has_classes(context->set) && record_has(context->set, SLOT_FIRST_EVENT) &&
                   !instant_is_missing(context->as_of)
               ? 1u
               : 0u;
}

static bool is_solved(const struct record_event *event)
{
    return event->class == CLASS_SOLVED || event->class == CLASS_CLOSED;
}

static bool is_work(const struct record_event *event)
{
    return event->class == CLASS_OPEN || event->class == CLASS_PENDING ||
           event->class == CLASS_HOLD;
}

/* Looks for work within the window after the start of a solved episode; its delay, or missing. */
static int64_t find_reopening(const struct record_case *item)
{
    int64_t solved_at = VALUE_MISSING;
    size_t i;

    for (i = 0; i < item->event_count; i++) {
        const struct record_event *event = &item->events[i];

        if (is_solved(event)) {
            if (solved_at == VALUE_MISSING)
                solved_at = event->at;
        } else if (is_work(event) && solved_at != VALUE_MISSING) {
            if (event->at - solved_at <= WINDOW_DAYS * DAY_US)
                return event->at - solved_at;
            solved_at = VALUE_MISSING;
        }
    }
    return VALUE_MISSING;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t solved = record_value(item, SLOT_FIRST_SOLVED);
    int64_t delay;
    struct observation observation;

    if (solved == VALUE_MISSING) {
        observe_excluded(state, 0, item, "never-solved");
        return;
    }
    if (as_of - solved < WINDOW_DAYS * DAY_US) {
        observe_excluded(state, 0, item, "window-not-observed");
        return;
    }
    delay = find_reopening(item);
    observation = (struct observation){
        .value = delay,
        .rank = delay == VALUE_MISSING ? 0 : delay, /* the sooner it came back, the worse */
        .counts = delay != VALUE_MISSING,
        .period = solved};
    observe_value(state, 0, item, &observation);
}

const struct measure measure_reopen = {
    .id = "M-11",
    .name = "reopen-rate",
    .title = {{STR_INIT("reopen rate"), STR_INIT("tasso di riapertura")}},
    .definition = {{STR_INIT("Share of solved cases that went back to work within 14 days."),
                    STR_INIT("Quota di casi risolti e riaperti entro 14 giorni.")}},
    .formula =
        "cases that left the solved or closed statuses for an open or pending one within 14 "
        "days of being solved / cases solved whose first 14 days are observed; Wilson interval",
    .fields = "event.at event.status",
    .source = "ITIL incident management; Wilson 1927",
    .slots = 1ull << SLOT_FIRST_SOLVED | 1ull << SLOT_FIRST_EVENT,
    .needs_classes = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
