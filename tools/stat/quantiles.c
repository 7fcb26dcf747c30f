#include "stat/quantiles.h"

#include <math.h>

#include "base/bug.h"
#include "stat/stat.h"

/* The value at rank top/bottom, counted from 1, between the two next to it. */
static double at_rank(const double *ascending, size_t n, uint64_t top, uint64_t bottom)
{
    uint64_t whole = top / bottom;
    double between = (double)(top % bottom) / (double)bottom;

    if (whole == 0)
        return ascending[0];
    if (whole >= n)
        return ascending[n - 1];
    return ascending[whole - 1] + between * (ascending[whole] - ascending[whole - 1]);
}

/* Ranks are fractions of whole numbers: (n - 1) 19/20 + 1 is exactly 20 for n = 21. */
double stat_quantile(const double *ascending, size_t n, enum quantile_type type, unsigned num,
                     unsigned den)
{
    uint64_t size = n;

    BUG_IF(den == 0 || num > den);
    BUG_IF(size > UINT64_MAX / 8 / den);
    if (n == 0)
        return NAN;
    switch (type) {
    case QUANTILE_NEAREST:
        return ascending[stat_rank(size, num, den) - 1];
    case QUANTILE_LINEAR:
        return at_rank(ascending, n, (size - 1) * num + den, den);
    case QUANTILE_MEDIAN_UNBIASED:
        return at_rank(ascending, n, (3 * size + 1) * num + den, 3 * (uint64_t)den);
    }
    BUG_IF(true);
    return NAN;
}
