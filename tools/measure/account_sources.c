#include "measure/account_sources.h"

#include <stddef.h>

const struct account_source *const account_sources[] = {
    &account_tickets,    &account_talks,     &account_promises, &account_invoices,
    &account_complaints, &account_registers, &account_changes,  &account_items,
    &account_customers,  NULL,
};

/* Cases that pass by one after the other can be looked up where the run keeps them, too. */
static bool find_ticket(const struct account_book *book, struct str ticket,
                        struct record_case *ret_item)
{
    const struct record_set *set = measure_set(book->context, RECORD_TICKET);
    size_t number;

    if (!set || (book->context->walk && !book->context->sets) || !ticket.len || !record_case_find(set, ticket, &number))
        return false;
    *ret_item = record_case_at(set, number);
    return true;
}

struct str account_customer_of(const struct account_book *book, const struct record_case *item)
{
    struct str customer = account_text(item, SLOT_CUSTOMER);
    struct record_case ticket;

    if (!customer.len && find_ticket(book, account_text(item, KIND_TICKET), &ticket))
        customer = account_text(&ticket, SLOT_CUSTOMER);
    return customer;
}

int64_t account_opened(const struct account_book *book, struct str ticket)
{
    struct record_case item;

    return find_ticket(book, ticket, &item) ? record_value(&item, SLOT_OPENED) : VALUE_MISSING;
}
