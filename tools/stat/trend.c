#include "stat/trend.h"

#include <math.h>

#include "base/bug.h"
#include "stat/select.h"

static const double normal_975 = 1.959963984540054;

/* Pairs of values that are there and `step`, 2 `step`, ... periods apart. */
struct pairs {
    const double *values;
    size_t count;
    size_t step;
    size_t i;
    size_t j;
};

static void pairs_rewind(struct pairs *pairs)
{
    pairs->i = 0;
    pairs->j = 0;
}

static bool pairs_next(struct pairs *pairs)
{
    const double *values = pairs->values;

    for (;;) {
        if (pairs->count - pairs->j > pairs->step) {
            pairs->j += pairs->step;
        } else {
            do
                pairs->i++;
            while (pairs->i < pairs->count && isnan(values[pairs->i]));
            if (pairs->i >= pairs->count) {
                pairs_rewind(pairs);
                return false;
            }
            pairs->j = pairs->i;
            continue;
        }
        if (!isnan(values[pairs->i]) && !isnan(values[pairs->j]))
            return true;
    }
}

static bool slope_next(void *source, double *ret_slope)
{
    struct pairs *pairs = source;

    if (!pairs_next(pairs))
        return false;
    *ret_slope = (pairs->values[pairs->j] - pairs->values[pairs->i]) /
                 (double)(pairs->j - pairs->i);
    return true;
}

/*
 * Variance of s in one season: (n(n-1)(2n+5) - sum over ties of t(t-1)(2t+5)) / 18. Each of the t
 * values of a tie adds (t-1)(2t+5), so that nothing needs to be sorted.
 */
static double variance_of(const double *values, size_t count, size_t first, size_t step)
{
    double n = 0;
    double ties = 0;
    size_t i;
    size_t j;

    for (i = first; i < count; i += step) {
        double equal = 0;

        if (isnan(values[i]))
            continue;
        n++;
        for (j = first; j < count; j += step)
            equal += values[j] == values[i];
        ties += (equal - 1) * (2 * equal + 5);
    }
    return (n * (n - 1) * (2 * n + 5) - ties) / 18;
}

/* Ranks of Gilbert's limits, rounded outwards. */
static struct interval slope_limits(const struct selection *selection, uint64_t pairs,
                                    double variance)
{
    double half = normal_975 * sqrt(variance);
    double rank = floor(((double)pairs - half) / 2);
    struct interval limits = {-INFINITY, INFINITY};

    if (rank >= 1) {
        limits.low = select_kth(selection, (uint64_t)rank);
        limits.high = select_kth(selection, pairs + 1 - (uint64_t)rank);
    }
    return limits;
}

static void tell_slope(struct pairs *pairs, uint64_t pair_count, struct trend *trend)
{
    struct selection selection = {slope_next, pairs};

    trend->slope = select_median(&selection, pair_count);
    trend->limits = slope_limits(&selection, pair_count, trend->variance);
}

static void test(struct trend *trend)
{
    double distance = trend->s > 0 ? (double)trend->s - 1 : trend->s < 0 ? (double)trend->s + 1 : 0;

    trend->standing = trend->variance > 0 ? stat_standing(STAT_TREND, trend->n) : STAT_REFUSED;
    trend->z = NAN;
    trend->p = NAN;
    if (trend->standing == STAT_REFUSED)
        return;
    trend->z = distance / sqrt(trend->variance);
    trend->p = erfc(fabs(trend->z) / sqrt(2));
}

void stat_trend_seasonal(const double *values, size_t count, size_t season,
                         struct trend *ret_trend)
{
    struct pairs pairs = {values, count, season, 0, 0};
    uint64_t pair_count = 0;
    size_t i;

    BUG_IF(season == 0);
    ret_trend->n = 0;
    ret_trend->s = 0;
    ret_trend->variance = 0;
    for (i = 0; i < count; i++)
        ret_trend->n += isnan(values[i]) ? 0 : 1;
    for (i = 0; i < season && i < count; i++)
        ret_trend->variance += variance_of(values, count, i, season);
    if (count > 0) {
        while (pairs_next(&pairs)) {
            double from = values[pairs.i];
            double to = values[pairs.j];

            ret_trend->s += (to > from) - (to < from);
            pair_count++;
        }
    }
    tell_slope(&pairs, pair_count, ret_trend);
    test(ret_trend);
}

void stat_trend(const double *values, size_t count, struct trend *ret_trend)
{
    stat_trend_seasonal(values, count, 1, ret_trend);
}
