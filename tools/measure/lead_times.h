/*
 * How long tickets had taken, as it was known at any moment.
 *
 * Call: lead_times_new; lead_times_known for each moment; lead_times_free.
 * Owns: the caller owns the table.
 * Errors: STATUS_MEMORY, reported.
 * Units: microseconds by the clock on the wall, from opening to end.
 * Source: quantile by nearest rank of all tickets ended before the moment.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_LEAD_TIMES_H
#define CFAUDIT_MEASURE_LEAD_TIMES_H

#include "measure/measure.h"

/* Fewer ended tickets than these tell no quantile. */
enum { LEAD_TIMES_LEAST = 30 };

struct lead_times;

/* Of the tickets of the set, NULL: none; that of so many per cent. */
enum status lead_times_new(const struct record_set *tickets, unsigned percent, struct diag *diag,
                           struct lead_times **ret_times);
void lead_times_free(struct lead_times *times); /* accepts NULL */
/* The quantile then; VALUE_MISSING: too few had ended. */
int64_t lead_times_known(const struct lead_times *times, int64_t at);

#endif
