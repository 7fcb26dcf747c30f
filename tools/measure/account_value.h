/*
 * What a customer is worth in money, beside what he is owed in conduct.
 *
 * Call: account_value_read once the customers of a book are there.
 * Owns: the book.
 * Errors: none.
 * Units: money as its sources state it, hours.
 * Source: customer profitability: revenue of a year less direct cost and effort. Of half a year ago
 *         the invoices and hours are those of the year that ended then; a revenue and cost that his
 *         record states are taken for those of then as well, since it states no others.
 * Threads: one book, one thread.
 */
#ifndef CFAUDIT_MEASURE_ACCOUNT_VALUE_H
#define CFAUDIT_MEASURE_ACCOUNT_VALUE_H

#include "measure/account_book.h"

void account_value_read(struct account_book *book);

#endif
