/* M-54, complaints that reach management. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/work_days.h"

enum { COORDINATED, IN_LIMIT, ONE_OWNER, WITH_CUSTOMER, BYPASS, VARIANT_END };

enum { ANSWER_DAYS = 30 };

static const struct measure_variant variants[] = {
    [COORDINATED] = {"coordinated", VARIANT_SHARE,
                     "complaints that reached management and can be judged", true, false, NULL,
                     false},
    [IN_LIMIT] = {"answered-in-limit", VARIANT_SHARE,
                  "complaints that reached management, answered or past their limit", true, false,
                  "s", false},
    [ONE_OWNER] = {"one-owner", VARIANT_SHARE, "complaints that reached management", true, false,
                   NULL, false},
    [WITH_CUSTOMER] = {"closed-with-customer", VARIANT_SHARE,
                       "closed complaints that had reached management", true, false, NULL, false},
    [BYPASS] = {"sent-to-management", VARIANT_SHARE, "complaints received", true, true, NULL,
                false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !record_has(set, COMPLAINT_RECEIVED))
        return 0;
    if (!record_has(set, COMPLAINT_RECEIVED_BY) && !(tickets && record_has_messages(tickets) &&
                                                     record_has(set, KIND_TICKET)))
        return 0;
    if (record_has(set, COMPLAINT_RECEIVED_BY))
        mask |= 1u << BYPASS;
    if (record_has(set, COMPLAINT_ANSWERED))
        mask |= 1u << IN_LIMIT | 1u << COORDINATED;
    if (record_has(set, COMPLAINT_OWNER))
        mask |= 1u << ONE_OWNER;
    if (record_has(set, COMPLAINT_WITH_CUSTOMER))
        mask |= 1u << WITH_CUSTOMER;
    return mask;
}

/* --- who heard of it --- */

static bool is_sent_up(const struct record_case *item)
{
    return case_says(item, COMPLAINT_RECEIVED_BY, "management") ||
           case_says(item, COMPLAINT_RECEIVED_BY, "boss");
}

/* Somebody of management took part in the conversation. */
static bool is_talked_up(const struct measure_context *context, const struct record_case *item)
{
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);
    struct str id = case_word(item, KIND_TICKET);
    struct record_case ticket;
    size_t number;
    size_t i;

    if (!tickets || !id.ptr || !record_case_find(tickets, id, &number))
        return false;
    ticket = record_case_at(tickets, number);
    for (i = 0; i < ticket.message_count; i++)
        if (ticket.messages[i].actor == ACTOR_BOSS && ticket.messages[i].at <= context->as_of.us)
            return true;
    return false;
}

/* --- what it got --- */

enum verdict { NO, YES, OPEN_YET, NOT_TOLD };

static enum verdict answered_in_limit(const struct measure_context *context,
                                      const struct record_case *item)
{
    int64_t as_of = context->as_of.us;
    int64_t answered = case_instant_by(item, COMPLAINT_ANSWERED, as_of);
    int64_t limit = record_value(item, SLOT_DUE);

    if (limit == VALUE_MISSING)
        limit = calendar_days_after(context->calendar, record_value(item, COMPLAINT_RECEIVED),
                                    ANSWER_DAYS);
    if (answered == VALUE_MISSING)
        return as_of < limit ? OPEN_YET : NO;
    return answered <= limit ? YES : NO;
}

static enum verdict closed_with_customer(const struct measure_context *context,
                                         const struct record_case *item)
{
    if (case_instant_by(item, SLOT_CLOSED, context->as_of.us) == VALUE_MISSING)
        return OPEN_YET;
    if (!case_has(item, COMPLAINT_WITH_CUSTOMER))
        return NOT_TOLD;
    return record_value(item, COMPLAINT_WITH_CUSTOMER) == 1 ? YES : NO;
}

static void observe_verdict(struct measure_state *state, const struct record_case *item,
                            size_t variant, enum verdict verdict)
{
    struct observation observation = {.value = VALUE_MISSING,
                                      .counts = verdict == YES,
                                      .period = record_value(item, COMPLAINT_RECEIVED)};

    if ((observe_applies(state) >> variant & 1) == 0)
        return;
    if (verdict == OPEN_YET)
        observe_excluded(state, variant, item, "still-open");
    else if (verdict == NOT_TOLD)
        observe_excluded(state, variant, item, "no-flag");
    else
        observe_value(state, variant, item, &observation);
}

/* One answer in time, from one owner, and closed with the customer where it is closed: what the
   register does not tell is not held against it. */
static enum verdict coordinated(enum verdict answered, enum verdict owned, enum verdict closed)
{
    if (answered == NO || owned == NO || closed == NO)
        return NO;
    return answered;
}

static void observe_up(struct measure_state *state, const struct record_case *item)
{
    const struct measure_context *context = observe_context(state);
    enum verdict answered = answered_in_limit(context, item);
    enum verdict owned = case_has(item, COMPLAINT_OWNER) ? YES : NO;
    enum verdict closed = closed_with_customer(context, item);

    observe_verdict(state, item, IN_LIMIT, answered);
    observe_verdict(state, item, ONE_OWNER, owned);
    observe_verdict(state, item, WITH_CUSTOMER, closed);
    observe_verdict(state, item, COORDINATED,
                    coordinated(answered, record_has(item->set, COMPLAINT_OWNER) ? owned : YES,
                                closed));
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct measure_context *context = observe_context(state);
    int64_t received = record_value(item, COMPLAINT_RECEIVED);
    bool is_sent = is_sent_up(item);
    struct observation bypass = {.value = VALUE_MISSING, .counts = is_sent, .period = received};

    if (received == VALUE_MISSING || received > context->as_of.us) {
        observe_excluded_of(state, EVERY_VARIANT, item,
                            received == VALUE_MISSING ? "no-date" : "received-later");
        return;
    }
    if (observe_applies(state) >> BYPASS & 1) {
        if (case_has(item, COMPLAINT_RECEIVED_BY))
            observe_value(state, BYPASS, item, &bypass);
        else
            observe_excluded(state, BYPASS, item, "receiver-unknown");
    }
    if (is_sent || is_talked_up(context, item))
        observe_up(state, item);
    else
        observe_excluded_of(state, ~(1u << BYPASS), item, "not-at-management");
}

const struct measure measure_management_complaints = {
    .id = "M-54",
    .name = "complaints-at-management",
    .title = {{STR_INIT("complaints that reach management"),
               STR_INIT("reclami che arrivano alla direzione")}},
    .definition = {{STR_INIT("Share of complaints that reached management and got one answer in "
                             "time from one owner and were closed with the customer; and how many "
                             "are sent there at once."),
                    STR_INIT("Quota di reclami arrivati alla direzione che hanno avuto una risposta "
                             "unica nei termini da un solo responsabile e sono stati chiusi con il "
                             "cliente; e quanti vi sono inviati subito.")}},
    .formula = "coordinated: answered by due, without one by the end of the 30th day, with an "
               "owner, and with the customer where closed / complaints received by management or "
               "with a superior in the conversation, but for those still open within the limit; "
               "each of the three by itself; sent-to-management: received by management / "
               "complaints; Wilson interval",
    .fields = "complaint.received complaint.received-by complaint.owner complaint.answered "
              "complaint.due complaint.closed complaint.closed-with-customer complaint.ticket "
              "event.actor-class",
    .source = "ISO 10002, complaints handling; Wilson 1927",
    .kind = RECORD_COMPLAINT,
    .also_kinds = 1u << RECORD_TICKET,
    .needs_messages = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
