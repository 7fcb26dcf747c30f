/* The need of a customer: asked for and recorded, once in his record, and in a case before any offer. */
#include <stdlib.h>

#include "base/mem.h"
#include "measure/account_sources.h"

static enum status collect_purposes(struct account_book *book, const struct record_set *set)
{
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        struct account_act act = account_act_of(TRUST_D1, record_value(&item, CUSTOMER_PURPOSE_AT),
                                                item.id, (struct str){NULL, 0});

        if (account_text(&item, CUSTOMER_PURPOSE).len && act.at != VALUE_MISSING &&
            act.at <= book->context->as_of.us)
            account_book_add(book, &item, &act);
    }
    return STATUS_OK;
}

const struct account_source account_customers = {.kind = RECORD_CUSTOMER,
                                                 .collect = collect_purposes};

/* Of a ticket, what was first: a question or an option. */
struct first_item {
    int64_t ticket; /* text id */
    int64_t at;
    size_t number;
    bool is_question;
};

static int compare_items(const void *a, const void *b)
{
    const struct first_item *left = a;
    const struct first_item *right = b;

    if (left->ticket != right->ticket)
        return left->ticket < right->ticket ? -1 : 1;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    /* at the same moment the question is taken to come first */
    return (right->is_question > left->is_question) - (right->is_question < left->is_question);
}

static size_t list_items(const struct record_set *set, struct first_item *list)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct str kind = account_text(&item, ITEM_KIND);
        struct first_item *next = &list[count];

        *next = (struct first_item){record_value(&item, KIND_TICKET), record_value(&item, ITEM_AT),
                                    i, str_is(kind, "question")};
        if (next->ticket != VALUE_MISSING && next->at != VALUE_MISSING &&
            (next->is_question || str_is(kind, "option")))
            count++;
    }
    return count;
}

/* A question before any proposal. */
static enum status collect_questions(struct account_book *book, const struct record_set *set)
{
    struct first_item *list = mem_alloc(record_case_count(set) + 1, sizeof *list);
    size_t count;
    size_t i;

    if (!list)
        return diag_no_memory(book->diag);
    count = list_items(set, list);
    qsort(list, count, sizeof *list, compare_items);
    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, list[i].number);
        struct str ticket = record_text(set, list[i].ticket);
        struct account_act act =
            account_act_of(TRUST_D1, list[i].at, account_customer_of(book, &item), ticket);

        if ((i == 0 || list[i - 1].ticket != list[i].ticket) && list[i].is_question &&
            act.at <= book->context->as_of.us)
            account_book_add(book, &item, &act);
    }
    mem_free(list);
    return STATUS_OK;
}

const struct account_source account_items = {.kind = RECORD_ITEM, .collect = collect_questions};
