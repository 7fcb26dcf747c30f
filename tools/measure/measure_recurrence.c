/* M-15, recurrence of solved problems. */
#include "base/mem.h"
#include "measure/cause_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/topic_cases.h"

enum {
    WITHIN_30,
    WITHIN_90,
    WITHIN_180,
    TO_RETURN,
    CAUSE_TOLD,
    SAME_CAUSE,
    OTHER_CAUSE,
    OUT_OF_LIMITS,
    UNAUTHORISED,
    ENVIRONMENT,
    NOT_REPRODUCIBLE,
    VARIANT_END
};

static const int64_t SPLIT_DAYS = 90;

static const struct measure_variant variants[] = {
    [WITHIN_30] = {"within-30-days", VARIANT_SHARE,
                   "cases solved at least 30 days before the as-of instant", true, true, "s",
                   false},
    [WITHIN_90] = {"within-90-days", VARIANT_SHARE,
                   "cases solved at least 90 days before the as-of instant", true, true, "s",
                   false},
    [WITHIN_180] = {"within-180-days", VARIANT_SHARE,
                    "cases solved at least 180 days before the as-of instant", true, true, "s",
                    false},
    [TO_RETURN] = {"time-to-return", VARIANT_DURATION, "solved cases that came back", true, false,
                   NULL, false},
    [CAUSE_TOLD] = {"cause-told", VARIANT_SHARE, "returns within 90 days", true, false, "s", false},
    [SAME_CAUSE] = {"same-cause", VARIANT_SHARE,
                    "returns within 90 days whose cause is known, and that of the first case", true,
                    true, "s", false},
    [OTHER_CAUSE] = {"other-cause", VARIANT_SHARE,
                     "returns within 90 days whose cause is known, and that of the first case",
                     true, true, "s", false},
    [OUT_OF_LIMITS] = {"out-of-limits", VARIANT_SHARE, "returns within 90 days whose cause is known",
                       true, true, "s", false},
    [UNAUTHORISED] = {"unauthorised-change", VARIANT_SHARE,
                      "returns within 90 days whose cause is known", true, true, "s", false},
    [ENVIRONMENT] = {"environment", VARIANT_SHARE, "returns within 90 days whose cause is known",
                     true, true, "s", false},
    [NOT_REPRODUCIBLE] = {"not-reproducible", VARIANT_SHARE,
                          "returns within 90 days whose cause is known", true, true, "s", false},
};

static const int64_t window_days[] = {[WITHIN_30] = 30, [WITHIN_90] = 90, [WITHIN_180] = 180};

/* Causes that have a name of their own; everything else is the firm's own word. */
static const char *const named_causes[VARIANT_END] = {
    [OUT_OF_LIMITS] = "out-of-limits",
    [UNAUTHORISED] = "unauthorised-change",
    [ENVIRONMENT] = "environment",
    [NOT_REPRODUCIBLE] = "not-reproducible",
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 1u << WITHIN_30 | 1u << WITHIN_90 | 1u << WITHIN_180 | 1u << TO_RETURN;

    if (!topics_are_told(context) || instant_is_missing(context->as_of) ||
        (!record_has(set, SLOT_RESOLVED) && !record_has(set, SLOT_CLOSED) &&
         !record_has(set, SLOT_FIRST_SOLVED)))
        return 0;
    return record_has(set, SLOT_CAUSE) ? (1u << VARIANT_END) - 1 : mask;
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

/* --- how soon --- */

static void observe_window(struct measure_state *state, size_t variant,
                           const struct record_case *item, int64_t solved, int64_t delay)
{
    int64_t window = window_days[variant] * DAY_US;
    struct observation observation = {.value = VALUE_MISSING, .period = solved};

    if (observe_context(state)->as_of.us - solved < window) {
        observe_excluded(state, variant, item, "window-not-observed");
        return;
    }
    if (delay != VALUE_MISSING && delay <= window) {
        observation.counts = true;
        observation.value = delay;
        observation.rank = delay; /* the sooner it came back, the worse */
    }
    observe_value(state, variant, item, &observation);
}

static void observe_delay(struct measure_state *state, const struct record_case *item,
                          int64_t solved, int64_t delay)
{
    int64_t as_of = observe_context(state)->as_of.us;
    struct observation observation = {.value = delay, .rank = delay, .period = solved};

    if (delay == VALUE_MISSING)
        observe_censored(state, TO_RETURN, item, "not-returned", as_of - solved);
    else
        observe_value(state, TO_RETURN, item, &observation);
}

/* --- why --- */

static struct str cause_text(const struct measure_state *state, int64_t id)
{
    return id == VALUE_MISSING || id == (int64_t)INTERN_NONE
               ? (struct str){NULL, 0}
               : record_text(observe_context(state)->set, id);
}

static void leave_causes_out(struct measure_state *state, const struct record_case *item,
                             size_t first, const char *reason)
{
    size_t v;

    for (v = first; v < VARIANT_END; v++)
        observe_excluded(state, v, item, reason);
}

/* A return may have several causes: it counts under each. */
static void observe_causes(struct measure_state *state, const struct record_case *item,
                           int64_t solved, int64_t delay, struct str after)
{
    struct str before = cause_text(state, record_value(item, SLOT_CAUSE));
    struct observation observation = {.value = delay, .rank = delay, .period = solved};
    bool is_same = causes_share(before, after);
    size_t v;

    observation.counts = causes_are_told(after);
    observe_value(state, CAUSE_TOLD, item, &observation);
    if (!observation.counts) {
        leave_causes_out(state, item, SAME_CAUSE, "cause-not-told");
        return;
    }
    for (v = SAME_CAUSE; v <= OTHER_CAUSE; v++) {
        observation.counts = is_same == (v == SAME_CAUSE);
        if (causes_are_told(before))
            observe_value(state, v, item, &observation);
        else
            observe_excluded(state, v, item, "first-cause-not-told");
    }
    for (v = OUT_OF_LIMITS; v < VARIANT_END; v++) {
        observation.counts = causes_have(after, named_causes[v]);
        observe_value(state, v, item, &observation);
    }
}

static void observe_split(struct measure_state *state, const struct record_case *item,
                          int64_t solved, int64_t delay, const struct topic_case *after)
{
    if (observe_context(state)->as_of.us - solved < SPLIT_DAYS * DAY_US)
        leave_causes_out(state, item, CAUSE_TOLD, "window-not-observed");
    else if (delay == VALUE_MISSING || delay > SPLIT_DAYS * DAY_US)
        leave_causes_out(state, item, CAUSE_TOLD, "not-returned");
    else
        observe_causes(state, item, solved, delay, cause_text(state, after->cause));
}

/* --- one case --- */

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct topic_cases *cases = observe_own(state);
    int64_t as_of = observe_context(state)->as_of.us;
    unsigned mask = observe_applies(state);
    int64_t solved = case_end(item);
    const struct topic_case *after;
    struct topic topic;
    const char *refusal = topic_of(cases, item, &topic);
    int64_t delay;
    size_t v;

    if (!refusal && (solved == VALUE_MISSING || solved > as_of))
        refusal = "never-solved";
    else if (!refusal && solved < record_value(item, SLOT_OPENED))
        refusal = "end-before-start";
    for (v = 0; refusal && v < VARIANT_END; v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, refusal);
    if (refusal)
        return;
    after = topic_after(cases, &topic, solved);
    delay = after && after->opened <= as_of ? after->opened - solved : VALUE_MISSING;
    for (v = WITHIN_30; v <= WITHIN_180; v++)
        observe_window(state, v, item, solved, delay);
    observe_delay(state, item, solved, delay);
    if (mask >> CAUSE_TOLD & 1)
        observe_split(state, item, solved, delay, after);
}

const struct measure measure_recurrence = {
    .id = "M-15",
    .name = "recurrence",
    .title = {{STR_INIT("recurrence of solved problems"),
               STR_INIT("ricorrenza dei problemi risolti")}},
    .definition = {{STR_INIT("Share of solved cases after which the same customer reported the same "
                             "topic again, how soon, and why."),
                    STR_INIT("Quota di casi risolti dopo i quali lo stesso cliente ha segnalato di "
                             "nuovo lo stesso argomento, dopo quanto e perché.")}},
    .formula = "next case of the same customer and topic opened after the end, by at most 30, 90 or "
               "180 days / cases ended at least so many days before the as-of instant; "
               "time-to-return: p50 of those that came back, survival median of all; by cause of "
               "the return within 90 days; Wilson and order-statistic intervals, Kaplan-Meier",
    .fields = "ticket.opened ticket.resolved ticket.closed ticket.status ticket.customer ticket.ci "
              "ticket.service ticket.symptom ticket.category ticket.cause",
    .source = "Kaplan and Meier 1958; Wilson 1927; ITIL problem management",
    .slots = TOPIC_SLOTS | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED | 1ull << SLOT_FIRST_SOLVED |
             1ull << SLOT_CAUSE,
    .needs_classes = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
