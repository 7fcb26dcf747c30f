/*
 * Whether a value keeps a condition of an audit or of a service level.
 *
 * Owns: nothing.
 * Errors: a comparison that the schema does not allow never comes here.
 * Units: a number is compared as a number, anything else as text in byte order.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_CONDITION_H
#define CFAUDIT_MEASURE_CONDITION_H

#include "record/record.h"

/* `value` as record_value gives it for the slot. A missing value keeps only `ne` and `missing`. */
bool condition_holds(const struct record_set *set, const struct condition *condition, int slot,
                     int64_t value);

#endif
