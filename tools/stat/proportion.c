#include "stat/proportion.h"

#include <math.h>

#include "base/bug.h"
#include "stat/special.h"

static const double tail = 0.025;

/* Wilson (1927), recommended by Agresti and Coull (1998), Brown, Cai and DasGupta (2001). */
struct interval stat_wilson_effective(double share, double n)
{
    static const double z = 1.959963984540054; /* 97.5 % of the normal distribution */
    struct interval interval;
    double centre;
    double half;
    double scale;

    BUG_IF(!(n > 0 && share >= 0 && share <= 1));
    scale = 1 + z * z / n;
    centre = (share + z * z / (2 * n)) / scale;
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale;
    interval.low = share == 0 ? 0 : fmax(0, centre - half);
    interval.high = share == 1 ? 1 : fmin(1, centre + half);
    return interval;
}

bool stat_wilson(uint64_t k, uint64_t n, struct interval *ret_interval)
{
    BUG_IF(k > n);
    if (n == 0)
        return false;
    *ret_interval = stat_wilson_effective((double)k / (double)n, (double)n);
    return true;
}

bool stat_clopper_pearson(uint64_t k, uint64_t n, struct interval *ret_interval)
{
    double good = (double)k;
    double bad = (double)(n - k);

    BUG_IF(k > n);
    if (n == 0)
        return false;
    ret_interval->low = k == 0 ? 0 : beta_quantile(tail, good, bad + 1);
    /* the other end of the mirrored question, so that a limit near 1 keeps its digits */
    ret_interval->high = k == n ? 1 : 1 - beta_quantile(tail, bad, good + 1);
    return true;
}

bool stat_jeffreys(uint64_t k, uint64_t n, struct interval *ret_interval)
{
    double good = (double)k + 0.5;
    double bad = (double)(n - k) + 0.5;

    BUG_IF(k > n);
    if (n == 0)
        return false;
    ret_interval->low = k == 0 ? 0 : beta_quantile(tail, good, bad);
    ret_interval->high = k == n ? 1 : 1 - beta_quantile(tail, bad, good);
    return true;
}

bool stat_newcombe(uint64_t k1, uint64_t n1, uint64_t k2, uint64_t n2,
                   struct interval *ret_interval)
{
    struct interval first;
    struct interval second;
    double p1;
    double p2;

    if (!stat_wilson(k1, n1, &first) || !stat_wilson(k2, n2, &second))
        return false;
    p1 = (double)k1 / (double)n1;
    p2 = (double)k2 / (double)n2;
    ret_interval->low = fmax(-1, p1 - p2 - hypot(p1 - first.low, second.high - p2));
    ret_interval->high = fmin(1, p1 - p2 + hypot(first.high - p1, p2 - second.low));
    return true;
}
