/* Rank correlation and the area under a curve against a published vector and all pairs by hand. */
#include "unit.h"

#include <math.h>

#include "base/mem.h"
#include "close.h"
#include "stat/compare.h"
#include "stat/concordance.h"
#include "stat/random.h"

enum { MOST = 60, ROUNDS = 300 };

static const double normal_975 = 1.959963984540054;

static uint64_t drawn;

/* A number below `end`, the next of one sequence. */
static uint64_t below(uint64_t end)
{
    return random_word(7, drawn++) % end;
}

static int sign_of(double value)
{
    return (value > 0) - (value < 0);
}

/* The example of scipy.stats.kendalltau. */
static void the_known_one(void **state)
{
    struct value_pair pairs[] = {{12, 1}, {2, 4}, {1, 7}, {12, 1}, {2, 0}};
    struct concordance concordance;

    (void)state;
    assert_true(stat_concordance(pairs, ARRAY_LEN(pairs), &concordance));
    assert_close(concordance.tau, -0.4714045207910317, 1e-15);
}

static void what_rises_together_is_one(void **state)
{
    struct value_pair up[] = {{1, 10}, {2, 20}, {3, 30}, {4, 40}};
    struct value_pair down[] = {{1, 40}, {2, 30}, {3, 20}, {4, 10}};
    struct value_pair flat[] = {{1, 7}, {2, 7}, {3, 7}};
    struct concordance concordance;

    (void)state;
    assert_true(stat_concordance(up, ARRAY_LEN(up), &concordance));
    assert_close(concordance.tau, 1, 1e-15);
    assert_close(concordance.limits.low, 1, 1e-12);
    assert_true(stat_concordance(down, ARRAY_LEN(down), &concordance));
    assert_close(concordance.tau, -1, 1e-15);
    assert_false(stat_concordance(flat, ARRAY_LEN(flat), &concordance));
    assert_false(stat_concordance(up, 1, &concordance));
    assert_false(stat_concordance(up, 0, &concordance));
}

/* Sums over all pairs of each with every other. */
static bool by_hand(const struct value_pair *pairs, size_t count, struct concordance *ret)
{
    double with[MOST] = {0};
    double off_x[MOST] = {0};
    double off_y[MOST] = {0};
    double others = (double)(count - 1);
    double mean[3] = {0, 0, 0};
    double square = 0;
    double root;
    size_t i;
    size_t k;

    for (i = 0; i < count; i++) {
        for (k = 0; k < count; k++) {
            int x = sign_of(pairs[i].x - pairs[k].x);
            int y = sign_of(pairs[i].y - pairs[k].y);

            with[i] += x * y / others;
            off_x[i] += (x != 0) / others;
            off_y[i] += (y != 0) / others;
        }
        mean[0] += with[i] / (double)count;
        mean[1] += off_x[i] / (double)count;
        mean[2] += off_y[i] / (double)count;
    }
    root = sqrt(mean[1] * mean[2]);
    if (!(root > 0))
        return false;
    ret->tau = mean[0] / root;
    for (i = 0; i < count; i++) {
        double part = (with[i] - mean[0]) / root -
                      ret->tau * ((off_x[i] / mean[1] - 1) + (off_y[i] / mean[2] - 1)) / 2;

        square += 4 * part * part;
    }
    square = normal_975 * sqrt(square / ((double)count * others));
    ret->limits = (struct interval){fmax(-1, ret->tau - square), fmin(1, ret->tau + square)};
    return true;
}

static void any_pairs_are_those_by_hand(void **state)
{
    struct value_pair pairs[MOST];
    int round;

    (void)state;
    for (round = 0; round < ROUNDS; round++) {
        size_t count = 2 + (size_t)below(MOST - 1);
        uint64_t kinds = 1 + below(20); /* few: many ties */
        struct concordance got;
        struct concordance wanted;
        bool is_there;
        size_t i;

        for (i = 0; i < count; i++) {
            pairs[i].x = (double)below(kinds);
            pairs[i].y = (double)below(kinds) + pairs[i].x / 3;
        }
        is_there = by_hand(pairs, count, &wanted);
        assert_int_equal(stat_concordance(pairs, count, &got), is_there);
        if (!is_there)
            continue;
        assert_close(got.tau, wanted.tau, 1e-12);
        assert_close(got.limits.low, wanted.limits.low, 1e-9);
        assert_close(got.limits.high, wanted.limits.high, 1e-9);
    }
}

/* Variances of the shares that each value has of the other side, ties counting half. */
static struct dominance_limits area_by_hand(const double *x, size_t m, const double *y, size_t n)
{
    double of_x[MOST] = {0};
    double of_y[MOST] = {0};
    double variance = 0;
    double a = 0;
    size_t i;
    size_t k;

    for (i = 0; i < m; i++)
        for (k = 0; k < n; k++) {
            double share = x[i] > y[k] ? 1 : x[i] < y[k] ? 0 : 0.5;

            of_x[i] += share / (double)n;
            of_y[k] += share / (double)m;
            a += share / (double)(m * n);
        }
    for (i = 0; i < m; i++)
        variance += (of_x[i] - a) * (of_x[i] - a) / (double)(m * (m - 1));
    for (k = 0; k < n; k++)
        variance += (of_y[k] - a) * (of_y[k] - a) / (double)(n * (n - 1));
    variance = normal_975 * sqrt(variance);
    return (struct dominance_limits){a, {fmax(0, a - variance), fmin(1, a + variance)}};
}

static void limits_of_the_area_are_those_by_hand(void **state)
{
    double x[MOST];
    double y[MOST];
    int round;

    (void)state;
    for (round = 0; round < ROUNDS; round++) {
        size_t m = 2 + (size_t)below(MOST - 2);
        size_t n = 2 + (size_t)below(MOST - 2);
        struct dominance_limits wanted;
        struct dominance_limits got;
        size_t i;

        for (i = 0; i < m; i++)
            x[i] = (double)below(12) + 2;
        for (i = 0; i < n; i++)
            y[i] = (double)below(12);
        wanted = area_by_hand(x, m, y, n);
        assert_true(stat_sort_double(x, m));
        assert_true(stat_sort_double(y, n));
        assert_true(stat_dominance_limits(x, m, y, n, &got));
        assert_close(got.a, wanted.a, 1e-12);
        assert_close(got.limits.low, wanted.limits.low, 1e-9);
        assert_close(got.limits.high, wanted.limits.high, 1e-9);
    }
    assert_false(stat_dominance_limits(x, 1, y, 5, &(struct dominance_limits){0, {0, 0}}));
    assert_false(stat_dominance_limits(x, 5, y, 1, &(struct dominance_limits){0, {0, 0}}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_one),
        cmocka_unit_test(what_rises_together_is_one),
        cmocka_unit_test(any_pairs_are_those_by_hand),
        cmocka_unit_test(limits_of_the_area_are_those_by_hand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
