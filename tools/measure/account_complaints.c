/* Complaints: unanswered in time is a withdrawal; closed together with the customer is a repair. */
#include "measure/account_sources.h"

static enum status collect(struct account_book *book, const struct record_set *set)
{
    int64_t as_of = book->context->as_of.us;
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        int64_t received = record_value(&item, COMPLAINT_RECEIVED);
        int64_t answered = record_value(&item, COMPLAINT_ANSWERED);
        int64_t due = record_value(&item, SLOT_DUE);
        int64_t closed = record_value(&item, SLOT_CLOSED);
        struct account_act act = account_act_of(TRUST_W10, VALUE_MISSING,
                                                account_customer_of(book, &item),
                                                account_text(&item, KIND_TICKET));

        if (received == VALUE_MISSING || received > as_of)
            continue;
        if (due == VALUE_MISSING)
            due = received + account_days_us(book->policy->complaint_days);
        act.at = due;
        if (due <= as_of && (answered == VALUE_MISSING || answered > due))
            account_book_add(book, &item, &act);
        act.class = TRUST_R;
        act.at = closed;
        if (record_value(&item, COMPLAINT_UPHELD) == 1 && act.ticket.len &&
            record_value(&item, COMPLAINT_WITH_CUSTOMER) == 1 && closed != VALUE_MISSING &&
            closed <= as_of)
            account_book_add(book, &item, &act);
    }
    return STATUS_OK;
}

const struct account_source account_complaints = {.kind = RECORD_COMPLAINT, .collect = collect};
