/*
 * Which cases were opened in the same minute by the same customer.
 *
 * Call: gaming_openings_new; gaming_opening_count for each case; gaming_openings_free.
 * Owns: the caller owns the table.
 * Errors: STATUS_MEMORY, reported.
 * Units: minutes of UTC.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_GAMING_OPENINGS_H
#define CFAUDIT_MEASURE_GAMING_OPENINGS_H

#include "measure/measure.h"

struct gaming_openings;

enum status gaming_openings_new(const struct measure_context *context, struct diag *diag,
                                struct gaming_openings **ret_openings);
void gaming_openings_free(struct gaming_openings *openings); /* accepts NULL */
/* How many cases were opened with this one, itself included; 0: it has no customer or no opening. */
uint32_t gaming_opening_count(const struct gaming_openings *openings,
                              const struct record_case *item);

#endif
