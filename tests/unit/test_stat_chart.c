/* Control charts against published figures, a window-by-window method and simulated false alarms. */
#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "close.h"
#include "stat/chart.h"
#include "stat/random.h"
#include "stat/special.h"

enum { POINTS = 60, ALL_RULES = (1 << CHART_RULE_COUNT) - 1 };

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
    assert_close(stretch.spread, 8.111111, 5e-7);
    assert_close(stretch.range_limit, 26.507111, 5e-8);
    for (i = 0; i < 10; i++) {
        unsigned expected = i == 5   ? 1 << CHART_BEYOND_LIMITS | 1 << CHART_RANGE_BEYOND_LIMIT
                            : i == 6 ? 1 << CHART_RANGE_BEYOND_LIMIT
                                     : 0;

        assert_close(points[i].upper, 37.575556, 5e-8);
        assert_true(points[i].lower == 0);
        assert_int_equal(points[i].signals, expected);
    }
    assert_true(points[5].range == 27 && points[6].range == 28);

    stat_chart_xmr(values, 10, CHART_XMR_MEDIAN, 0, CHART_DEFAULT_RULES, &stretch, 1, points);
    assert_true(stretch.spread == 3);
    assert_close(points[0].upper, 25.435, 1e-14);
    assert_int_equal(points[5].signals, 1 << CHART_BEYOND_LIMITS);
    stat_chart_xmr(values, 10, CHART_XMR, -INFINITY, 0, &stretch, 1, points);
    assert_close(points[5].lower, 32 - 37.575556, 1e-6);
    assert_int_equal(points[5].signals, 0);
}

/* Eight points are too few for a chart of their own; their spread is what it is. */
static void spread_of_shares_is_the_known_one(void **state)
{
    static const uint64_t k[] = {8, 6, 10, 7, 30, 9, 5, 11};
    static const uint64_t n[] = {200, 180, 220, 200, 210, 190, 180, 230};
    struct chart_stretch stretch = {.first = 0, .last = 7};
    struct chart_point points[8];
    double centre;
    double sigma_z;

    (void)state;
    stat_share_spread(k, n, 8, &centre, &sigma_z);
    assert_close(centre, 0.053416, 5e-7);
    assert_close(sigma_z, 2.156717, 5e-7);
    assert_close(centre + 3 * sqrt(centre * (1 - centre) / 210), 0.099967, 5e-7);
    assert_close(centre + 3 * sigma_z * sqrt(centre * (1 - centre) / 210), 0.153813, 5e-7);
    assert_int_equal(stat_chart_p(k, n, 8, ALL_RULES, &stretch, 1, points), STAT_REFUSED);
    assert_true(isnan(stretch.centre) && isnan(points[4].upper));
    assert_close(points[4].value, 1.0 / 7, 1e-15);
    assert_int_equal(points[4].signals, 0);
}

static void xmr_charts_agree_window_by_window(void **state)
{
    static const struct {
        size_t count;
        double values[POINTS];
        bool is_median;
        size_t stretch_count;
        struct {
            size_t first;
            size_t last;
        } baselines[2];
        struct {
            double centre;
            double lower;
            double upper;
            double range;
            unsigned signals;
        } points[POINTS];
    } records[] = {
#include "../data/stat/xmr.inc"
    };
    unsigned seen = 0;
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        struct chart_stretch stretches[2];
        struct chart_point points[POINTS];

        for (j = 0; j < records[i].stretch_count; j++) {
            stretches[j].first = records[i].baselines[j].first;
            stretches[j].last = records[i].baselines[j].last;
        }
        stat_chart_xmr(records[i].values, records[i].count,
                       records[i].is_median ? CHART_XMR_MEDIAN : CHART_XMR, 0, ALL_RULES,
                       stretches, records[i].stretch_count, points);
        for (j = 0; j < records[i].count; j++) {
            assert_close(points[j].value, records[i].values[j], 0);
            assert_close(points[j].centre, records[i].points[j].centre, 1e-13);
            assert_close(points[j].lower, records[i].points[j].lower, 1e-12);
            assert_close(points[j].upper, records[i].points[j].upper, 1e-13);
            assert_close(points[j].range, records[i].points[j].range, 1e-15);
            assert_int_equal(points[j].signals, records[i].points[j].signals);
            seen |= points[j].signals;
        }
    }
    assert_int_equal(seen, ALL_RULES);
}

static void share_charts_agree_window_by_window(void **state)
{
    static const struct {
        size_t count;
        uint64_t k[POINTS];
        uint64_t n[POINTS];
        size_t stretch_count;
        struct {
            size_t first;
            size_t last;
        } baselines[2];
        double spreads[2];
        struct {
            double centre;
            double lower;
            double upper;
            unsigned signals;
        } points[POINTS];
    } records[] = {
#include "../data/stat/share_charts.inc"
    };
    size_t kinds[CHART_KIND_COUNT] = {0};
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        struct chart_stretch stretches[2];
        struct chart_point points[POINTS];

        for (j = 0; j < records[i].stretch_count; j++) {
            stretches[j].first = records[i].baselines[j].first;
            stretches[j].last = records[i].baselines[j].last;
        }
        stat_chart_p(records[i].k, records[i].n, records[i].count, ALL_RULES, stretches,
                     records[i].stretch_count, points);
        for (j = 0; j < records[i].stretch_count; j++) {
            assert_close(stretches[j].spread, records[i].spreads[j], 1e-12);
            assert_int_equal(stretches[j].kind,
                             records[i].spreads[j] > 1.2 ? CHART_LANEY_P : CHART_P);
            kinds[stretches[j].kind]++;
        }
        for (j = 0; j < records[i].count; j++) {
            assert_close(points[j].centre, records[i].points[j].centre, 1e-14);
            assert_close(points[j].lower, records[i].points[j].lower, 1e-13);
            assert_close(points[j].upper, records[i].points[j].upper, 1e-13);
            assert_int_equal(points[j].signals, records[i].points[j].signals);
        }
    }
    assert_true(kinds[CHART_P] > 10 && kinds[CHART_LANEY_P] > 10);
}

/* A better year after a declared change: limits of the first year would call every month a signal. */
static void limits_stay_until_a_declared_change(void **state)
{
    double values[36];
    struct chart_stretch one = {.first = 0, .last = 11};
    struct chart_stretch two[2] = {{.first = 0, .last = 11}, {.first = 12, .last = 23}};
    struct chart_point points[36];
    size_t i;

    (void)state;
    for (i = 0; i < 36; i++)
        values[i] = (i < 12 ? 50.0 : 20.0) + (double)(i * 7 % 5);
    stat_chart_xmr(values, 36, CHART_XMR, 0, CHART_DEFAULT_RULES, &one, 1, points);
    assert_int_equal(one.begin, 0);
    assert_int_equal(one.end, 36);
    assert_int_equal(one.n, 12);
    for (i = 0; i < 36; i++) {
        assert_true(points[i].centre == one.centre);
        assert_int_equal(points[i].signals & 1 << CHART_BEYOND_LIMITS, i >= 12);
        assert_int_equal((points[i].signals & 1 << CHART_RUN_OF_EIGHT) != 0, i >= 19);
    }
    stat_chart_xmr(values, 36, CHART_XMR, 0, ALL_RULES & ~(1 << CHART_FIFTEEN_WITHIN), two, 2,
                   points);
    assert_int_equal(two[0].end, 12);
    assert_int_equal(two[1].begin, 12);
    assert_int_equal(two[1].end, 36);
    assert_true(isnan(points[12].range)); /* the step is no range */
    for (i = 0; i < 36; i++) {
        assert_true(points[i].centre == two[i >= 12].centre);
        assert_int_equal(points[i].signals, 0);
    }
    /* baselines that overlap are cut; what is left here is too little */
    two[0].last = 20;
    two[1].first = 9;
    assert_int_equal(stat_chart_xmr(values, 36, CHART_XMR, 0, CHART_DEFAULT_RULES, two, 2, points),
                     STAT_PROVISIONAL);
    assert_int_equal(two[0].last, 8);
    assert_int_equal(two[0].standing, STAT_REFUSED);
    assert_true(isnan(two[0].centre) && isnan(points[8].upper) && !isnan(points[9].upper));
}

static void standing_follows_the_points_there_are(void **state)
{
    double values[40];
    struct chart_point points[40];
    size_t n;
    size_t i;

    (void)state;
    for (n = 1; n <= 20; n++) {
        struct chart_stretch stretch = {.first = 0, .last = 39};
        enum stat_standing expected = n < 10 ? STAT_REFUSED : n < 20 ? STAT_PROVISIONAL : STAT_SOUND;

        for (i = 0; i < 40; i++)
            values[i] = i % 2 == 0 && i / 2 < n ? (double)(i % 3) : NAN;
        assert_int_equal(
            stat_chart_xmr(values, 40, CHART_XMR, 0, CHART_DEFAULT_RULES, &stretch, 1, points),
            expected);
        assert_int_equal(stretch.n, n);
        assert_int_equal(stretch.standing, expected);
        assert_int_equal(isnan(stretch.centre), expected == STAT_REFUSED);
    }
}

/* Months without cases neither end a run nor fill it. */
static void runs_go_on_over_missing_periods(void **state)
{
    double values[40];
    uint64_t k[40];
    uint64_t n[40];
    struct chart_stretch stretch = {.first = 0, .last = 19};
    struct chart_point points[40];
    size_t i;

    (void)state;
    for (i = 0; i < 40; i++) {
        values[i] = i < 20 ? (double)(10 + i * 7 % 4) : 13;
        n[i] = i == 25 || i == 26 ? 0 : 100;
        k[i] = n[i] == 0 ? 0 : i < 20 ? 10 + i * 7 % 4 : 13;
        if (n[i] == 0)
            values[i] = NAN;
    }
    stat_chart_xmr(values, 40, CHART_XMR, 0, 1 << CHART_RUN_OF_EIGHT, &stretch, 1, points);
    for (i = 0; i < 40; i++)
        assert_int_equal(points[i].signals != 0, i >= 29);
    stat_chart_p(k, n, 40, 1 << CHART_RUN_OF_EIGHT, &stretch, 1, points);
    for (i = 0; i < 40; i++)
        assert_int_equal(points[i].signals != 0, i >= 29);
    assert_true(isnan(points[25].value) && isnan(points[25].upper));
}

static void values_without_spread_are_in_control(void **state)
{
    double values[30];
    uint64_t k[30] = {0};
    uint64_t n[30];
    struct chart_stretch stretch = {.first = 0, .last = 29};
    struct chart_stretch frozen = {.first = 0, .last = 28};
    struct chart_point points[30];
    size_t i;

    (void)state;
    for (i = 0; i < 30; i++) {
        values[i] = 0.1; /* whose sum of thirty is not 3 */
        n[i] = 7 + i;
    }
    stat_chart_xmr(values, 30, CHART_XMR, 0, CHART_NELSON_RULES & ~(1 << CHART_FIFTEEN_WITHIN),
                   &stretch, 1, points);
    assert_true(stretch.centre == 0.1 && stretch.spread == 0);
    for (i = 0; i < 30; i++)
        assert_int_equal(points[i].signals, 0);
    stat_chart_p(k, n, 30, CHART_DEFAULT_RULES, &stretch, 1, points);
    assert_true(stretch.centre == 0 && stretch.spread == 0);
    assert_int_equal(stretch.kind, CHART_P);
    for (i = 0; i < 30; i++)
        assert_int_equal(points[i].signals, 0);
    k[29] = 1; /* a first failure after a baseline without any */
    stat_chart_p(k, n, 30, CHART_DEFAULT_RULES, &frozen, 1, points);
    assert_int_equal(points[29].signals, 1 << CHART_BEYOND_LIMITS);
    assert_true(points[29].upper == 0);
}

/*
 * Twelve points of a process in control, limits known: how many series have a signal. Ours of
 * 40,000 runs may be off by four standard errors.
 */
static void false_alarms_are_as_many_as_known(void **state)
{
    static const struct {
        unsigned rules;
        double share;
    } sets[] = {
#include "../data/stat/alarms.inc"
    };
    enum { RUNS = 40000, BASE = 20, LENGTH = 12 };
    size_t alarms[ARRAY_LEN(sets)] = {0};
    double values[LENGTH + BASE];
    struct chart_point points[LENGTH + BASE];
    size_t run;
    size_t set;
    size_t i;

    (void)state;
    /* the baseline comes after them, so that runs begin with them: mean 0, limits of 3 */
    for (i = 0; i < BASE; i++)
        values[LENGTH + i] = (i % 2 == 0 ? 1.5 : -1.5) / 2.66;
    for (run = 0; run < RUNS; run++) {
        struct chart_stretch stretch = {.first = LENGTH, .last = LENGTH + BASE - 1};
        unsigned signals = 0;

        for (i = 0; i < LENGTH; i++)
            values[i] = normal_quantile(random_unit(11, run * LENGTH + i));
        stat_chart_xmr(values, LENGTH + BASE, CHART_XMR, -INFINITY, ALL_RULES, &stretch, 1, points);
        if (run == 0) {
            assert_true(fabs(stretch.centre) < 1e-15);
            assert_close(points[0].upper, 3, 1e-14);
        }
        for (i = 0; i < LENGTH; i++)
            signals |= points[i].signals;
        for (set = 0; set < ARRAY_LEN(sets); set++)
            alarms[set] += (signals & sets[set].rules) != 0;
    }
    for (set = 0; set < ARRAY_LEN(sets); set++) {
        double share = (double)alarms[set] / RUNS;

        if (fabs(share - sets[set].share) > 4 * sqrt(sets[set].share / RUNS))
            fail_msg("rules %x: %.4f, not %.4f", sets[set].rules, share, sets[set].share);
    }
    assert_int_equal(sets[1].rules, CHART_DEFAULT_RULES); /* one series of eighteen */
    assert_close(sets[1].share, 0.055, 0.002);
    assert_int_equal(sets[ARRAY_LEN(sets) - 1].rules, CHART_NELSON_RULES);
}

static void names_are_different(void **state)
{
    unsigned a;
    unsigned b;

    (void)state;
    for (a = 0; a < CHART_RULE_COUNT; a++) {
        assert_int_equal(chart_rule_first(1u << a | 1u << (CHART_RULE_COUNT - 1)), a);
        assert_true(strlen(chart_rule_origin((enum chart_rule)a)) > 0);
        for (b = 0; b < a; b++)
            assert_string_not_equal(chart_rule_name((enum chart_rule)a),
                                    chart_rule_name((enum chart_rule)b));
    }
    assert_int_equal(chart_rule_first(0), CHART_RULE_COUNT);
    assert_string_equal(chart_rule_name(CHART_BEYOND_LIMITS), "beyond-limits");
    assert_string_equal(chart_rule_name(CHART_RUN_OF_EIGHT), "run-of-eight");
    assert_string_equal(chart_kind_name(CHART_XMR), "xmr");
    assert_string_equal(chart_kind_name(CHART_XMR_MEDIAN), "xmr-median");
    assert_string_equal(chart_kind_name(CHART_P), "p");
    assert_string_equal(chart_kind_name(CHART_LANEY_P), "laney-p");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xmr_limits_are_the_known_ones),
        cmocka_unit_test(spread_of_shares_is_the_known_one),
        cmocka_unit_test(xmr_charts_agree_window_by_window),
        cmocka_unit_test(share_charts_agree_window_by_window),
        cmocka_unit_test(limits_stay_until_a_declared_change),
        cmocka_unit_test(standing_follows_the_points_there_are),
        cmocka_unit_test(runs_go_on_over_missing_periods),
        cmocka_unit_test(values_without_spread_are_in_control),
        cmocka_unit_test(false_alarms_are_as_many_as_known),
        cmocka_unit_test(names_are_different),
    };

    return cmocka_run_group_tests_name("stat: control charts", tests, NULL, NULL);
}
