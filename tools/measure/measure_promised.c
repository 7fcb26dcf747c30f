/* M-20, accuracy of announced times. */
#include "base/mem.h"
#include "measure/case_phases.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { DISTANCE, ON_TIME };

static const struct measure_variant variants[] = {
    [DISTANCE] = {"distance", VARIANT_DURATION, "cases whose announced time came true", true, false,
                  NULL, false},
    [ON_TIME] = {"on-time", VARIANT_SHARE,
                 "cases with an announced time that came true or has passed", true, false, "s",
                 false},
};

/* Without any moment of fulfilment every promise would be broken. */
static unsigned applies(const struct measure_context *context)
{
    return record_has(context->set, SLOT_PROMISED) && record_has(context->set, SLOT_FULFILLED)
               ? 1u << DISTANCE | 1u << ON_TIME
               : 0u;
}

static void leave_out(struct measure_state *state, const struct record_case *item,
                      const char *reason)
{
    observe_excluded(state, DISTANCE, item, reason);
    observe_excluded(state, ON_TIME, item, reason);
}

static void observe_fulfilled(struct measure_state *state, const struct record_case *item,
                              int64_t promised, int64_t fulfilled)
{
    int64_t late = fulfilled - promised;
    struct observation distance = {.value = late < 0 ? -late : late, .period = fulfilled};
    struct observation on_time = {.value = late, .counts = late <= 0, .period = fulfilled};

    observe_value(state, DISTANCE, item, &distance);
    observe_value(state, ON_TIME, item, &on_time);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t promised = record_value(item, SLOT_PROMISED);
    int64_t fulfilled = record_value(item, SLOT_FULFILLED);
    struct observation broken = {
        .is_open = true, .period = promised, .note = "not fulfilled yet"};

    if (promised == VALUE_MISSING) {
        leave_out(state, item, "no-promise");
    } else if (fulfilled != VALUE_MISSING && (as_of == VALUE_MISSING || fulfilled <= as_of)) {
        observe_fulfilled(state, item, promised, fulfilled);
    } else if (case_ending(item, as_of).is_cancelled) {
        leave_out(state, item, "cancelled");
    } else if (as_of == VALUE_MISSING || promised >= as_of) {
        leave_out(state, item, "promise-not-due");
    } else {
        broken.value = as_of - promised;
        observe_excluded(state, DISTANCE, item, "not-fulfilled");
        observe_value(state, ON_TIME, item, &broken);
    }
}

const struct measure measure_promised = {
    .id = "M-20",
    .name = "promised-time",
    .title = {{STR_INIT("accuracy of announced times"),
               STR_INIT("precisione dei tempi annunciati")}},
    .definition = {{STR_INIT("How far from the time announced to the customer things happened, and "
                             "how often not later than that."),
                    STR_INIT("Quanto lontano dal momento annunciato al cliente le cose sono "
                             "avvenute, e quante volte non più tardi.")}},
    .formula = "distance: |fulfilled - promised| by the clock on the wall; p50 of the cases, with "
               "order-statistic interval; on-time: fulfilled <= promised / fulfilled, or not and "
               "promised before the as-of instant; Wilson interval",
    .fields = "promise.due-at promise.fulfilled-at",
    .source = "reliability in SERVQUAL, Parasuraman, Zeithaml and Berry 1988; Wilson 1927; Conover "
              "1999",
    .slots = 1ull << SLOT_PROMISED | 1ull << SLOT_FULFILLED | 1ull << SLOT_CLASS |
             1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED | 1ull << SLOT_OPENED |
             1ull << SLOT_FIRST_EVENT,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
