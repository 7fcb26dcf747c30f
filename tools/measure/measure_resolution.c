/* M-03, time to resolve. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observing.h"

enum { REPORTED, BY_EVENTS, FIRST_TO_LAST };

static const unsigned BOTH = 1u << REPORTED | 1u << BY_EVENTS;

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

/* How long a case lasted in one variant. */
struct stay {
    int64_t start;
    int64_t end;          /* VALUE_MISSING: unknown */
    const char *excluded; /* why there is no duration; NULL: there is */
};

/* What is missing lies before all that is not. */
static inline bool has_duration(int64_t start, int64_t end)
{
    return start != VALUE_MISSING && end >= start;
}

static struct stay stay_of(int64_t start, int64_t end, const char *no_end)
{
    return (struct stay){start, end,
                         has_duration(start, end) ? NULL
                         : start == VALUE_MISSING ? "no-opening-time"
                         : end == VALUE_MISSING   ? no_end
                                                  : "end-before-start"};
}

static struct stay stay_reported(int64_t opened, int64_t resolved)
{
    return stay_of(opened, resolved, "no-resolution-time");
}

static struct stay stay_by_events(int64_t opened, int64_t first_event, int64_t solved)
{
    return stay_of(opened != VALUE_MISSING ? opened : first_event, solved, "never-solved");
}

static struct stay stay_of_log(int64_t first_event, int64_t last_event)
{
    struct stay stay = stay_of(first_event, last_event, "end-before-start");

    if (first_event == VALUE_MISSING)
        stay.excluded = "no-events";
    return stay;
}

/* --- one case --- */

/* Without an end: a case that is still open is known to have lasted until now. */
static bool is_open(const struct record_case *item, const struct stay *stay, int64_t as_of)
{
    int64_t class = record_value(item, SLOT_CLASS);
    bool is_over = class_is_over(class) || record_value(item, SLOT_CLOSED) != VALUE_MISSING;

    return stay->start != VALUE_MISSING && stay->end == VALUE_MISSING && !is_over &&
           as_of != VALUE_MISSING && as_of >= stay->start;
}

static void emit(struct measure_state *state, size_t variant, const struct record_case *item,
                 struct stay stay)
{
    struct observation observation = {.period = stay.end};
    int64_t as_of = observe_context(state)->as_of.us;

    if (!stay.excluded) {
        observation.value = observe_time(state, stay.start, stay.end);
        observe_value(state, variant, item, &observation);
    } else if (is_open(item, &stay, as_of)) {
        observe_censored(state, variant, item, stay.excluded,
                         observe_time(state, stay.start, as_of));
    } else {
        observe_excluded(state, variant, item, stay.excluded);
    }
}

/* Where a case is solved by the event that reports its resolution, its duration counts for both. */
static bool emit_for_both(struct measure_state *state, const struct record_case *item,
                          const struct stay *reported, const struct stay *by_events)
{
    struct observation observation = {.period = reported->end};

    if (reported->excluded || by_events->excluded || reported->start != by_events->start ||
        reported->end != by_events->end)
        return false;
    observation.value = observe_time(state, reported->start, reported->end);
    observe_value_of(state, BOTH, item, &observation);
    return true;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t opened = record_value(item, SLOT_OPENED);
    int64_t first = record_value(item, SLOT_FIRST_EVENT);
    struct stay reported = stay_reported(opened, record_value(item, SLOT_RESOLVED));
    struct stay by_events =
        stay_by_events(opened, first, record_value(item, SLOT_FIRST_SOLVED));

    if ((mask & BOTH) == BOTH && emit_for_both(state, item, &reported, &by_events))
        mask &= ~BOTH;
    if (mask >> REPORTED & 1)
        emit(state, REPORTED, item, reported);
    if (mask >> BY_EVENTS & 1)
        emit(state, BY_EVENTS, item, by_events);
    if (mask >> FIRST_TO_LAST & 1)
        emit(state, FIRST_TO_LAST, item, stay_of_log(first, record_last_event(item)));
}

/* --- many cases --- */

static struct stay stay_in(size_t variant, int64_t opened, int64_t first, int64_t end)
{
    return variant == REPORTED    ? stay_reported(opened, end)
           : variant == BY_EVENTS ? stay_by_events(opened, first, end)
                                  : stay_of_log(first, end);
}

/* Of most cases opening and end are known and in order. `mask`: variants that end cases so. */
static void observe_variants(struct measure_state *state, struct case_rows *rows, unsigned mask,
                             const int64_t *starts, const int64_t *ends)
{
    const int64_t *first = case_rows_column(rows, SLOT_FIRST_EVENT);
    const int64_t *elapsed = case_rows_elapsed(rows, state->context->calendar, starts, ends);
    uint16_t others[RECORD_ROWS];
    size_t count =
        observing_values(state, rows, mask, case_rows_numbers(rows, ends), elapsed, others);
    struct record_row_case room;
    size_t v;
    size_t i;

    for (i = 0; i < count; i++) {
        size_t k = others[i];

        observing_row(state, rows, k);
        for (v = 0; v < ARRAY_LEN(variants); v++)
            if (mask >> v & 1)
                emit(state, v, record_row_case(rows->rows, k, &room),
                     stay_in(v, starts[k], first[k], ends[k]));
    }
}

static void observe_rows(struct measure_state *state, struct case_rows *rows)
{
    const int64_t *opened = case_rows_column(rows, SLOT_OPENED);
    const int64_t *resolved = case_rows_column(rows, SLOT_RESOLVED);
    const int64_t *solved = case_rows_column(rows, SLOT_FIRST_SOLVED);
    unsigned mask = observe_applies(state);

    if ((mask & BOTH) == BOTH && case_rows_same(rows, resolved) == case_rows_same(rows, solved)) {
        observe_variants(state, rows, BOTH, opened, resolved);
        mask &= ~BOTH;
    }
    if (mask >> REPORTED & 1)
        observe_variants(state, rows, 1u << REPORTED, opened, resolved);
    if (mask >> BY_EVENTS & 1)
        observe_variants(state, rows, 1u << BY_EVENTS, opened, solved);
    if (mask >> FIRST_TO_LAST & 1)
        observe_variants(state, rows, 1u << FIRST_TO_LAST, case_rows_column(rows, SLOT_FIRST_EVENT),
                         rows->rows->at);
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
    .observe_rows = observe_rows,
};
