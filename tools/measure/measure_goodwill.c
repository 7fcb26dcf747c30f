/* M-57, goodwill gestures by rule. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { DOCUMENTED, AMOUNT };

static const struct measure_variant variants[] = {
    [DOCUMENTED] = {"documented", VARIANT_SHARE, "gestures recorded by the as-of instant", true,
                    false, NULL, false},
    [AMOUNT] = {"amount", VARIANT_SCORE, "gestures with an amount", true, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !record_has(context->set, REGISTER_KIND))
        return 0;
    if (record_has(context->set, REGISTER_APPROVER) || record_has(context->set, REGISTER_OWNER))
        mask |= 1u << DOCUMENTED;
    if (record_has(context->set, REGISTER_AMOUNT))
        mask |= 1u << AMOUNT;
    return mask;
}

static int64_t instant_of(const struct record_case *item)
{
    return record_value(item, case_has(item, REGISTER_AT) ? REGISTER_AT : REGISTER_DONE);
}

/* What no row of the register has was not asked for, and is not missed. */
static const char *missing_of(const struct record_case *item)
{
    if (!case_has(item, record_has(item->set, REGISTER_APPROVER) ? REGISTER_APPROVER
                                                                 : REGISTER_OWNER))
        return "no approver";
    if (!case_has(item, REGISTER_AMOUNT))
        return "no amount";
    return record_has(item->set, REGISTER_REASON) && !case_has(item, REGISTER_REASON) ? "no reason"
                                                                                      : NULL;
}

static void observe_gesture(struct measure_state *state, const struct record_case *item,
                            unsigned mask)
{
    int64_t at = instant_of(item);
    const char *missing = missing_of(item);
    struct observation documented = {
        .value = VALUE_MISSING, .counts = !missing, .period = at, .note = missing};
    struct observation amount = {.value = record_value(item, REGISTER_AMOUNT), .period = at};

    if (mask >> DOCUMENTED & 1)
        observe_value(state, DOCUMENTED, item, &documented);
    if ((mask >> AMOUNT & 1) == 0)
        return;
    if (amount.value == VALUE_MISSING)
        observe_excluded(state, AMOUNT, item, "no-amount");
    else
        observe_value(state, AMOUNT, item, &amount);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t at = instant_of(item);
    const char *refusal = NULL;
    size_t v;

    if (!case_says(item, REGISTER_KIND, "goodwill"))
        refusal = "other-register";
    else if (at != VALUE_MISSING && at > observe_context(state)->as_of.us)
        refusal = "recorded-later";
    for (v = 0; refusal && v < ARRAY_LEN(variants); v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, refusal);
    if (!refusal)
        observe_gesture(state, item, mask);
}

const struct measure measure_goodwill = {
    .id = "M-57",
    .name = "goodwill",
    .title = {{STR_INIT("goodwill gestures by rule"), STR_INIT("gesti di attenzione con regole")}},
    .definition = {{STR_INIT("Share of goodwill gestures recorded with who approved them, what "
                             "they cost and why; and their amounts."),
                    STR_INIT("Quota di gesti di attenzione registrati con chi li ha approvati, il "
                             "costo e il motivo; e i loro importi.")}},
    .formula = "documented: approver, where no row has one owner, amount, and where any row has "
               "one reason / gestures; amount: p50; Wilson and order-statistic intervals",
    .fields = "register.kind register.at register.done register.approver register.owner "
              "register.amount register.reason",
    .source = "ISO 10002, remedies; Wilson 1927; Conover 1999",
    .kind = RECORD_REGISTER,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
