/* M-60, who is answered out of hours. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { TO_BOSS, TO_URGENT, DIFFERENCE };

/* Fewer people than these would be looked at one by one. */
enum { PEOPLE_LEAST = 5 };

static const struct measure_variant variants[] = {
    [TO_BOSS] = {"to-superiors", VARIANT_SHARE, "messages of superiors received out of hours", true,
                 false, NULL, false},
    [TO_URGENT] = {"to-urgent-customers", VARIANT_SHARE,
                   "messages of customers of the first priority received out of hours", true, false,
                   NULL, false},
    [DIFFERENCE] = {"difference", VARIANT_RATIO, "messages of both received out of hours", false,
                    true, NULL, false},
};

struct parity {
    uint64_t n[2];
    uint64_t k[2];
};

/* Around the clock nothing is out of hours. */
static unsigned applies(const struct measure_context *context)
{
    return record_has(context->set, LATENCY_RECEIVED) &&
                   record_has(context->set, LATENCY_COUNTERPART) &&
                   !instant_is_missing(context->as_of) && !calendar_is_always(context->calendar)
               ? 1u << TO_BOSS | 1u << TO_URGENT | 1u << DIFFERENCE
               : 0u;
}

/* --- one message --- */

static bool is_urgent(const struct record_case *item)
{
    static const char *const words[] = {"1",       "p1",   "prio-1", "critical", "urgent",
                                        "critica", "urgente", "1 - critical"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(words); i++)
        if (case_says(item, SLOT_PRIORITY, words[i]))
            return true;
    return false;
}

/* Out of hours: the next instant of work comes later. */
static int64_t next_opening(const struct measure_context *context, int64_t at)
{
    return calendar_after(context->calendar, (struct instant){at}, (struct span){0}).us;
}

struct message {
    const char *refusal;
    size_t group;
    bool is_answered; /* before work began again */
};

static struct message message_of(const struct measure_context *context,
                                 const struct record_case *item)
{
    int64_t received = record_value(item, LATENCY_RECEIVED);
    int64_t replied = case_instant_by(item, LATENCY_REPLIED, context->as_of.us);
    int64_t people = record_value(item, LATENCY_PEOPLE);
    struct message message = {.group = TO_BOSS};
    int64_t opening;

    if (received == VALUE_MISSING || received > context->as_of.us) {
        message.refusal = received == VALUE_MISSING ? "no-date" : "received-later";
        return message;
    }
    if (people != VALUE_MISSING && people < PEOPLE_LEAST) {
        message.refusal = "group-too-small";
        return message;
    }
    if (case_says(item, LATENCY_COUNTERPART, "customer"))
        message.group = TO_URGENT;
    else if (!case_says(item, LATENCY_COUNTERPART, "boss"))
        message.refusal = "other-counterpart";
    if (!message.refusal && message.group == TO_URGENT && !is_urgent(item))
        message.refusal = "not-urgent";
    opening = next_opening(context, received);
    if (!message.refusal && opening == received)
        message.refusal = "within-hours";
    message.is_answered = replied != VALUE_MISSING && replied >= received && replied < opening;
    if (!message.refusal && replied == VALUE_MISSING && context->as_of.us < opening)
        message.refusal = "window-not-observed";
    return message;
}

/* --- all of them --- */

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct parity *parity = mem_alloc(1, sizeof *parity);
    size_t i;

    if (!parity)
        return diag_no_memory(diag);
    for (i = 0; i < record_case_count(context->set); i++) {
        struct record_case item = record_case_at(context->set, i);
        struct message message;

        if (case_left_out(context, &item) ||
            observe_is_outside(context, record_value(&item, LATENCY_RECEIVED)))
            continue;
        message = message_of(context, &item);
        if (message.refusal)
            continue;
        parity->n[message.group]++;
        parity->k[message.group] += message.is_answered;
    }
    *ret_own = parity;
    return STATUS_OK;
}

static void release(void *own)
{
    mem_free(own);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct message message = message_of(observe_context(state), item);
    struct observation observation = {.value = VALUE_MISSING,
                                      .counts = message.is_answered,
                                      .period = record_value(item, LATENCY_RECEIVED)};

    if (message.refusal) {
        observe_excluded(state, TO_BOSS, item, message.refusal);
        observe_excluded(state, TO_URGENT, item, message.refusal);
        return;
    }
    observe_value(state, message.group, item, &observation);
    observe_excluded(state, message.group == TO_BOSS ? TO_URGENT : TO_BOSS, item,
                     "other-counterpart");
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct parity *parity = own;

    (void)context;
    (void)arena;
    figure->worst.count = figure->sample.count = 0; /* no single replies */
    if (variant != DIFFERENCE)
        return true;
    figure->n = parity->n[TO_BOSS] + parity->n[TO_URGENT];
    figure->k = parity->k[TO_BOSS] + parity->k[TO_URGENT];
    figure->standing = standing_of(
        parity->n[TO_BOSS] < parity->n[TO_URGENT] ? parity->n[TO_BOSS] : parity->n[TO_URGENT]);
    figure_set_difference(figure, parity->k[TO_BOSS], parity->n[TO_BOSS], parity->k[TO_URGENT],
                          parity->n[TO_URGENT]);
    return true;
}

const struct measure measure_out_of_hours = {
    .id = "M-60",
    .name = "answers-out-of-hours",
    .title = {{STR_INIT("answers out of hours"), STR_INIT("risposte fuori orario")}},
    .definition = {{STR_INIT("Share of messages received out of hours that were answered before "
                             "work began again: of superiors, and of customers with urgent need."),
                    STR_INIT("Quota di messaggi ricevuti fuori orario con risposta prima della "
                             "ripresa del lavoro: dei superiori e dei clienti con urgenze.")}},
    .formula = "replied before the next working time / received outside the working calendar, from "
               "superiors, and from customers of the first priority; difference: the first minus "
               "the second, Newcombe interval; groups of fewer than five people are left out; "
               "Wilson interval",
    .fields = "reply-latency.counterpart reply-latency.received reply-latency.replied "
              "reply-latency.priority reply-latency.people",
    .source = "Newcombe 1998; Wilson 1927",
    .kind = RECORD_REPLY_LATENCY,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
