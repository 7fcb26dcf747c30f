#include "stat/compare.h"

#include <math.h>

#include "stat/random.h"
#include "stat/select.h"
#include "stat/special.h"

/* Numbers of one seed, taken one after the other. */
struct stream {
    uint64_t seed;
    uint64_t used;
};

static double next_unit(struct stream *stream)
{
    return random_unit(stream->seed, stream->used++);
}

/* Marsaglia and Tsang, A Simple Method for Generating Gamma Variables (2000); shape at least 1. */
static double next_gamma(struct stream *stream, double shape)
{
    double d = shape - 1.0 / 3;
    double c = 1 / sqrt(9 * d);

    for (;;) {
        double z = normal_quantile(next_unit(stream));
        double u = next_unit(stream);
        double v = 1 + c * z;

        v = v * v * v;
        if (v > 0 && log(u) < z * z / 2 + d - d * v + d * log(v))
            return d * v;
    }
}

static size_t index_of(double unit, size_t n)
{
    size_t index = (size_t)(unit * (double)n);

    return index < n ? index : n - 1;
}

/*
 * The median of n values drawn with replacement, without drawing them: the k-th smallest of n
 * uniform numbers has the distribution beta(k, n - k + 1), and those above it are uniform again.
 */
static double resampled_median(struct stream *stream, const double *ascending, size_t n)
{
    size_t k = (n + 1) / 2;
    double below = next_gamma(stream, (double)k);
    double above = next_gamma(stream, (double)(n - k + 1));
    double unit = below / (below + above);
    double low = ascending[index_of(unit, n)];
    double high;

    if (n % 2 != 0)
        return low;
    unit += (1 - unit) * -expm1(log(next_unit(stream)) / (double)(n - k));
    high = ascending[index_of(unit, n)];
    return low + (high - low) / 2;
}

static double median(const double *ascending, size_t n)
{
    double low = ascending[(n - 1) / 2];
    double high = ascending[n / 2];

    return low + (high - low) / 2;
}

struct draws {
    double list[BOOTSTRAP_DRAWS];
    size_t at;
};

static bool draws_next(void *source, double *ret_value)
{
    struct draws *draws = source;

    if (draws->at == BOOTSTRAP_DRAWS) {
        draws->at = 0;
        return false;
    }
    *ret_value = draws->list[draws->at++];
    return true;
}

bool stat_median_ratio(const double *x, size_t x_count, const double *y, size_t y_count,
                       uint64_t seed, struct shift *ret_ratio)
{
    struct stream stream = {seed, 0};
    struct draws draws = {.at = 0};
    struct selection selection = {draws_next, &draws};
    size_t i;

    if (x_count == 0 || y_count == 0 || x[0] < 0 || y[0] < 0 || median(y, y_count) <= 0)
        return false;
    for (i = 0; i < BOOTSTRAP_DRAWS; i++) {
        double top = resampled_median(&stream, x, x_count);
        double bottom = resampled_median(&stream, y, y_count);

        draws.list[i] = bottom > 0 ? top / bottom : top > 0 ? INFINITY : 1;
    }
    ret_ratio->value = median(x, x_count) / median(y, y_count);
    ret_ratio->limits.low = select_kth(&selection, stat_rank(BOOTSTRAP_DRAWS, 25, 1000));
    ret_ratio->limits.high = select_kth(&selection, stat_rank(BOOTSTRAP_DRAWS, 975, 1000));
    return true;
}
