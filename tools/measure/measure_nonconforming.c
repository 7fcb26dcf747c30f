/* M-53, nonconforming outputs of which the customer was told. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { INFORMED, DECIDED };

static const struct measure_variant variants[] = {
    [INFORMED] = {"customer-informed", VARIANT_SHARE,
                  "nonconforming outputs that reached or may reach a customer", true, false, "s",
                  false},
    [DECIDED] = {"decision-recorded", VARIANT_SHARE,
                 "nonconforming outputs that reached or may reach a customer", true, false, NULL,
                 false},
};

static bool has_such(const struct record_set *set)
{
    return record_has(set, SLOT_CUSTOMER) && record_has(set, REGISTER_KIND);
}

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !has_such(context->set))
        return 0;
    if (record_has(context->set, REGISTER_INFORMED) || record_has(context->set, REGISTER_DONE))
        mask |= 1u << INFORMED;
    if (record_has(context->set, REGISTER_DECISION))
        mask |= 1u << DECIDED;
    return mask;
}

/* Short registers have no date of the output itself. */
static int64_t period_of(const struct record_case *item)
{
    return record_value(item, case_has(item, REGISTER_AT) ? REGISTER_AT : SLOT_DUE);
}

/* Where no date was set for it, to be told at all is what counts. */
static void observe_informed(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t due = record_value(item, SLOT_DUE);
    int64_t informed =
        case_instant_by(item, case_either(item, REGISTER_INFORMED, REGISTER_DONE), as_of);
    struct observation observation = {.value = VALUE_MISSING,
                                      .counts = informed != VALUE_MISSING,
                                      .is_open = informed == VALUE_MISSING,
                                      .period = period_of(item)};

    if (informed == VALUE_MISSING && due != VALUE_MISSING && due > as_of) {
        observe_excluded(state, INFORMED, item, "open-before-deadline");
        return;
    }
    if (informed != VALUE_MISSING && due != VALUE_MISSING && informed > due) {
        observation.counts = false;
        observation.value = informed - due;
    }
    observation.note = informed == VALUE_MISSING ? "customer not told" : NULL;
    observe_value(state, INFORMED, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t at = record_value(item, REGISTER_AT);
    unsigned mask = observe_applies(state);
    struct observation decided = {.value = VALUE_MISSING,
                                  .counts = case_has(item, REGISTER_DECISION),
                                  .period = period_of(item)};

    if (!case_says(item, REGISTER_KIND, "nonconforming-output")) {
        observe_excluded_of(state, EVERY_VARIANT, item, "other-register");
    } else if (!case_has(item, SLOT_CUSTOMER)) {
        observe_excluded_of(state, EVERY_VARIANT, item, "no-customer");
    } else if (at != VALUE_MISSING && at > observe_context(state)->as_of.us) {
        observe_excluded_of(state, EVERY_VARIANT, item, "recorded-later");
    } else {
        if (mask >> INFORMED & 1)
            observe_informed(state, item);
        if (mask >> DECIDED & 1)
            observe_value(state, DECIDED, item, &decided);
    }
}

const struct measure measure_nonconforming = {
    .id = "M-53",
    .name = "nonconforming-outputs",
    .title = {{STR_INIT("nonconforming outputs told to the customer"),
               STR_INIT("output non conformi comunicati al cliente")}},
    .definition = {{STR_INIT("Share of nonconforming outputs that concern a customer of which the "
                             "customer was told in time, and with a recorded decision."),
                    STR_INIT("Quota di output non conformi che riguardano un cliente, comunicati "
                             "al cliente nei tempi e con una decisione registrata.")}},
    .formula = "customer-informed: informed-at, where no row has one done, and not after due where there is one / rows with a "
               "customer, but for those not yet due; decision-recorded: with a decision / rows "
               "with a customer; Wilson interval",
    .fields = "register.kind register.customer register.at register.due register.informed-at "
              "register.done register.decision",
    .source = "ISO 9001 clause 8.7; Wilson 1927",
    .kind = RECORD_REGISTER,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
