/* Control charts and trends against published figures, plain methods and simulated false alarms. */
#include "unit.h"

#include <math.h>

#include "stat/chart.h"
#include "stat/trend.h"

static void xmr_limits_are_the_known_ones(void **state)
{
    static const double values[] = {12, 15, 11, 14, 13, 40, 12, 16, 14, 13};
    struct chart_stretch stretch = {.first = 0, .last = 9};
    struct chart_point points[10];
    size_t i;

    (void)state;
    assert_int_equal(stat_chart_xmr(values, 10, CHART_XMR, 0,
                                    CHART_DEFAULT_RULES | 1 << CHART_RANGE_BEYOND_LIMIT, &stretch,
                                    1, points),
                     STAT_PROVISIONAL);
    assert_true(stretch.centre == 16);
    assert_true(fabs(stretch.spread - 8.111111) < 5e-7);
    assert_true(fabs(stretch.range_limit - 26.507111) < 5e-7);
    for (i = 0; i < 10; i++) {
        unsigned expected = i == 5   ? 1 << CHART_BEYOND_LIMITS | 1 << CHART_RANGE_BEYOND_LIMIT
                            : i == 6 ? 1 << CHART_RANGE_BEYOND_LIMIT
                                     : 0;

        assert_true(fabs(points[i].upper - 37.575556) < 5e-7);
        assert_true(points[i].lower == 0);
        assert_int_equal(points[i].signals, expected);
    }
    assert_true(points[5].range == 27 && points[6].range == 28);

    stat_chart_xmr(values, 10, CHART_XMR_MEDIAN, 0, CHART_DEFAULT_RULES, &stretch, 1, points);
    assert_true(stretch.spread == 3);
    assert_true(fabs(points[0].upper - 25.435) < 1e-12);
    assert_int_equal(points[5].signals, 1 << CHART_BEYOND_LIMITS);
}

static void trend_is_the_known_one(void **state)
{
    static const double values[] = {91, 92, 92, 94, 93, 95, 96, 95, 97, 98, 97, 99};
    struct trend trend;

    (void)state;
    stat_trend(values, 12, &trend);
    assert_int_equal(trend.standing, STAT_SOUND);
    assert_int_equal(trend.n, 12);
    assert_int_equal(trend.s, 57);
    assert_true(fabs(trend.variance - 209.666667) < 5e-7);
    assert_true(fabs(trend.z - 3.867438) < 5e-7);
    assert_true(fabs(trend.p - 0.000110) < 5e-7);
    assert_true(fabs(trend.slope - 0.666667) < 5e-7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xmr_limits_are_the_known_ones),
        cmocka_unit_test(trend_is_the_known_one),
    };

    return cmocka_run_group_tests_name("stat: charts and trends", tests, NULL, NULL);
}
