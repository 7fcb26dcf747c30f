#include "measure/account_prepare.h"

bool account_applies(const struct measure_context *context)
{
    size_t i;

    if (!context->trust || instant_is_missing(context->as_of))
        return false;
    for (i = 0; account_sources[i]; i++) {
        const struct record_set *set = measure_set(context, account_sources[i]->kind);

        if (set && (account_sources[i]->kind == RECORD_CUSTOMER || record_has(set, SLOT_CUSTOMER)))
            return true;
    }
    return false;
}

enum status account_prepare(const struct measure_context *context, struct diag *diag,
                            void **ret_own)
{
    struct account_book *book = NULL;
    enum status status =
        account_applies(context) ? account_book_take(context, diag, &book) : STATUS_OK;

    if (status == STATUS_OK)
        *ret_own = book;
    return status;
}

void account_release(void *own)
{
    account_book_drop(own);
}
