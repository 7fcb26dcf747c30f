/*
 * Do two judges agree: Cohen's kappa; what customers say: net promoter score.
 *
 * Errors: false when a result does not exist, outputs untouched.
 * Source: Cohen (1960); standard error of Fleiss, Cohen and Everitt (1969). Net promoter score as
 *         the mean of +1, 0 and -1 with the variance of a multinomial.
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_AGREE_H
#define CFAUDIT_STAT_AGREE_H

#include "stat/stat.h"

struct kappa {
    double value;
    double standard_error;
    struct interval limits; /* 95 %, normal, cut to -1..1 */
    double observed;        /* share of cases on which they agree */
    double expected;        /* by chance, from how often each says what */
};

/* counts[i * classes + j]: cases that the first judge put into i and the second into j. False
   without cases, or when both put every case into the same class. */
bool stat_kappa(const uint64_t *counts, size_t classes, struct kappa *ret_kappa);

struct net_promoter {
    double score; /* -100..100 */
    double standard_error;
    struct interval limits; /* 95 %, normal, cut to -100..100 */
};

/* Answers of 9 and 10, of 7 and 8, of 0 to 6. False without answers. */
bool stat_net_promoter(uint64_t promoters, uint64_t passives, uint64_t detractors,
                       struct net_promoter *ret_score);

struct score_change {
    double value; /* later minus earlier */
    double z;     /* 0 when nothing changed and nothing varies */
    double p;     /* of both sides */
    bool is_real; /* |z| above that of 95 % */
};

struct score_change stat_net_promoter_change(const struct net_promoter *earlier,
                                             const struct net_promoter *later);

#endif
