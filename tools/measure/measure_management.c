/* M-63, what management does about customers. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { REVIEWS, VISITS, VISITS_ACTED };

static const struct measure_variant variants[] = {
    [REVIEWS] = {"reviews-that-decide", VARIANT_SHARE, "management reviews held", true, false, NULL,
                 false},
    [VISITS] = {"visits", VARIANT_COUNT, "visits to customers or to the front line", true, false,
                NULL, false},
    [VISITS_ACTED] = {"visits-with-action", VARIANT_SHARE,
                      "visits to customers or to the front line", true, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    if (instant_is_missing(context->as_of) || !record_has(context->set, MGMT_KIND) ||
        !record_has(context->set, MGMT_DATE))
        return 0;
    return 1u << REVIEWS | 1u << VISITS | 1u << VISITS_ACTED;
}

/* A decision that nobody has to carry out by a day is none. */
static const char *decision_lacks(const struct record_case *item)
{
    if (!case_has(item, MGMT_DECISION))
        return "no decision";
    if (!case_has(item, MGMT_OWNER))
        return "no owner";
    return case_has(item, SLOT_DUE) || case_has(item, MGMT_DONE) ? NULL : "no date";
}

static void observe_review(struct measure_state *state, const struct record_case *item)
{
    struct observation observation = {.value = VALUE_MISSING,
                                      .period = record_value(item, MGMT_DATE),
                                      .note = decision_lacks(item)};

    observation.counts = !observation.note;
    observe_value(state, REVIEWS, item, &observation);
    observe_excluded(state, VISITS, item, "other-kind");
    observe_excluded(state, VISITS_ACTED, item, "other-kind");
}

static void observe_visit(struct measure_state *state, const struct record_case *item)
{
    struct observation observation = {.value = VALUE_MISSING,
                                      .period = record_value(item, MGMT_DATE),
                                      .counts = true};

    observe_excluded(state, REVIEWS, item, "other-kind");
    observe_value(state, VISITS, item, &observation);
    observation.counts = case_has(item, MGMT_ACTION);
    observation.note = observation.counts ? NULL : "no action";
    observe_value(state, VISITS_ACTED, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t at = record_value(item, MGMT_DATE);
    const char *refusal = at == VALUE_MISSING ? "no-date" : at > as_of ? "held-later" : NULL;
    size_t v;

    if (!refusal && case_says(item, MGMT_KIND, "review")) {
        observe_review(state, item);
        return;
    }
    if (!refusal && case_says(item, MGMT_KIND, "visit")) {
        observe_visit(state, item);
        return;
    }
    for (v = 0; v < ARRAY_LEN(variants); v++)
        observe_excluded(state, v, item, refusal ? refusal : "other-kind");
}

const struct measure measure_management = {
    .id = "M-63",
    .name = "management-attention",
    .title = {{STR_INIT("attention of top management"), STR_INIT("attenzione dell'alta direzione")}},
    .definition = {{STR_INIT("Share of management reviews that decide something with an owner and a "
                             "date; visits to customers and the front line, and those that led to "
                             "an action."),
                    STR_INIT("Quota di riesami di direzione che decidono qualcosa con un "
                             "responsabile e una scadenza; visite ai clienti e al personale a "
                             "contatto, e quelle che hanno portato a un'azione.")}},
    .formula = "reviews-that-decide: decision, owner, and due or done / reviews; visits: number; "
               "visits-with-action: action / visits; Wilson interval",
    .fields = "mgmt.kind mgmt.date mgmt.decision mgmt.owner mgmt.due mgmt.done mgmt.action",
    .source = "ISO 9001, 5.1 and 9.3; Wilson 1927",
    .kind = RECORD_MGMT,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
