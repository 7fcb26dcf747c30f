#include "stat/rate.h"

#include "stat/special.h"

/* chi2(0.025, 2k) / 2 and chi2(0.975, 2k + 2) / 2, which are quantiles of gamma(k), gamma(k + 1). */
bool stat_poisson_rate(uint64_t k, double exposure, struct interval *ret_interval)
{
    if (!(exposure > 0))
        return false;
    ret_interval->low = k == 0 ? 0 : gamma_quantile(0.025, (double)k) / exposure;
    ret_interval->high = gamma_quantile(0.975, (double)k + 1) / exposure;
    return true;
}
