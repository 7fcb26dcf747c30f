#include "stat/pooling.h"

#include <math.h>

#include "base/bug.h"
#include "stat/proportion.h"

/* Sums over the groups that have cases. */
struct sums {
    double groups;
    double k;
    double n;
    double n_squared;
};

static struct sums sum_up(const struct share_count *list, size_t count)
{
    struct sums sums = {0};
    size_t i;

    for (i = 0; i < count; i++) {
        double n = (double)list[i].n;

        BUG_IF(list[i].k > list[i].n);
        sums.groups += list[i].n > 0;
        sums.k += (double)list[i].k;
        sums.n += n;
        sums.n_squared += n * n;
    }
    return sums;
}

bool stat_design_effect(const struct share_count *clusters, size_t count,
                        struct design_effect *ret_effect)
{
    struct sums sums = sum_up(clusters, count);
    double share = sums.k / sums.n;
    double squares = 0;
    size_t i;

    if (sums.groups < 2)
        return false;
    for (i = 0; i < count; i++) {
        double off = (double)clusters[i].k - share * (double)clusters[i].n;

        squares += off * off;
    }
    ret_effect->value = 1;
    if (sums.k > 0 && sums.k < sums.n)
        ret_effect->value = sums.groups / (sums.groups - 1) * squares /
                            (sums.n * share * (1 - share));
    ret_effect->effective_n = sums.n / fmax(1, ret_effect->value);
    ret_effect->limits = stat_wilson_effective(share, ret_effect->effective_n);
    return true;
}

double stat_shrink(uint64_t k, uint64_t n, double overall, double m)
{
    BUG_IF(k > n || !(m >= 0) || (n == 0 && m == 0));
    if (isinf(m))
        return overall;
    return ((double)k + m * overall) / ((double)n + m);
}

/*
 * m = (1 - r) / r, where r is the correlation of two cases of one group, from the mean squares
 * between and within the groups; in a beta distribution of shares that is the sum of its parameters.
 */
bool stat_shrinkage(const struct share_count *groups, size_t count, double *ret_m)
{
    struct sums sums = sum_up(groups, count);
    double share = sums.k / sums.n;
    double between = 0;
    double within = 0;
    double size;
    size_t i;

    if (sums.groups < 2 || sums.n <= sums.groups || sums.k <= 0 || sums.k >= sums.n)
        return false;
    for (i = 0; i < count; i++) {
        double n = (double)groups[i].n;
        double own;

        if (groups[i].n == 0)
            continue;
        own = (double)groups[i].k / n;
        between += n * (own - share) * (own - share);
        within += n * own * (1 - own);
    }
    between /= sums.groups - 1;
    within /= sums.n - sums.groups;
    size = (sums.n - sums.n_squared / sums.n) / (sums.groups - 1);
    *ret_m = between <= within ? INFINITY : size * within / (between - within);
    return true;
}

static double share_of(double k, double n)
{
    return k / n;
}

static bool has_both(const struct share_change *group)
{
    return group->before.n > 0 && group->after.n > 0;
}

static double change_of(const struct share_change *group)
{
    return share_of((double)group->after.k, (double)group->after.n) -
           share_of((double)group->before.k, (double)group->before.n);
}

bool stat_simpson(const struct share_change *groups, size_t count,
                  struct pooled_change *ret_change)
{
    struct pooled_change change = {0};
    struct sums before = {0};
    struct sums after = {0};
    double weights = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        before.k += (double)groups[i].before.k;
        before.n += (double)groups[i].before.n;
        after.k += (double)groups[i].after.k;
        after.n += (double)groups[i].after.n;
    }
    if (before.n <= 0 || after.n <= 0)
        return false;
    change.pooled = share_of(after.k, after.n) - share_of(before.k, before.n);
    for (i = 0; i < count; i++) {
        double weight = (double)groups[i].before.n + (double)groups[i].after.n;
        double own;

        if (!has_both(&groups[i]))
            continue;
        own = change_of(&groups[i]);
        weights += weight;
        change.standardized += weight * own;
        change.with += own * change.pooled > 0;
        change.against += own * change.pooled < 0;
    }
    if (weights <= 0)
        return false;
    change.standardized /= weights;
    change.is_reversed = change.against > 0 && change.with == 0;
    *ret_change = change;
    return true;
}
