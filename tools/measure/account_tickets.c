/* What a ticket tells of acts towards its customer. */
#include <string.h>

#include "base/mem.h"
#include "measure/account_sources.h"
#include "measure/attainment_judge.h"
#include "measure/case_phases.h"
#include "measure/case_walk.h"
#include "measure/cause_words.h"
#include "measure/conversation.h"
#include "measure/service_clock.h"
#include "measure/topic_cases.h"

/* Tickets being gone through. */
struct tickets {
    struct account_book *book;
    const struct measure_context *context;
    struct service_clocks *clocks; /* NULL: no agreement */
    struct topic_cases *topics;    /* NULL: no topics are told */
};

static void add(struct tickets *tickets, const struct record_case *item, enum trust_class class,
                int64_t at, double severity)
{
    struct account_act act = account_act_of(class, at, account_text(item, SLOT_CUSTOMER), item->id);

    act.severity = severity;
    if (at == VALUE_MISSING || at <= tickets->context->as_of.us)
        account_book_add(tickets->book, item, &act);
}

/* --- service levels --- */

/* By how far the time was passed: up to twice, up to three times, farther. */
static double breach_severity(int64_t elapsed, int64_t target)
{
    return target <= 0 || elapsed <= 2 * target ? 1 : elapsed <= 3 * target ? 2 : 3;
}

static bool is_late(enum clock_standing standing)
{
    return standing == CLOCK_ENDED_LATE || standing == CLOCK_OPEN_LATE;
}

/* False: memory is out. */
static bool add_breach_of(struct tickets *tickets, const struct record_case *item,
                          enum sla_metric metric, bool *ret_judged)
{
    struct service_clock clock;

    if (!service_clock_read(tickets->clocks, item, metric, &clock))
        return false;
    *ret_judged = clock.standing != CLOCK_NO_LEVEL && clock.standing != CLOCK_NOT_ASKED;
    if (is_late(clock.standing))
        add(tickets, item, TRUST_W3, clock.end.us,
            breach_severity(clock.elapsed.us, clock.target.us));
    return true;
}

static void add_by_source(struct tickets *tickets, const struct record_case *item)
{
    struct attainment a = attainment_unknown;
    struct deadline_case deadline = {record_value(item, SLOT_OPENED), record_value(item, SLOT_DUE),
                                     case_end(item), record_value(item, SLOT_CLASS)};

    attainment_by_deadline(tickets->context, &deadline, &a);
    if (is_late(a.standing))
        add(tickets, item, TRUST_W3, a.end != VALUE_MISSING ? a.end : deadline.due,
            deadline.opened == VALUE_MISSING
                ? 1
                : breach_severity(a.end - deadline.opened, deadline.due - deadline.opened));
    else if (deadline.due == VALUE_MISSING && record_value(item, SLOT_MET) == 0)
        add(tickets, item, TRUST_W3, deadline.end, 1);
}

/* The promise of a solution first; the answer is judged only where that one is kept or not judged. */
static bool add_breaches(struct tickets *tickets, const struct record_case *item)
{
    size_t before = tickets->book->entry_count;
    bool is_judged = false;

    if (tickets->clocks && !add_breach_of(tickets, item, SLA_RESOLUTION, &is_judged))
        return false;
    if (!is_judged)
        add_by_source(tickets, item);
    if (tickets->clocks && tickets->book->entry_count == before)
        return add_breach_of(tickets, item, SLA_FIRST_RESPONSE, &is_judged);
    return true;
}

/* --- hands it went through --- */

static bool had_before(const struct record_case *item, size_t at)
{
    size_t last = at; /* the group that had it just before */
    size_t i;

    while (last > 0 && item->events[last - 1].group == INTERN_NONE)
        last--;
    if (last == 0 || item->events[last - 1].group == item->events[at].group)
        return false;
    for (i = 0; i + 1 < last; i++)
        if (item->events[i].group == item->events[at].group)
            return true;
    return false;
}

/* Once for a case, when it first comes back to a group that gave it away. */
static void add_bounce(struct tickets *tickets, const struct record_case *item)
{
    struct record_case cited;
    size_t i;

    for (i = 2; i < item->event_count; i++) {
        if (item->events[i].group == INTERN_NONE || !had_before(item, i))
            continue;
        cited = account_cited(item, item->events[i].position, item->events[i].line);
        add(tickets, &cited, TRUST_W6, item->events[i].at, 1);
        return;
    }
}

/* --- what was said --- */

struct talk {
    int64_t heard;  /* when the customer last heard something, or asked */
    bool is_asked;  /* he waits for an answer */
    bool is_unsure; /* somebody unknown wrote meanwhile */
};

static void add_silence(struct tickets *tickets, const struct record_case *item, int64_t from,
                        int64_t until)
{
    int64_t silence = account_days_us(tickets->book->policy->silence_days);

    if (until - from > silence)
        add(tickets, item, TRUST_W7, from + silence, 1);
}

/* Unasked updates, and silences while the case is not solved. */
static void add_talk(struct tickets *tickets, const struct record_case *item)
{
    int64_t as_of = tickets->context->as_of.us;
    int64_t opened = case_request(item);
    size_t count = conversation_count(item, as_of);
    struct case_ending ending = case_ending(item, as_of);
    int64_t until = ending.at != VALUE_MISSING ? ending.at : as_of;
    struct talk talk = {opened, true, false};
    struct record_case cited;
    size_t i;

    if (opened == VALUE_MISSING || ending.is_cancelled || count == 0 || opened > as_of)
        return;
    for (i = 0; i < count; i++) {
        const struct record_message *message = &item->messages[i];

        if (message->at < opened)
            continue;
        talk.is_unsure |= message_is_doubtful(message);
        talk.is_asked |= message->actor == ACTOR_CUSTOMER;
        if (!message_is_answer(message))
            continue;
        if (message->at <= until && !talk.is_unsure)
            add_silence(tickets, item, talk.heard, message->at);
        cited = account_cited(item, message->position, message->line);
        if (!talk.is_asked && !talk.is_unsure && !conversation_is_opening(item, i, opened))
            add(tickets, &cited, TRUST_D2, message->at, 1);
        talk = (struct talk){message->at, false, false};
    }
    if (!talk.is_unsure && !(ending.is_over && ending.at == VALUE_MISSING))
        add_silence(tickets, item, talk.heard, until);
}

/* --- how it ended --- */

static void add_first_contact(struct tickets *tickets, const struct record_case *item)
{
    if (record_value(item, SLOT_FIRST_CONTACT) == 1 && record_value(item, SLOT_CONFIRMED) == 1)
        add(tickets, item, TRUST_D7, case_end(item), 1);
}

/* A solved problem of the same cause, ours, comes back: told of the case that came back. */
static void add_return(struct tickets *tickets, const struct record_case *item)
{
    int64_t opened = record_value(item, SLOT_OPENED);
    struct str party = account_text(item, SLOT_CAUSE_PARTY);
    const struct topic_case *before;
    struct topic topic;

    if (!tickets->topics || topic_of(tickets->topics, item, &topic))
        return;
    before = topic_before(tickets->topics, &topic, opened);
    if (!before || before->cause == INTERN_NONE || !str_is(party, "us") ||
        opened - before->opened > account_days_us(tickets->book->policy->return_days) ||
        !causes_share(record_text(item->set, before->cause), account_text(item, SLOT_CAUSE)))
        return;
    add(tickets, item, TRUST_W5, opened, 1);
}

/* A promise that the ticket itself carries. */
static void add_promise(struct tickets *tickets, const struct record_case *item)
{
    struct account_promise promise = {.due = record_value(item, SLOT_PROMISED),
                                      .fulfilled = record_value(item, SLOT_FULFILLED),
                                      .attribution = 1};
    struct account_act act;

    if (measure_set(tickets->context, RECORD_PROMISE))
        return; /* they have records of their own */
    if (account_promise_act(&promise, tickets->context->as_of.us, &act)) {
        act.customer = account_text(item, SLOT_CUSTOMER);
        act.ticket = item->id;
        account_book_add(tickets->book, item, &act);
    }
}

/* --- all of them --- */

static bool add_ticket(struct tickets *tickets, const struct record_case *item)
{
    if (item->is_empty || !account_text(item, SLOT_CUSTOMER).len)
        return true;
    account_book_name(tickets->book, account_text(item, SLOT_CUSTOMER));
    add_bounce(tickets, item);
    add_talk(tickets, item);
    add_first_contact(tickets, item);
    add_return(tickets, item);
    add_promise(tickets, item);
    return add_breaches(tickets, item);
}

static enum status add_tickets(void *taker, const struct record_set *set)
{
    struct tickets *tickets = taker;
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);

        if (!add_ticket(tickets, &item) || tickets->book->failed)
            return diag_no_memory(tickets->book->diag);
    }
    return STATUS_OK;
}

/* A case comes back after others that may have passed by: their topics are listed first. */
static enum status collect(struct account_book *book, const struct record_set *set)
{
    struct tickets tickets = {.book = book, .context = book->context};
    enum status status = STATUS_OK;

    (void)set;
    if (tickets.context->sla)
        status = service_clocks_new(tickets.context, book->diag, &tickets.clocks);
    if (status == STATUS_OK && topics_are_told(tickets.context))
        status = topic_cases_take(tickets.context, book->diag, &tickets.topics);
    if (status == STATUS_OK)
        status = case_walk(tickets.context, add_tickets, &tickets);
    service_clocks_free(tickets.clocks);
    topic_cases_drop(tickets.topics);
    return status;
}

const struct account_source account_tickets = {.kind = RECORD_TICKET, .collect = collect};
