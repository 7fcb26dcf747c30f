/* Two groups, many tests, agreement and quantiles against R, statsmodels, NumPy and plain methods. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "close.h"
#include "stat/agree.h"
#include "stat/compare.h"
#include "stat/quantiles.h"
#include "stat/random.h"

/* Minutes until a reply, to customers and to the boss. */
static const double customers[] = {30, 40, 60, 90, 120, 240, 300, 480};
static const double boss[] = {10, 12, 20, 25, 30, 45, 50};

static void dominance_is_the_known_one(void **state)
{
    struct dominance dominance;
    struct shift ratio;

    (void)state;
    assert_true(stat_dominance(customers, 8, boss, 7, &dominance));
    assert_close(dominance.delta, 0.839286, 5e-7);
    assert_close(dominance.a, 0.919643, 5e-7);
    assert_int_equal(dominance.size, EFFECT_LARGE);
    assert_true(stat_median_ratio(customers, 8, boss, 7, 1, &ratio));
    assert_close(ratio.value, 4.2, 1e-15);
    assert_true(ratio.limits.low > 1 && ratio.limits.low < 4.2);
    assert_true(ratio.limits.high > 4.2 && ratio.limits.high < 48);
    assert_false(stat_dominance(customers, 0, boss, 7, &dominance));
    assert_false(stat_dominance(customers, 8, boss, 0, &dominance));
}

static void sizes_have_names(void **state)
{
    static const double zero[] = {0};
    double values[100];
    static const struct {
        size_t positive;
        enum effect_size size;
    } cases[] = {{50, EFFECT_NEGLIGIBLE}, {55, EFFECT_NEGLIGIBLE}, {57, EFFECT_SMALL},
                 {63, EFFECT_SMALL},      {65, EFFECT_MEDIUM},     {70, EFFECT_MEDIUM},
                 {72, EFFECT_LARGE},      {28, EFFECT_LARGE},      {43, EFFECT_SMALL}};
    struct dominance dominance;
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        for (j = 0; j < 100; j++)
            values[j] = j < 100 - cases[i].positive ? -1 : 1;
        assert_true(stat_dominance(values, 100, zero, 1, &dominance));
        assert_close(dominance.a, (double)cases[i].positive / 100, 1e-15);
        assert_int_equal(dominance.size, cases[i].size);
    }
    assert_string_equal(effect_size_name(EFFECT_NEGLIGIBLE), "negligible");
    assert_string_equal(effect_size_name(EFFECT_LARGE), "large");
}

static void groups_are_those_of_other_programs(void **state)
{
    static const struct {
        size_t x_count;
        size_t y_count;
        double x[20];
        double y[20];
        double delta;
        struct shift shift;
        struct shift ratio;
    } records[] = {
#include "../data/stat/groups.inc"
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        struct dominance dominance;
        struct shift shift;
        const double *x = records[i].x;
        const double *y = records[i].y;
        size_t m = records[i].x_count;
        size_t n = records[i].y_count;

        assert_true(stat_dominance(x, m, y, n, &dominance));
        assert_close(dominance.delta, records[i].delta, 1e-14);
        assert_true(stat_shift(x, m, y, n, &shift));
        assert_close(shift.value, records[i].shift.value, 1e-14);
        assert_close(shift.limits.low, records[i].shift.limits.low, 0);
        assert_close(shift.limits.high, records[i].shift.limits.high, 0);
        assert_true(stat_shift_ratio(x, m, y, n, &shift));
        assert_close(shift.value, records[i].ratio.value, 1e-13);
        assert_close(shift.limits.low, records[i].ratio.limits.low, 0);
        assert_close(shift.limits.high, records[i].ratio.limits.high, 0);
    }
}

static int compare_double(const void *a, const void *b)
{
    double x;
    double y;

    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

/* Thousands of values with ties: all pairs, one by one. */
static void large_groups_agree_with_all_pairs(void **state)
{
    enum { M = 1501, N = 700 };
    double *x = mem_alloc(M, sizeof *x);
    double *y = mem_alloc(N, sizeof *y);
    double *pairs = mem_alloc((size_t)M * N, sizeof *pairs);
    struct dominance dominance;
    struct shift shift;
    int64_t sum = 0;
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < M; i++)
        x[i] = (double)(random_word(1, i) % 3000) / 7;
    for (j = 0; j < N; j++)
        y[j] = (double)(random_word(2, j) % 2800) / 7 - 20;
    qsort(x, M, sizeof *x, compare_double);
    assert_true(stat_sort_double(y, N));
    for (i = 0; i < M; i++) {
        for (j = 0; j < N; j++) {
            pairs[i * N + j] = x[i] - y[j];
            sum += (x[i] > y[j]) - (x[i] < y[j]);
        }
    }
    qsort(pairs, (size_t)M * N, sizeof *pairs, compare_double);
    assert_true(stat_dominance(x, M, y, N, &dominance));
    assert_close(dominance.delta, (double)sum / (M * N), 1e-15);
    assert_true(stat_shift(x, M, y, N, &shift));
    assert_close(shift.value, (pairs[M * N / 2 - 1] + pairs[M * N / 2]) / 2, 1e-15);
    assert_true(shift.limits.low < shift.value && shift.value < shift.limits.high);
    assert_false(stat_shift_ratio(x, M, y, N, &shift)); /* some are not above 0 */
    mem_free(x);
    mem_free(y);
    mem_free(pairs);
}

/* Chance of U up to `most` by counting orders of m and n values: the promise of the rank limits. */
static double chance_of_u(size_t m, size_t n, size_t most)
{
    static double ways[16][16][226];
    double all = 0;
    double good = 0;
    size_t i;
    size_t j;
    size_t u;

    for (i = 0; i <= m; i++) {
        for (j = 0; j <= n; j++) {
            for (u = 0; u <= i * j; u++) {
                double from_x = i > 0 && u >= j ? ways[i - 1][j][u - j] : 0;
                double from_y = j > 0 && u <= i * (j - 1) ? ways[i][j - 1][u] : 0;

                /* the largest of all is an x, above j values, or a y */
                ways[i][j][u] = i == 0 || j == 0 ? u == 0 : from_x + from_y;
            }
        }
    }
    for (u = 0; u <= m * n; u++) {
        all += ways[m][n][u];
        good += u <= most ? ways[m][n][u] : 0;
    }
    return good / all;
}

/* Differences all distinct, so that a limit tells its rank. */
static void limits_of_shifts_hold_their_share(void **state)
{
    size_t m;
    size_t n;

    (void)state;
    for (m = 2; m <= 15; m++) {
        for (n = 2; n <= 15; n++) {
            double x[15];
            double y[15];
            struct shift shift;
            size_t rank = 0;
            size_t i;
            size_t j;

            for (i = 0; i < m; i++)
                x[i] = (double)(i * 100);
            for (j = 0; j < n; j++)
                y[j] = (double)j;
            assert_true(stat_shift(x, m, y, n, &shift));
            if (isinf(shift.limits.low)) {
                assert_true(chance_of_u(m, n, 0) > 0.02);
                continue;
            }
            for (i = 0; i < m; i++)
                for (j = 0; j < n; j++)
                    rank += x[i] - y[j] <= shift.limits.low;
            /* missed on this side with P(U < rank): never more than 2.5 %, and with a rank more it
               would be, but for the smallest groups */
            assert_true(chance_of_u(m, n, rank - 1) < 0.025);
            assert_true(chance_of_u(m, n, rank) > (m > 2 && n > 2 ? 0.0235 : 0.019));
        }
    }
}

static void bootstrap_agrees_with_plain_resampling(void **state)
{
    static const struct {
        size_t x_count;
        size_t y_count;
        double x[101];
        double y[200];
        double ratio;
        double band[4];
    } records[] = {
#include "../data/stat/bootstrap.inc"
    };
    size_t i;
    uint64_t seed;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        for (seed = 0; seed < 5; seed++) {
            struct shift ratio;

            assert_true(stat_median_ratio(records[i].x, records[i].x_count, records[i].y,
                                          records[i].y_count, seed, &ratio));
            assert_close(ratio.value, records[i].ratio, 1e-12);
            assert_true(ratio.limits.low >= records[i].band[0] - 1e-9);
            assert_true(ratio.limits.low <= records[i].band[1] + 1e-9);
            assert_true(ratio.limits.high >= records[i].band[2] - 1e-9);
            assert_true(ratio.limits.high <= records[i].band[3] + 1e-9);
        }
    }
}

/* The limits of this program stay what they are, on every machine and in every later version. */
static void bootstrap_does_not_change(void **state)
{
    static const double ones[] = {1, 1, 1};
    struct shift first;
    struct shift again;
    struct shift other;

    (void)state;
    assert_true(stat_median_ratio(customers, 8, boss, 7, 1, &first));
    assert_true(stat_median_ratio(customers, 8, boss, 7, 1, &again));
    assert_true(stat_median_ratio(customers, 8, boss, 7, 2, &other));
    assert_memory_equal(&first, &again, sizeof first);
    assert_close(first.limits.low, 1.4444444444444444, 1e-12);
    assert_close(first.limits.high, 15.0, 1e-12);
    assert_true(stat_median_ratio(ones, 3, ones, 1, 1, &first));
    assert_true(first.value == 1 && first.limits.low == 1 && first.limits.high == 1);
    assert_true(stat_median_ratio(ones, 3, ones, 2, 1, &first));
    assert_true(first.value == 1);
}

static void ratios_that_do_not_exist(void **state)
{
    static const double zeros[] = {0, 0, 5};
    static const double below[] = {-1, 2, 3};
    static const double some[] = {0, 4, 5};
    struct shift ratio = {7, {7, 7}};

    (void)state;
    assert_false(stat_median_ratio(some, 3, zeros, 3, 1, &ratio));
    assert_false(stat_median_ratio(below, 3, some, 3, 1, &ratio));
    assert_false(stat_median_ratio(some, 3, below, 3, 1, &ratio));
    assert_false(stat_median_ratio(some, 0, some, 3, 1, &ratio));
    assert_false(stat_median_ratio(some, 3, some, 0, 1, &ratio));
    assert_false(stat_shift_ratio(some, 3, customers, 8, &ratio));
    assert_false(stat_shift_ratio(some, 0, customers, 8, &ratio));
    assert_false(stat_shift(some, 0, customers, 8, &ratio));
    assert_true(ratio.value == 7 && ratio.limits.low == 7);
    assert_true(stat_median_ratio(zeros, 3, some, 3, 1, &ratio));
    assert_true(ratio.value == 0 && ratio.limits.low == 0 && isinf(ratio.limits.high));
}

static void discoveries_are_those_of_r(void **state)
{
    static const struct {
        size_t count;
        double p[30];
        double adjusted[30];
    } records[] = {
#include "../data/stat/discoveries.inc"
    };
    double adjusted[30] = {7};
    unsigned long nth;
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        assert_true(stat_false_discovery(records[i].p, records[i].count, adjusted));
        for (j = 0; j < records[i].count; j++)
            assert_close(adjusted[j], records[i].adjusted[j], 1e-15);
    }
    adjusted[0] = 7;
    assert_true(stat_false_discovery(NULL, 0, adjusted));
    for (nth = 1; nth <= 4; nth++) { /* the fourth is that of sorting more than a few */
        bool is_done;

        mem_fail_at(nth);
        is_done = stat_false_discovery(records[ARRAY_LEN(records) - 1].p, 30, adjusted);
        mem_fail_at(0);
        assert_false(is_done);
        assert_true(adjusted[0] == 7);
    }
}

static void kappas_are_those_of_statsmodels(void **state)
{
    static const struct {
        size_t classes;
        uint64_t counts[16];
        double value;
        double standard_error;
    } records[] = {
#include "../data/stat/kappa.inc"
    };
    struct kappa kappa;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        assert_true(stat_kappa(records[i].counts, records[i].classes, &kappa));
        assert_close(kappa.value, records[i].value, 1e-13);
        assert_close(kappa.standard_error, records[i].standard_error, 1e-13);
    }
    assert_true(stat_kappa((const uint64_t[]){40, 5, 7, 48}, 2, &kappa));
    assert_close(kappa.value, 0.7586, 5e-5);
    assert_close(kappa.observed, 0.88, 1e-15);
    assert_close(kappa.limits.low, kappa.value - 1.959963984540054 * kappa.standard_error, 1e-15);
    assert_true(stat_kappa((const uint64_t[]){5, 0, 0, 9}, 2, &kappa));
    assert_true(kappa.value == 1 && kappa.limits.high == 1);
    assert_false(stat_kappa((const uint64_t[]){5, 0, 0, 0}, 2, &kappa));
    assert_false(stat_kappa((const uint64_t[]){0, 0, 0, 0}, 2, &kappa));
    assert_false(stat_kappa(NULL, 0, &kappa));
}

static void promoters_minus_detractors(void **state)
{
    static const struct {
        uint64_t promoters;
        uint64_t passives;
        uint64_t detractors;
        double score;
        double standard_error;
    } records[] = {
#include "../data/stat/promoters.inc"
    };
    struct net_promoter score;
    struct net_promoter later;
    struct score_change change;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        assert_true(stat_net_promoter(records[i].promoters, records[i].passives,
                                      records[i].detractors, &score));
        assert_close(score.score, records[i].score, 1e-12);
        assert_close(score.standard_error, records[i].standard_error, 1e-12);
    }
    assert_true(stat_net_promoter(50, 30, 20, &score));
    assert_close(score.score, 30, 1e-13);
    assert_close(score.limits.high - score.score, 15.3, 0.05);
    assert_close(score.score - score.limits.low, 15.3, 0.05);
    assert_false(stat_net_promoter(0, 0, 0, &score));

    /* the error of a difference is about 10.6, so that 20.8 are needed */
    assert_true(stat_net_promoter(60, 30, 10, &later));
    change = stat_net_promoter_change(&score, &later);
    assert_close(change.value, 20, 1e-12);
    assert_close(change.z, 20 / hypot(score.standard_error, later.standard_error), 1e-12);
    assert_true(change.is_real == (fabs(change.z) > 1.96));
    assert_close(change.p, erfc(change.z / sqrt(2)), 1e-15);
    change = stat_net_promoter_change(&later, &score);
    assert_close(change.value, -20, 1e-12);
    change = stat_net_promoter_change(&score, &score);
    assert_true(change.z == 0 && change.p == 1 && !change.is_real);
    assert_true(stat_net_promoter(3, 0, 0, &score) && stat_net_promoter(0, 3, 0, &later));
    change = stat_net_promoter_change(&score, &later);
    assert_true(isinf(change.z) && change.z < 0 && change.is_real && change.p == 0);
}

static void quantiles_are_those_of_r(void **state)
{
    static const double values[] = {3, 7, 8, 12, 15, 21, 22, 30, 47, 120};
    static const struct {
        unsigned percent;
        double nearest;
        double linear;
        double unbiased;
    } known[] = {
        {50, 15, 18, 18}, {85, 47, 41.05, 55.516667}, {90, 47, 54.3, 93.233333},
        {95, 120, 87.15, 120}};
    static const struct {
        size_t n;
        double values[24];
        unsigned num;
        unsigned den;
        double nearest;
        double linear;
        double unbiased;
    } records[] = {
#include "../data/stat/quantiles.inc"
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(known); i++) {
        unsigned p = known[i].percent;

        assert_close(stat_quantile(values, 10, QUANTILE_NEAREST, p, 100), known[i].nearest, 0);
        assert_close(stat_quantile(values, 10, QUANTILE_LINEAR, p, 100), known[i].linear, 1e-14);
        assert_close(stat_quantile(values, 10, QUANTILE_MEDIAN_UNBIASED, p, 100),
                     known[i].unbiased, 1e-8);
    }
    for (i = 0; i < ARRAY_LEN(records); i++) {
        const double *list = records[i].values;
        size_t n = records[i].n;
        unsigned num = records[i].num;
        unsigned den = records[i].den;

        assert_close(stat_quantile(list, n, QUANTILE_NEAREST, num, den), records[i].nearest, 0);
        assert_close(stat_quantile(list, n, QUANTILE_LINEAR, num, den), records[i].linear, 1e-12);
        assert_close(stat_quantile(list, n, QUANTILE_MEDIAN_UNBIASED, num, den),
                     records[i].unbiased, 1e-12);
    }
    assert_true(isnan(stat_quantile(NULL, 0, QUANTILE_LINEAR, 1, 2)));
}

static void doubles_are_sorted(void **state)
{
    double ours[3000];
    double theirs[3000];
    bool is_sorted;
    size_t i;

    (void)state;
    for (i = 0; i < 3000; i++)
        ours[i] = theirs[i] = i % 7 == 0 ? 0 : (random_unit(3, i) - 0.5) * exp((double)(i % 90));
    ours[5] = theirs[5] = INFINITY;
    ours[6] = theirs[6] = -INFINITY;
    mem_fail_at(2);
    is_sorted = stat_sort_double(ours, 3000);
    mem_fail_at(0);
    assert_false(is_sorted);
    assert_memory_equal(ours, theirs, sizeof ours);
    assert_true(stat_sort_double(ours, 3000));
    qsort(theirs, 3000, sizeof *theirs, compare_double);
    assert_memory_equal(ours, theirs, sizeof ours);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dominance_is_the_known_one),
        cmocka_unit_test(sizes_have_names),
        cmocka_unit_test(groups_are_those_of_other_programs),
        cmocka_unit_test(large_groups_agree_with_all_pairs),
        cmocka_unit_test(limits_of_shifts_hold_their_share),
        cmocka_unit_test(bootstrap_agrees_with_plain_resampling),
        cmocka_unit_test(bootstrap_does_not_change),
        cmocka_unit_test(ratios_that_do_not_exist),
        cmocka_unit_test(discoveries_are_those_of_r),
        cmocka_unit_test(kappas_are_those_of_statsmodels),
        cmocka_unit_test(promoters_minus_detractors),
        cmocka_unit_test(quantiles_are_those_of_r),
        cmocka_unit_test(doubles_are_sorted),
    };

    return cmocka_run_group_tests_name("stat: comparisons", tests, NULL, NULL);
}
