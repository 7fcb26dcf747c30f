/*
 * How many customers and contacts there were in the period of a run.
 *
 * Call: customers_active; contacts_within; customer_is_active for one of them.
 * Owns: nothing.
 * Errors: false when memory is out.
 * Units: pieces. The period is that of the context; where it is open, the past up to the as-of
 *        instant.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_CUSTOMERS_ACTIVE_H
#define CFAUDIT_MEASURE_CUSTOMERS_ACTIVE_H

#include "measure/measure.h"

/* The end of the period, or the as-of instant when that comes first. */
int64_t context_until(const struct measure_context *context);
/* A customer since before the end of the period who did not leave before it began. */
bool customer_is_active(const struct measure_context *context, const struct record_case *customer);
/* Those of the customer records; where there are none, those that tickets of the period name. */
bool customers_active(const struct measure_context *context, uint64_t *ret_count);
/* Tickets opened in the period. */
uint64_t contacts_within(const struct measure_context *context);

#endif
