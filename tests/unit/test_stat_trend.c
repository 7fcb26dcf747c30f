/* Mann and Kendall's test and Sen's slope against published figures, R, SciPy and all pairs. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "close.h"
#include "stat/random.h"
#include "stat/trend.h"

static void trend_is_the_known_one(void **state)
{
    static const double values[] = {91, 92, 92, 94, 93, 95, 96, 95, 97, 98, 97, 99};
    struct trend trend;

    (void)state;
    stat_trend(values, 12, &trend);
    assert_int_equal(trend.standing, STAT_SOUND);
    assert_int_equal(trend.n, 12);
    assert_int_equal(trend.s, 57);
    assert_close(trend.variance, 209.666667, 5e-9);
    assert_close(trend.z, 3.867438, 2e-7);
    assert_close(trend.p, 0.000110, 5e-7);
    assert_close(trend.slope, 0.666667, 5e-7);
    assert_true(trend.limits.low > 0 && trend.limits.low < trend.slope);
    assert_true(trend.limits.high < 1 && trend.limits.high > trend.slope);
}

static void trends_are_those_of_other_programs(void **state)
{
    static const struct {
        size_t count;
        double values[40];
        size_t n;
        int64_t s;
        double variance;
        double z;
        double p;
        double slope;
        struct interval limits;
    } records[] = {
#include "../data/stat/trends.inc"
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        struct trend trend;

        stat_trend(records[i].values, records[i].count, &trend);
        assert_int_equal(trend.standing, STAT_SOUND);
        assert_int_equal(trend.n, records[i].n);
        assert_int_equal(trend.s, records[i].s);
        assert_close(trend.variance, records[i].variance, 1e-15);
        assert_close(trend.z, records[i].z, 1e-13);
        assert_close(trend.p, records[i].p, 1e-13);
        assert_close(trend.slope, records[i].slope, 1e-14);
        assert_close(trend.limits.low, records[i].limits.low, 1e-15);
        assert_close(trend.limits.high, records[i].limits.high, 1e-15);
    }
}

static void seasons_are_compared_with_themselves(void **state)
{
    static const struct {
        size_t count;
        double values[48];
        size_t season;
        size_t n;
        int64_t s;
        double variance;
        double z;
        double p;
        double slope;
        struct interval limits;
    } records[] = {
#include "../data/stat/seasons.inc"
    };
    double wave[48];
    struct trend trend;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        stat_trend_seasonal(records[i].values, records[i].count, records[i].season, &trend);
        assert_int_equal(trend.n, records[i].n);
        assert_int_equal(trend.s, records[i].s);
        assert_close(trend.variance, records[i].variance, 1e-14);
        assert_close(trend.z, records[i].z, 1e-13);
        assert_close(trend.p, records[i].p, 1e-13);
        assert_close(trend.slope, records[i].slope, 1e-14);
        assert_close(trend.limits.low, records[i].limits.low, 1e-15);
        assert_close(trend.limits.high, records[i].limits.high, 1e-15);
    }
    /* a steep season and a slow fall: every month is lower than a year before */
    for (i = 0; i < 48; i++)
        wave[i] = 100 + 50 * sin((double)i * 6.283185307179586 / 12) - (double)(i / 12);
    stat_trend_seasonal(wave, 48, 12, &trend);
    assert_int_equal(trend.s, -12 * 6);
    assert_close(trend.slope, -1.0 / 12, 1e-12);
    assert_true(trend.p < 1e-6);
}

static int compare_double(const void *a, const void *b)
{
    double x;
    double y;

    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

/* Fifteen hundred values with gaps, ties, and signs: the median of a million sorted slopes. */
static void long_series_agree_with_sorted_slopes(void **state)
{
    enum { COUNT = 1500 };
    static double values[COUNT];
    double *slopes = mem_alloc((size_t)COUNT * COUNT / 2, sizeof *slopes);
    struct trend trend;
    size_t n = 0;
    int64_t s = 0;
    size_t rank;
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < COUNT; i++)
        values[i] = random_word(1, i) % 10 == 0
                        ? NAN
                        : (double)(random_word(2, i) % 400) / 8 - 30 + (double)i / 200;
    for (i = 0; i < COUNT; i++) {
        for (j = i + 1; j < COUNT; j++) {
            if (isnan(values[i]) || isnan(values[j]))
                continue;
            slopes[n++] = (values[j] - values[i]) / (double)(j - i);
            s += (values[j] > values[i]) - (values[j] < values[i]);
        }
    }
    qsort(slopes, n, sizeof *slopes, compare_double);
    stat_trend(values, COUNT, &trend);
    assert_int_equal(trend.s, s);
    assert_close(trend.slope, (slopes[(n - 1) / 2] + slopes[n / 2]) / 2, 1e-15);
    rank = (size_t)(((double)n - 1.959963984540054 * sqrt(trend.variance)) / 2);
    assert_close(trend.limits.low, slopes[rank - 1], 0);
    assert_close(trend.limits.high, slopes[n - rank], 0);
    mem_free(slopes);
}

static void too_few_or_equal_values_are_refused(void **state)
{
    static const double seven[] = {1, 2, NAN, 3, 4, 5, 6, 7};
    static const double equal[] = {5, 5, 5, 5, 5, 5, 5, 5, 5};
    static const double gone[] = {NAN, NAN};
    struct trend trend;

    (void)state;
    stat_trend(seven, 8, &trend);
    assert_int_equal(trend.standing, STAT_REFUSED);
    assert_int_equal(trend.n, 7);
    assert_int_equal(trend.s, 21);
    assert_true(isnan(trend.z) && isnan(trend.p));
    assert_close(trend.slope, 1, 0);
    stat_trend(equal, 9, &trend);
    assert_int_equal(trend.standing, STAT_REFUSED);
    assert_true(trend.variance == 0 && trend.slope == 0 && isnan(trend.p));
    stat_trend(gone, 2, &trend);
    assert_int_equal(trend.n, 0);
    assert_true(isnan(trend.slope) && isinf(trend.limits.low) && isinf(trend.limits.high));
    stat_trend(NULL, 0, &trend);
    assert_int_equal(trend.standing, STAT_REFUSED);
    stat_trend_seasonal(equal, 3, 12, &trend);
    assert_true(trend.s == 0 && isnan(trend.slope));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trend_is_the_known_one),
        cmocka_unit_test(trends_are_those_of_other_programs),
        cmocka_unit_test(seasons_are_compared_with_themselves),
        cmocka_unit_test(long_series_agree_with_sorted_slopes),
        cmocka_unit_test(too_few_or_equal_values_are_refused),
    };

    return cmocka_run_group_tests_name("stat: trends", tests, NULL, NULL);
}
