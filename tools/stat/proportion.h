/*
 * Intervals of shares beside Wilson's, and of the difference of two shares. All 95 %.
 *
 * Errors: false for n = 0, outputs untouched; k above n is a bug.
 * Units: shares 0..1.
 * Source: Clopper and Pearson (1934); Brown, Cai and DasGupta, Interval Estimation for a Binomial
 *         Proportion (2001); Newcombe, Interval Estimation for the Difference Between Independent
 *         Proportions (1998), method 10.
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_PROPORTION_H
#define CFAUDIT_STAT_PROPORTION_H

#include "stat/stat.h"

/* Holds the true share at least 95 times of 100, whatever it is: for disputes. */
bool stat_clopper_pearson(uint64_t k, uint64_t n, struct interval *ret_interval);
/* Middle 95 % of beta(k + 1/2, n - k + 1/2); k = 0 gives low 0 exactly, k = n gives high 1. */
bool stat_jeffreys(uint64_t k, uint64_t n, struct interval *ret_interval);
/* k1/n1 - k2/n2 from the Wilson intervals of both. */
bool stat_newcombe(uint64_t k1, uint64_t n1, uint64_t k2, uint64_t n2,
                   struct interval *ret_interval);
/* Wilson's interval of a share of an effective number of cases; n is above 0, share in 0..1. */
struct interval stat_wilson_effective(double share, double n);

#endif
