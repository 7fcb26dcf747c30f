/* What lifts the band, against every way to raise the answers of small checklists. */
#include "score_fixture.h"

#include <string.h>

enum { ITEMS = 5, WAYS = 3125 }; /* 5 to the 5th: stay, or 4, 6, 8, 10 points */

static const int points_of_way[] = {-1, 4, 6, 8, 10};

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static int now(const struct item *item)
{
    return item->status == ANSWER_SCORED ? item->points : 0;
}

/* Raises as the digits of `way` say; false: an answer would fall or stand outside. */
static bool raise_items(struct item *items, unsigned way, unsigned *ret_count, int64_t *ret_cost)
{
    unsigned i;

    *ret_count = 0;
    *ret_cost = 0;
    for (i = 0; i < ITEMS; i++, way /= 5) {
        int points = points_of_way[way % 5];

        if (points < 0)
            continue;
        if (items[i].basis == BASIS_GOOD_PRACTICE || points < now(&items[i]) ||
            (items[i].status != ANSWER_SCORED && items[i].status != ANSWER_NOTCHECKED))
            return false;
        ++*ret_count;
        *ret_cost += (int64_t)items[i].weight * (points - now(&items[i]));
        items[i].status = ANSWER_SCORED;
        items[i].points = points;
        items[i].grade = GRADE_NONE;
    }
    return true;
}

static void any_items(unsigned *seed, struct item *items)
{
    static const int points[] = {0, 4, 6, 8, 10};
    size_t i;

    for (i = 0; i < ITEMS; i++) {
        items[i] = scored(1 + (int)(next(seed) % 5), 10);
        items[i].points = points[next(seed) % 3 ? 3 + next(seed) % 2 : next(seed) % 5];
        items[i].letters = 1 + next(seed) % 7;
        items[i].is_gate = next(seed) % 3 == 0;
        items[i].basis = next(seed) % 6 ? BASIS_REQUIREMENT : (enum basis)(next(seed) % 3);
        if (next(seed) % 8 == 0)
            items[i] = unscored(1, next(seed) % 2 ? ANSWER_NOTCHECKED : ANSWER_NOTAPPLICABLE);
        if (items[i].points >= 0 && next(seed) % 8 == 0)
            items[i].grade = GRADE_MAJOR;
    }
}

static void the_fewest_and_cheapest_answers_are_found(void **state)
{
    struct fixture *f = *state;
    unsigned seed = 20260131;
    unsigned compared = 0;
    int round;

    for (round = 0; round < 150; round++) {
        struct item items[ITEMS];
        struct improvement list[IMPROVEMENTS];
        const struct result *result;
        enum band goal;
        enum band band;
        unsigned fewest = ITEMS + 1;
        int64_t cheapest = 0;
        size_t count;
        unsigned way;

        any_items(&seed, items);
        result = compute(f, items, ITEMS);
        band = result->index[INDEX_CONFORMITY].restricted;
        assert_int_equal(result_improve(&f->arena, result, &f->diag, &goal, list, &count),
                         STATUS_OK);
        if (band == BAND_NONE || band == BAND_A) {
            assert_int_equal(count, 0);
            arena_clear(&f->arena);
            continue;
        }
        for (way = 0; way < WAYS; way++) {
            struct item raised[ITEMS];
            unsigned n;
            int64_t cost;
            enum band reached;

            memcpy(raised, items, sizeof raised);
            if (!raise_items(raised, way, &n, &cost) || n > fewest ||
                (n == fewest && cost >= cheapest))
                continue;
            reached = compute(f, raised, ITEMS)->index[INDEX_CONFORMITY].restricted;
            if (reached == BAND_NONE || reached >= band)
                continue;
            fewest = n;
            cheapest = cost;
        }
        if (fewest > ITEMS) {
            assert_int_equal(count, 0);
        } else {
            assert_true(count > 0);
            assert_int_equal(goal, band - 1);
            assert_int_equal(list[0].count, fewest);
            if (fewest <= 3)
                assert_int_equal(ratio_compare(list[0].cost, ratio_make(cheapest, 10000)), 0);
            compared++;
        }
        arena_clear(&f->arena);
    }
    assert_true(compared > 50);
}

static void the_sets_are_told_cheapest_first_with_the_score_they_give(void **state)
{
    struct fixture *f = *state;
    const struct item items[] = {scored(2, 4), scored(3, 6), scored(5, 8)};
    const struct result *result = compute(f, items, 3);
    struct improvement list[IMPROVEMENTS];
    enum band goal;
    size_t count;

    assert_int_equal(result->index[INDEX_CONFORMITY].restricted, BAND_C); /* 66 % */
    assert_int_equal(result_improve(&f->arena, result, &f->diag, &goal, list, &count), STATUS_OK);
    assert_int_equal(goal, BAND_B);
    assert_true(count > 1);
    assert_int_equal(list[0].count, 2); /* 14 of 100 are missing; alone they give 12, 12, 10 */
    assert_true(ratio_compare(list[0].cost, list[1].cost) <= 0);
    assert_true(ratio_compare(list[0].score, ratio_make(8, 10)) >= 0);
    assert_true(str_is(list[0].answers[0].question->question.id, "Q-00"));
}

static void where_nothing_helps_nothing_is_told(void **state)
{
    struct fixture *f = *state;
    struct item items[] = {scored(1, 10), unscored(9, ANSWER_NOTAPPLICABLE)};
    struct improvement list[IMPROVEMENTS];
    enum band goal;
    size_t count;

    assert_int_equal(result_improve(&f->arena, compute(f, items, 2), &f->diag, &goal, list,
                                    &count),
                     STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(goal, BAND_B); /* as it is */
}

static void long_checklists_are_lifted_step_by_step(void **state)
{
    enum { MANY = 400 };
    struct fixture *f = *state;
    struct item *items = arena_alloc(&f->arena, MANY, sizeof *items);
    const struct result *result;
    struct improvement list[IMPROVEMENTS];
    enum band goal;
    size_t count;
    size_t i;

    assert_non_null(items);
    for (i = 0; i < MANY; i++)
        items[i] = scored(1, 6);
    result = compute(f, items, MANY);
    assert_int_equal(result_improve(&f->arena, result, &f->diag, &goal, list, &count), STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(list[0].count, MANY / 2); /* from 60 % to 80 % */
    assert_int_equal(ratio_compare(list[0].score, ratio_make(8, 10)), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_fewest_and_cheapest_answers_are_found),
        TEST(the_sets_are_told_cheapest_first_with_the_score_they_give),
        TEST(where_nothing_helps_nothing_is_told),
        TEST(long_checklists_are_lifted_step_by_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
