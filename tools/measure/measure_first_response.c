/* M-01, first response time. */
#include "base/mem.h"
#include "measure/case_phases.h"
#include "measure/conversation.h"
#include "measure/measure_table.h"
#include "measure/service_clock.h"

enum { REPORTED, BY_MESSAGES, PAST_TARGET, WITHIN_TARGET };

static const struct measure_variant variants[] = {
    [REPORTED] = {"reported", VARIANT_DURATION, "cases with a reported first response", true, false,
                  NULL, false},
    [BY_MESSAGES] = {"by-messages", VARIANT_DURATION,
                     "cases answered by a person in their conversation", true, false, NULL, false},
    [PAST_TARGET] = {"unanswered-past-target", VARIANT_SHARE,
                     "open cases that wait for their first answer, under a service level for it",
                     false, true, "s", false},
    [WITHIN_TARGET] = {"within-target", VARIANT_SHARE,
                       "cases under a service level for the first answer, which came or is late", true,
                       false, "s", false},
};

static unsigned applies(const struct measure_context *context)
{
    bool has_reported = record_has(context->set, SLOT_FIRST_RESPONSE);
    unsigned mask = 0;

    if (has_reported && record_has(context->set, SLOT_OPENED))
        mask |= 1u << REPORTED;
    if (record_has_messages(context->set))
        mask |= 1u << BY_MESSAGES;
    if ((mask || has_reported) && service_levels_promise(context, SLA_FIRST_RESPONSE))
        mask |= 1u << PAST_TARGET | 1u << WITHIN_TARGET;
    return mask;
}

static void emit(struct measure_state *state, size_t variant, const struct record_case *item,
                 int64_t asked, int64_t answered)
{
    struct observation observation = {.period = asked};

    if (answered < asked) {
        observe_excluded(state, variant, item, "end-before-start");
        return;
    }
    observation.value = observe_time(state, asked, answered);
    observe_value(state, variant, item, &observation);
}

/* Whoever still waits has waited at least until now. */
static void emit_unanswered(struct measure_state *state, size_t variant,
                            const struct record_case *item, const struct case_ending *ending,
                            int64_t asked)
{
    int64_t as_of = observe_context(state)->as_of.us;

    if (ending->is_over)
        observe_excluded(state, variant, item, "ended-unanswered");
    else
        observe_censored(state, variant, item, "not-answered", observe_time(state, asked, as_of));
}

static void observe_reported(struct measure_state *state, const struct record_case *item,
                             const struct case_ending *ending, int64_t opened)
{
    int64_t answered = record_value(item, SLOT_FIRST_RESPONSE);

    if (answered == VALUE_MISSING || answered > observe_context(state)->as_of.us)
        emit_unanswered(state, REPORTED, item, ending, opened);
    else
        emit(state, REPORTED, item, opened, answered);
}

static void observe_messages(struct measure_state *state, const struct record_case *item,
                             const struct case_ending *ending, int64_t opened)
{
    size_t count = conversation_count(item, observe_context(state)->as_of.us);
    size_t answer = conversation_first_answer(item, count, opened);
    size_t first = 0;

    while (first < answer && item->messages[first].at < opened)
        first++;
    if (conversation_is_doubtful(item, first, answer))
        observe_excluded(state, BY_MESSAGES, item, "author-unknown");
    else if (answer == count)
        emit_unanswered(state, BY_MESSAGES, item, ending, opened);
    else
        emit(state, BY_MESSAGES, item, opened, item->messages[answer].at);
}

/* Why a case has neither kept nor broken what was agreed on its first answer. */
static const char *undecided(enum clock_standing standing)
{
    switch (standing) {
    case CLOCK_NO_LEVEL:
        return "no-service-level";
    case CLOCK_NO_OPENING:
        return "no-opening-time";
    case CLOCK_CANCELLED:
        return "cancelled";
    case CLOCK_RUNNING:
        return "not-answered";
    case CLOCK_BACKWARDS:
        return "end-before-start";
    default:
        return "ended-unanswered";
    }
}

static void observe_within(struct measure_state *state, const struct record_case *item,
                           const struct service_clock *clock)
{
    struct observation observation = {.value = clock->elapsed.us,
                                      .counts = clock->standing == CLOCK_MET,
                                      .period = clock->start.us};

    if (clock->standing <= CLOCK_OPEN_LATE)
        observe_value(state, WITHIN_TARGET, item, &observation);
    else
        observe_excluded(state, WITHIN_TARGET, item, undecided(clock->standing));
}

static void observe_past_target(struct measure_state *state, const struct record_case *item)
{
    struct service_clock clock;
    struct observation observation = {.period = VALUE_MISSING};

    if (!service_clock_read(observe_own(state), item, SLA_FIRST_RESPONSE, &clock)) {
        observe_failed(state);
        return;
    }
    observe_level(state, clock.level);
    observe_within(state, item, &clock);
    if (clock.standing == CLOCK_OPEN_LATE || clock.standing == CLOCK_RUNNING) {
        observation.value = clock.elapsed.us - clock.target.us;
        observation.counts = clock.standing == CLOCK_OPEN_LATE;
        observe_value(state, PAST_TARGET, item, &observation);
    } else {
        observe_excluded(state, PAST_TARGET, item,
                         clock.standing == CLOCK_NO_LEVEL     ? "no-service-level"
                         : clock.standing == CLOCK_NO_OPENING ? "no-opening-time"
                         : clock.standing == CLOCK_CANCELLED  ? "cancelled"
                                                              : "no-longer-waiting");
    }
    observe_level(state, NO_LEVEL);
}

static const char *left_out(const struct case_ending *ending, int64_t opened, int64_t as_of)
{
    if (opened == VALUE_MISSING)
        return "no-opening-time";
    if (opened > as_of)
        return "opened-later";
    return ending->is_cancelled ? "cancelled" : NULL;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct measure_context *context = observe_context(state);
    unsigned mask = applies(context);
    struct case_ending ending = case_ending(item, context->as_of.us);
    int64_t opened[] = {[REPORTED] = record_value(item, SLOT_OPENED),
                        [BY_MESSAGES] = case_request(item)};
    const char *reason;
    size_t v;

    for (v = REPORTED; v <= BY_MESSAGES; v++) {
        if ((mask >> v & 1) == 0)
            continue;
        reason = left_out(&ending, opened[v], context->as_of.us);
        if (reason)
            observe_excluded(state, v, item, reason);
        else if (v == REPORTED)
            observe_reported(state, item, &ending, opened[v]);
        else
            observe_messages(state, item, &ending, opened[v]);
    }
    if (mask >> PAST_TARGET & 1)
        observe_past_target(state, item);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct service_clocks *clocks = NULL;
    enum status status = STATUS_OK;

    if (context->sla)
        status = service_clocks_new(context, diag, &clocks);
    *ret_own = clocks;
    return status;
}

static void release(void *own)
{
    service_clocks_free(own);
}

const struct measure measure_first_response = {
    .id = "M-01",
    .name = "first-response-time",
    .title = {{STR_INIT("first response time"), STR_INIT("tempo di prima risposta")}},
    .definition = {{STR_INIT("How long customers wait from opening a case until a person answers "
                             "them."),
                    STR_INIT("Quanto attende il cliente dall'apertura del caso alla prima risposta "
                             "di una persona.")}},
    .formula = "first answer - opened, in working time; p50 of the cases, with order-statistic "
               "interval; the median of Kaplan and Meier also counts the open cases that still "
               "wait; unanswered-past-target: of those, the share that waits longer than agreed; "
               "within-target: first answers within the time agreed / cases answered or late; "
               "Wilson interval",
    .fields = "ticket.opened ticket.first-response; event.at event.actor-class event.visibility "
              "event.type event.status",
    .source = "Zendesk ticket metrics, reply time; Kaplan and Meier 1958; Conover 1999",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_FIRST_RESPONSE | 1ull << SLOT_RESOLVED |
             1ull << SLOT_CLOSED | 1ull << SLOT_FIRST_EVENT | 1ull << SLOT_CLASS,
    .needs_classes = true,
    .needs_messages = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = prepare,
    .release = release,
};
