/* M-56, disputes settled before positions harden. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { TO_SETTLE, IN_TIME, AMONG_US };

static const struct measure_variant variants[] = {
    [TO_SETTLE] = {"time-to-settle", VARIANT_DURATION, "disputes that were settled", true, false,
                   NULL, false},
    [IN_TIME] = {"settled-in-time", VARIANT_SHARE,
                 "disputes settled, or whose day for it has passed", true, false, "s", false},
    [AMONG_US] = {"without-external-body", VARIANT_SHARE,
                  "settled disputes whose outcome is known", true, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !record_has(set, REGISTER_KIND) ||
        !record_has(set, REGISTER_DONE))
        return 0;
    if (record_has(set, REGISTER_AT))
        mask |= 1u << TO_SETTLE;
    if (record_has(set, SLOT_DUE))
        mask |= 1u << IN_TIME;
    if (record_has(set, REGISTER_OUTCOME))
        mask |= 1u << AMONG_US;
    return mask;
}

/* By the clock on the wall: a quarrel does not rest at night. */
static void observe_length(struct measure_state *state, const struct record_case *item,
                           int64_t settled)
{
    int64_t at = record_value(item, REGISTER_AT);
    struct observation observation = {.period = settled};

    if (at == VALUE_MISSING) {
        observe_excluded(state, TO_SETTLE, item, "no-date");
    } else if (settled == VALUE_MISSING) {
        observe_censored(state, TO_SETTLE, item, "not-settled",
                         observe_context(state)->as_of.us - at);
    } else if (settled < at) {
        observe_excluded(state, TO_SETTLE, item, "end-before-start");
    } else {
        observation.value = settled - at;
        observe_value(state, TO_SETTLE, item, &observation);
    }
}

static void observe_in_time(struct measure_state *state, const struct record_case *item,
                            int64_t settled)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t due = record_value(item, SLOT_DUE);
    struct observation observation = {.value = VALUE_MISSING, .period = due};

    if (due == VALUE_MISSING || (settled == VALUE_MISSING && due >= as_of)) {
        observe_excluded(state, IN_TIME, item,
                         due == VALUE_MISSING ? "no-due-date" : "open-before-deadline");
        return;
    }
    observation.is_open = settled == VALUE_MISSING;
    observation.counts = !observation.is_open && settled <= due;
    if (!observation.counts)
        observation.value = (observation.is_open ? as_of : settled) - due;
    observe_value(state, IN_TIME, item, &observation);
}

static void observe_place(struct measure_state *state, const struct record_case *item,
                          int64_t settled)
{
    struct observation observation = {.value = VALUE_MISSING, .period = settled};

    observation.counts = !case_says(item, REGISTER_OUTCOME, "external");
    if (settled == VALUE_MISSING)
        observe_excluded(state, AMONG_US, item, "not-settled");
    else if (!case_has(item, REGISTER_OUTCOME))
        observe_excluded(state, AMONG_US, item, "outcome-unknown");
    else
        observe_value(state, AMONG_US, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t at = record_value(item, REGISTER_AT);
    int64_t settled = case_instant_by(item, REGISTER_DONE, as_of);

    if (!case_says(item, REGISTER_KIND, "dispute")) {
        observe_excluded_of(state, EVERY_VARIANT, item, "other-register");
    } else if (at != VALUE_MISSING && at > as_of) {
        observe_excluded_of(state, EVERY_VARIANT, item, "recorded-later");
    } else {
        if (mask >> TO_SETTLE & 1)
            observe_length(state, item, settled);
        if (mask >> IN_TIME & 1)
            observe_in_time(state, item, settled);
        if (mask >> AMONG_US & 1)
            observe_place(state, item, settled);
    }
}

const struct measure measure_disputes = {
    .id = "M-56",
    .name = "disputes",
    .title = {{STR_INIT("disputes settled"), STR_INIT("controversie composte")}},
    .definition = {{STR_INIT("How long disputes with customers last, how many are settled by their "
                             "day, and how many without a court or another external body."),
                    STR_INIT("Quanto durano le controversie con i clienti, quante sono composte "
                             "entro la data e quante senza tribunale o altro organismo esterno.")}},
    .formula = "time-to-settle: done - at by the clock on the wall, p50, survival median with the "
               "open ones; settled-in-time: done <= due / settled, or due has passed; "
               "without-external-body: outcome other than external / settled with an outcome; "
               "order-statistic and Wilson intervals",
    .fields = "register.kind register.at register.due register.done register.outcome",
    .source = "ISO 10003, dispute resolution external to organizations; Kaplan and Meier 1958; "
              "Wilson 1927",
    .kind = RECORD_REGISTER,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
