/* Promises: kept on time is a deposit, late or broken a withdrawal. */
#include "measure/account_sources.h"

bool account_promise_act(const struct account_promise *promise, int64_t as_of,
                         struct account_act *ret_act)
{
    bool is_fulfilled = promise->fulfilled != VALUE_MISSING && promise->fulfilled <= as_of;
    bool is_due = promise->due != VALUE_MISSING && promise->due <= as_of;
    struct account_act act =
        account_act_of(TRUST_D3, promise->fulfilled, (struct str){NULL, 0}, (struct str){NULL, 0});

    act.attribution = promise->attribution;
    if (str_is(promise->state, "void") || promise->due == VALUE_MISSING)
        return false;
    if (is_fulfilled && promise->fulfilled > promise->due) {
        act.class = TRUST_W1; /* late: it was broken on the day, and mended in the end */
        act.at = promise->due;
    } else if (!is_fulfilled && is_due && !str_is(promise->state, "kept")) {
        act.class = TRUST_W1;
        act.at = promise->due;
        act.severity = 2;
    } else if (!is_fulfilled && !(is_due && str_is(promise->state, "kept"))) {
        return false; /* nothing is known yet */
    } else if (!is_fulfilled) {
        act.at = promise->due; /* kept, as its source says */
    }
    *ret_act = act;
    return true;
}

/* The new day counts where the customer agreed to it before the old one, and only the first time. */
static int64_t due_of(const struct record_case *item)
{
    int64_t due = record_value(item, SLOT_PROMISED);
    int64_t agreed = record_value(item, PROMISE_RENEGOTIATED);
    int64_t again = record_value(item, PROMISE_NEW_DUE);
    int64_t times = record_value(item, PROMISE_RENEGOTIATIONS);

    return again != VALUE_MISSING && agreed != VALUE_MISSING && due != VALUE_MISSING &&
                   agreed < due && record_value(item, PROMISE_CONSENT) == 1 &&
                   (times == VALUE_MISSING || times <= 1)
               ? again
               : due;
}

static enum status collect(struct account_book *book, const struct record_set *set)
{
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        struct account_promise promise = {
            .due = due_of(&item),
            .fulfilled = record_value(&item, SLOT_FULFILLED),
            .state = account_text(&item, PROMISE_STATE),
            .attribution = account_text(&item, PROMISE_PARTNER).len ? ACCOUNT_PARTNER : 1};
        struct account_act act;

        if (!account_promise_act(&promise, book->context->as_of.us, &act))
            continue;
        act.ticket = account_text(&item, KIND_TICKET);
        act.customer = account_customer_of(book, &item);
        account_book_add(book, &item, &act);
    }
    return STATUS_OK;
}

const struct account_source account_promises = {.kind = RECORD_PROMISE, .collect = collect};
