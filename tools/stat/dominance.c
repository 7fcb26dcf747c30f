#include "stat/compare.h"

#include <math.h>

#include "base/bug.h"

static enum effect_size size_of(double a)
{
    double off = fabs(a - 0.5);

    if (off < 0.06)
        return EFFECT_NEGLIGIBLE;
    if (off < 0.14)
        return EFFECT_SMALL;
    return off < 0.21 ? EFFECT_MEDIUM : EFFECT_LARGE;
}

/* For each x the values of y below it and up to it: both only move forward. */
bool stat_dominance(const double *x, size_t x_count, const double *y, size_t y_count,
                    struct dominance *ret_dominance)
{
    double pairs = (double)x_count * (double)y_count;
    double more = 0;
    double less = 0;
    size_t below = 0;
    size_t up_to = 0;
    size_t i;

    if (x_count == 0 || y_count == 0)
        return false;
    for (i = 0; i < x_count; i++) {
        while (below < y_count && y[below] < x[i])
            below++;
        while (up_to < y_count && y[up_to] <= x[i])
            up_to++;
        more += (double)below;
        less += (double)(y_count - up_to);
    }
    ret_dominance->delta = (more - less) / pairs;
    ret_dominance->a = (ret_dominance->delta + 1) / 2;
    ret_dominance->size = size_of(ret_dominance->a);
    return true;
}

/* Of each x the share of y below it, ties counting half: mean and sum of squares about it. */
static void place(const double *x, size_t x_count, const double *y, size_t y_count,
                  double *ret_mean, double *ret_square)
{
    double sum = 0;
    double squares = 0;
    size_t below = 0;
    size_t up_to = 0;
    size_t i;

    for (i = 0; i < x_count; i++) {
        double share;

        while (below < y_count && y[below] < x[i])
            below++;
        while (up_to < y_count && y[up_to] <= x[i])
            up_to++;
        share = ((double)below + (double)up_to) / 2 / (double)y_count;
        sum += share;
        squares += share * share;
    }
    *ret_mean = sum / (double)x_count;
    *ret_square = fmax(0, squares - sum * *ret_mean);
}

bool stat_dominance_limits(const double *x, size_t x_count, const double *y, size_t y_count,
                           struct dominance_limits *ret_limits)
{
    static const double normal_975 = 1.959963984540054;
    double x_square;
    double y_square;
    double unused;
    double error;
    double a;

    if (x_count < 2 || y_count < 2)
        return false;
    place(x, x_count, y, y_count, &a, &x_square);
    place(y, y_count, x, x_count, &unused, &y_square);
    error = sqrt(x_square / ((double)x_count * (double)(x_count - 1)) +
                 y_square / ((double)y_count * (double)(y_count - 1)));
    *ret_limits = (struct dominance_limits){
        a, {fmax(0, a - normal_975 * error), fmin(1, a + normal_975 * error)}};
    return true;
}

const char *effect_size_name(enum effect_size size)
{
    static const char *const names[] = {"negligible", "small", "medium", "large"};

    BUG_IF((unsigned)size >= EFFECT_COUNT);
    return names[size];
}
