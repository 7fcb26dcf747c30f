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

struct interval {
    double low;
    double high;
};

/* Wilson score interval, 95 %; k = 0 gives low 0 exactly, k = n gives high 1 exactly. False for n = 0. */
bool stat_wilson(uint64_t k, uint64_t n, struct interval *ret_interval);
/* Rank of the quantile by nearest rank (Hyndman and Fan type 1): ceil(n * num / den), at least 1. */
uint64_t stat_rank(uint64_t n, unsigned num, unsigned den);
/*
 * Ranks l < u that hold the quantile num/den with at least 95 %: l largest with
 * P(B < l) <= 0.025, u smallest with P(B >= u) <= 0.025, B binomial(n, num/den).
 * *ret_low = 0 or *ret_high = 0: there is no finite limit on that side.
 * Source: order statistics, Conover, Practical Nonparametric Statistics.
 */
void stat_rank_interval(uint64_t n, unsigned num, unsigned den, uint64_t *ret_low,
                        uint64_t *ret_high);
/*
 * Kaplan-Meier median: times[i] with event[i] true (ended) or false (censored), in any order.
 * False when it is not reached. Sorts its arguments.
 */
struct survival {
    int64_t time;
    bool ended;
};
bool stat_km_median(struct survival *values, size_t n, int64_t *ret_median);
/* In place, ascending; radix for large n. Returns false when scratch memory is out. */
bool stat_sort_int64(int64_t *values, size_t n);

#endif
