/*
 * The accounts of all customers: which records are acts towards which customer.
 *
 * Call: account_book_take; account_book_find for one customer; account_book_drop.
 *       While it is made: account_book_add from the sources of events (account_sources).
 * Owns: the book is shared by the measures of a run (measure/shared.h); its strings live as long as
 *       it does.
 * Errors: STATUS_MEMORY, reported; while events are added memory failures are kept in the book.
 * Units: as in measure/account.h; money as its source states it.
 * Source: what records are acts is a policy, too: the manual has the table.
 * Threads: one book, one thread. Who looks at accounts of another instant leaves the events as he
 *          found them.
 */
#ifndef CFAUDIT_MEASURE_ACCOUNT_BOOK_H
#define CFAUDIT_MEASURE_ACCOUNT_BOOK_H

#include "measure/account.h"
#include "measure/shared.h"

/* An act, and the record that says so. */
struct account_entry {
    uint32_t customer; /* number in the book */
    struct account_event event;
    struct table_place place;
    bool is_gesture;
};

struct account_customer {
    struct str id;
    struct str segment; /* missing: not told */
    double revenue;     /* of a year, as his record has it, else what was invoiced; NAN: not told */
    double cost;        /* NAN: not told */
    double hours;       /* of the year before the as-of instant */
    double hours_cost;  /* of those with a rate */
    double net;         /* value to us: revenue without costs; NAN without revenue */
    double net_before;  /* the same half a year before, of the year before that */
    bool is_internal;
    bool is_known; /* there is a record of him */
    struct table_place place; /* of that, else of his first act */
    double base_rate; /* of his account: the policy's, or the mean of his segment */
    struct account_event *events;
    size_t event_count;
    struct account account;
    struct account before; /* half a year before */
    enum account_trend trend;
    /* with the planned event of the context, if there is one */
    struct account planned;
};

/* Customers of one segment of whom enough is known. */
struct account_segment {
    struct str name;
    bool is_internal;
    size_t customers;
    double mean; /* of their trust with the base rate of the policy */
};

struct account_book {
    struct shared shared; /* first */
    const struct trust_policy *policy;
    const struct measure_context *context; /* of tickets */
    struct arena arena;
    struct intern names; /* of customers, in the order in which they were met */
    struct intern facts; /* ids of tickets */
    struct account_entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    struct account_customer *customers; /* in byte order of id, once the book is made */
    size_t customer_count;
    struct account_event *events; /* of all customers, in that order; `order` is the entry */
    struct account_segment *segments; /* whose means are base rates */
    size_t segment_count;
    uint64_t strays;              /* acts of nobody: records without a customer */
    struct diag *diag;
    bool failed;
};

/* What an act is, for account_book_add. */
struct account_act {
    enum trust_class class;
    int64_t at; /* VALUE_MISSING: it was not */
    struct str customer;
    struct str ticket; /* the fact; missing: none */
    double severity;
    double attribution;
    double confidence;
    int64_t repaired_at; /* VALUE_MISSING: not known */
    bool is_gesture;     /* of a repair: a deposit, where there is nothing to mend */
};

/* One kind of records that tells of acts. Tickets may be passing by: `collect` goes through those of
   the book's context, whatever the set has. */
struct account_source {
    enum record_kind kind;
    enum status (*collect)(struct account_book *book, const struct record_set *set);
};

extern const struct account_source *const account_sources[]; /* ends with NULL */

static const int64_t ACCOUNT_HALF_YEAR = 182 * DAY_US;

/* Who gains: we by his money, he by our conduct. */
enum account_quadrant {
    QUADRANT_PARTNERSHIP,
    QUADRANT_VOLUNTEERING, /* he is served well, and costs more than he brings */
    QUADRANT_EXTRACTION,   /* he brings more than he costs, and is served badly */
    QUADRANT_EXIT_OR_REPAIR,
    QUADRANT_COUNT
};

/* False: too little is known of the one or the other. */
bool account_quadrant_of(const struct account *account, double net,
                         enum account_quadrant *ret_quadrant);
bool account_quadrant(const struct account_customer *customer, enum account_quadrant *ret_quadrant);
const char *account_quadrant_name(enum account_quadrant quadrant);
/* The policy with the customer's base rate. */
struct trust_policy account_policy(const struct account_book *book,
                                   const struct account_customer *customer);
enum status account_book_take(const struct measure_context *context, struct diag *diag,
                              struct account_book **ret_book);
void account_book_drop(struct account_book *book); /* accepts NULL */
/* The customer of an act is missing where its record names none: it is counted as a stray. */
void account_book_add(struct account_book *book, const struct record_case *item,
                      const struct account_act *act);
/* A customer of whom there may be no act. */
void account_book_name(struct account_book *book, struct str customer);
/* Text of a slot; missing when the case has none. */
struct str account_text(const struct record_case *item, int slot);
/* NULL when nobody of that name is there. */
const struct account_customer *account_book_find(const struct account_book *book, struct str id);

#endif
