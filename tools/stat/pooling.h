/*
 * Shares of many groups: cases that hang together, small groups, groups that move against the whole.
 *
 * Errors: named at each function.
 * Units: shares 0..1.
 * Source: Kish, Survey Sampling (1965), and the ratio estimator of its chapter 6; Donner and Koval
 *         (1980) for the moments; Simpson (1951).
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_POOLING_H
#define CFAUDIT_STAT_POOLING_H

#include "stat/stat.h"

struct share_count {
    uint64_t k;
    uint64_t n;
};

struct design_effect {
    double value;       /* variance between the clusters over that of as many lone cases */
    double effective_n; /* n over it, but at most n */
    struct interval limits; /* Wilson, with the effective n */
};

/*
 * Clusters are cases with one cause, such as those of one outage; a lone case is a cluster of one.
 * When all cases agree there is no variance to compare, and the effect is 1. False when there are
 * less than two clusters with cases.
 */
bool stat_design_effect(const struct share_count *clusters, size_t count,
                        struct design_effect *ret_effect);

/* (k + m p0) / (n + m): the share that a group of n would have after m more cases like the whole.
   m = INFINITY gives p0. */
double stat_shrink(uint64_t k, uint64_t n, double overall, double m);
/*
 * m by the method of moments: the number of cases that weighs as much as knowing which group it is.
 * INFINITY when the groups differ no more than chance makes them. False when it cannot be told:
 * less than two groups with cases, no group with two, or all cases equal; use 10 then.
 */
bool stat_shrinkage(const struct share_count *groups, size_t count, double *ret_m);

/* A group before and after. */
struct share_change {
    struct share_count before;
    struct share_count after;
};

struct pooled_change {
    double pooled;       /* change of the share of all cases */
    double standardized; /* the same with the mix of groups held as it is over both periods */
    size_t with;         /* groups that change in the direction of the whole */
    size_t against;
    bool is_reversed;    /* some change against the whole and none with it */
};

/* Groups without cases in one of the periods count in `pooled` only. False when there are no cases
   in one of the periods, or no group has cases in both. */
bool stat_simpson(const struct share_change *groups, size_t count,
                  struct pooled_change *ret_change);

#endif
