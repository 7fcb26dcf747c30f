/*
 * Small-sample statistics: quantiles and intervals. Pure numerics.
 *
 * Owns: nothing; results are values.
 * Errors: a result that does not exist (n = 0, no finite rank) is told by the return value.
 * Units: those of the data; shares are 0..1; ranks count from 1.
 * Source: named at each function.
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_STAT_H
#define CFAUDIT_STAT_STAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stat/sample.h"

struct interval {
    double low;
    double high;
};

/* Wilson score interval of k out of n, 95 %; k = 0 gives low 0 exactly, k = n gives high 1 exactly.
   False for n = 0. */
bool stat_wilson(uint64_t k, uint64_t n, struct interval *ret_interval);
/* Rank of the quantile by nearest rank (Hyndman and Fan type 1): ceil(n * num / den), at least 1;
   0 for n = 0. */
uint64_t stat_rank(uint64_t n, unsigned num, unsigned den);
/*
 * Ranks l < u that hold the quantile num/den with at least 95 %: l largest with
 * P(B < l) <= 0.025, u smallest with P(B >= u) <= 0.025, B binomial(n, num/den).
 * *ret_low = 0 or *ret_high = 0: there is no finite limit on that side.
 * Exact sums of the binomial distribution, also for many millions; num is below den, not 0.
 * Source: order statistics, Conover, Practical Nonparametric Statistics.
 */
void stat_rank_interval(uint64_t n, unsigned num, unsigned den, uint64_t *ret_low,
                        uint64_t *ret_high);
/*
 * Kaplan-Meier median: the first time at which at most half are left. `ended` reached their end
 * at these times, `censored` were last seen at these. False when it is not reached.
 * Source: Kaplan and Meier (1958). Who is censored at the time of an end was still at risk.
 */
bool stat_km_median(const struct sample *ended, const struct sample *censored,
                    int64_t *ret_median);
/* Ascending. False, with the values as they were, when memory for n more values is out. */
bool stat_sort_int64(int64_t *values, size_t n);

#endif
