/*
 * Sets that were read apart, as one: what each of them knows of a case is told as one run tells it to
 * another.
 */
#ifndef CFAUDIT_TESTS_SET_JOIN_H
#define CFAUDIT_TESTS_SET_JOIN_H

#include "record/share.h"

enum { SET_JOIN_MOST = 16 };

/* The case of that id, of all the sets that have it, in their order. */
static enum status set_join_case(struct record_set *into, struct record_set *const *sets, size_t count,
                                 struct str id, struct diag *diag)
{
    static struct record_share shares[SET_JOIN_MOST];
    const struct record_share *list[SET_JOIN_MOST];
    size_t share_count = 0;
    size_t number;
    size_t i;

    for (i = 0; i < count; i++) {
        if (!record_case_find(sets[i], id, &number))
            continue;
        record_share_at(sets[i], number, &shares[share_count]);
        list[share_count] = &shares[share_count];
        share_count++;
    }
    return record_set_take(into, id, list, share_count, diag);
}

/* All cases of the sets, which keep theirs, into one that is empty and keeps all. */
static inline enum status set_join(struct record_set *into, struct record_set *const *sets,
                                   size_t count, struct diag *diag)
{
    enum status status = STATUS_OK;
    size_t i;
    size_t k;

    for (i = 0; i < count; i++)
        record_set_order(sets[i]);
    for (i = 0; i < count && status == STATUS_OK; i++) {
        struct record_facts facts = record_set_facts(sets[i]);

        record_set_learn(into, &facts);
        for (k = 0; k < record_case_count(sets[i]) && status == STATUS_OK; k++) {
            struct str id = record_case_at(sets[i], k).id;
            size_t known;

            if (!record_case_find(into, id, &known))
                status = set_join_case(into, sets, count, id, diag);
        }
    }
    return status;
}

#endif
