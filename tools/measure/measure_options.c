/* M-28, options: how complete they are, and what becomes of them. */
#include "base/mem.h"
#include "measure/conversation.h"
#include "measure/ended_roles.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/working_day.h"

enum { COMPLETENESS, TWO_OPTIONS, DECIDED, HYPOTHESES, FOLLOWED, VARIANTS };

enum { CONFIRMED_DAYS = 1, FOLLOWED_DAYS = 5 }; /* working days */

static const char population[] = "ended cases that need a consultant, or were offered options";

static const struct measure_variant variants[VARIANTS] = {
    [COMPLETENESS] = {"completeness", VARIANT_MEAN, population, true, false, NULL, false},
    [TWO_OPTIONS] = {"two-options", VARIANT_SHARE, population, true, false, "count", false},
    [DECIDED] = {"decided", VARIANT_SHARE, "ended cases with more than one option", true, false,
                 "count", false},
    [HYPOTHESES] = {"two-hypotheses", VARIANT_SHARE, "ended cases that need a specialist", true,
                    false, "count", false},
    [FOLLOWED] = {"choice-followed-up", VARIANT_SHARE, "ended cases with a dated choice", true, false,
                  NULL, false},
};

/* Hypotheses, choices and what follows them stand in items alone. */
static const uint32_t by_variant[VARIANTS] = {
    [COMPLETENESS] = 1u << DETECT_OPTION | 1u << DETECT_TIME | 1u << DETECT_COST |
                     1u << DETECT_OUTCOME,
    [TWO_OPTIONS] = 1u << DETECT_OPTION,
    [DECIDED] = 1u << DETECT_OPTION,
    [HYPOTHESES] = 0,
    [FOLLOWED] = 0,
};

static unsigned applies(const struct measure_context *context)
{
    const unsigned by_text = 1u << COMPLETENESS | 1u << TWO_OPTIONS;
    const unsigned by_items = by_text | 1u << DECIDED | 1u << HYPOTHESES | 1u << FOLLOWED;

    if (!talk_roles_are_told(context))
        return 0;
    return items_are_told(context)                                  ? by_items
           : talk_detectors(context) & detector_bit(DETECT_OPTION) ? by_text
                                                                    : 0u;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct talk_roles *roles = NULL;
    enum status status = talk_roles_new(context, diag, &roles);

    if (status == STATUS_OK)
        *ret_own = roles;
    return status;
}

static void release(void *own)
{
    talk_roles_free(own);
}

static void observe_options(struct measure_state *state, const struct record_case *item,
                            const struct roles_seen *seen, bool is_needed)
{
    struct observation observation = {.value = options_completeness(seen->options, seen->cells),
                                      .period = record_value(item, SLOT_OPENED)};

    if (!is_needed && seen->options == 0) {
        observe_excluded(state, COMPLETENESS, item, "options-not-needed");
        observe_excluded(state, TWO_OPTIONS, item, "options-not-needed");
        return;
    }
    observation.note = seen->options == 0 ? "no option"
                       : seen->options == 1 ? "one option"
                                            : NULL;
    observation.rank = observation.value + 1; /* the least complete first */
    observe_value(state, COMPLETENESS, item, &observation);
    observation.value = seen->options;
    observation.counts = seen->options >= 2;
    observation.rank = seen->options + 1;
    observe_value(state, TWO_OPTIONS, item, &observation);
}

static void observe_decision(struct measure_state *state, const struct record_case *item,
                             const struct roles_seen *seen)
{
    struct observation observation = {.value = seen->options,
                                      .counts = seen->has_decision,
                                      .period = record_value(item, SLOT_OPENED)};

    if (seen->options < 2)
        observe_excluded(state, DECIDED, item, "fewer-than-two-options");
    else
        observe_value(state, DECIDED, item, &observation);
}

static void observe_hypotheses(struct measure_state *state, const struct record_case *item,
                               const struct roles_seen *seen, bool is_needed)
{
    struct observation observation = {.value = seen->hypotheses,
                                      .counts = seen->hypotheses >= 2,
                                      .rank = seen->hypotheses + 1,
                                      .period = record_value(item, SLOT_OPENED)};

    if (!is_needed)
        observe_excluded(state, HYPOTHESES, item, "role-not-needed");
    else
        observe_value(state, HYPOTHESES, item, &observation);
}

/* An answer in [from, until]; nobody can say when the limit is beyond the calendar. */
static bool has_answer(const struct record_case *item, int64_t from, int64_t until, int64_t as_of)
{
    size_t count = conversation_count(item, as_of);
    size_t i;

    for (i = 0; i < count && item->messages[i].at <= until; i++)
        if (item->messages[i].at >= from && message_is_answer(&item->messages[i]))
            return true;
    return false;
}

/* The choice is confirmed within a working day, and asked after within five of the solution. */
static void observe_follow_up(struct measure_state *state, const struct record_case *item,
                              const struct roles_seen *seen)
{
    const struct measure_context *context = observe_context(state);
    int64_t as_of = context->as_of.us;
    int64_t solved = case_end(item);
    struct observation observation = {.value = VALUE_MISSING, .period = seen->decided};
    bool is_confirmed;
    bool is_followed;

    if (!seen->has_decision || seen->decided == VALUE_MISSING || solved == VALUE_MISSING) {
        observe_excluded(state, FOLLOWED, item,
                         !seen->has_decision ? "no-choice" : "choice-or-solution-undated");
        return;
    }
    if (working_days_after(context->calendar, solved, FOLLOWED_DAYS) > as_of) {
        observe_excluded(state, FOLLOWED, item, "window-not-observed");
        return;
    }
    is_confirmed = has_answer(item, seen->decided,
                              working_days_after(context->calendar, seen->decided, CONFIRMED_DAYS),
                              as_of);
    is_followed = has_answer(item, solved,
                             working_days_after(context->calendar, solved, FOLLOWED_DAYS), as_of);
    observation.counts = is_confirmed && is_followed;
    observation.note = !is_confirmed  ? "not confirmed within a working day"
                       : !is_followed ? "not asked after within five working days"
                                      : NULL;
    observe_value(state, FOLLOWED, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    enum role_case role_case;
    struct roles_seen seen;
    unsigned needed;
    const char *reason;
    size_t v;

    if (!observe_applies(state))
        return;
    if (!talk_roles_of(observe_own(state), item, &seen)) {
        observe_failed(state);
        return;
    }
    reason = roles_unseen(item, &seen);
    for (v = 0; reason && v < VARIANTS; v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, reason);
    if (reason)
        return;
    needed = case_role_class(item, &role_case) ? roles_required(role_case) : 0;
    observe_options(state, item, &seen, (needed >> ROLE_CONSULTANT & 1) != 0);
    if (mask >> DECIDED & 1)
        observe_decision(state, item, &seen);
    if (mask >> HYPOTHESES & 1)
        observe_hypotheses(state, item, &seen, (needed >> ROLE_SPECIALIST & 1) != 0);
    if (mask >> FOLLOWED & 1)
        observe_follow_up(state, item, &seen);
}

const struct measure measure_options = {
    .id = "M-28",
    .name = "option-completeness",
    .title = {{STR_INIT("completeness of options"), STR_INIT("completezza delle opzioni")}},
    .definition = {{STR_INIT("How completely options are offered, at least two of them with time, cost "
                             "and outcome, and whether the customer's choice is recorded and followed "
                             "up."),
                    STR_INIT("Quanto sono complete le opzioni offerte, almeno due con tempi, costo ed "
                             "esito, e se la scelta del cliente è registrata e seguita.")}},
    .formula = "completeness: told of time, cost and outcome / (3 * options), of a single option half "
               "of that, without any 0, mean of the cases; two options: cases with two or more; "
               "decided: cases with a decision of the customer, or an option that is chosen, behind the first "
               "option; "
               "two hypotheses: cases with two or more; choice followed up: an answer within one "
               "working day of the choice, and one within five of the solution; Wilson interval",
    .fields = "item.ticket item.at item.kind item.time item.cost item.outcome item.chosen, else "
              "event.text and lexicons with option; ticket.category ticket.status ticket.resolved; "
              "event.at event.actor-class event.visibility",
    .source = "Wilson 1927",
    .also_kinds = 1u << RECORD_ITEM,
    .slots = ROLE_SLOTS | 1ull << SLOT_FIRST_SOLVED,
    .needs_classes = true,
    .needs_marks = true,
    .detectors = 1u << DETECT_OPTION | 1u << DETECT_TIME | 1u << DETECT_COST |
                 1u << DETECT_OUTCOME,
    .by_variant = by_variant,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
};
