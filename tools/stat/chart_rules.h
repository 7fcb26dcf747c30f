/*
 * The rules by which a point of a control chart is a signal.
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_CHART_RULES_H
#define CFAUDIT_STAT_CHART_RULES_H

#include "stat/chart.h"

/* Signals of the points from `begin` to before `end`, which share their limits. */
void chart_mark(struct chart_point *points, size_t begin, size_t end, double range_limit,
                unsigned rules);
/* Is `a` more than `b` by more than the rounding of their sums? */
bool chart_exceeds(double a, double b);

#endif
