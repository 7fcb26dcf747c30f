/*
 * What is usual in a segment, as the base rate of its customers: of whom little is known is taken
 * for one of his kind.
 *
 * Call: account_segments_read once the accounts are kept with the policy's base rate; then
 *       account_segment_rate for each customer.
 * Owns: the book.
 * Errors: false when memory is out.
 * Units: trust 0..1.
 * Source: shrinkage towards the mean of a group (Efron and Morris, 1977); the base rate of an opinion
 *         (Josang, 2016).
 * Threads: one book, one thread.
 */
#ifndef CFAUDIT_MEASURE_ACCOUNT_SEGMENTS_H
#define CFAUDIT_MEASURE_ACCOUNT_SEGMENTS_H

#include "measure/account_book.h"

/* Those of so many customers as the policy asks for; none where it does not ask. */
bool account_segments_read(struct account_book *book);
/* False: the customer's segment has no mean, and the rate stays as it is. */
bool account_segment_rate(const struct account_book *book, const struct account_customer *customer,
                          double *ret_rate);

#endif
