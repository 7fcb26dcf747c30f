/* M-02, next reply time. */
#include "base/mem.h"
#include "measure/case_phases.h"
#include "measure/conversation.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

static const struct measure_variant variants[] = {
    {"by-messages", VARIANT_DURATION, "waits of customers for an answer to what they wrote", true,
     false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has_messages(context->set) ? 1u : 0u;
}

/* A customer waits since the first message that nobody has answered. */
struct wait {
    int64_t since;    /* VALUE_MISSING: nobody waits */
    bool is_doubtful; /* somebody unknown wrote before or meanwhile */
};

static void end_wait(struct measure_state *state, const struct record_case *item,
                     const struct wait *wait, int64_t answered)
{
    struct observation observation = {.period = wait->since};

    if (wait->is_doubtful) {
        observe_excluded(state, 0, item, "author-unknown");
        return;
    }
    observation.value = observe_time(state, wait->since, answered);
    observe_value(state, 0, item, &observation);
}

static void leave_open(struct measure_state *state, const struct record_case *item,
                       const struct wait *wait)
{
    int64_t as_of = observe_context(state)->as_of.us;

    if (wait->is_doubtful)
        observe_excluded(state, 0, item, "author-unknown");
    else if (case_ending(item, as_of).is_over)
        observe_excluded(state, 0, item, "ended-unanswered");
    else
        observe_censored(state, 0, item, "not-answered", observe_time(state, wait->since, as_of));
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    size_t count = conversation_count(item, as_of);
    struct wait wait = {VALUE_MISSING, false};
    size_t i;

    if (count == 0) {
        observe_excluded(state, 0, item, "no-messages");
        return;
    }
    if (case_ending(item, as_of).is_cancelled) {
        observe_excluded(state, 0, item, "cancelled");
        return;
    }
    for (i = 0; i < count; i++) {
        const struct record_message *message = &item->messages[i];

        wait.is_doubtful |= message_is_doubtful(message);
        if (message->actor == ACTOR_CUSTOMER && wait.since == VALUE_MISSING)
            wait.since = message->at;
        if (!message_is_answer(message))
            continue;
        if (wait.since != VALUE_MISSING)
            end_wait(state, item, &wait, message->at);
        wait = (struct wait){VALUE_MISSING, false};
    }
    if (wait.since != VALUE_MISSING)
        leave_open(state, item, &wait);
}

const struct measure measure_next_reply = {
    .id = "M-02",
    .name = "next-reply-time",
    .title = {{STR_INIT("next reply time"), STR_INIT("tempo di risposta successiva")}},
    .definition = {{STR_INIT("How long customers wait for an answer each time they have written."),
                    STR_INIT("Quanto attende il cliente una risposta ogni volta che ha scritto.")}},
    .formula = "next answer of a person - first customer message that nobody has answered, in "
               "working time; messages in a row are one wait; p50 of the waits, with "
               "order-statistic interval; the median of Kaplan and Meier also counts those that "
               "last",
    .fields = "event.at event.actor-class event.visibility event.type event.status",
    .source = "Zendesk service level targets, next reply time; Kaplan and Meier 1958; Conover 1999",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED |
             1ull << SLOT_FIRST_EVENT | 1ull << SLOT_CLASS,
    .needs_classes = true,
    .needs_messages = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
