/* Invoices: an estimate that was kept is a deposit, a cost that nobody was told of a withdrawal. */
#include "measure/account_sources.h"

static bool is_surprise(const struct trust_policy *policy, int64_t amount, int64_t estimate)
{
    return amount > estimate &&
           (double)(amount - estimate) > policy->surprise_share * (double)estimate;
}

static enum status collect(struct account_book *book, const struct record_set *set)
{
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        int64_t at = record_value(&item, INVOICE_AT);
        int64_t amount = record_value(&item, INVOICE_AMOUNT);
        int64_t estimate = record_value(&item, INVOICE_ESTIMATE);
        int64_t consent = record_value(&item, INVOICE_CONSENT);
        bool is_told = consent != VALUE_MISSING && at != VALUE_MISSING && consent <= at;
        struct account_act act = account_act_of(TRUST_D4, at, account_customer_of(book, &item),
                                                account_text(&item, KIND_TICKET));

        if (at == VALUE_MISSING || at > book->context->as_of.us || amount == VALUE_MISSING)
            continue;
        if (amount < 0) /* a credit: it mends what it is linked to */
            act.class = TRUST_R;
        else if (estimate == VALUE_MISSING && !is_told)
            continue;
        else if (estimate != VALUE_MISSING && is_surprise(book->policy, amount, estimate) && !is_told)
            act.class = TRUST_W2;
        else if (is_told)
            act.at = consent;
        account_book_add(book, &item, &act);
    }
    return STATUS_OK;
}

const struct account_source account_invoices = {.kind = RECORD_INVOICE, .collect = collect};
