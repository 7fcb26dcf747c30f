/*
 * Quantiles by the three types that matter here. stat/stat.h has ranks and their intervals.
 *
 * Source: Hyndman and Fan, Sample Quantiles in Statistical Packages (1996).
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_QUANTILES_H
#define CFAUDIT_STAT_QUANTILES_H

#include <stddef.h>

enum quantile_type {
    QUANTILE_NEAREST = 1,        /* an observed value: what contracts usually mean */
    QUANTILE_LINEAR = 7,         /* of R, and PERCENTILE.INC of spreadsheets */
    QUANTILE_MEDIAN_UNBIASED = 8 /* whatever the distribution, about as often too low as too high */
};

/* Quantile num/den of n ascending values, num at most den; NAN for n = 0. */
double stat_quantile(const double *ascending, size_t n, enum quantile_type type, unsigned num,
                     unsigned den);

#endif
