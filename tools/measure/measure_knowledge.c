/* M-64, what is known of customers. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { PURPOSE, SEGMENT, PURPOSE_NEW };

static const int64_t YEAR_US = 365 * DAY_US;

static const struct measure_variant variants[] = {
    [PURPOSE] = {"purpose-known", VARIANT_SHARE, "active customers", false, false, NULL, false},
    [SEGMENT] = {"segment-known", VARIANT_SHARE, "active customers", false, false, NULL, false},
    [PURPOSE_NEW] = {"purpose-of-new", VARIANT_SHARE, "customers of the last year", false, false,
                     NULL, false},
};

/* A column that no customer has filled in was not kept; then nothing is known, which is a figure,
   too, where the table itself is there. */
static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;

    if (instant_is_missing(context->as_of))
        return 0;
    if (record_has(context->set, CUSTOMER_PURPOSE))
        mask |= 1u << PURPOSE;
    if (record_has(context->set, CUSTOMER_SEGMENT))
        mask |= 1u << SEGMENT;
    if (record_has(context->set, CUSTOMER_PURPOSE) && record_has(context->set, CUSTOMER_SINCE))
        mask |= 1u << PURPOSE_NEW;
    return mask;
}

static const char *purpose_lacks(const struct record_case *item, int64_t as_of)
{
    int64_t at = record_value(item, CUSTOMER_PURPOSE_AT);

    if (!case_has(item, CUSTOMER_PURPOSE))
        return "no purpose";
    if (!record_has(item->set, CUSTOMER_PURPOSE_AT))
        return NULL;
    return at != VALUE_MISSING && at <= as_of && at >= as_of - YEAR_US ? NULL
                                                                        : "not asked for a year";
}

static void say(struct measure_state *state, size_t variant, const struct record_case *item,
                const char *missing)
{
    struct observation observation = {
        .value = VALUE_MISSING, .counts = !missing, .period = VALUE_MISSING, .note = missing};

    observe_value(state, variant, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t since = record_value(item, CUSTOMER_SINCE);
    int64_t until = record_value(item, CUSTOMER_UNTIL);
    const char *refusal = since != VALUE_MISSING && since > as_of    ? "customer-later"
                          : until != VALUE_MISSING && until <= as_of ? "no-longer-a-customer"
                                                                      : NULL;
    size_t v;

    for (v = 0; refusal && v < ARRAY_LEN(variants); v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, refusal);
    if (refusal)
        return;
    if (mask >> PURPOSE & 1)
        say(state, PURPOSE, item, purpose_lacks(item, as_of));
    if (mask >> SEGMENT & 1)
        say(state, SEGMENT, item, case_has(item, CUSTOMER_SEGMENT) ? NULL : "no segment");
    if ((mask >> PURPOSE_NEW & 1) == 0)
        return;
    if (since == VALUE_MISSING || since < as_of - YEAR_US)
        observe_excluded(state, PURPOSE_NEW, item, "customer-of-old");
    else
        say(state, PURPOSE_NEW, item, case_has(item, CUSTOMER_PURPOSE) ? NULL : "no purpose");
}

const struct measure measure_knowledge = {
    .id = "M-64",
    .name = "customer-knowledge",
    .title = {{STR_INIT("what is known of customers"), STR_INIT("che cosa si sa dei clienti")}},
    .definition = {{STR_INIT("Share of active customers of whom it is recorded what they want the "
                             "service for, and in which segment they are."),
                    STR_INIT("Quota di clienti attivi dei quali è registrato a che cosa serve loro "
                             "il servizio e a quale segmento appartengono.")}},
    .formula = "purpose-known: purpose, dated within 365 days where purposes are dated / active; "
               "segment-known: segment / active; purpose-of-new: purpose / customers for at most "
               "365 days; Wilson interval",
    .fields = "customer.purpose customer.purpose-at customer.segment customer.since customer.until",
    .source = "ISO 9001, 8.2.2 and 9.1.3; Wilson 1927",
    .kind = RECORD_CUSTOMER,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
