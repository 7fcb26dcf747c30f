#include "stat/loader.h"

#include <math.h>

static const double two_pi = 6.283185307179586;
static const double log_sqrt_two_pi = 0.9189385332046727;

/*
 * log(n!) - log(sqrt(2 pi n) (n/e)^n): exact values up to 15, then Stirling's series. Between the
 * whole numbers below 16 log-gamma is small and loses nothing.
 */
static double stirling_error(double n)
{
    static const double exact[16] = {
        0,
        0.081061466795327258219670264,
        0.041340695955409294093822081,
        0.0276779256849983391487892927,
        0.020790672103765093111522771,
        0.0166446911898211921631948653,
        0.013876128823070747998745727,
        0.0118967099458917700950557241,
        0.010411265261972096497478567,
        0.0092554621827127329177286366,
        0.008330563433362871256469318,
        0.0075736754879518407949720242,
        0.006942840107209529865664152,
        0.0064089941880042070684396310,
        0.005951370112758847735624416,
        0.0055547335519628013710386899,
    };
    double square = n * n;

    if (n < 16)
        return n == floor(n) ? exact[(int)n]
                             : lgamma(n + 1) - (n + 0.5) * log(n) + n - log_sqrt_two_pi;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) /
                                        square) / square) / n;
}

/* x log(x / mean) + mean - x, without the cancellation of that form when x is near the mean. */
static double deviance(double x, double mean)
{
    double v = (x - mean) / (x + mean);
    double sum;
    double term;
    double before;
    int i;

    if (fabs(x - mean) >= 0.1 * (x + mean))
        return x * log(x / mean) + mean - x;
    sum = (x - mean) * v;
    term = 2 * x * v;
    for (i = 1;; i++) {
        term *= v * v;
        before = sum;
        sum += term / (2 * i + 1);
        if (sum == before)
            return sum;
    }
}

double binomial_at(double k, double rest, double p, double q)
{
    double n = k + rest;
    double log_share;

    if (k == 0)
        return exp(q > 0.5 ? n * log1p(-p) : n * log(q));
    if (rest == 0)
        return exp(p > 0.5 ? n * log1p(-q) : n * log(p));
    log_share = stirling_error(n) - stirling_error(k) - stirling_error(rest) -
                deviance(k, n * p) - deviance(rest, n * q);
    return exp(log_share) * sqrt(n / (two_pi * k * rest));
}

double poisson_at(double k, double mean)
{
    return exp(-stirling_error(k) - deviance(k, mean)) / sqrt(two_pi * k);
}
