/* M-32, silence towards the customer. */
#include "base/mem.h"
#include "measure/case_phases.h"
#include "measure/conversation.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { BETWEEN, LONGEST, PROACTIVE };

static const struct measure_variant variants[] = {
    [BETWEEN] = {"between-messages", VARIANT_DURATION,
                 "cases with at least two messages to the customer", true, false, NULL, false},
    [LONGEST] = {"longest", VARIANT_DURATION,
                 "cases, from opening to their end or the as-of instant", true, false, NULL, false},
    [PROACTIVE] = {"proactive", VARIANT_SHARE, "messages to customers after the opening", true,
                   false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has_messages(context->set)
               ? 1u << BETWEEN | 1u << LONGEST | 1u << PROACTIVE
               : 0u;
}

/* Silences of a case, each the unsolved working time since something was said. */
struct silence {
    const struct measure_state *state;
    const struct record_case *item;
    size_t count; /* messages that are looked at */
    size_t next;  /* message */
    size_t said;  /* messages to the customer so far */
    int64_t since;
    int64_t between; /* longest one with a message at both ends; VALUE_MISSING: none */
    int64_t longest;
};

static void keep_longest(int64_t *longest, int64_t time)
{
    if (time > *longest)
        *longest = time;
}

static void say(struct silence *silence)
{
    if (silence->said > 0)
        keep_longest(&silence->between, silence->since);
    keep_longest(&silence->longest, silence->since);
    silence->since = 0;
    silence->said++;
}

/* One phase of the case; time in which it is solved is no silence. */
static void pass(struct silence *silence, const struct case_phase *phase)
{
    bool counts = !class_is_over(phase->class);
    int64_t at = phase->from;

    for (; silence->next < silence->count; silence->next++) {
        const struct record_message *message = &silence->item->messages[silence->next];

        if (message->at >= phase->until)
            break;
        if (!message_is_answer(message))
            continue;
        if (counts && message->at > at) {
            silence->since += observe_time(silence->state, at, message->at);
            at = message->at;
        }
        say(silence);
    }
    if (counts)
        silence->since += observe_time(silence->state, at, phase->until);
}

/* Messages at the very end still count as said. */
static void finish(struct silence *silence, int64_t until)
{
    for (; silence->next < silence->count && silence->item->messages[silence->next].at <= until;
         silence->next++)
        if (message_is_answer(&silence->item->messages[silence->next]))
            say(silence);
    keep_longest(&silence->longest, silence->since);
}

static void observe_silences(struct measure_state *state, const struct record_case *item,
                             int64_t opened, size_t count)
{
    int64_t as_of = observe_context(state)->as_of.us;
    struct case_ending ending = case_ending(item, as_of);
    int64_t until = ending.at != VALUE_MISSING ? ending.at : as_of;
    struct silence silence = {state, item, count, 0, 0, 0, VALUE_MISSING, 0};
    struct case_phases phases;
    struct case_phase phase;
    struct observation observation = {.period = opened,
                                      .note = ending.is_over ? NULL : "still open"};

    case_phases_begin(&phases, item, opened, until);
    while (case_phases_next(&phases, &phase))
        pass(&silence, &phase);
    finish(&silence, until);
    observation.value = silence.longest;
    observe_value(state, LONGEST, item, &observation);
    observation.value = silence.between;
    if (silence.between == VALUE_MISSING)
        observe_excluded(state, BETWEEN, item, "fewer-than-two-messages");
    else
        observe_value(state, BETWEEN, item, &observation);
}

/* An update is proactive when no customer was waiting for it. */
static void observe_updates(struct measure_state *state, const struct record_case *item,
                            int64_t opened, size_t count)
{
    bool is_asked = true; /* by the request itself */
    bool is_doubtful = false;
    size_t i;

    for (i = 0; i < count; i++) {
        const struct record_message *message = &item->messages[i];
        struct observation observation = {
            .value = VALUE_MISSING, .counts = !is_asked, .period = message->at};

        if (message->at < opened)
            continue;
        is_doubtful |= message_is_doubtful(message);
        is_asked |= message->actor == ACTOR_CUSTOMER;
        if (!message_is_answer(message))
            continue;
        if (is_doubtful)
            observe_excluded(state, PROACTIVE, item, "author-unknown");
        else if (!conversation_is_opening(item, i, opened))
            observe_value(state, PROACTIVE, item, &observation);
        is_asked = false;
        is_doubtful = false;
    }
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t opened = case_request(item);
    size_t count = conversation_count(item, as_of);
    struct case_ending ending = case_ending(item, as_of);
    const char *reason = opened == VALUE_MISSING ? "no-opening-time"
                         : opened > as_of        ? "opened-later"
                         : ending.is_cancelled   ? "cancelled"
                                                 : NULL;
    size_t v;

    for (v = BETWEEN; reason && v <= PROACTIVE; v++)
        observe_excluded(state, v, item, reason);
    if (reason)
        return;
    observe_updates(state, item, opened, count);
    reason = conversation_is_doubtful(item, 0, count)                  ? "author-unknown"
             : ending.is_over && ending.at == VALUE_MISSING ? "no-resolution-time"
                                                            : NULL;
    if (!reason) {
        observe_silences(state, item, opened, count);
        return;
    }
    observe_excluded(state, BETWEEN, item, reason);
    observe_excluded(state, LONGEST, item, reason);
}

const struct measure measure_silence = {
    .id = "M-32",
    .name = "silence",
    .title = {{STR_INIT("silence towards the customer"), STR_INIT("silenzio verso il cliente")}},
    .definition = {{STR_INIT("The longest time in which customers of an unsolved case heard "
                             "nothing, and how many messages came without being asked for."),
                    STR_INIT("Il tempo più lungo in cui il cliente di un caso non risolto non ha "
                             "saputo nulla, e quanti messaggi sono arrivati senza che li "
                             "chiedesse.")}},
    .formula = "longest working time between public messages of agents while the case is not "
               "solved; longest: the opening and the end, or the as-of instant, count as messages; "
               "p50 of the cases, with order-statistic interval; proactive: messages of agents "
               "that no customer message or request was waiting for / all of them; Wilson interval",
    .fields = "ticket.opened; event.at event.actor-class event.visibility event.type event.status",
    .source = "ISO 10002, progress of a complaint is told; Conover 1999; Wilson 1927",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED |
             1ull << SLOT_FIRST_EVENT | 1ull << SLOT_CLASS,
    .needs_classes = true,
    .needs_messages = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
