#include "stat/special.h"

#include <math.h>

#include "base/bug.h"
#include "stat/loader.h"

static const double rounding = 1e-16;

/*
 * Didonato and Morris (1992), equation 9: the even part of the usual continued fraction, for x up to
 * the mean. lambda = a - (a + b) x is not found by subtracting numbers that are nearly equal. The
 * number of steps grows with the root of a + b.
 */
static double fraction(double x, double y, double a, double b)
{
    double lambda = a > b ? (a + b) * y - b : a - (a + b) * x;
    double c = 1 + lambda;
    double above_before = 0; /* numerators and denominators of the last two convergents */
    double above = 1;
    double below_before = 1;
    double below_now = c / (1 + 1 / a);
    double result = above / below_now;
    double n;

    for (n = 1;; n++) {
        double size = a + 2 * n - 1;
        double w = n * (b - n) * x;
        double alpha = (a + n - 1) * (a + b + n - 1) / (size * size) * w * x;
        double beta = n + w / size + (a + n) / (size + 2) * (c + n * (1 + y));
        double next_above = alpha * above_before + beta * above;
        double next_below = alpha * below_before + beta * below_now;
        double before = result;

        result = next_above / next_below;
        if (fabs(result - before) <= rounding * result)
            return result;
        /* scaled, so that nothing grows out of range */
        above_before = above / next_below;
        below_before = below_now / next_below;
        above = result;
        below_now = 1;
    }
}

/* I_x(a, b) with y = 1 - x. x^a y^b / B(a, b) is a binomial term times a b / (a + b). */
static double below(double x, double y, double a, double b)
{
    return binomial_at(a, b, x, y) * (a * (b / (a + b))) * fraction(x, y, a, b);
}

double beta_cdf(double x, double a, double b)
{
    BUG_IF(!(a > 0 && b > 0 && x >= 0 && x <= 1));
    if (x == 0 || x == 1)
        return x;
    if (x <= a / (a + b))
        return below(x, 1 - x, a, b);
    return 1 - below(1 - x, x, b, a);
}

/* Newton's steps, kept inside a bracket that is halved where they lead out of it. */
double beta_quantile(double p, double a, double b)
{
    double low = 0;
    double high = 1;
    double x = a / (a + b);
    int round;

    BUG_IF(!(p >= 0 && p <= 1));
    if (p == 0 || p == 1)
        return p;
    for (round = 0; round < 1100 && high - low > rounding * high; round++) {
        double off = beta_cdf(x, a, b) - p;
        double density = binomial_at(a, b, x, 1 - x) * a * b / ((a + b) * x * (1 - x));
        double next = x - off / density;

        if (off == 0)
            return x;
        if (off < 0)
            low = x;
        else
            high = x;
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        if (fabs(next - x) <= rounding * x)
            return next;
        x = next;
    }
    return x;
}
