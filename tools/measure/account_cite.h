/*
 * Customers as the records of a figure to look up: those that a share is about.
 *
 * Call: account_cite from a measure's conclude.
 * Owns: the list lives in the arena given, texts of the book are copied.
 * Errors: false when memory is out.
 * Units: as in measure/account_book.h.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_ACCOUNT_CITE_H
#define CFAUDIT_MEASURE_ACCOUNT_CITE_H

#include "measure/account_book.h"

/* The lowest trust first, each by the record that the account begins with. */
bool account_cite(const struct account_book *book,
                  bool (*is_cited)(size_t variant, const struct account_customer *customer),
                  size_t variant, struct arena *arena, struct figure *figure);

#endif
