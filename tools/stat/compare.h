/*
 * Two groups of values: which is larger, by how much; many tests at once.
 *
 * Owns: nothing. Lists of values ascend and have no NAN.
 * Errors: false when a result does not exist, outputs untouched.
 * Source: Cliff, Dominance Statistics (1993); Vargha and Delaney (2000) for the words; DeLong, DeLong
 *         and Clarke-Pearson (1988) for the limits of a; Hodges and
 *         Lehmann (1963) with Moses' interval; Efron's percentile bootstrap; Benjamini and Hochberg
 *         (1995).
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_COMPARE_H
#define CFAUDIT_STAT_COMPARE_H

#include "stat/stat.h"

/* |A - 1/2| below 0.06, 0.14, 0.21, and from there on. */
enum effect_size { EFFECT_NEGLIGIBLE, EFFECT_SMALL, EFFECT_MEDIUM, EFFECT_LARGE, EFFECT_COUNT };

struct dominance {
    double delta; /* P(X > Y) - P(X < Y), -1..1 */
    double a;     /* P(X > Y) + P(X = Y) / 2 */
    enum effect_size size;
};

/* False when a group is empty. */
bool stat_dominance(const double *x, size_t x_count, const double *y, size_t y_count,
                    struct dominance *ret_dominance);

struct dominance_limits {
    double a;
    struct interval limits; /* 95 %, cut to 0..1 */
};

/* With the limits of a. False when a group has fewer than two. */
bool stat_dominance_limits(const double *x, size_t x_count, const double *y, size_t y_count,
                           struct dominance_limits *ret_limits);
const char *effect_size_name(enum effect_size size);

struct shift {
    double value;
    struct interval limits; /* 95 %; infinite (ratios: 0 and infinite) where there is none */
};

/* Hodges and Lehmann: the median of all differences x - y. False when a group is empty. */
bool stat_shift(const double *x, size_t x_count, const double *y, size_t y_count,
                struct shift *ret_shift);
/* The same on logarithms: how many times as large. False also when a value is not above 0. */
bool stat_shift_ratio(const double *x, size_t x_count, const double *y, size_t y_count,
                      struct shift *ret_shift);

enum { BOOTSTRAP_DRAWS = 2000 };

/*
 * Median of x over median of y, with the limits between which the middle 95 % of 2000 resampled
 * ratios lie (nearest rank). False when a group is empty, a value is negative or the median of y is
 * 0. A resample with a median of y of 0 counts as infinite, 0/0 as 1. Needs the same time for ten
 * values and for ten million.
 */
bool stat_median_ratio(const double *x, size_t x_count, const double *y, size_t y_count,
                       uint64_t seed, struct shift *ret_ratio);

/*
 * Adjusted p-values: reject those at most q, and among the rejected at most a share q is expected
 * to be false. False, nothing written, when memory is out. p in 0..1, in any order.
 */
bool stat_false_discovery(const double *p, size_t count, double *ret_adjusted);

/* Ascending; no NAN. False, with the values as they were, when memory is out. */
bool stat_sort_double(double *values, size_t n);

#endif
