/*
 * The accounts of customers as tables: one row for each customer, and statements of account.
 *
 * Call: account_customer_table and account_statement_table from a measure's conclude.
 * Owns: the tables live in the arena given, texts of the book are copied.
 * Errors: false when memory is out.
 * Units: as in measure/account_book.h.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_ACCOUNT_TABLES_H
#define CFAUDIT_MEASURE_ACCOUNT_TABLES_H

#include "measure/account_book.h"

/* The lowest trust first, those of whom too little is known last. */
bool account_customer_table(const struct account_book *book, struct arena *arena,
                            struct figure *figure);
/* Of the customers that the context asks for; nothing where it asks for none. */
bool account_statement_table(const struct account_book *book, struct arena *arena,
                             struct figure *figure);
/* Numbers of the customers in that order, with room for all of them; false: memory is out. */
bool account_order(const struct account_book *book, size_t *numbers);

#endif
