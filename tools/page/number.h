/*
 * Numbers, shares, durations and times as people of a language read them.
 *
 * Owns: the bytes go to the caller's buffer.
 * Errors: those of the buffer. A number that is not finite is an en dash.
 * Units: shares 0..1, durations in seconds.
 * Source: rounded half away from zero on fifteen significant digits, once, here. English: 1,234.5
 *         and 2016-03-05; Italian: 1.234,5 and 05/03/2016.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_PAGE_NUMBER_H
#define CFAUDIT_PAGE_NUMBER_H

#include "base/buf.h"
#include "base/words.h"
#include "time/instant.h"

void number_add(struct buf *out, double value, unsigned decimals, enum lang lang);
/* "82.9 %" */
void number_add_share(struct buf *out, double share, unsigned decimals, enum lang lang);
/* Hours: "57.07 h"; more decimals below a tenth of an hour. */
void number_add_duration(struct buf *out, double seconds, unsigned decimals, enum lang lang);
/* 2026-01-31, in every language. */
void number_add_day(struct buf *out, struct civil civil);
void number_add_date(struct buf *out, struct local day, enum lang lang);
/* To the minute; with seconds when there are any. */
void number_add_instant(struct buf *out, struct local time, enum lang lang);
/* A value in a unit of figures: "s", "1", "count". */
void number_add_value(struct buf *out, struct str unit, double value, enum lang lang);
/* What hours, shares, counts and points are headed by: "h", "%", "n", "pt"; else the unit itself. */
struct str unit_word(struct str unit);
/* Decimals that a duration needs to say anything. */
unsigned duration_decimals(double seconds, unsigned decimals);

#endif
