/*
 * The sources of acts, for account_sources.c: one for each kind of records that tells of some.
 *
 * Call: account_sources (measure/account_book.h).
 * Owns: constant tables.
 * Errors: as in measure/account_book.h.
 * Units: as there.
 * Threads: constant.
 */
#ifndef CFAUDIT_MEASURE_ACCOUNT_SOURCES_H
#define CFAUDIT_MEASURE_ACCOUNT_SOURCES_H

#include "measure/account_book.h"

extern const struct account_source account_tickets;
extern const struct account_source account_talks;
extern const struct account_source account_promises;
extern const struct account_source account_invoices;
extern const struct account_source account_complaints;
extern const struct account_source account_registers;
extern const struct account_source account_customers;
extern const struct account_source account_changes;
extern const struct account_source account_items;

/* Of an act of a partner whom we introduced. */
static const double ACCOUNT_PARTNER = 0.5;

/* An act for account_book_add: ours, of severity 1, and sure, unless said otherwise. */
static inline struct account_act account_act_of(enum trust_class class, int64_t at,
                                                struct str customer, struct str ticket)
{
    return (struct account_act){.class = class,
                                .at = at,
                                .customer = customer,
                                .ticket = ticket,
                                .severity = 1,
                                .attribution = 1,
                                .confidence = 1,
                                .repaired_at = VALUE_MISSING};
}

/* What was promised, and what became of it. */
struct account_promise {
    int64_t due;
    int64_t fulfilled; /* VALUE_MISSING: not, or nobody knows */
    struct str state;  /* as its source states it; missing: by the two instants */
    double attribution;
};

/* The case as one that stands where one of its events or messages does, to be cited. */
static inline struct record_case account_cited(const struct record_case *item, uint64_t position,
                                               uint64_t line)
{
    struct record_case cited = *item;

    cited.source = (uint32_t)(position >> 44);
    cited.offset = position & ((1ull << 44) - 1);
    cited.line = line;
    return cited;
}

/* The customer that the record names, else that of its ticket. */
struct str account_customer_of(const struct account_book *book, const struct record_case *item);
/* When the ticket was opened; VALUE_MISSING: there is no such ticket at hand. */
int64_t account_opened(const struct account_book *book, struct str ticket);
/* Kept, late or broken as an act without customer; false: open, void, or not known. */
bool account_promise_act(const struct account_promise *promise, int64_t as_of,
                         struct account_act *ret_act);

#endif
