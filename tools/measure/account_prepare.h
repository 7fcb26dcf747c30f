/*
 * What measures of accounts have in common: the records that they need, when these can say
 * something, and the book that is made before a figure is asked for.
 *
 * Call: ACCOUNT_KINDS, ACCOUNT_SLOTS, account_applies, account_prepare and account_release from the
 *       row of a measure (measure/measure.h), or from the functions that it names.
 * Owns: the measure holds the book (measure/account_book.h) until account_release.
 * Errors: as account_book_take.
 * Units: none.
 * Threads: one book, one thread.
 */
#ifndef CFAUDIT_MEASURE_ACCOUNT_PREPARE_H
#define CFAUDIT_MEASURE_ACCOUNT_PREPARE_H

#include "measure/account_book.h"
#include "measure/talk.h"
#include "measure/topic_cases.h"

/* Kinds that tell of acts or of customers, for also_kinds. */
enum {
    ACCOUNT_KINDS = 1 << RECORD_PROMISE | 1 << RECORD_INVOICE | 1 << RECORD_COMPLAINT |
                    1 << RECORD_REGISTER | 1 << RECORD_CHANGE | 1 << RECORD_ITEM |
                    1 << RECORD_EFFORT | 1 << RECORD_CUSTOMER | 1 << RECORD_TICKET
};

/* Slots of tickets; an account also needs classes, groups, messages, marks,
   levels and trust. */
static const uint64_t ACCOUNT_SLOTS =
    TOPIC_SLOTS | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED | 1ull << SLOT_DUE |
    1ull << SLOT_MET | 1ull << SLOT_FIRST_RESPONSE | 1ull << SLOT_FIRST_EVENT |
    1ull << SLOT_FIRST_SOLVED | 1ull << SLOT_CAUSE | 1ull << SLOT_CAUSE_PARTY |
    1ull << SLOT_PROMISED | 1ull << SLOT_FULFILLED | 1ull << SLOT_FIRST_CONTACT |
    1ull << SLOT_CONFIRMED | TALK_SLOTS;
static const uint64_t ACCOUNT_FOLLOWS = 1ull << SLOT_RESOLUTION_CODE;

/* There is a policy and an instant, and some records name a customer. */
bool account_applies(const struct measure_context *context);
/* *ret_own: a struct account_book; NULL where accounts do not apply. */
enum status account_prepare(const struct measure_context *context, struct diag *diag,
                            void **ret_own);
void account_release(void *own); /* accepts NULL */

#endif
