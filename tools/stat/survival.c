#include "stat/stat.h"

/*
 * S(t) = product of (1 - ended / at risk) over the times up to t. While nobody is censored the
 * factors telescope to left / at risk at the last censoring, so that a half is met exactly; the
 * tolerance covers the rounding of the rest.
 */
bool stat_km_median(const struct sample *ended, const struct sample *censored, int64_t *ret_median)
{
    static const double tolerance = 1e-12;
    uint64_t left = ended->n + censored->n;
    uint64_t at_risk = left; /* after the last censoring */
    double before = 1;       /* S then */
    size_t e = 0;
    size_t c = 0;

    while (e < ended->run_count) {
        if (c == censored->run_count || ended->runs[e].value <= censored->runs[c].value) {
            /* who is censored at the same time was still at risk */
            left -= sample_run_size(ended, e);
            if (before * (double)left / (double)at_risk <= 0.5 * (1 + tolerance)) {
                *ret_median = ended->runs[e].value;
                return true;
            }
            e++;
        } else {
            before *= (double)left / (double)at_risk;
            left -= sample_run_size(censored, c);
            at_risk = left;
            c++;
        }
    }
    return false;
}
