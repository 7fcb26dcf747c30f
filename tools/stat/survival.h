/*
 * How long it takes until something ends, when some have not ended yet: Kaplan and Meier's curve.
 *
 * Call: stat_km_quantile for the median and other quantiles, stat_km_curve for the whole.
 * Owns: nothing. `ended` reached their end at these times; `censored` were last seen at these and,
 *       when something ends at the same time, were still at risk.
 * Units: times as given.
 * Source: Kaplan and Meier (1958); Greenwood (1926); limits by the log(-log) transformation,
 *         Kalbfleisch and Prentice; interval of a quantile: Brookmeyer and Crowley (1982).
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_SURVIVAL_H
#define CFAUDIT_STAT_SURVIVAL_H

#include "stat/stat.h"

/* At a time at which something ended. */
struct km_step {
    int64_t time;
    uint64_t at_risk;
    uint64_t ended;
    double survival;        /* share not ended after it */
    double standard_error;  /* Greenwood's; NAN when nothing is left */
    struct interval limits; /* of the share, 95 %; NAN when nothing is left */
};

struct km_quantile {
    bool is_reached;
    int64_t time;  /* the first at which at most 1 - num/den are left */
    bool has_low;  /* else there is no finite limit on that side */
    int64_t low;   /* the first at which the lower limit of the curve is at most that */
    bool has_high;
    int64_t high;  /* the first at which the upper limit of the curve is at most that */
};

/* Steps in order of time, as many as `ended` has runs. */
void stat_km_curve(const struct sample *ended, const struct sample *censored,
                   struct km_step *ret_steps);
/* 0 < num < den. */
struct km_quantile stat_km_quantile(const struct sample *ended, const struct sample *censored,
                                    unsigned num, unsigned den);

#endif
