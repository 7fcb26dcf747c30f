/*
 * Terms of the binomial and Poisson distributions without cancellation.
 *
 * Source: Loader, Fast and Accurate Computation of Binomial Probabilities (2000). The relative
 *         error stays near 1e-15 also for n of many millions, where log-gamma loses half the digits.
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_LOADER_H
#define CFAUDIT_STAT_LOADER_H

/* C(k + rest, k) p^k q^rest, p + q = 1, neither negative; also between the whole numbers, where
   k + rest may not keep what is behind the point of a small one. */
double binomial_at(double k, double rest, double p, double q);
/* mean^k e^-mean / k!, also for k between the whole numbers, k > 0, mean > 0. */
double poisson_at(double k, double mean);

#endif
