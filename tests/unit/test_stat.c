/* Shares, quantiles, survival, sorting against published values, exact sums and plain methods. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stat/stat.h"

static uint64_t random_state = 42;

static uint64_t random_number(void)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return random_state >> 11;
}

/* R: binom::binom.wilson(k, n); Python: the closed form with z = NormalDist().inv_cdf(0.975). */
static void wilson_gives_the_known_intervals(void **state)
{
    static const struct {
        uint64_t k;
        uint64_t n;
        double low;
        double high;
    } cases[] = {
        {0, 10, 0, 0.277533},          {10, 10, 0.722467, 1},        {7, 20, 0.181192, 0.567146},
        {45, 50, 0.786398, 0.956524},  {931, 1000, 0.913585, 0.945116},
        {1, 1, 0.206549, 1},           {0, 1, 0, 0.793451},
    };
    struct interval interval;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(stat_wilson(cases[i].k, cases[i].n, &interval));
        assert_true(fabs(interval.low - cases[i].low) < 5e-7);
        assert_true(fabs(interval.high - cases[i].high) < 5e-7);
    }
    assert_false(stat_wilson(0, 0, &interval));
    for (i = 1; i < 3000; i++) {
        assert_true(stat_wilson(0, i, &interval));
        assert_true(interval.low == 0 && interval.high > 0 && interval.high < 1);
        assert_true(stat_wilson(i, i, &interval));
        assert_true(interval.high == 1 && interval.low > 0);
    }
}

/* The ends of the interval are where the observed share is z standard errors away. */
static void wilson_solves_its_equation(void **state)
{
    uint64_t n;

    (void)state;
    for (n = 1; n < 10000000; n = n * 3 + 1) {
        uint64_t k;

        for (k = 1; k < n; k += n / 7 + 1) {
            double share = (double)k / (double)n;
            double z2 = 1.959963984540054 * 1.959963984540054;
            struct interval in;

            assert_true(stat_wilson(k, n, &in));
            assert_true(in.low < share && share < in.high);
            assert_true(fabs((share - in.low) * (share - in.low) * (double)n /
                                 (in.low * (1 - in.low)) - z2) < 1e-5);
            assert_true(fabs((share - in.high) * (share - in.high) * (double)n /
                                 (in.high * (1 - in.high)) - z2) < 1e-5);
        }
    }
}

static void ranks_are_the_nearest(void **state)
{
    static const int values[] = {3, 7, 8, 12, 15, 21, 22, 30, 47, 120};
    uint64_t n;
    unsigned percent;

    (void)state;
    assert_int_equal(values[stat_rank(10, 50, 100) - 1], 15);
    assert_int_equal(values[stat_rank(10, 85, 100) - 1], 47);
    assert_int_equal(values[stat_rank(10, 90, 100) - 1], 47);
    assert_int_equal(values[stat_rank(10, 95, 100) - 1], 120);
    assert_int_equal(stat_rank(0, 1, 2), 0);
    assert_int_equal(stat_rank(1, 0, 2), 1);
    for (n = 1; n < 400; n++) {
        for (percent = 0; percent <= 100; percent++) {
            uint64_t rank = 1;

            while (rank * 100 < n * percent) /* the first that leaves at least the share below */
                rank++;
            assert_int_equal(stat_rank(n, percent, 100), rank);
        }
    }
    assert_int_equal(stat_rank(UINT64_MAX, 1, 2), UINT64_C(1) << 63);
    assert_int_equal(stat_rank(UINT64_MAX, 100, 100), UINT64_MAX);
}

struct rank_case {
    uint64_t n;
    unsigned num;
    unsigned den;
    uint64_t low;
    uint64_t high;
};

/*
 * Up to 20,011 by exact integers in Python: with q = den - num, the sum over k < l of
 * math.comb(n, k) * num**k * q**(n - k) is compared with den**n * 25 // 1000. Beyond by
 * decimal.Decimal with 60 digits, terms by recurrence from the mode, log n! by Stirling's series.
 */
static const struct rank_case rank_cases[] = {
    {20, 1, 2, 6, 15},
    {40, 9, 10, 32, 40},
    {100, 9, 10, 84, 96},
    {100, 19, 20, 90, 100},
    {1000, 1, 2, 469, 532},
    {1000, 17, 20, 828, 873},
    {3077, 9, 10, 2736, 2803},
    {10384, 1, 2, 5092, 5293},
    {9528, 9, 10, 8517, 8633},
    {20011, 19, 20, 18950, 19071},
    {5000, 1, 100, 37, 65},
    {100000, 1, 2, 49690, 50311},
    {1000000, 9, 10, 899412, 900589},
    {10000000, 1, 2, 4996901, 5003100},
    {10000000, 17, 20, 8497787, 8502214},
    {10000000, 19, 20, 9498649, 9501351},
    {9999991, 9, 10, 8998132, 9001852},
};

static void rank_intervals_are_exact(void **state)
{
    uint64_t low;
    uint64_t high;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rank_cases / sizeof rank_cases[0]; i++) {
        const struct rank_case *one = &rank_cases[i];

        stat_rank_interval(one->n, one->num, one->den, &low, &high);
        assert_int_equal(low, one->low);
        assert_int_equal(high, one->high);
    }
}

static void small_samples_have_no_finite_limit(void **state)
{
    uint64_t n;
    uint64_t low;
    uint64_t high;

    (void)state;
    for (n = 0; n < 80; n++) {
        stat_rank_interval(n, 95, 100, &low, &high);
        assert_int_equal(high != 0, n >= 72);
        stat_rank_interval(n, 90, 100, &low, &high);
        assert_int_equal(high != 0, n >= 36);
        stat_rank_interval(n, 5, 100, &low, &high);
        assert_int_equal(low != 0, n >= 72);
        stat_rank_interval(n, 1, 2, &low, &high);
        assert_int_equal(low != 0, n >= 6);
        assert_int_equal(high != 0, n >= 6);
    }
}

/* The convention word for word, with every term of the distribution in long double. */
static void rank_intervals_agree_with_brute_force(void **state)
{
    static const unsigned percents[] = {1, 5, 10, 25, 50, 75, 85, 90, 95, 99};
    static long double terms[602];
    size_t which;
    uint64_t n;

    (void)state;
    for (which = 0; which < sizeof percents / sizeof percents[0]; which++) {
        long double p = percents[which] / 100.0L;

        for (n = 1; n <= 600; n += n < 130 ? 1 : 23) {
            uint64_t low;
            uint64_t high;
            uint64_t k;
            uint64_t expected_low = 0;
            uint64_t expected_high = 0;
            long double below = 0;
            long double above = 0;

            terms[0] = powl(1 - p, (long double)n);
            for (k = 0; k < n; k++)
                terms[k + 1] = terms[k] * (long double)(n - k) / (long double)(k + 1) * p / (1 - p);
            for (k = 1; k <= n; k++) {
                below += terms[k - 1]; /* P(B < k) */
                if (below <= 0.025L)
                    expected_low = k;
            }
            for (k = n; k >= 1; k--) {
                above += terms[k]; /* P(B >= k) */
                if (above <= 0.025L)
                    expected_high = k;
            }
            stat_rank_interval(n, percents[which], 100, &low, &high);
            assert_int_equal(low, expected_low);
            assert_int_equal(high, expected_high);
        }
    }
}

static struct sample sample_of(const int64_t *values, size_t n)
{
    struct sample_list list = {.chunks = NULL};
    const struct sample_list *lists = &list;
    struct sample sample = {0};
    size_t i;

    for (i = 0; i < n; i++)
        assert_true(sample_list_add(&list, values[i]));
    assert_int_equal(sample_list_count(&list), n);
    assert_true(sample_fill(&sample, &lists, 1));
    sample_list_done(&list);
    return sample;
}

static bool km_median(const int64_t *ended, size_t ended_count, const int64_t *censored,
                      size_t censored_count, int64_t *ret_median)
{
    struct sample a = sample_of(ended, ended_count);
    struct sample b = sample_of(censored, censored_count);
    bool found = stat_km_median(&a, &b, ret_median);

    sample_done(&a);
    sample_done(&b);
    return found;
}

/* Remission of leukaemia patients, Freireich and others (1963): medians 23 and 8 weeks. */
static void survival_medians_are_the_published_ones(void **state)
{
    static const int64_t treated[] = {6, 6, 6, 7, 10, 13, 16, 22, 23};
    static const int64_t treated_censored[] = {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35};
    static const int64_t placebo[] = {1, 1, 2, 2, 3,  4,  4,  5,  5,  8, 8,
                                      8, 8, 11, 11, 12, 12, 15, 17, 22, 23};
    int64_t median = -1;

    (void)state;
    assert_true(km_median(treated, 9, treated_censored, 12, &median));
    assert_int_equal(median, 23);
    assert_true(km_median(placebo, 21, NULL, 0, &median));
    assert_int_equal(median, 8);
    /* without the last one nothing falls to a half: S stays at 0.538 */
    assert_false(km_median(treated, 8, treated_censored, 12, &median));
    assert_false(km_median(NULL, 0, treated_censored, 12, &median));
    assert_false(km_median(NULL, 0, NULL, 0, &median));
    /* one ends, one is censored at the same time: 1/2 is a half */
    assert_true(km_median((const int64_t[]){5}, 1, (const int64_t[]){5}, 1, &median));
    assert_int_equal(median, 5);
    assert_false(
        km_median((const int64_t[]){5, 6}, 2, (const int64_t[]){5, 7, 7, 7}, 4, &median));
}

static int compare_int64(const void *a, const void *b)
{
    int64_t x;
    int64_t y;

    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

/* Up to twelve persons the product of fractions is exact in 64 bits. */
static void survival_agrees_with_exact_products(void **state)
{
    int round;

    (void)state;
    for (round = 0; round < 20000; round++) {
        int64_t ended[12];
        int64_t censored[12];
        size_t n = random_number() % 7;
        size_t m = random_number() % 6;
        uint64_t num = 1;
        uint64_t den = 1;
        bool expected_found = false;
        int64_t expected = 0;
        int64_t median = 0;
        int64_t time;
        size_t i;

        for (i = 0; i < n; i++)
            ended[i] = (int64_t)(random_number() % 9) - 3;
        for (i = 0; i < m; i++)
            censored[i] = (int64_t)(random_number() % 9) - 3;
        qsort(ended, n, sizeof *ended, compare_int64);
        qsort(censored, m, sizeof *censored, compare_int64);
        for (time = -3; time < 6 && !expected_found; time++) {
            uint64_t at_risk = 0;
            uint64_t ends = 0;

            for (i = 0; i < n; i++) {
                at_risk += ended[i] >= time;
                ends += ended[i] == time;
            }
            for (i = 0; i < m; i++)
                at_risk += censored[i] >= time;
            if (ends == 0)
                continue;
            num *= at_risk - ends;
            den *= at_risk;
            expected_found = 2 * num <= den;
            expected = time;
        }
        assert_int_equal(km_median(ended, n, censored, m, &median), expected_found);
        if (expected_found)
            assert_int_equal(median, expected);
    }
}

static int64_t random_value(unsigned kind)
{
    switch (kind) {
    case 0:
        return (int64_t)(random_number() << 11 ^ random_number()); /* any, negative too */
    case 1:
        return (int64_t)(random_number() % 1000) * 60000000; /* whole minutes */
    case 2:
        return (int64_t)(random_number() % 100000) * 1000000 - 7; /* seconds, not multiples */
    case 3:
        return (int64_t)(random_number() % 3) - 1;
    case 4:
        return random_number() % 2 ? INT64_MAX : INT64_MIN;
    default:
        return 5;
    }
}

/* Sorted by the C library: what samples that were added up must say. */
static int compare_values(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

/* Parts of a few and of many values, close together and far apart, up to `most` seconds. */
static void hold_sum_to_values(size_t parts, size_t most_a_part, int64_t most, int64_t unit,
                               bool is_counted)
{
    int64_t *values = mem_alloc(parts * most_a_part, sizeof *values);
    struct sample sum = {0};
    struct sample part = {0};
    bool done = true;
    size_t count = 0;
    size_t i;
    size_t k;

    assert_non_null(values);
    for (i = 0; i < parts; i++) {
        size_t n = random_number() % (most_a_part + 1);
        struct sample_list list = {0};
        const struct sample_list *lists[] = {&list};

        for (k = 0; k < n; k++) {
            values[count] = (int64_t)(random_number() % (uint64_t)most) * unit;
            assert_true(sample_list_add(&list, values[count++]));
        }
        assert_true(sample_fill(&part, lists, 1));
        done = sample_add_up(&sum, &part) && done;
        sample_list_done(&list);
    }
    assert_true(done == is_counted || count == 0);
    assert_true(done || sum.n < count);
    if (done) {
        sample_added_up(&sum);
        qsort(values, count, sizeof *values, compare_values);
        assert_int_equal(sum.n, count);
        for (k = 0; k < count; k++)
            assert_int_equal(sample_at(&sum, k + 1), values[k]);
    }
    sample_clear(&sum);
    assert_int_equal(sum.n, 0);
    sample_done(&sum);
    sample_done(&part);
    mem_free(values);
}

static void samples_add_up_to_all_values(void **state)
{
    const int64_t second = 1000000;
    size_t i;

    (void)state;
    for (i = 0; i < 60; i++) {
        hold_sum_to_values(1 + i % 7, 1 + i * 40, 1 + (int64_t)i * 3000, second, true);
        hold_sum_to_values(3, 900, 40, second, true);
    }
    /* milliseconds, and seconds too far apart to be counted */
    hold_sum_to_values(3, 2000, 100000, 1000, false);
    hold_sum_to_values(3, 20, 1ll << 40, second, false);
}

static void sorting_agrees_with_the_c_library(void **state)
{
    static const size_t sizes[] = {0,  1,  2,  3,   23,   24,   25,   47,
                                   48, 49, 97, 777, 1499, 1500, 5000, 100003};
    size_t which;
    unsigned kind;

    (void)state;
    for (which = 0; which < sizeof sizes / sizeof sizes[0]; which++) {
        for (kind = 0; kind < 6; kind++) {
            size_t n = sizes[which];
            int64_t *ours = mem_alloc(n, sizeof *ours);
            int64_t *theirs = mem_alloc(n, sizeof *theirs);
            size_t i;

            for (i = 0; i < n; i++)
                ours[i] = theirs[i] = random_value(kind);
            qsort(theirs, n, sizeof *theirs, compare_int64);
            assert_true(stat_sort_int64(ours, n));
            assert_memory_equal(ours, theirs, n * sizeof *ours);
            assert_true(stat_sort_int64(ours, n)); /* sorted already */
            assert_memory_equal(ours, theirs, n * sizeof *ours);
            for (i = 0; i < n / 2; i++) {
                int64_t swapped = ours[i];

                ours[i] = ours[n - 1 - i];
                ours[n - 1 - i] = swapped;
            }
            assert_true(stat_sort_int64(ours, n)); /* falling */
            assert_memory_equal(ours, theirs, n * sizeof *ours);
            mem_free(ours);
            mem_free(theirs);
        }
    }
}

static void sorting_without_memory_changes_nothing(void **state)
{
    int64_t values[2000];
    bool done;
    int64_t i;

    (void)state;
    for (i = 0; i < 2000; i++)
        values[i] = 2000 - i;
    mem_fail_at(1);
    done = stat_sort_int64(values, 2000);
    mem_fail_at(0);
    assert_false(done);
    for (i = 0; i < 2000; i++)
        assert_int_equal(values[i], 2000 - i);
}

/* Counted or sorted, in one list or several, whatever the sample held before: the same order as the
   C library's. */
static void samples_hold_every_value_in_order(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 40000, 255, 256, 300, 5000};
    static const int64_t spans[] = {1, 50, 3000, 200000, 4000000};
    struct sample sample = {0};
    size_t which;
    size_t span;
    unsigned kind;

    (void)state;
    for (which = 0; which < ARRAY_LEN(sizes); which++)
        for (span = 0; span < ARRAY_LEN(spans); span++)
            for (kind = 0; kind < 3; kind++) {
                size_t n = sizes[which];
                int64_t *values = calloc(n + 1, sizeof *values);
                struct sample_list lists[3] = {{.chunks = NULL}};
                const struct sample_list *parts[3] = {&lists[0], &lists[1], &lists[2]};
                struct sample_run run;
                uint64_t upto = 0;
                size_t place = 0;
                size_t i;

                assert_non_null(values);
                for (i = 0; i < n; i++) {
                    values[i] = (int64_t)(random_number() % (uint64_t)spans[span]) * 1000000;
                    if (kind == 1 && i % 100 == 7)
                        values[i] += 1;
                    if (kind == 2 && i % 50 == 3)
                        values[i] = i % 3 ? -values[i] : INT64_MAX - (int64_t)i;
                    assert_true(sample_list_add(&lists[random_number() % 3], values[i]));
                }
                assert_true(sample_list_join(&lists[2], &lists[0]));
                assert_int_equal(sample_list_count(&lists[0]), 0);
                for (i = 0; i < n % 7; i++) { /* both go on */
                    assert_true(sample_list_add(&lists[i % 2 * 2], values[i]));
                    upto++;
                }
                assert_int_equal(sample_list_count(&lists[0]) + sample_list_count(&lists[1]) +
                                     sample_list_count(&lists[2]),
                                 n + upto);
                values = realloc(values, (n + (size_t)upto + 1) * sizeof *values);
                assert_non_null(values);
                memcpy(values + n, values, (size_t)upto * sizeof *values);
                n += (size_t)upto;
                assert_true(sample_fill(&sample, parts, 3));
                qsort(values, n, sizeof *values, compare_int64);
                assert_int_equal(sample.n, n);
                for (i = 0; i < n; i++)
                    assert_true(sample_at(&sample, i + 1) == values[i]);
                for (upto = 0; sample_next(&sample, &place, &run); upto += run.n) {
                    assert_true(run.n > 0 && upto + run.n <= n);
                    assert_true(upto == 0 || values[upto - 1] < run.value);
                    assert_true(values[upto] == run.value && values[upto + run.n - 1] == run.value);
                }
                assert_int_equal(upto, n);
                for (i = 0; i < 3; i++)
                    sample_list_done(&lists[i]);
                free(values);
            }
    sample_done(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_gives_the_known_intervals),
        cmocka_unit_test(wilson_solves_its_equation),
        cmocka_unit_test(ranks_are_the_nearest),
        cmocka_unit_test(rank_intervals_are_exact),
        cmocka_unit_test(small_samples_have_no_finite_limit),
        cmocka_unit_test(rank_intervals_agree_with_brute_force),
        cmocka_unit_test(survival_medians_are_the_published_ones),
        cmocka_unit_test(survival_agrees_with_exact_products),
        cmocka_unit_test(samples_hold_every_value_in_order),
        cmocka_unit_test(samples_add_up_to_all_values),
        cmocka_unit_test(sorting_agrees_with_the_c_library),
        cmocka_unit_test(sorting_without_memory_changes_nothing),
    };

    return cmocka_run_group_tests_name("stat", tests, NULL, NULL);
}
