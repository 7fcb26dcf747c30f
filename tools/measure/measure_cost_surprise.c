/* M-50, costs that the customer was not told about. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

/* An estimate binds within a tenth. */
enum { TOLERATED_PERCENT = 10 };

static const struct measure_variant variants[] = {
    {"above-estimate", VARIANT_SHARE, "invoices with an accepted estimate", true, true, "ratio",
     false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has(context->set, INVOICE_AMOUNT) && record_has(context->set, INVOICE_ESTIMATE) &&
                   !instant_is_missing(context->as_of)
               ? 1u
               : 0u;
}

/* Consent that was given afterwards cures nothing. */
static bool has_consent(const struct record_case *item, int64_t at)
{
    int64_t consent = record_value(item, INVOICE_CONSENT);

    return consent != VALUE_MISSING && consent <= at;
}

/* amount > 1.1 * estimate in whole millionths: 10 * over > estimate, without the product. */
static bool is_above(int64_t amount, int64_t estimate)
{
    return amount > estimate && amount - estimate > estimate / (100 / TOLERATED_PERCENT);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t at = record_value(item, INVOICE_AT);
    int64_t amount = record_value(item, INVOICE_AMOUNT);
    int64_t estimate = record_value(item, INVOICE_ESTIMATE);
    struct observation observation = {.value = VALUE_MISSING, .period = at};

    if (at == VALUE_MISSING || amount == VALUE_MISSING) {
        observe_excluded(state, 0, item, "no-date-or-amount");
        return;
    }
    if (at > observe_context(state)->as_of.us) {
        observe_excluded(state, 0, item, "invoiced-later");
        return;
    }
    if (estimate == VALUE_MISSING || estimate < 0) {
        observe_excluded(state, 0, item, "no-estimate");
        return;
    }
    observation.counts = is_above(amount, estimate) && !has_consent(item, at);
    if (estimate > 0)
        observation.value = (int64_t)((double)amount / (double)estimate * 1e6);
    observation.rank = observation.value == VALUE_MISSING ? INT64_MIN : -observation.value;
    observe_value(state, 0, item, &observation);
}

const struct measure measure_cost_surprise = {
    .id = "M-50",
    .name = "cost-surprise",
    .title = {{STR_INIT("costs not announced"), STR_INIT("costi non preventivati")}},
    .definition = {{STR_INIT("Share of invoices more than 10 % above the estimate that the "
                             "customer had accepted, without consent before."),
                    STR_INIT("Quota di fatture oltre il 10 % sopra il preventivo accettato dal "
                             "cliente, senza consenso precedente.")}},
    .formula = "amount > 1.10 * estimate and no consent at or before the invoice / invoices with "
               "an estimate; Wilson interval",
    .fields = "invoice.id invoice.at invoice.amount invoice.estimate invoice.consent-at",
    .source = "ISO 9001 clause 8.2.1, information on products, services and prices; Wilson 1927",
    .kind = RECORD_INVOICE,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
