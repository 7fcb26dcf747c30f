#include "stat/stat.h"

#include <math.h>

#include "base/bug.h"

/* The share of ranks that may be missed on each side. */
static const double tail_share = 0.025;

uint64_t stat_rank(uint64_t n, unsigned num, unsigned den)
{
    uint64_t whole;
    uint64_t rest;
    uint64_t rank;

    BUG_IF(den == 0 || num > den);
    /* n = whole * den + rest keeps the product in 64 bits */
    whole = n / den;
    rest = n % den * num;
    rank = whole * num + rest / den + (rest % den != 0);
    return rank == 0 && n > 0 ? 1 : rank;
}

/* log(n!) - log(sqrt(2 pi n) (n/e)^n): exact values up to 15, then Stirling's series. */
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
        return exact[(int)n];
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

/*
 * P(B = k), B binomial(n, p): Loader, Fast and Accurate Computation of Binomial Probabilities
 * (2000). Relative error near 1e-15 also for n of many millions, where log-gamma loses half the
 * digits.
 */
static double binomial_at(double k, double n, double p, double q)
{
    static const double two_pi = 6.283185307179586;
    double log_share;

    if (k == 0)
        return exp(q > 0.5 ? n * log1p(-p) : n * log(q));
    if (k == n)
        return exp(p > 0.5 ? n * log1p(-q) : n * log(p));
    log_share = stirling_error(n) - stirling_error(k) - stirling_error(n - k) -
                deviance(k, n * p) - deviance(n - k, n * q);
    return exp(log_share) * sqrt(n / (two_pi * k * (n - k)));
}

/* P(B < k): from k - 1 down, each term from the one before; all are positive, nothing cancels. */
static double binomial_below(double k, double n, double p, double q)
{
    double term;
    double sum;

    if (k <= 0)
        return 0;
    k -= 1;
    term = sum = binomial_at(k, n, p, q);
    while (k > 0 && term > sum * 1e-18) {
        term *= k / (n - k + 1) * (q / p);
        sum += term;
        k -= 1;
    }
    return sum;
}

/* The largest l with P(B < l) <= 0.025, 0 when that is none. The normal guess is off by little. */
static uint64_t low_rank(uint64_t n, double p, double q)
{
    double size = (double)n;
    double rank = floor(size * p - 1.96 * sqrt(size * p * q));

    if (rank < 0)
        rank = 0;
    while (rank > 0 && binomial_below(rank, size, p, q) > tail_share)
        rank -= 1;
    while (rank < size && binomial_below(rank + 1, size, p, q) <= tail_share)
        rank += 1;
    return (uint64_t)rank;
}

void stat_rank_interval(uint64_t n, unsigned num, unsigned den, uint64_t *ret_low,
                        uint64_t *ret_high)
{
    double p;
    double q;
    uint64_t mirrored;

    BUG_IF(num == 0 || num >= den);
    p = (double)num / den;
    q = (double)(den - num) / den;
    *ret_low = low_rank(n, p, q);
    /* P(B >= u) is P(n - B < n - u + 1), and n - B is binomial(n, q) */
    mirrored = low_rank(n, q, p);
    *ret_high = mirrored == 0 ? 0 : n + 1 - mirrored;
}
