/*
 * A working day later: the same time of the day, on a day with work.
 *
 * Call: working_days_after.
 * Owns: nothing.
 * Errors: VALUE_MISSING beyond the year 9999, or when the calendar has no work for a year.
 * Units: instants in microseconds UTC.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_WORKING_DAY_H
#define CFAUDIT_MEASURE_WORKING_DAY_H

#include "record/record.h"
#include "time/calendar.h"

/* Days on which nobody works are passed over; the day of the instant itself is not counted. */
int64_t working_days_after(const struct calendar *calendar, int64_t instant, unsigned days);

#endif
