#include "stat/compare.h"

#include <math.h>

#include "stat/select.h"

static const double normal_975 = 1.959963984540054;

/*
 * All pairs of two groups, each combined into a number that rises with x and falls with y. It does
 * so after rounding too, so that counting by two fingers is exact.
 */
struct pairs {
    const double *x;
    size_t x_count;
    const double *y;
    size_t y_count;
    double (*combine)(double x, double y);
};

static double difference(double x, double y)
{
    return x - y;
}

static double quotient(double x, double y)
{
    return x / y;
}

/* Pairs with at most this value. */
static uint64_t count_up_to(const struct pairs *pairs, double value)
{
    uint64_t count = 0;
    size_t above = 0; /* values of y that are too small for this x, and for the next ones */
    size_t i;

    for (i = 0; i < pairs->x_count; i++) {
        while (above < pairs->y_count && pairs->combine(pairs->x[i], pairs->y[above]) > value)
            above++;
        count += pairs->y_count - above;
    }
    return count;
}

/* The k-th smallest pair, k from 1: the bits of the answer by bisection. */
static double kth(const struct pairs *pairs, uint64_t k)
{
    size_t xs = pairs->x_count;
    size_t ys = pairs->y_count;
    uint64_t low = double_to_key(pairs->combine(pairs->x[0], pairs->y[ys - 1]));
    uint64_t high = double_to_key(pairs->combine(pairs->x[xs - 1], pairs->y[0]));

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;

        if (count_up_to(pairs, double_of_key(middle)) >= k)
            high = middle;
        else
            low = middle + 1;
    }
    return double_of_key(low);
}

/*
 * The rank of the limits: the normal approximation of Mann and Whitney's U with correction for
 * continuity; 0 when there is none. Ties only make the interval wider than need be.
 */
static uint64_t rank_of_limits(const struct pairs *pairs)
{
    double m = (double)pairs->x_count;
    double n = (double)pairs->y_count;
    double rank = floor(m * n / 2 - normal_975 * sqrt(m * n * (m + n + 1) / 12) + 0.5);

    return rank < 1 ? 0 : (uint64_t)rank;
}

static void limits(const struct pairs *pairs, struct shift *shift)
{
    uint64_t count = (uint64_t)pairs->x_count * pairs->y_count;
    uint64_t rank = rank_of_limits(pairs);

    if (rank == 0)
        return;
    shift->limits.low = kth(pairs, rank);
    shift->limits.high = kth(pairs, count + 1 - rank);
}

bool stat_shift(const double *x, size_t x_count, const double *y, size_t y_count,
                struct shift *ret_shift)
{
    struct pairs pairs = {x, x_count, y, y_count, difference};
    uint64_t count = (uint64_t)x_count * y_count;

    if (count == 0)
        return false;
    ret_shift->value = (kth(&pairs, (count + 1) / 2) + kth(&pairs, count / 2 + 1)) / 2;
    ret_shift->limits.low = -INFINITY;
    ret_shift->limits.high = INFINITY;
    limits(&pairs, ret_shift);
    return true;
}

bool stat_shift_ratio(const double *x, size_t x_count, const double *y, size_t y_count,
                      struct shift *ret_shift)
{
    struct pairs pairs = {x, x_count, y, y_count, quotient};
    uint64_t count = (uint64_t)x_count * y_count;

    if (count == 0 || x[0] <= 0 || y[0] <= 0)
        return false;
    /* the mean of two logarithms */
    ret_shift->value = sqrt(kth(&pairs, (count + 1) / 2)) * sqrt(kth(&pairs, count / 2 + 1));
    ret_shift->limits.low = 0;
    ret_shift->limits.high = INFINITY;
    limits(&pairs, ret_shift);
    return true;
}
