/* M-05, hold share: how much of their time cases stand still. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/pause_walk.h"

enum { WAITING, PENDING, HOLD, OVER_40 };

static const struct measure_variant variants[] = {
    [WAITING] = {"waiting", VARIANT_PART, "cases with a history of statuses", true, false, "s",
                 true},
    [PENDING] = {"for-the-customer", VARIANT_PART, "cases with a history of statuses", true, false,
                 "s", false},
    [HOLD] = {"for-others", VARIANT_PART, "cases with a history of statuses", true, false, "s",
              false},
    [OVER_40] = {"above-40-percent", VARIANT_SHARE, "cases with a history of statuses", true, true,
                 "s", false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has_met(context->set, PAUSE_PENDING | PAUSE_HOLD) ? 15u : 0u;
}

static int64_t time_in(struct measure_state *state, const struct record_case *item,
                       unsigned classes)
{
    struct pause_walk walk = pause_walk_begin(observe_context(state), item, classes);
    struct case_pause pause;
    int64_t sum = 0;

    while (pause_walk_next(&walk, &pause))
        sum += observe_time(state, pause.from, pause.until);
    return sum;
}

/* Everything before the solution, and again from a reopening on. */
static int64_t time_of_work(struct measure_state *state, const struct record_case *item)
{
    static const unsigned all = 1u << CLASS_UNKNOWN | 1u << CLASS_OPEN | PAUSE_PENDING | PAUSE_HOLD;
    int64_t opened = record_value(item, SLOT_OPENED);
    int64_t first = item->events[0].at;
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t time = time_in(state, item, all);

    if (opened == VALUE_MISSING || opened >= first || opened >= as_of)
        return time;
    return time + observe_time(state, opened, first < as_of ? first : as_of);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct observation observation = {.period = case_end(item)};
    int64_t waiting;

    if (item->event_count == 0) {
        observe_excluded_of(state, EVERY_VARIANT, item, "no-events");
        return;
    }
    observation.whole = time_of_work(state, item);
    if (observation.whole <= 0) {
        observe_excluded_of(state, EVERY_VARIANT, item, "no-working-time");
        return;
    }
    if (observe_context(state)->as_of.us < observation.period)
        observation.period = VALUE_MISSING; /* not ended by then */
    waiting = observation.value = time_in(state, item, PAUSE_PENDING | PAUSE_HOLD);
    observe_value(state, WAITING, item, &observation);
    observation.value = time_in(state, item, PAUSE_PENDING);
    observe_value(state, PENDING, item, &observation);
    observation.value = time_in(state, item, PAUSE_HOLD);
    observe_value(state, HOLD, item, &observation);
    observation.value = waiting;
    observation.counts = (double)waiting > 0.4 * (double)observation.whole;
    observe_value(state, OVER_40, item, &observation);
}

const struct measure measure_hold = {
    .id = "M-05",
    .name = "hold-share",
    .title = {{STR_INIT("share of time on hold"), STR_INIT("quota di tempo in attesa")}},
    .definition = {{STR_INIT("How much of the time before the solution cases wait for the customer "
                             "or for others."),
                    STR_INIT("Quanta parte del tempo prima della soluzione i casi attendono il "
                             "cliente o altri.")}},
    .formula = "working time in pending and hold statuses / working time before the solution, over "
               "all cases; share of cases above 40 %",
    .fields = "event.at event.status; ticket.opened",
    .source = "BPI Challenge 2013, question on the misuse of waiting; Wilson 1927",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED |
             1ull << SLOT_FIRST_EVENT | 1ull << SLOT_FIRST_SOLVED,
    .needs_classes = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
