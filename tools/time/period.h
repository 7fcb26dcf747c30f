/*
 * Calendar periods: months, weeks and quarters, counted by number and named by key.
 *
 * Owns: values only.
 * Errors: false for text that is no key of the grid.
 * Units: days since 1970-01-01 of the local calendar; periods by number, neighbours differ by one.
 *        Keys: "2016-03", "2016-W09", "2016-Q1".
 * Source: ISO 8601-1:2019, weeks begin on Monday and belong to the year of their Thursday.
 * Threads: values only.
 */
#ifndef CFAUDIT_TIME_PERIOD_H
#define CFAUDIT_TIME_PERIOD_H

#include "time/instant.h"
#include "time/zone.h"

/* How time is cut for series of figures. */
enum grid { GRID_MONTH, GRID_WEEK, GRID_QUARTER, GRID_COUNT };

/* Below every real number. */
static const int32_t PERIOD_NONE = INT32_MIN;

const char *grid_name(enum grid grid); /* "month", "week", "quarter" */
bool grid_find(struct str name, enum grid *ret_grid);

int32_t period_of_day(enum grid grid, int64_t days);
int64_t period_first_day(enum grid grid, int32_t period);
/* The first instant of the period in the zone. */
struct instant period_start(enum grid grid, int32_t period, const struct zone *zone);
void period_format(enum grid grid, int32_t period, struct buf *out);
/* Exactly as period_format writes it; a week 53 only in a year that has one. */
bool period_parse(enum grid grid, struct str key, int32_t *ret_period);

#endif
