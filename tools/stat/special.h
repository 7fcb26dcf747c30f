/*
 * The normal, beta and gamma distributions and their inverses.
 *
 * Own code: the packaged library for this, GSL, is under the GPL, which a program under Apache-2.0
 * cannot be linked with and stay that; the C library has erfc and lgamma only.
 *
 * Errors: none; parameters outside their range are bugs.
 * Units: probabilities 0..1. For parameters up to 1e9 errors are below 1e-12, as compared with R in
 *        the tests; the time grows with the root of the parameters, to milliseconds.
 * Source: Didonato and Morris, Significant Digit Computation of the Incomplete Beta Function Ratios
 *         (1992); DLMF 8.9 and 8.11, by Lentz's method; normal quantile: Wichura, AS 241, PPND16.
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_SPECIAL_H
#define CFAUDIT_STAT_SPECIAL_H

double normal_cdf(double z);
/* 0 < p < 1 */
double normal_quantile(double p);

/* I_x(a, b), a > 0, b > 0, 0 <= x <= 1. */
double beta_cdf(double x, double a, double b);
/* The x with I_x(a, b) = p, 0 <= p <= 1. */
double beta_quantile(double p, double a, double b);

/* P(a, x) and Q(a, x) = 1 - P, a > 0, x >= 0. The chi-square distribution of f degrees of freedom
   at x is P(f/2, x/2). */
double gamma_cdf(double x, double a);
double gamma_tail(double x, double a);
/* The x with P(a, x) = p, 0 <= p < 1. */
double gamma_quantile(double p, double a);

#endif
