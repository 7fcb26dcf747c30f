#include "stat/agree.h"

#include <math.h>

#include "stat/special.h"

static const double normal_975 = 1.959963984540054;

static struct interval around(double centre, double standard_error, double most)
{
    struct interval interval;

    interval.low = fmax(-most, centre - normal_975 * standard_error);
    interval.high = fmin(most, centre + normal_975 * standard_error);
    return interval;
}

/* Share of the cases that a judge puts into a class: a row or a column of the table. */
static double share_of_row(const uint64_t *counts, size_t classes, size_t row, double n)
{
    double sum = 0;
    size_t j;

    for (j = 0; j < classes; j++)
        sum += (double)counts[row * classes + j];
    return sum / n;
}

static double share_of_column(const uint64_t *counts, size_t classes, size_t column, double n)
{
    double sum = 0;
    size_t i;

    for (i = 0; i < classes; i++)
        sum += (double)counts[i * classes + column];
    return sum / n;
}

/* Fleiss, Cohen and Everitt (1969), equation 13: n times the variance times (1 - expected)^4. */
static double kappa_variance(const uint64_t *counts, size_t classes, double n,
                             const struct kappa *kappa)
{
    double po = kappa->observed;
    double pe = kappa->expected;
    double sum = -pow(po * pe - 2 * pe + po, 2);
    size_t i;
    size_t j;

    for (i = 0; i < classes; i++) {
        for (j = 0; j < classes; j++) {
            double share = (double)counts[i * classes + j] / n;
            /* row and column change places off the diagonal */
            double marginals = share_of_row(counts, classes, j, n) +
                               share_of_column(counts, classes, i, n);
            double part = i == j ? 1 - pe - marginals * (1 - po) : marginals * (1 - po);

            sum += share * part * part;
        }
    }
    return sum / (n * pow(1 - pe, 4));
}

bool stat_kappa(const uint64_t *counts, size_t classes, struct kappa *ret_kappa)
{
    struct kappa kappa = {0};
    double n = 0;
    size_t i;

    for (i = 0; i < classes * classes; i++)
        n += (double)counts[i];
    if (n <= 0)
        return false;
    for (i = 0; i < classes; i++) {
        kappa.observed += (double)counts[i * classes + i] / n;
        kappa.expected += share_of_row(counts, classes, i, n) *
                          share_of_column(counts, classes, i, n);
    }
    if (kappa.expected >= 1)
        return false;
    kappa.value = (kappa.observed - kappa.expected) / (1 - kappa.expected);
    /* full agreement has no variance, which rounding may put below 0 */
    kappa.standard_error = sqrt(fmax(0, kappa_variance(counts, classes, n, &kappa)));
    kappa.limits = around(kappa.value, kappa.standard_error, 1);
    *ret_kappa = kappa;
    return true;
}

bool stat_net_promoter(uint64_t promoters, uint64_t passives, uint64_t detractors,
                       struct net_promoter *ret_score)
{
    double n = (double)promoters + (double)passives + (double)detractors;
    double for_it = (double)promoters / n;
    double against = (double)detractors / n;
    double variance = for_it + against - (for_it - against) * (for_it - against);

    if (n <= 0)
        return false;
    ret_score->score = 100 * (for_it - against);
    ret_score->standard_error = 100 * sqrt(fmax(0, variance) / n);
    ret_score->limits = around(ret_score->score, ret_score->standard_error, 100);
    return true;
}

struct score_change stat_net_promoter_change(const struct net_promoter *earlier,
                                             const struct net_promoter *later)
{
    double standard_error = hypot(earlier->standard_error, later->standard_error);
    struct score_change change = {.value = later->score - earlier->score};

    change.z = change.value == 0    ? 0
               : standard_error > 0 ? change.value / standard_error
                                    : copysign(INFINITY, change.value);
    change.p = 2 * normal_cdf(-fabs(change.z));
    change.is_real = fabs(change.z) > normal_975;
    return change;
}
