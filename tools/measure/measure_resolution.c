/* M-03, time to resolve. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { REPORTED, BY_EVENTS, FIRST_TO_LAST };

static const struct measure_variant variants[] = {
    [REPORTED] = {"reported", VARIANT_DURATION, "cases with a reported resolution time", true,
                  false, NULL, false},
    [BY_EVENTS] = {"by-events", VARIANT_DURATION, "cases that reached a solved or closed status",
                   true, false, NULL, false},
    [FIRST_TO_LAST] = {"first-to-last", VARIANT_DURATION,
                       "cases with events; the last event need not be a resolution", true, false,
                       NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;

    if (record_has(context->set, SLOT_OPENED) && record_has(context->set, SLOT_RESOLVED))
        mask |= 1u << REPORTED;
    if (record_has_classes(context->set) && record_has(context->set, SLOT_FIRST_EVENT))
        mask |= 1u << BY_EVENTS;
    if (record_first_to_last(context->set))
        mask |= 1u << FIRST_TO_LAST;
    return mask;
}

static void emit(struct measure_state *state, size_t variant, const struct record_case *item,
                 int64_t start, int64_t end)
{
    struct observation observation = {.period = end};

    if (end < start) {
        observe_excluded(state, variant, item, "end-before-start");
        return;
    }
    observation.value = observe_time(state, start, end);
    observe_value(state, variant, item, &observation);
}

/* Without an end: a case that is still open is known to have lasted until now. */
static void emit_open(struct measure_state *state, size_t variant, const struct record_case *item,
                      int64_t start, const char *reason)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t class = record_value(item, SLOT_CLASS);
    bool is_over = class_is_over(class) || record_value(item, SLOT_CLOSED) != VALUE_MISSING;

    if (!is_over && as_of != VALUE_MISSING && as_of >= start)
        observe_censored(state, variant, item, reason, observe_time(state, start, as_of));
    else
        observe_excluded(state, variant, item, reason);
}

static void observe_reported(struct measure_state *state, const struct record_case *item)
{
    int64_t start = record_value(item, SLOT_OPENED);
    int64_t end = record_value(item, SLOT_RESOLVED);

    if (start == VALUE_MISSING)
        observe_excluded(state, REPORTED, item, "no-opening-time");
    else if (end == VALUE_MISSING)
        emit_open(state, REPORTED, item, start, "no-resolution-time");
    else
        emit(state, REPORTED, item, start, end);
}

static void observe_events(struct measure_state *state, const struct record_case *item)
{
    int64_t start = record_value(item, SLOT_OPENED);
    int64_t end = record_value(item, SLOT_FIRST_SOLVED);

    if (start == VALUE_MISSING)
        start = record_value(item, SLOT_FIRST_EVENT);
    if (start == VALUE_MISSING)
        observe_excluded(state, BY_EVENTS, item, "no-opening-time");
    else if (end == VALUE_MISSING)
        emit_open(state, BY_EVENTS, item, start, "never-solved");
    else
        emit(state, BY_EVENTS, item, start, end);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t first = record_value(item, SLOT_FIRST_EVENT);

    if (mask >> REPORTED & 1)
        observe_reported(state, item);
    if (mask >> BY_EVENTS & 1)
        observe_events(state, item);
    if ((mask >> FIRST_TO_LAST & 1) == 0)
        return;
    if (first == VALUE_MISSING)
        observe_excluded(state, FIRST_TO_LAST, item, "no-events");
    else
        emit(state, FIRST_TO_LAST, item, first, record_last_event(item));
}

const struct measure measure_resolution = {
    .id = "M-03",
    .name = "time-to-resolve",
    .title = {{STR_INIT("time to resolve"), STR_INIT("tempo di risoluzione")}},
    .definition = {{STR_INIT("How long customers wait from opening a case until it is solved."),
                    STR_INIT("Quanto attende il cliente dall'apertura del caso alla soluzione.")}},
    .formula = "resolved - opened, in working time of the calendar; p50 of the cases, with "
               "order-statistic "
               "interval; the median of Kaplan and Meier also counts the cases still open",
    .fields = "ticket.opened ticket.resolved; event.at event.status",
    .source = "ITIL service level management; Kaplan and Meier 1958; Conover 1999",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED |
             1ull << SLOT_FIRST_EVENT | 1ull << SLOT_FIRST_SOLVED | 1ull << SLOT_CLASS,
    .streams = streams_always,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
