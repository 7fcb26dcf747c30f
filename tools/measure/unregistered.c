#include "measure/unregistered.h"

#include <math.h>

#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/record_links.h"

enum { DAYS_BEFORE = 1, DAYS_AFTER = 30 };

struct complaint_links {
    const struct record_set *complaints;
    struct record_links *by_ticket;
    struct record_links *by_customer;
};

static bool is_registered(const void *own, const struct record_case *ticket, int64_t told_at)
{
    const struct complaint_links *links = own;
    struct record_link_run run = record_links_find(links->by_ticket, ticket->id);
    size_t i;

    if (run.count || told_at == VALUE_MISSING)
        return run.count > 0;
    run = record_links_find(links->by_customer, case_word(ticket, SLOT_CUSTOMER));
    for (i = 0; i < run.count; i++) {
        struct record_case complaint = record_links_at(links->by_customer, run.first + i);
        int64_t received = record_value(&complaint, COMPLAINT_RECEIVED);

        if (received != VALUE_MISSING && !case_has(&complaint, KIND_TICKET) &&
            received >= told_at - DAYS_BEFORE * DAY_US && received <= told_at + DAYS_AFTER * DAY_US)
            return true;
    }
    return false;
}

static const struct told_kind complained = {
    .detectors = 1u << DETECT_COMPLAINT | 1u << DETECT_DISPUTE,
    .by_customer = true,
    .is_registered = is_registered};

enum status unregistered_count(const struct measure_context *context, struct diag *diag,
                               struct told_only *told)
{
    struct complaint_links links = {.complaints = context->set};
    enum status status;

    if (!told_only_shows(context))
        return STATUS_OK;
    status = record_links_new(context->set, KIND_TICKET, diag, &links.by_ticket);
    if (status == STATUS_OK)
        status = record_links_new(context->set, SLOT_CUSTOMER, diag, &links.by_customer);
    if (status == STATUS_OK)
        status = told_only_count(context, &complained, &links, diag, told);
    record_links_free(links.by_ticket);
    record_links_free(links.by_customer);
    return status;
}

static const struct table_column columns[] = {
    {STR_INIT("ticket"), {{STR_INIT("Ticket"), STR_INIT("Ticket")}}, {{{NULL, 0}}}, TABLE_TEXT, 0},
    {STR_INIT("said"), {{STR_INIT("First said"), STR_INIT("Detto la prima volta")}},
     {{{NULL, 0}}}, TABLE_INSTANT, 0},
    {STR_INIT("messages"), {{STR_INIT("Messages"), STR_INIT("Messaggi")}},
     {{STR_INIT("Of the customer that read like a complaint"),
       STR_INIT("Del cliente che suonano come un reclamo")}},
     TABLE_INTEGER, 0},
};

static const struct table_form form = {
    .id = STR_INIT("unregistered-complaints"),
    .name = {{STR_INIT("Unregistered complaints"), STR_INIT("Reclami non registrati")}},
    .title = {{STR_INIT("Tickets that read like complaints, and no register knows them"),
               STR_INIT("Ticket che suonano come reclami e che nessun registro conosce")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
};

bool unregistered_conclude(const struct told_only *told, uint64_t complaints, struct arena *arena,
                           struct figure *figure)
{
    figure->n = complaints;
    figure->k = told->told - told->both;
    figure->value = complaints ? (double)figure->k / (double)complaints : NAN;
    figure->standing = standing_of(complaints);
    return told_only_estimate(told, "tickets with complaints", arena, figure) &&
           told_only_list(told, &form, arena, figure);
}
