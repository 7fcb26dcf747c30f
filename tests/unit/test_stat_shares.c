/* Intervals of shares and rates, pooled groups, against published figures, statsmodels and R. */
#include "unit.h"

#include "base/mem.h"
#include "close.h"
#include "stat/capture.h"
#include "stat/discovery.h"
#include "stat/pooling.h"
#include "stat/proportion.h"
#include "stat/rate.h"
#include "stat/standing.h"

static void assert_interval(struct interval ours, struct interval expected, double most)
{
    assert_close(ours.low, expected.low, most);
    assert_close(ours.high, expected.high, most);
}

static void published_intervals(void **state)
{
    struct interval in;

    (void)state;
    assert_true(stat_clopper_pearson(0, 10, &in));
    assert_true(in.low == 0);
    assert_close(in.high, 0.308497, 5e-7);
    assert_close(in.high, 1 - pow(0.025, 0.1), 1e-14);
    assert_true(stat_clopper_pearson(7, 20, &in));
    assert_interval(in, (struct interval){0.153909, 0.592189}, 5e-7);
    assert_true(stat_jeffreys(7, 20, &in));
    assert_interval(in, (struct interval){0.172276, 0.567766}, 5e-7);
    assert_true(stat_newcombe(56, 70, 48, 80, &in));
    assert_interval(in, (struct interval){0.052431, 0.333873}, 5e-7);
    assert_false(stat_clopper_pearson(0, 0, &in));
    assert_false(stat_jeffreys(0, 0, &in));
    assert_false(stat_newcombe(0, 0, 1, 2, &in));
    assert_false(stat_newcombe(1, 2, 0, 0, &in));
}

static void intervals_are_those_of_other_programs(void **state)
{
    static const struct {
        uint64_t k;
        uint64_t n;
        struct interval wilson;
        struct interval exact;
        struct interval jeffreys;
    } records[] = {
#include "../data/stat/shares.inc"
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        struct interval in;

        assert_true(stat_wilson(records[i].k, records[i].n, &in));
        assert_interval(in, records[i].wilson, 1e-12);
        assert_true(stat_clopper_pearson(records[i].k, records[i].n, &in));
        assert_interval(in, records[i].exact, 1e-10);
        assert_true(stat_jeffreys(records[i].k, records[i].n, &in));
        assert_interval(in, records[i].jeffreys, 1e-10);
    }
}

/* What the exact interval promises, by sums of the distribution: each end leaves 2.5 % beyond. */
static void exact_limits_leave_their_tails(void **state)
{
    uint64_t n;
    uint64_t k;
    uint64_t i;

    (void)state;
    for (n = 1; n <= 60; n++) {
        for (k = 0; k <= n; k++) {
            struct interval in;
            long double at_least = 0;
            long double at_most = 0;
            long double low_term;
            long double high_term;

            assert_true(stat_clopper_pearson(k, n, &in));
            low_term = powl(1 - (long double)in.low, (long double)n);
            high_term = powl(1 - (long double)in.high, (long double)n);
            for (i = 0; i <= n; i++) {
                long double step = (long double)(n - i) / (long double)(i + 1);

                if (i >= k)
                    at_least += low_term;
                if (i <= k)
                    at_most += high_term;
                low_term *= step * in.low / (1 - (long double)in.low);
                high_term *= in.high < 1 ? step * in.high / (1 - (long double)in.high) : 0;
            }
            if (k > 0)
                assert_close((double)at_least, 0.025, 1e-12);
            if (k < n)
                assert_close((double)at_most, 0.025, 1e-12);
        }
    }
}

static void differences_are_those_of_statsmodels(void **state)
{
    static const struct {
        uint64_t k1;
        uint64_t n1;
        uint64_t k2;
        uint64_t n2;
        struct interval limits;
    } records[] = {
#include "../data/stat/newcombe.inc"
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        struct interval in;

        assert_true(
            stat_newcombe(records[i].k1, records[i].n1, records[i].k2, records[i].n2, &in));
        assert_interval(in, records[i].limits, 1e-12);
    }
}

static void rates_are_those_of_r(void **state)
{
    static const struct {
        uint64_t k;
        double exposure;
        struct interval limits;
    } records[] = {
#include "../data/stat/rates.inc"
    };
    struct interval in;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        assert_true(stat_poisson_rate(records[i].k, records[i].exposure, &in));
        assert_interval(in, records[i].limits, 1e-10);
    }
    assert_true(stat_poisson_rate(0, 2, &in));
    assert_true(in.low == 0);
    assert_close(in.high, -log(0.025) / 2, 1e-14);
    assert_false(stat_poisson_rate(3, 0, &in));
    assert_false(stat_poisson_rate(3, NAN, &in));
}

static void pooling_is_that_of_other_programs(void **state)
{
    static const struct {
        size_t count;
        struct share_count list[12];
        double effect;
        double m;
    } records[] = {
#include "../data/stat/pooling.inc"
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        struct design_effect effect;
        double m = -1;

        assert_true(stat_design_effect(records[i].list, records[i].count, &effect));
        assert_close(effect.value, records[i].effect, 1e-9);
        assert_true(stat_shrinkage(records[i].list, records[i].count, &m));
        assert_close(m, records[i].m, 1e-8);
    }
}

/* An outage: 40 tickets of one cause all fail, 160 lone tickets pass. */
static void one_outage_is_not_forty_failures(void **state)
{
    struct share_count clusters[161];
    struct design_effect effect;
    struct interval naive;
    size_t i;

    (void)state;
    for (i = 0; i < 160; i++)
        clusters[i] = (struct share_count){1, 1};
    clusters[160] = (struct share_count){0, 40};
    assert_true(stat_design_effect(clusters, 161, &effect));
    /* squares: 160 * 0.2^2 + (40 * 0.8)^2 = 1030.4 */
    assert_close(effect.value, 161.0 / 160 * 1030.4 / (200 * 0.8 * 0.2), 1e-12);
    assert_close(effect.effective_n, 200 / effect.value, 1e-12);
    assert_true(stat_wilson(160, 200, &naive));
    assert_true(effect.limits.low < naive.low && effect.limits.high > naive.high);

    /* lone cases have nearly no effect, clusters less alike than chance none that widens */
    for (i = 0; i < 100; i++)
        clusters[i] = (struct share_count){i < 30, 1};
    assert_true(stat_design_effect(clusters, 100, &effect));
    assert_close(effect.value, 100.0 / 99, 1e-12);
    for (i = 0; i < 50; i++)
        clusters[i] = (struct share_count){1, 2};
    assert_true(stat_design_effect(clusters, 50, &effect));
    assert_true(effect.value == 0);
    assert_true(effect.effective_n == 100);
    assert_true(stat_wilson(50, 100, &naive));
    assert_interval(effect.limits, naive, 1e-15);
    for (i = 0; i < 50; i++)
        clusters[i] = (struct share_count){2, 2};
    assert_true(stat_design_effect(clusters, 50, &effect));
    assert_true(effect.value == 1 && effect.limits.high == 1);
    assert_false(stat_design_effect(clusters, 1, &effect));
    assert_false(stat_design_effect((struct share_count[]){{0, 0}, {1, 2}}, 2, &effect));
}

static void small_groups_are_drawn_to_the_whole(void **state)
{
    double m;

    (void)state;
    assert_close(stat_shrink(0, 2, 0.9, 10), 0.75, 1e-15);
    assert_close(stat_shrink(900, 1000, 0.5, 10), 905.0 / 1010, 1e-15);
    assert_close(stat_shrink(3, 4, 0.9, INFINITY), 0.9, 1e-15);
    assert_close(stat_shrink(3, 4, 0.9, 0), 0.75, 1e-15);
    assert_close(stat_shrink(0, 0, 0.9, 10), 0.9, 1e-15);
    assert_false(stat_shrinkage((struct share_count[]){{1, 2}}, 1, &m));
    assert_false(stat_shrinkage((struct share_count[]){{1, 1}, {0, 1}}, 2, &m));
    assert_false(stat_shrinkage((struct share_count[]){{2, 2}, {3, 3}}, 2, &m));
    assert_true(stat_shrinkage((struct share_count[]){{3, 3}, {0, 3}}, 2, &m));
    assert_true(m == 0); /* which group it is says all */
    assert_true(stat_shrinkage((struct share_count[]){{2, 4}, {2, 4}}, 2, &m));
    assert_true(isinf(m)); /* and nothing here */
}

/* Kidney stones, Charig and others (1986): each size fares better, the whole worse. */
static void reversed_changes_are_seen(void **state)
{
    static const struct share_change stones[] = {
        {{234, 270}, {81, 87}},  /* small */
        {{55, 80}, {192, 263}}, /* large */
    };
    static const struct share_change mixed[] = {
        {{5, 10}, {9, 10}}, {{5, 10}, {4, 10}}, {{0, 0}, {1, 4}}, {{3, 4}, {0, 0}}};
    struct pooled_change change;

    (void)state;
    assert_true(stat_simpson(stones, 2, &change));
    assert_close(change.pooled, 273.0 / 350 - 289.0 / 350, 1e-15);
    assert_close(change.standardized,
                 (357 * (81.0 / 87 - 234.0 / 270) + 343 * (192.0 / 263 - 55.0 / 80)) / 700, 1e-15);
    assert_true(change.is_reversed);
    assert_int_equal(change.with, 0);
    assert_int_equal(change.against, 2);

    assert_true(stat_simpson(mixed, 4, &change));
    assert_close(change.pooled, 14.0 / 24 - 13.0 / 24, 1e-15);
    assert_close(change.standardized, 0.15, 1e-15);
    assert_int_equal(change.with, 1);
    assert_int_equal(change.against, 1);
    assert_false(change.is_reversed);
    assert_false(stat_simpson(mixed + 2, 2, &change));
    assert_false(stat_simpson(mixed + 2, 1, &change));
    assert_false(stat_simpson(NULL, 0, &change));
}

/* Over all ways to draw the second list the estimate is right on average, when n1 + n2 >= total. */
static void two_lists_tell_the_total(void **state)
{
    struct capture capture;
    double mean = 0;
    double ways = 1; /* of C(15, 8) draws, those with m of the first list's 9 among them */
    double all = 0;
    uint64_t m;

    (void)state;
    assert_true(stat_capture(180, 60, 45, &capture));
    assert_close(capture.total, 239.021739, 5e-9);
    assert_close(capture.standard_error, 14.993740, 5e-8);
    assert_close(capture.coverage, 0.753070, 5e-7);
    assert_close(capture.limits.high, capture.total + 1.959963984540054 * capture.standard_error,
                 1e-15);
    assert_true(capture.limits.low > 195); /* are on a list */
    assert_true(stat_capture(10, 4, 4, &capture));
    assert_true(capture.total == 10 && capture.standard_error == 0 && capture.coverage == 1);
    assert_true(stat_capture(3, 0, 0, &capture));
    assert_true(capture.total == 3 && capture.limits.low == 3);
    assert_true(stat_capture(0, 3, 0, &capture));
    assert_true(capture.total == 3 && capture.coverage == 0);
    assert_false(stat_capture(0, 0, 0, &capture));

    for (m = 2; m <= 8; m++) { /* C(9, m) C(6, 8 - m), each from the one before */
        if (m == 2)
            ways = 36;
        assert_true(stat_capture(9, 8, m, &capture));
        mean += ways * capture.total;
        all += ways;
        ways *= (double)(9 - m) / (double)(m + 1) * (double)(8 - m) / (double)(m - 1);
    }
    assert_close(all, 6435, 1e-12);
    assert_close(mean / all, 15, 1e-12);
}

static void too_few_have_no_standing(void **state)
{
    static const struct {
        enum stat_subject subject;
        uint64_t provisional;
        uint64_t sound;
    } least[] = {{STAT_PROPORTION, 10, 30}, {STAT_P90, 30, 30}, {STAT_P95, 60, 60},
                 {STAT_CHART, 10, 20},      {STAT_TREND, 8, 8}};
    size_t i;
    uint64_t n;

    (void)state;
    assert_int_equal(ARRAY_LEN(least), STAT_SUBJECT_COUNT);
    for (i = 0; i < ARRAY_LEN(least); i++)
        for (n = 0; n < 80; n++)
            assert_int_equal(stat_standing(least[i].subject, n),
                             n >= least[i].sound         ? STAT_SOUND
                             : n >= least[i].provisional ? STAT_PROVISIONAL
                                                         : STAT_REFUSED);
    assert_int_equal(stat_least(STAT_P95, STAT_REFUSED), 0);
    assert_string_equal(stat_standing_name(STAT_REFUSED), "refused");
    assert_string_equal(stat_standing_name(STAT_PROVISIONAL), "provisional");
    assert_string_equal(stat_standing_name(STAT_SOUND), "sound");
}

/* C(N-D, n) / C(N, n) by products over the n drawn, not over the defects. */
static long double chance_of_none(uint64_t population, uint64_t defects, uint64_t n)
{
    long double chance = 1;
    uint64_t i;

    if (n > population - defects)
        return 0;
    for (i = 0; i < n; i++)
        chance *= (long double)(population - defects - i) / (long double)(population - i);
    return chance;
}

static void a_sample_without_an_error_says_how_few_there_are(void **state)
{
    /* smallest samples that find 5 % of defects with 95 %, and 10 % with 90 %: published */
    static const struct {
        uint64_t population;
        uint64_t n;
        double share;
        double confidence;
    } published[] = {{100, 45, 0.05, 0.95},
                     {200, 51, 0.05, 0.95},
                     {500, 56, 0.05, 0.95},
                     {1000, 57, 0.05, 0.95},
                     {50, 18, 0.10, 0.90}};
    uint64_t population;
    uint64_t n;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(published); i++) {
        assert_true(discovery_share(published[i].population, published[i].n,
                                    published[i].confidence) <= published[i].share + 1e-12);
        assert_true(discovery_share(published[i].population, published[i].n - 1,
                                    published[i].confidence) > published[i].share);
    }
    for (population = 1; population <= 40; population++) {
        for (n = 1; n <= population; n++) {
            double share = discovery_share(population, n, 0.95);
            uint64_t defects = (uint64_t)(share * (double)population + 0.5);

            assert_close(share, (double)defects / (double)population, 1e-12);
            assert_true(chance_of_none(population, defects, n) <= 0.05L + 1e-12L);
            if (defects > 1)
                assert_true(chance_of_none(population, defects - 1, n) > 0.05L);
        }
    }
    /* far more than are drawn: 59 for 5 %, 299 for 1 % */
    assert_true(discovery_share(10000000, 59, 0.95) <= 0.05);
    assert_true(discovery_share(10000000, 58, 0.95) > 0.05);
    assert_true(discovery_share(10000000, 299, 0.95) <= 0.01);
    assert_true(discovery_share(10000000, 298, 0.95) > 0.01);
    assert_true(isnan(discovery_share(0, 0, 0.95)) && isnan(discovery_share(10, 0, 0.95)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_intervals),
        cmocka_unit_test(intervals_are_those_of_other_programs),
        cmocka_unit_test(exact_limits_leave_their_tails),
        cmocka_unit_test(differences_are_those_of_statsmodels),
        cmocka_unit_test(rates_are_those_of_r),
        cmocka_unit_test(pooling_is_that_of_other_programs),
        cmocka_unit_test(one_outage_is_not_forty_failures),
        cmocka_unit_test(small_groups_are_drawn_to_the_whole),
        cmocka_unit_test(reversed_changes_are_seen),
        cmocka_unit_test(two_lists_tell_the_total),
        cmocka_unit_test(too_few_have_no_standing),
        cmocka_unit_test(a_sample_without_an_error_says_how_few_there_are),
    };

    return cmocka_run_group_tests_name("stat: shares and rates", tests, NULL, NULL);
}
