/*
 * The list of all cases that a figure holds to be conspicuous, with the field that figures are
 * broken down by: what somebody has to look through.
 *
 * Call: case_list_new; case_list_table; case_list_free.
 * Owns: the caller owns it; the table lives in the arena given.
 * Errors: STATUS_MEMORY, reported; case_list_table: false when memory is out.
 * Units: none.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_CASE_LIST_H
#define CFAUDIT_MEASURE_CASE_LIST_H

#include "measure/measure.h"

struct case_list;

/* Whether the case is listed, and the number that stands beside it. */
typedef bool case_is_listed(const struct measure_context *context, const struct record_case *item,
                            uint64_t *ret_count);

/* Where the context asks for no citations there is no list: NULL, and STATUS_OK. */
enum status case_list_new(const struct measure_context *context, case_is_listed *is_listed,
                          struct diag *diag, struct case_list **ret_list);
void case_list_free(struct case_list *list); /* accepts NULL */
/* `form` has three columns: the case, the value of the first breakdown, the number. */
bool case_list_table(const struct case_list *list, const struct table_form *form,
                     struct arena *arena, struct figure *figure);

#endif
