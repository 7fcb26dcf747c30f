/* M-42, response parity: worked examples, standardisation by hand, and what may be read of it. */
#include "unit.h"

#include <math.h>

#include "base/mem.h"
#include "measure/parity.h"
#include "time/instant.h"

enum { MOST = 400 };

static struct parity_reply reply_of(double minutes, uint64_t cell, bool is_boss)
{
    return (struct parity_reply){.wait = (int64_t)(minutes * (double)MINUTE_US),
                                 .cell = cell,
                                 .is_boss = is_boss};
}

static size_t add_all(struct parity_reply *into, size_t count, const double *minutes, size_t n,
                      uint64_t cell, bool is_boss)
{
    size_t i;

    for (i = 0; i < n; i++)
        into[count++] = reply_of(minutes[i], cell, is_boss);
    return count;
}

/* Few replies: compared as they are. */
static void customers_against_a_boss(void **state)
{
    static const double customers[] = {40, 60, 90, 120, 240, 300, 480, 30};
    static const double boss[] = {10, 12, 20, 25, 30, 45, 50};
    struct parity_reply replies[MOST];
    struct parity parity;
    size_t count = add_all(replies, 0, customers, ARRAY_LEN(customers), 1, false);

    (void)state;
    count = add_all(replies, count, boss, ARRAY_LEN(boss), 2, true);
    assert_true(parity_compare(replies, count, 42, &parity));
    assert_int_equal(parity.cells, 0);
    assert_true(parity.median[PARITY_CUSTOMER] == 105.0 * (double)MINUTE_US);
    assert_true(parity.median[PARITY_BOSS] == 25.0 * (double)MINUTE_US);
    assert_true(fabs(parity.ratio - 4.2) < 1e-12);
    assert_true(fabs(parity.dominance - 0.919643) < 5e-7);
    assert_true(parity.ratio_limits.low <= 4.2 && parity.ratio_limits.high >= 4.2);
    assert_int_equal(parity.within[PARITY_CUSTOMER], 3);
    assert_int_equal(parity.within[PARITY_BOSS], 7);
    assert_true(fabs(parity.difference - 0.625) < 1e-12);
}

/*
 * Boss and customer wait equally long within each hour, but the boss writes mostly at the quick
 * one: unmatched medians differ, matched ones do not.
 */
static size_t two_hours(struct parity_reply *replies)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < 40; i++) {
        replies[count++] = reply_of(10, 1, true); /* quick hour: 40 of the boss, 10 of customers */
        replies[count++] = reply_of(100, 2, false);
        if (i < 10) {
            replies[count++] = reply_of(10, 1, false);
            replies[count++] = reply_of(100, 2, true);
        }
    }
    return count;
}

static void cells_are_compared_with_each_other(void **state)
{
    struct parity_reply replies[MOST];
    struct parity parity;
    size_t count = two_hours(replies);

    (void)state;
    assert_true(parity_compare(replies, count, 42, &parity));
    assert_int_equal(parity.cells, 2);
    assert_int_equal(parity.matched[PARITY_CUSTOMER], 50);
    assert_true(parity.ratio == 1); /* raw medians: 100 and 10 */
    assert_true(parity.dominance == 0.5);
    assert_true(parity.ratio_limits.low == 1 && parity.ratio_limits.high == 1);
    assert_int_equal(parity.reading, PARITY_INVERTED);
}

static void a_cell_with_four_of_a_kind_is_not_matched(void **state)
{
    struct parity_reply replies[MOST];
    struct parity parity;
    size_t count = two_hours(replies);
    size_t i;

    (void)state;
    for (i = 0; i < 4; i++)
        replies[count++] = reply_of(1, 3, true);
    for (i = 0; i < 30; i++)
        replies[count++] = reply_of(1000, 3, false);
    assert_true(parity_compare(replies, count, 42, &parity));
    assert_int_equal(parity.cells, 2);
    assert_true(parity.ratio == 1);
    assert_int_equal(parity.n[PARITY_CUSTOMER], 80); /* shares are of all */
}

static size_t group_of(struct parity_reply *replies, double customers, double boss)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < 60; i++) {
        replies[count++] = reply_of(customers * (0.8 + 0.4 * (double)i / 59), 1, false);
        replies[count++] = reply_of(boss * (0.8 + 0.4 * (double)i / 59), 1, true);
    }
    return count;
}

static void what_is_read_of_the_interval(void **state)
{
    static const struct {
        double customers;
        enum parity_reading reading;
    } cases[] = {{30, PARITY_INVERTED},
                 {130, PARITY_BALANCED},
                 {200, PARITY_UNDECIDED},
                 {600, PARITY_CLASSIC}};
    struct parity_reply replies[MOST];
    struct parity parity;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        size_t count = group_of(replies, cases[i].customers, 100);

        assert_true(parity_compare(replies, count, 42, &parity));
        assert_int_equal(parity.reading, cases[i].reading);
    }
}

static void who_is_not_answered_is_not_answered_in_time(void **state)
{
    struct parity_reply replies[MOST];
    struct parity parity;
    size_t count = group_of(replies, 10, 10);
    size_t i;

    (void)state;
    for (i = 0; i < count; i++)
        replies[i].is_unanswered = !replies[i].is_boss && i % 4 == 0;
    assert_true(parity_compare(replies, count, 42, &parity));
    assert_int_equal(parity.unanswered[PARITY_CUSTOMER], 30);
    assert_true(parity.share[PARITY_CUSTOMER] == 0.5);
    assert_true(parity.share[PARITY_BOSS] == 1);
}

static void a_seed_gives_the_same_in_any_order(void **state)
{
    struct parity_reply replies[MOST];
    struct parity_reply turned[MOST];
    struct parity first;
    struct parity second;
    size_t count = group_of(replies, 200, 100);
    size_t i;

    (void)state;
    for (i = 0; i < count; i++)
        turned[i] = replies[count - 1 - i];
    assert_true(parity_compare(replies, count, 7, &first));
    assert_true(parity_compare(turned, count, 7, &second));
    assert_true(first.ratio_limits.low == second.ratio_limits.low);
    assert_true(first.ratio_limits.high == second.ratio_limits.high);
    assert_true(parity_compare(turned, count, 8, &second));
    assert_false(first.ratio_limits.low == second.ratio_limits.low &&
                 first.ratio_limits.high == second.ratio_limits.high);
}

static void without_replies_there_is_nothing_to_say(void **state)
{
    struct parity_reply replies[1];
    struct parity parity;

    (void)state;
    assert_true(parity_compare(replies, 0, 1, &parity));
    assert_true(isnan(parity.ratio) && isnan(parity.dominance));
    assert_int_equal(parity.reading, PARITY_UNDECIDED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(customers_against_a_boss),
        cmocka_unit_test(cells_are_compared_with_each_other),
        cmocka_unit_test(a_cell_with_four_of_a_kind_is_not_matched),
        cmocka_unit_test(what_is_read_of_the_interval),
        cmocka_unit_test(who_is_not_answered_is_not_answered_in_time),
        cmocka_unit_test(a_seed_gives_the_same_in_any_order),
        cmocka_unit_test(without_replies_there_is_nothing_to_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
