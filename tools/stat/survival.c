#include "stat/stat.h"

/* Where the run of values equal to the one at `i` ends. */
static size_t end_of_run(const int64_t *times, size_t n, size_t i)
{
    size_t end = i + 1;

    while (end < n && times[end] == times[i])
        end++;
    return end;
}

/*
 * S(t) = product of (1 - ended / at risk) over the times up to t. While nobody is censored the
 * factors telescope to left / at risk at the last censoring, so that a half is met exactly; the
 * tolerance covers the rounding of the rest.
 */
bool stat_km_median(const int64_t *ended, size_t ended_count, const int64_t *censored,
                    size_t censored_count, int64_t *ret_median)
{
    static const double tolerance = 1e-12;
    size_t left = ended_count + censored_count;
    size_t at_risk = left; /* after the last censoring */
    double before = 1;     /* S then */
    size_t e = 0;
    size_t c = 0;

    while (e < ended_count) {
        size_t run;

        if (c == censored_count || ended[e] <= censored[c]) {
            /* who is censored at the same time was still at risk */
            run = end_of_run(ended, ended_count, e);
            left -= run - e;
            if (before * (double)left / (double)at_risk <= 0.5 * (1 + tolerance)) {
                *ret_median = ended[e];
                return true;
            }
            e = run;
        } else {
            run = end_of_run(censored, censored_count, c);
            before *= (double)left / (double)at_risk;
            left -= run - c;
            at_risk = left;
            c = run;
        }
    }
    return false;
}
