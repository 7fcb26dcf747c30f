/*
 * Whether the accounts say anything: trust of customers beside what they did later.
 *
 * Call: account_outcomes_told for those that the sources feed; account_outcome_fill for a figure.
 * Owns: nothing.
 * Errors: false when memory is out. Below the least numbers a figure has its n and no value.
 * Units: Kendall's tau-b -1..1; area under the curve 0..1, of which 1/2 is chance.
 * Source: Kendall 1945; Hanley and McNeil (1982) for the area as the share of pairs in which the one
 *         who stays has the larger trust; its limits after DeLong, DeLong and Clarke-Pearson (1988).
 * Trust is that of half a year before the as-of instant where the outcome is of the time since, so
 * that it could have told it.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_ACCOUNT_OUTCOMES_H
#define CFAUDIT_MEASURE_ACCOUNT_OUTCOMES_H

#include "measure/account_book.h"

enum account_outcome {
    OUTCOME_SATISFACTION, /* tau-b of trust and the mean score of a year */
    OUTCOME_RENEWAL,      /* tau-b of trust and staying for the half-year behind */
    OUTCOME_CHURN,        /* area: trust of who stayed above that of who left */
    OUTCOME_COMPLAINT,    /* area: trust of who did not complain above that of who did */
    OUTCOME_COUNT
};

/* Customers for a correlation; of each kind for an area. */
enum { OUTCOME_LEAST = 20, OUTCOME_SIDE_LEAST = 10 };

/* A bit each. */
unsigned account_outcomes_told(const struct measure_context *context);
bool account_outcome_fill(const struct account_book *book, enum account_outcome outcome,
                          struct figure *figure);

#endif
