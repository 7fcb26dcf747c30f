/* M-51, commitments reviewed before they were given. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { REVIEWED, SETTLED };

static const struct measure_variant variants[] = {
    [REVIEWED] = {"reviewed-before", VARIANT_SHARE, "commitments given by the as-of instant", true,
                  false, "s", false},
    [SETTLED] = {"differences-settled", VARIANT_SHARE,
                 "commitments whose review found differences", true, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !record_has(set, REVIEW_COMMITTED))
        return 0;
    mask |= 1u << REVIEWED;
    if (record_has(set, REVIEW_DIFFERENCES))
        mask |= 1u << SETTLED;
    return mask;
}

static void observe_settled(struct measure_state *state, const struct record_case *item,
                            int64_t committed)
{
    int64_t resolved = record_value(item, REVIEW_RESOLVED);
    struct observation observation = {
        .value = VALUE_MISSING,
        .counts = resolved != VALUE_MISSING && resolved <= committed,
        .period = committed};

    if (!case_has(item, REVIEW_DIFFERENCES))
        observe_excluded(state, SETTLED, item, "no-differences");
    else
        observe_value(state, SETTLED, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t committed = record_value(item, REVIEW_COMMITTED);
    int64_t reviewed = record_value(item, REVIEW_REVIEWED);
    struct observation observation = {.value = VALUE_MISSING, .period = committed};
    const char *refusal = NULL;

    if (committed == VALUE_MISSING)
        refusal = "not-committed";
    else if (committed > observe_context(state)->as_of.us)
        refusal = "committed-later";
    if (refusal) {
        observe_excluded(state, REVIEWED, item, refusal);
        if (mask >> SETTLED & 1)
            observe_excluded(state, SETTLED, item, refusal);
        return;
    }
    observation.counts = reviewed != VALUE_MISSING && reviewed <= committed;
    if (!observation.counts && reviewed != VALUE_MISSING)
        observation.value = reviewed - committed;
    observation.note = reviewed == VALUE_MISSING ? "never reviewed" : NULL;
    observe_value(state, REVIEWED, item, &observation);
    if (mask >> SETTLED & 1)
        observe_settled(state, item, committed);
}

const struct measure measure_feasibility = {
    .id = "M-51",
    .name = "reviewed-commitments",
    .title = {{STR_INIT("commitments reviewed before they were given"),
               STR_INIT("impegni riesaminati prima di essere assunti")}},
    .definition = {{STR_INIT("Share of commitments to customers that were looked at for "
                             "feasibility before they were given, and whose open points were "
                             "settled by then."),
                    STR_INIT("Quota di impegni verso i clienti esaminati per fattibilità prima di "
                             "essere assunti, con i punti aperti risolti entro quel momento.")}},
    .formula = "reviewed-before: reviewed-at <= committed-at / commitments given by the as-of "
               "instant; differences-settled: resolved-at <= committed-at / commitments with "
               "differences; Wilson interval",
    .fields = "order-review.order order-review.reviewed-at order-review.committed-at "
              "order-review.differences order-review.resolved-at",
    .source = "ISO 9001 clause 8.2.3, review of requirements; Wilson 1927",
    .kind = RECORD_ORDER_REVIEW,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
