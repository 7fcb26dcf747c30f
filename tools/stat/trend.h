/*
 * Is there a trend? Mann and Kendall's test and Sen's slope, without and with seasons.
 *
 * Errors: below 8 values, or when all are equal, the test is refused: s and slope are still told.
 * Units: slopes in the unit of the values per period. NAN: a period without data, passed over; the
 *        slopes between the others are over the periods that lie between.
 * Source: Mann (1945); Kendall, Rank Correlation Methods; Sen (1968); Hirsch, Slack and Smith
 *         (1982); Gilbert, Statistical Methods for Environmental Pollution Monitoring, 16 and 17.
 * Threads: values only; nothing is allocated.
 */
#ifndef CFAUDIT_STAT_TREND_H
#define CFAUDIT_STAT_TREND_H

#include <stddef.h>
#include <stdint.h>

#include "stat/standing.h"
#include "stat/stat.h"

struct trend {
    enum stat_standing standing;
    size_t n;        /* values that are there */
    int64_t s;       /* pairs that rise minus pairs that fall */
    double variance; /* of s without a trend, corrected for ties */
    double z;        /* with correction for continuity; NAN when refused */
    double p;        /* of both sides; NAN when refused */
    double slope;    /* median of the slopes of all pairs; NAN below two values */
    struct interval limits; /* of the slope, 95 %; infinite where there is no finite limit */
};

/* Time grows with the square of `count`: for thousands, about a second. */
void stat_trend(const double *values, size_t count, struct trend *ret_trend);
/* Only values a whole number of seasons apart are compared; `season` is 12 for months of the year. */
void stat_trend_seasonal(const double *values, size_t count, size_t season,
                         struct trend *ret_trend);

#endif
