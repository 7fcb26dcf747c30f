#include "stat/special.h"

#include <math.h>

#include "base/bug.h"
#include "stat/loader.h"

static const double tiny = 1e-300;
static const double rounding = 1e-16;

/* DLMF 8.11.4: P(a, x) = x^a e^-x / Gamma(a+1) * (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...). */
static double series(double x, double a)
{
    double term = 1;
    double sum = 1;
    double i;

    for (i = 1; term > rounding * sum; i++) {
        term *= x / (a + i);
        sum += term;
    }
    return poisson_at(a, x) * sum;
}

/* DLMF 8.9.2 for Q(a, x), x at least a + 1, by Lentz's method. */
static double fraction(double x, double a)
{
    double b = x + 1 - a;
    double c = 1 / tiny;
    double d = 1 / b;
    double result = d;
    double i;

    for (i = 1;; i++) {
        double an = -i * (i - a);
        double factor;

        b += 2;
        d = an * d + b;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = b + an / c;
        c = fabs(c) < tiny ? tiny : c;
        factor = c * d;
        result *= factor;
        if (fabs(factor - 1) <= 2 * rounding)
            return poisson_at(a, x) * a * result;
    }
}

double gamma_cdf(double x, double a)
{
    BUG_IF(!(a > 0 && x >= 0));
    if (x == 0)
        return 0;
    return x < a + 1 ? series(x, a) : 1 - fraction(x, a);
}

double gamma_tail(double x, double a)
{
    BUG_IF(!(a > 0 && x >= 0));
    if (x == 0)
        return 1;
    return x < a + 1 ? 1 - series(x, a) : fraction(x, a);
}

double gamma_quantile(double p, double a)
{
    double low = 0;
    double high = INFINITY;
    double x = a;
    int round;

    BUG_IF(!(p >= 0 && p < 1));
    if (p == 0)
        return 0;
    for (round = 0; round < 1100 && (isinf(high) || high - low > rounding * high); round++) {
        double off = p < 0.5 ? gamma_cdf(x, a) - p : (1 - p) - gamma_tail(x, a);
        double next = x - off / (poisson_at(a, x) * a / x);

        if (off == 0)
            return x;
        if (off < 0)
            low = x;
        else
            high = x;
        if (!(next > low && next < high))
            next = isinf(high) ? 2 * x : low + (high - low) / 2;
        if (fabs(next - x) <= rounding * x)
            return next;
        x = next;
    }
    return x;
}
