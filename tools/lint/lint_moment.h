/*
 * Days, hours and weekdays of calendars and agreements, as far as they are written right.
 *
 * Call: with the text of an attribute.
 * Owns: nothing.
 * Errors: false, -1: it is missing, or the schema refuses it.
 * Units: days since 1970-01-01; seconds of the local day; weekdays from 0, Monday.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_LINT_LINT_MOMENT_H
#define CFAUDIT_LINT_LINT_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "xml/xml.h"

enum { WEEKDAYS = 7 };

/* "2026-01-31". */
bool lint_day(struct str text, int64_t *ret_day);
/* "17:30", up to "48:00"; -1. */
int32_t lint_clock(struct str text);
/* "monday" is 0; -1. */
int lint_weekday(struct str text);
const char *lint_weekday_name(int weekday);
/* The days of a `week` on which some hour is worked; all false without a week. */
void lint_week_works(const struct xml_node *week, bool works[WEEKDAYS]);
/* Room for "2026-01-31". */
struct lint_day_text {
    char text[16];
};
struct lint_day_text lint_day_text(int64_t day);

#endif
