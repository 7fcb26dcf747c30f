#include "measure/told_only.h"

#include <stdlib.h>

#include "base/mem.h"
#include "measure/observe.h"
#include "measure/talk.h"
#include "stat/capture.h"

bool told_only_shows(const struct measure_context *context)
{
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);

    return tickets && record_has_marks(tickets);
}

static bool is_heard(const struct told_kind *kind, const struct record_message *message)
{
    if (kind->by_customer)
        return message->actor == ACTOR_CUSTOMER;
    return message->is_public && (message->actor == ACTOR_AGENT || message->actor == ACTOR_BOSS);
}

/* How many messages say it, and which is the first. */
static size_t count_told(const struct told_kind *kind, const struct record_case *ticket,
                         int64_t as_of, size_t *ret_first)
{
    size_t times = 0;
    size_t i;

    for (i = 0; i < ticket->message_count; i++) {
        const struct record_message *message = &ticket->messages[i];

        if (is_heard(kind, message) && message->at <= as_of &&
            marks_has(record_marks(ticket->set, message), kind->detectors) && times++ == 0)
            *ret_first = i;
    }
    return times;
}

static bool add_ticket(struct told_only *told, const struct record_case *ticket, size_t first,
                       size_t times)
{
    const struct record_message *message = &ticket->messages[first];
    struct record_case cited = talk_cited(ticket, message);
    struct told_ticket listed = {.at = {message->at}, .times = times};

    listed.place = (struct table_place){arena_str(&told->arena, ticket->id), cited.source,
                                        cited.line, cited.offset};
    if (!listed.place.case_id.ptr ||
        !mem_grow(&told->list, told->count, &told->capacity, sizeof *told->list))
        return false;
    told->list[told->count++] = listed;
    return true;
}

static bool is_within(const struct measure_context *context, const struct record_case *ticket)
{
    return !ticket->is_empty &&
           !observe_is_outside(context, record_value(ticket, SLOT_OPENED));
}

static int compare_tickets(const void *a, const void *b)
{
    const struct told_ticket *left = a;
    const struct told_ticket *right = b;

    return str_compare(left->place.case_id, right->place.case_id);
}

enum status told_only_count(const struct measure_context *context, const struct told_kind *kind,
                            const void *own, struct diag *diag, struct told_only *told)
{
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);
    size_t count = told_only_shows(context) ? record_case_count(tickets) : 0;
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case ticket = record_case_at(tickets, i);
        size_t first = 0;
        size_t times;
        bool is_registered;

        if (!is_within(context, &ticket))
            continue;
        times = count_told(kind, &ticket, context->as_of.us, &first);
        is_registered = kind->is_registered(
            own, &ticket, times ? ticket.messages[first].at : VALUE_MISSING);
        told->registered += is_registered;
        told->told += times > 0;
        told->both += is_registered && times > 0;
        if (times && !is_registered && context->seed.ptr &&
            !add_ticket(told, &ticket, first, times))
            return diag_no_memory(diag);
    }
    if (told->count)
        qsort(told->list, told->count, sizeof *told->list, compare_tickets);
    return STATUS_OK;
}

void told_only_done(struct told_only *told)
{
    arena_done(&told->arena);
    mem_free(told->list);
}

bool told_only_estimate(const struct told_only *told, const char *subject, struct arena *arena,
                        struct figure *figure)
{
    struct capture capture;

    if (!stat_capture(told->registered, told->told, told->both, &capture))
        return true;
    figure->note = arena_format(
        arena,
        "candidates, found by phrases: %llu tickets that the register knows, %llu by their "
        "messages, %llu by both; estimated %s %.1f (%.1f to %.1f), of which the register knows "
        "%.1f %%; too low when the same ones are missing in both",
        (unsigned long long)told->registered, (unsigned long long)told->told,
        (unsigned long long)told->both, subject, capture.total, capture.limits.low,
        capture.limits.high, 100 * capture.coverage);
    return figure->note.ptr != NULL;
}

enum { TICKET, SAID, TIMES };

bool told_only_list(const struct told_only *told, const struct table_form *form,
                    struct arena *arena, struct figure *figure)
{
    struct figure_table *table;
    size_t i;

    if (told->count == 0)
        return true;
    table = figure_table_new(arena, figure, form);
    for (i = 0; table && i < told->count; i++) {
        const struct told_ticket *listed = &told->list[i];
        struct figure_row *row = table_row(arena, table);
        struct str id = arena_str(arena, listed->place.case_id);

        if (!row || !id.ptr)
            return false;
        row->place = listed->place;
        row->place.case_id = id;
        table_text(row, TICKET, id);
        table_instant(row, SAID, listed->at);
        table_number(row, TIMES, (double)listed->times);
    }
    return table != NULL;
}
