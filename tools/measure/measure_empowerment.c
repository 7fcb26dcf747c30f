/* M-43, decisions at the first line. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/record_links.h"

enum { FIRST_LINE, APPROVAL_WAIT, UNCHANGED, LIMIT_USED, VARIANT_END };

static const struct measure_variant variants[] = {
    [FIRST_LINE] = {"decided-at-first-line", VARIANT_SHARE, "cases that needed a decision", true,
                    false, NULL, true},
    [APPROVAL_WAIT] = {"approval-wait", VARIANT_DURATION, "requests for approval that were answered",
                       true, false, NULL, true},
    [UNCHANGED] = {"approved-unchanged", VARIANT_SHARE, "requests for approval with an outcome",
                   true, true, NULL, false},
    [LIMIT_USED] = {"limit-used", VARIANT_FACTOR, "cases with a goodwill gesture", true, false,
                    NULL, false},
};

struct decisions {
    struct record_links *items;
    struct record_links *gestures;
    int64_t limit; /* the highest that anybody may grant alone; VALUE_MISSING: none is known */
};

static bool has_approvals(const struct record_set *set)
{
    return record_has(set, SLOT_ESCALATED) && record_has(set, SLOT_ESCALATION_REASON);
}

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *items = measure_set(context, RECORD_ITEM);
    const struct record_set *gestures = measure_set(context, RECORD_REGISTER);
    unsigned mask = 0;

    if (instant_is_missing(context->as_of))
        return 0;
    if (has_approvals(context->set) || (items && record_has(items, ITEM_ACTOR_CLASS)))
        mask |= 1u << FIRST_LINE;
    if (has_approvals(context->set) && record_has(context->set, SLOT_ESCALATION_ANSWERED))
        mask |= 1u << APPROVAL_WAIT;
    if (has_approvals(context->set) && record_has(context->set, SLOT_ESCALATION_OUTCOME))
        mask |= 1u << UNCHANGED;
    if (measure_set(context, RECORD_AUTHORITY) && gestures && record_has(gestures, KIND_TICKET) &&
        record_has(gestures, REGISTER_AMOUNT))
        mask |= 1u << LIMIT_USED;
    return mask;
}

static void release(void *own)
{
    struct decisions *decisions = own;

    if (!decisions)
        return;
    record_links_free(decisions->items);
    record_links_free(decisions->gestures);
    mem_free(decisions);
}

static int64_t highest_limit(const struct record_set *authority)
{
    int64_t highest = VALUE_MISSING;
    size_t i;

    for (i = 0; authority && i < record_case_count(authority); i++) {
        struct record_case item = record_case_at(authority, i);
        int64_t limit = item.is_empty ? VALUE_MISSING : record_value(&item, AUTHORITY_LIMIT);

        if (limit > highest)
            highest = limit;
    }
    return highest;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct decisions *decisions = mem_alloc(1, sizeof *decisions);
    enum status status;

    if (!decisions)
        return diag_no_memory(diag);
    decisions->limit = highest_limit(measure_set(context, RECORD_AUTHORITY));
    status = record_links_new(measure_set(context, RECORD_ITEM), KIND_TICKET, diag,
                              &decisions->items);
    if (status == STATUS_OK)
        status = record_links_new(measure_set(context, RECORD_REGISTER), KIND_TICKET, diag,
                                  &decisions->gestures);
    if (status == STATUS_OK)
        *ret_own = decisions;
    else
        release(decisions);
    return status;
}

/* --- who decided --- */

struct decided {
    bool by_agent;
    bool by_superior;
};

static struct decided decided_by(const struct decisions *decisions, const struct record_case *item,
                                 int64_t as_of)
{
    struct record_link_run run = record_links_find(decisions->items, item->id);
    struct decided decided = {false, false};
    size_t i;

    for (i = 0; i < run.count; i++) {
        struct record_case row = record_links_at(decisions->items, run.first + i);

        if (!case_says(&row, ITEM_KIND, "decision") ||
            case_instant_by(&row, ITEM_AT, as_of) == VALUE_MISSING)
            continue;
        decided.by_agent |= case_says(&row, ITEM_ACTOR_CLASS, "agent");
        decided.by_superior |= case_says(&row, ITEM_ACTOR_CLASS, "boss");
    }
    return decided;
}

static void observe_first_line(struct measure_state *state, const struct record_case *item,
                               bool is_asked)
{
    struct decided decided =
        decided_by(observe_own(state), item, observe_context(state)->as_of.us);
    struct observation observation = {.value = VALUE_MISSING,
                                      .counts = !is_asked && !decided.by_superior,
                                      .period = record_value(item, SLOT_OPENED)};

    if (is_asked || decided.by_agent || decided.by_superior)
        observe_value(state, FIRST_LINE, item, &observation);
    else
        observe_excluded(state, FIRST_LINE, item, "no-decision-needed");
}

/* --- approvals --- */

static void observe_approval(struct measure_state *state, const struct record_case *item,
                             unsigned mask)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t asked = record_value(item, SLOT_ESCALATED);
    int64_t answered = case_instant_by(item, SLOT_ESCALATION_ANSWERED, as_of);
    struct observation wait = {.period = asked};
    struct observation unchanged = {.value = VALUE_MISSING,
                                    .counts = case_says(item, SLOT_ESCALATION_OUTCOME, "unchanged"),
                                    .period = asked};

    if (mask >> APPROVAL_WAIT & 1) {
        if (answered == VALUE_MISSING) {
            observe_censored(state, APPROVAL_WAIT, item, "not-answered",
                             observe_time(state, asked, as_of));
        } else if (answered < asked) {
            observe_excluded(state, APPROVAL_WAIT, item, "end-before-start");
        } else {
            wait.value = observe_time(state, asked, answered);
            observe_value(state, APPROVAL_WAIT, item, &wait);
        }
    }
    if (mask >> UNCHANGED & 1) {
        if (case_has(item, SLOT_ESCALATION_OUTCOME))
            observe_value(state, UNCHANGED, item, &unchanged);
        else
            observe_excluded(state, UNCHANGED, item, "no-outcome");
    }
}

/* --- how much of what may be granted is granted --- */

static void observe_limit(struct measure_state *state, const struct record_case *item)
{
    const struct decisions *decisions = observe_own(state);
    struct record_link_run run = record_links_find(decisions->gestures, item->id);
    struct observation observation = {.period = record_value(item, SLOT_OPENED)};
    int64_t amount = 0;
    size_t i;

    for (i = 0; i < run.count; i++) {
        struct record_case row = record_links_at(decisions->gestures, run.first + i);
        int64_t more = record_value(&row, REGISTER_AMOUNT);

        if (case_says(&row, REGISTER_KIND, "goodwill") && more != VALUE_MISSING && more > 0)
            amount += more;
    }
    if (amount == 0 || decisions->limit <= 0) {
        observe_excluded(state, LIMIT_USED, item, "no-gesture");
        return;
    }
    observation.value = (int64_t)((double)amount / (double)decisions->limit * 1e6 + 0.5);
    observe_value(state, LIMIT_USED, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t as_of = observe_context(state)->as_of.us;
    bool is_asked = case_instant_by(item, SLOT_ESCALATED, as_of) != VALUE_MISSING &&
                    case_says(item, SLOT_ESCALATION_REASON, "authority");
    size_t v;

    if (mask >> FIRST_LINE & 1)
        observe_first_line(state, item, is_asked);
    if (is_asked)
        observe_approval(state, item, mask);
    for (v = APPROVAL_WAIT; !is_asked && v <= UNCHANGED; v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, "no-approval-asked");
    if (mask >> LIMIT_USED & 1)
        observe_limit(state, item);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    (void)context;
    (void)own;
    (void)arena;
    if (variant == UNCHANGED && figure->value > 0.95)
        figure->note = STR("nearly everything is granted as asked: the approval adds delay only, "
                           "and the limit can be raised");
    return true;
}

const struct measure measure_empowerment = {
    .id = "M-43",
    .name = "empowerment",
    .title = {{STR_INIT("decisions at the first line"), STR_INIT("decisioni in prima linea")}},
    .definition = {{STR_INIT("Share of decisions that the first line takes alone, how long "
                             "approvals take, how often they change nothing, and how much of the "
                             "granted limit is used."),
                    STR_INIT("Quota di decisioni che la prima linea prende da sola, durata delle "
                             "approvazioni, quante volte non cambiano nulla e uso del limite "
                             "concesso.")}},
    .formula = "decided-at-first-line: neither escalated for authority nor decided by a superior / "
               "cases escalated for authority or with a decision of ours; approval-wait: working "
               "time from escalation to answer, p50; approved-unchanged: outcome unchanged / with "
               "an outcome; limit-used: goodwill of the case / highest limit, p50; Wilson and "
               "order-statistic intervals",
    .fields = "ticket.escalated ticket.escalation-reason ticket.escalation-answered "
              "ticket.escalation-outcome item.ticket item.kind item.actor-class item.at "
              "register.kind register.ticket register.amount authority.limit",
    .source = "ISO 9001 clause 5.3; Bowen and Lawler 1992; Wilson 1927; Conover 1999",
    .also_kinds = 1u << RECORD_ITEM | 1u << RECORD_REGISTER | 1u << RECORD_AUTHORITY,
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_ESCALATED | 1ull << SLOT_ESCALATION_REASON |
             1ull << SLOT_ESCALATION_ANSWERED | 1ull << SLOT_ESCALATION_OUTCOME,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
