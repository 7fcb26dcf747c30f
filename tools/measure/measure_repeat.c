/* M-14, repeat contacts. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/topic_cases.h"

static const int64_t WINDOW_DAYS = 7;

static const struct measure_variant variants[] = {
    {"repeated-within-7-days", VARIANT_SHARE, "cases with customer, topic and opening time", true,
     true, "s", false},
};

static unsigned applies(const struct measure_context *context)
{
    return topics_are_told(context) && !instant_is_missing(context->as_of) ? 1u : 0u;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct topic_cases *cases;
    enum status status = topic_cases_take(context, diag, &cases);

    if (status == STATUS_OK)
        *ret_own = cases;
    return status;
}

static void release(void *own)
{
    topic_cases_drop(own);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct topic_cases *cases = observe_own(state);
    int64_t opened = record_value(item, SLOT_OPENED);
    struct observation observation = {.value = VALUE_MISSING, .period = opened};
    const struct topic_case *before;
    struct topic topic;
    const char *refusal = topic_of(cases, item, &topic);

    if (refusal) {
        observe_excluded(state, 0, item, refusal);
        return;
    }
    if (opened > observe_context(state)->as_of.us) {
        observe_excluded(state, 0, item, "opened-later");
        return;
    }
    before = topic_before(cases, &topic, opened);
    if (before && opened - before->opened <= WINDOW_DAYS * DAY_US) {
        observation.counts = true;
        observation.value = opened - before->opened;
        observation.rank = observation.value; /* the sooner, the worse */
    }
    observe_value(state, 0, item, &observation);
}

const struct measure measure_repeat = {
    .id = "M-14",
    .name = "repeat-contact",
    .title = {{STR_INIT("repeat contacts"), STR_INIT("contatti ripetuti")}},
    .definition = {{STR_INIT("Share of contacts that follow an earlier one of the same customer on "
                             "the same topic within 7 days."),
                    STR_INIT("Quota di contatti che seguono entro 7 giorni un altro dello stesso "
                             "cliente sullo stesso argomento.")}},
    .formula = "cases opened after another case of the same customer and topic, by at most 7 days / "
               "cases with customer, topic and opening; topic: configuration item, else service, "
               "and symptom, where no source has one category; Wilson interval",
    .fields = "ticket.opened ticket.customer ticket.ci ticket.service ticket.symptom "
              "ticket.category ticket.status",
    .source = "ITIL service desk practice; Wilson 1927",
    .slots = TOPIC_SLOTS,
    .needs_classes = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
