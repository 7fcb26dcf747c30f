/*
 * Whether two values of each of many things rise together: Kendall's rank correlation.
 *
 * Owns: nothing.
 * Errors: false when a result does not exist, outputs untouched, or memory is out.
 * Units: -1..1.
 * Source: M. Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945), for tau-b;
 *         limits by the delta method on sums over pairs of each thing with every other, as in
 *         R. Newson, "Confidence intervals for rank statistics", Stata Journal 6 (2006).
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_CONCORDANCE_H
#define CFAUDIT_STAT_CONCORDANCE_H

#include "stat/stat.h"

struct value_pair {
    double x;
    double y;
};

struct concordance {
    double tau; /* b: pairs that are tied in the one or the other are left out of its denominator */
    struct interval limits; /* 95 % */
};

/* False also when all x are the same, or all y. The pairs are put in another order; no NAN. */
bool stat_concordance(struct value_pair *pairs, size_t count,
                      struct concordance *ret_concordance);

#endif
