#include "measure/untraced.h"

#include "measure/observe.h"
#include "measure/record_links.h"
#include "stat/capture.h"

static bool is_ours(uint8_t actor)
{
    return actor == ACTOR_AGENT || actor == ACTOR_BOSS;
}

static bool promises_something(const struct record_case *ticket, int64_t as_of)
{
    size_t i;

    for (i = 0; i < ticket->message_count; i++) {
        const struct record_message *message = &ticket->messages[i];

        if (message->is_public && is_ours(message->actor) && message->at <= as_of &&
            marks_has(record_marks(ticket->set, message), 1u << DETECT_PROMISE))
            return true;
    }
    return false;
}

static bool is_within(const struct measure_context *context, const struct record_case *ticket)
{
    return !ticket->is_empty &&
           !observe_is_outside(context, record_value(ticket, SLOT_OPENED));
}

enum status untraced_count(const struct measure_context *context, struct diag *diag,
                           struct untraced *ret_untraced)
{
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);
    struct untraced counts = {0, 0, 0};
    struct record_links *links = NULL;
    enum status status = STATUS_OK;
    size_t i;

    if (tickets && record_has_marks(tickets))
        status = record_links_new(context->set, KIND_TICKET, diag, &links);
    for (i = 0; links && i < record_case_count(tickets); i++) {
        struct record_case ticket = record_case_at(tickets, i);
        bool is_registered;
        bool is_told;

        if (!is_within(context, &ticket))
            continue;
        is_registered = record_links_find(links, ticket.id).count > 0;
        is_told = promises_something(&ticket, context->as_of.us);
        counts.registered += is_registered;
        counts.told += is_told;
        counts.both += is_registered && is_told;
    }
    record_links_free(links);
    if (status == STATUS_OK)
        *ret_untraced = counts;
    return status;
}

bool untraced_conclude(const struct untraced *untraced, struct arena *arena, struct figure *figure)
{
    struct capture capture;

    figure_set_share(figure, untraced->told - untraced->both, untraced->told);
    if (!stat_capture(untraced->registered, untraced->told, untraced->both, &capture))
        return true;
    figure->note = arena_format(
        arena,
        "candidates, found by phrases: %llu tickets with a registered promise, %llu with one in "
        "the messages, %llu with both; estimated tickets with promises %.1f (%.1f to %.1f), of "
        "which the register knows %.1f %%; too low when the same promises are missing in both",
        (unsigned long long)untraced->registered, (unsigned long long)untraced->told,
        (unsigned long long)untraced->both, capture.total, capture.limits.low, capture.limits.high,
        100 * capture.coverage);
    return figure->note.ptr != NULL;
}
