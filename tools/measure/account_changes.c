/* Changes of ours that the customer was told of before he noticed anything. */
#include "measure/account_sources.h"

static enum status collect(struct account_book *book, const struct record_set *set)
{
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        struct account_act act =
            account_act_of(TRUST_D5, record_value(&item, CHANGE_NOTICE),
                           account_customer_of(book, &item), account_text(&item, KIND_TICKET));
        int64_t reported = account_opened(book, act.ticket);

        /* a planned change that is announced is no error: only what was not authorised is */
        if (str_is(account_text(&item, CHANGE_PARTY), "us") && act.at != VALUE_MISSING &&
            record_value(&item, CHANGE_AUTHORISED) == 0 && act.at <= book->context->as_of.us &&
            (reported == VALUE_MISSING || act.at < reported))
            account_book_add(book, &item, &act);
    }
    return STATUS_OK;
}

const struct account_source account_changes = {.kind = RECORD_CHANGE, .collect = collect};
