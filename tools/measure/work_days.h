/*
 * Deadlines in days: so many working days after one, so many days of the calendar after one.
 *
 * Call: work_days_after; calendar_days_after; day_end.
 * Owns: nothing.
 * Errors: VALUE_MISSING where no such day comes within a few years.
 * Units: microseconds; a deadline is the midnight that ends its day, in the calendar's zone.
 * Source: Regulation (EEC, Euratom) 1182/71, article 3: the day of the event itself does not count,
 *         and a period ends with the last hour of its last day. A day works when the calendar has any
 *         working time in it.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_WORK_DAYS_H
#define CFAUDIT_MEASURE_WORK_DAYS_H

#include "time/calendar.h"

int64_t work_days_after(const struct calendar *calendar, int64_t from, unsigned days);
int64_t calendar_days_after(const struct calendar *calendar, int64_t from, unsigned days);
/* The end of the day of an instant, or of its work where it is a working day. */
int64_t work_day_end(const struct calendar *calendar, int64_t at);

#endif
