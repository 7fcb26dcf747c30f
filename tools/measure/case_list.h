/*
 * The list of all cases that a figure holds to be conspicuous, with the field that figures are
 * broken down by, and numbers that say why: what somebody has to look through.
 *
 * Call: case_list_new; case_list_table; case_list_free.
 * Owns: the caller owns it; the table lives in the arena given.
 * Errors: STATUS_MEMORY, reported; case_list_table: false when memory is out.
 * Units: those of the columns of its form; NAN: a number that the case does not have.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_CASE_LIST_H
#define CFAUDIT_MEASURE_CASE_LIST_H

#include "measure/measure.h"

struct case_list;

enum { CASE_LIST_NUMBERS = 6 };
enum case_listing { CASE_NOT_LISTED, CASE_LISTED, CASE_LIST_FAILED };

/* Whether the case is listed, and the numbers that stand beside it; the first one orders the list,
   largest first. CASE_LIST_FAILED: memory is out. */
typedef enum case_listing case_look(void *looker, const struct measure_context *context,
                                    const struct record_case *item,
                                    double ret_numbers[CASE_LIST_NUMBERS]);

/* Where the context asks for no citations there is no list: NULL, and STATUS_OK. */
enum status case_list_new(const struct measure_context *context, case_look *look, void *looker,
                          struct diag *diag, struct case_list **ret_list);
void case_list_free(struct case_list *list); /* accepts NULL */
/* Columns of `form`: the case, the value of the first breakdown, the numbers. */
bool case_list_table(const struct case_list *list, const struct table_form *form,
                     struct arena *arena, struct figure *figure);

#endif
