#include "measure/customers_active.h"

#include "base/mem.h"
#include "measure/observe.h"

int64_t context_until(const struct measure_context *context)
{
    int64_t end = instant_is_missing(context->period_end) ? INT64_MAX : context->period_end.us;

    return end <= context->as_of.us ? end : context->as_of.us;
}

bool customer_is_active(const struct measure_context *context, const struct record_case *customer)
{
    int64_t since = record_value(customer, CUSTOMER_SINCE);
    int64_t until = record_value(customer, CUSTOMER_UNTIL);

    if (since != VALUE_MISSING && since > context_until(context))
        return false;
    if (until == VALUE_MISSING)
        return true;
    return until >= (instant_is_missing(context->period_start) ? context_until(context)
                                                               : context->period_start.us);
}

static bool is_within(const struct measure_context *context, const struct record_case *ticket)
{
    int64_t opened = record_value(ticket, SLOT_OPENED);

    return !ticket->is_empty && opened != VALUE_MISSING && opened <= context->as_of.us &&
           !observe_is_outside(context, opened);
}

/* Text ids are small numbers: one byte for each says whether it was seen. */
static bool count_named(const struct measure_context *context, const struct record_set *tickets,
                        uint64_t *ret_count)
{
    unsigned char *seen = mem_alloc(record_text_count(tickets) + 1, 1);
    size_t i;

    if (!seen)
        return false;
    *ret_count = 0;
    for (i = 0; i < record_case_count(tickets); i++) {
        struct record_case ticket = record_case_at(tickets, i);
        int64_t customer = record_value(&ticket, SLOT_CUSTOMER);

        if (customer == VALUE_MISSING || !is_within(context, &ticket) || seen[customer])
            continue;
        seen[customer] = 1;
        *ret_count += 1;
    }
    mem_free(seen);
    return true;
}

bool customers_active(const struct measure_context *context, uint64_t *ret_count)
{
    const struct record_set *customers = measure_set(context, RECORD_CUSTOMER);
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);
    uint64_t count = 0;
    size_t i;

    if (!customers && tickets && record_has(tickets, SLOT_CUSTOMER))
        return count_named(context, tickets, ret_count);
    for (i = 0; customers && i < record_case_count(customers); i++) {
        struct record_case customer = record_case_at(customers, i);

        count += !customer.is_empty && customer_is_active(context, &customer);
    }
    *ret_count = count;
    return true;
}

uint64_t contacts_within(const struct measure_context *context)
{
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);
    uint64_t count = 0;
    size_t i;

    for (i = 0; tickets && i < record_case_count(tickets); i++) {
        struct record_case ticket = record_case_at(tickets, i);

        count += is_within(context, &ticket);
    }
    return count;
}
