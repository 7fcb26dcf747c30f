#include "stat/stat.h"

#include <math.h>

#include "base/bug.h"
#include "stat/loader.h"

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

/* P(B < k): from k - 1 down, each term from the one before; all are positive, nothing cancels. */
static double binomial_below(double k, double n, double p, double q)
{
    double odds = q / p;
    double term;
    double sum;

    if (k <= 0)
        return 0;
    k -= 1;
    term = sum = binomial_at(k, n - k, p, q);
    while (k > 0 && term > sum * 1e-18) {
        term *= k * odds / (n - k + 1);
        sum += term;
        k -= 1;
    }
    return sum;
}

/*
 * The largest l with P(B < l) <= 0.025, 0 when that is none. The normal guess is off by little, and
 * one rank further is one term more or less.
 */
static uint64_t low_rank(uint64_t n, double p, double q)
{
    double size = (double)n;
    double rank = floor(size * p - 1.96 * sqrt(size * p * q));
    double below;

    if (rank < 0)
        rank = 0;
    below = binomial_below(rank, size, p, q);
    while (rank > 0 && below > tail_share) {
        rank -= 1;
        below -= binomial_at(rank, size - rank, p, q);
    }
    for (; rank < size; rank += 1) {
        below += binomial_at(rank, size - rank, p, q);
        if (below > tail_share)
            break;
    }
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
