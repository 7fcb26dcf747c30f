/* M-18, escalations. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { RATE, ANSWERED, WAIT, FOR_AUTHORITY };

static const struct measure_variant variants[] = {
    [RATE] = {"escalated", VARIANT_SHARE, "cases ended by the as-of instant", true, true, NULL,
              false},
    [ANSWERED] = {"answered-in-time", VARIANT_SHARE,
                  "escalations that were answered, or whose deadline has passed", true, false, "s",
                  false},
    [WAIT] = {"answer-wait", VARIANT_DURATION, "escalations that were answered", true, false, NULL,
              false},
    [FOR_AUTHORITY] = {"for-authority", VARIANT_SHARE, "escalations for authority or for skill",
                       true, true, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 0;

    if (!record_has(set, SLOT_ESCALATED) || instant_is_missing(context->as_of))
        return 0;
    if (record_has(set, SLOT_RESOLVED) || record_has(set, SLOT_CLOSED) ||
        record_has(set, SLOT_FIRST_SOLVED))
        mask |= 1u << RATE;
    if (record_has(set, SLOT_ESCALATION_ANSWERED))
        mask |= 1u << WAIT;
    if (record_has(set, SLOT_ESCALATION_ANSWERED) && record_has(set, SLOT_ESCALATION_DUE))
        mask |= 1u << ANSWERED;
    if (record_has(set, SLOT_ESCALATION_REASON))
        mask |= 1u << FOR_AUTHORITY;
    return mask;
}

static void observe_rate(struct measure_state *state, const struct record_case *item,
                         bool is_escalated)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t end = case_end(item);
    struct observation observation = {
        .value = VALUE_MISSING, .counts = is_escalated, .period = end};

    if (record_value(item, SLOT_CLASS) == CLASS_CANCELLED)
        observe_excluded(state, RATE, item, "cancelled");
    else if (end == VALUE_MISSING || end > as_of)
        observe_excluded(state, RATE, item, "not-ended");
    else
        observe_value(state, RATE, item, &observation);
}

/* Against a deadline that only some escalations have. */
static void observe_answered(struct measure_state *state, const struct record_case *item,
                             int64_t answered)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t due = record_value(item, SLOT_ESCALATION_DUE);
    struct observation observation = {.period = record_value(item, SLOT_ESCALATED)};

    if (due == VALUE_MISSING) {
        observe_excluded(state, ANSWERED, item, "no-deadline");
        return;
    }
    if (answered == VALUE_MISSING && due >= as_of) {
        observe_excluded(state, ANSWERED, item, "open-before-deadline");
        return;
    }
    observation.is_open = answered == VALUE_MISSING;
    observation.value = (observation.is_open ? as_of : answered) - due;
    observation.counts = !observation.is_open && answered <= due;
    observation.note = observation.is_open ? "not answered yet" : NULL;
    observe_value(state, ANSWERED, item, &observation);
}

static void observe_wait(struct measure_state *state, const struct record_case *item,
                         int64_t escalated, int64_t answered)
{
    int64_t as_of = observe_context(state)->as_of.us;
    struct observation observation = {.period = escalated};

    if (answered == VALUE_MISSING) {
        observe_censored(state, WAIT, item, "not-answered", observe_time(state, escalated, as_of));
    } else if (answered < escalated) {
        observe_excluded(state, WAIT, item, "end-before-start");
    } else {
        observation.value = observe_time(state, escalated, answered);
        observe_value(state, WAIT, item, &observation);
    }
}

static void observe_reason(struct measure_state *state, const struct record_case *item,
                           int64_t escalated)
{
    int64_t reason = record_value(item, SLOT_ESCALATION_REASON);
    struct str text = reason == VALUE_MISSING
                          ? (struct str){NULL, 0}
                          : record_text(observe_context(state)->set, reason);
    struct observation observation = {.value = VALUE_MISSING, .period = escalated};

    observation.counts = str_equal_nocase(text, STR("authority"));
    if (observation.counts || str_equal_nocase(text, STR("skill")))
        observe_value(state, FOR_AUTHORITY, item, &observation);
    else
        observe_excluded(state, FOR_AUTHORITY, item,
                         reason == VALUE_MISSING ? "no-reason" : "other-reason");
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t escalated = record_value(item, SLOT_ESCALATED);
    int64_t answered = record_value(item, SLOT_ESCALATION_ANSWERED);
    bool is_escalated = escalated != VALUE_MISSING && escalated <= as_of;
    size_t v;

    if (answered != VALUE_MISSING && answered > as_of)
        answered = VALUE_MISSING;
    if (mask >> RATE & 1)
        observe_rate(state, item, is_escalated);
    for (v = ANSWERED; !is_escalated && v < ARRAY_LEN(variants); v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, "not-escalated");
    if (!is_escalated)
        return;
    if (mask >> ANSWERED & 1)
        observe_answered(state, item, answered);
    if (mask >> WAIT & 1)
        observe_wait(state, item, escalated, answered);
    if (mask >> FOR_AUTHORITY & 1)
        observe_reason(state, item, escalated);
}

const struct measure measure_escalation = {
    .id = "M-18",
    .name = "escalation",
    .title = {{STR_INIT("escalations"), STR_INIT("escalation")}},
    .definition = {{STR_INIT("How many cases had to go to somebody higher or more expert, whether "
                             "that one answered in time, and how often it was only for leave to "
                             "decide."),
                    STR_INIT("Quanti casi sono passati a chi ha più autorità o competenza, se la "
                             "risposta è arrivata in tempo e quante volte serviva solo il permesso "
                             "di decidere.")}},
    .formula = "escalated: escalated by the as-of instant / ended by it; answered-in-time: answered "
               "not after the deadline / answered, or deadline passed; answer-wait: working time "
               "from escalation to answer, p50; for-authority: reason authority / reason authority "
               "or skill; Wilson and order-statistic intervals",
    .fields = "ticket.escalated ticket.escalation-reason ticket.escalation-due "
              "ticket.escalation-answered ticket.resolved ticket.closed ticket.status",
    .source = "ITIL incident management: functional and hierarchical escalation; Wilson 1927",
    .slots = 1ull << SLOT_ESCALATED | 1ull << SLOT_ESCALATION_REASON |
             1ull << SLOT_ESCALATION_DUE | 1ull << SLOT_ESCALATION_ANSWERED |
             1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED | 1ull << SLOT_FIRST_SOLVED |
             1ull << SLOT_CLASS,
    .needs_classes = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
