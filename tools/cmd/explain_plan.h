/*
 * Calendars and agreements in words, for explain.
 *
 * Call: explain_calendar, explain_sla with a name or a path.
 * Owns: nothing; the text goes to `out`.
 * Errors: as the loaders report them.
 * Units: years of the Gregorian calendar.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_EXPLAIN_PLAN_H
#define CFAUDIT_CMD_EXPLAIN_PLAN_H

#include "base/buf.h"
#include "cmd/command.h"

/* The week, and the days that the calendar sets apart in the year (--year, else this one) and the
   next. */
enum status explain_calendar(struct run *run, struct str name, struct buf *out);
/* The levels as a table. */
enum status explain_sla(struct run *run, struct str name, struct buf *out);

#endif
