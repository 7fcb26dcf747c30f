/*
 * Where each rule over a text log has the columns that are wanted.
 *
 * Call: log_columns_new; log_columns_fill for each entry that a rule took; log_columns_free.
 * Owns: the caller owns the columns; the rules and wants must outlive them.
 * Errors: NULL when memory is out.
 * Units: none.
 * Of the names of a want the first counts that the entry has a value for. Names are compared to the
 * letter.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_READER_LOG_COLUMNS_H
#define CFAUDIT_READER_LOG_COLUMNS_H

#include "reader/reader.h"
#include "text/log_rules.h"
#include "text/rules.h"

struct log_columns;

/* The groups of the rules as compiled, in the order of `log`. */
struct log_columns *log_columns_new(const struct log_rules *log, const struct rules *rules,
                                    const struct column_want *wants, size_t want_count);
void log_columns_free(struct log_columns *columns); /* accepts NULL */
/* Some rule has a column for the want. */
bool log_columns_has(const struct log_columns *columns, size_t want);
/* Every name that some rule has, each once. */
struct str *log_columns_names(const struct log_columns *columns, size_t *ret_count);
/* The row of an entry: one cell a want, inside of hit->text, of the rule or of the place. */
void log_columns_fill(const struct log_columns *columns, const struct rules_hit *hit,
                      struct str place, struct str *ret_cells);
/* Some want is the place of an entry. */
bool log_columns_want_place(const struct log_columns *columns);

#endif
