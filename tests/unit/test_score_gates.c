/* Every gate: what triggers it, and what just does not. */
#include "score_fixture.h"

static const struct score_index *conformity(const struct result *result)
{
    return &result->index[INDEX_CONFORMITY];
}

static void assert_restricted(const struct result *result, enum band band, const char *cause)
{
    assert_int_equal(conformity(result)->restricted, band);
    if (cause)
        assert_true(str_is(conformity(result)->cause, cause));
    else
        assert_null(conformity(result)->cause.ptr);
}

static struct item of_letter(unsigned letters, int weight, int points)
{
    struct item item = scored(weight, points);

    item.letters = letters;
    return item;
}

static void a_letter_limits_just_below_eight_and_seven_tenths(void **state)
{
    struct item items[] = {of_letter(LETTER_A, 90, 10), of_letter(LETTER_C, 5, 8),
                           of_letter(LETTER_C, 5, 8)};
    const struct result *result = compute(*state, items, 3);

    /* exactly 80 % */
    assert_false(gate(result, "G3")->is_triggered);
    assert_true(str_is(gate(result, "G3")->detail, "no letter has a score below 80 %"));
    assert_restricted(result, BAND_A, NULL);
    items[2] = of_letter(LETTER_C, 1, 6);
    items[1].weight = 40000;
    result = compute(*state, items, 3); /* (4 * 8 + 6) / 50 = 76 % */
    assert_true(gate(result, "G3")->is_triggered);
    assert_int_equal(gate(result, "G3")->letters_weak, LETTER_C);
    assert_int_equal(gate(result, "G3")->letters_low, 0);
    assert_restricted(result, BAND_B, "G3");
    /* exactly 70 %, then 60 % */
    items[1] = of_letter(LETTER_C, 1, 8);
    result = compute(*state, items, 3);
    assert_restricted(result, BAND_B, "G3");
    assert_true(str_is(gate(result, "G3")->detail, "letter c 70.0 % is below 80 %"));
    items[1].points = 6;
    result = compute(*state, items, 3);
    assert_int_equal(gate(result, "G3")->letters_low, LETTER_C);
    assert_true(str_is(gate(result, "G3")->detail, "letter c 60.0 % is below 70 %"));
    assert_restricted(result, BAND_C, "G3");
}

static void a_letter_without_a_mark_limits_nothing(void **state)
{
    const struct item items[] = {of_letter(LETTER_A, 1, 10), of_letter(LETTER_B, 1, 10)};

    assert_false(gate(compute(*state, items, 2), "G3")->is_triggered);
}

static void a_gate_question_limits_with_four_and_more_with_none(void **state)
{
    struct item items[] = {scored(95, 10), scored(1, 6)};
    const struct result *result;

    items[1].is_gate = true;
    result = compute(*state, items, 2);
    assert_false(gate(result, "G4")->is_triggered);
    assert_restricted(result, BAND_A, NULL);
    items[1].points = 4;
    result = compute(*state, items, 2);
    assert_true(str_is(gate(result, "G4")->detail, "gate question with 4 points: Q-01"));
    assert_restricted(result, BAND_B, "G4");
    items[1].points = 0;
    result = compute(*state, items, 2);
    assert_true(str_is(gate(result, "G4")->detail, "gate question with 0 points: Q-01"));
    assert_restricted(result, BAND_C, "G4");
    assert_true(gate(result, "G5")->is_triggered); /* listed although G4 decides */
    items[1].is_gate = false;
    assert_false(gate(compute(*state, items, 2), "G4")->is_triggered);
    items[1].is_gate = true;
    items[1].basis = BASIS_GOOD_PRACTICE;
    assert_false(gate(compute(*state, items, 2), "G4")->is_triggered);
    items[1] = unscored(1, ANSWER_NOTCHECKED);
    items[1].is_gate = true;
    assert_false(gate(compute(*state, items, 2), "G4")->is_triggered);
}

static void an_unmet_requirement_limits_to_b(void **state)
{
    struct item items[] = {scored(95, 10), scored(1, 0)};
    const struct result *result = compute(*state, items, 2);

    assert_true(str_is(gate(result, "G5")->detail, "requirement with 0 points: Q-01"));
    assert_restricted(result, BAND_B, "G5");
    items[1].points = 4;
    assert_restricted(compute(*state, items, 2), BAND_A, NULL);
    items[1].points = 0;
    items[1].basis = BASIS_POLICY;
    assert_restricted(compute(*state, items, 2), BAND_A, NULL);
}

static void more_than_a_fifth_set_aside_limits_to_b(void **state)
{
    struct item items[] = {scored(8, 10), unscored(2, ANSWER_NOTAPPLICABLE)};
    const struct result *result = compute(*state, items, 2);

    assert_false(gate(result, "G6")->is_triggered); /* exactly a fifth */
    assert_int_equal(gate(result, "G6")->question_count, 0);
    items[1].weight = 20001;
    result = compute(*state, items, 2);
    assert_true(gate(result, "G6")->is_triggered);
    assert_true(str_is(gate(result, "G6")->questions[0], "Q-01"));
    assert_restricted(result, BAND_B, "G6");
    assert_int_equal(conformity(result)->unrestricted, BAND_A);
    items[1].basis = BASIS_GOOD_PRACTICE;
    assert_false(gate(compute(*state, items, 2), "G6")->is_triggered);
    items[1] = unscored(5, ANSWER_NOTSELECTED);
    assert_false(gate(compute(*state, items, 2), "G6")->is_triggered);
    items[0] = unscored(1, ANSWER_NOTSELECTED);
    assert_false(gate(compute(*state, items, 2), "G6")->is_triggered); /* of nothing */
}

static void what_is_set_aside_without_a_reason_limits_to_b(void **state)
{
    struct item items[] = {scored(90, 10), unscored(5, ANSWER_NOTAPPLICABLE),
                           unscored(5, ANSWER_NOTAPPLICABLE)};
    const struct result *result = compute(*state, items, 3);

    assert_restricted(result, BAND_A, NULL);
    items[2].has_no_reason = true;
    result = compute(*state, items, 3);
    assert_restricted(result, BAND_B, "G6");
    assert_false(gate(result, "G6")->is_too_much);
    assert_int_equal(gate(result, "G6")->question_count, 1);
    assert_true(str_is(gate(result, "G6")->questions[0], "Q-02"));
    assert_true(str_is(gate(result, "G6")->detail, "10.0 % of the weight is set aside as not "
                                                   "applicable, without a reason: 1 question"));
    items[2].basis = BASIS_GOOD_PRACTICE;
    assert_restricted(compute(*state, items, 3), BAND_A, NULL);
}

static void a_repeated_minor_is_proposed_as_major_and_limits_nothing(void **state)
{
    struct item items[] = {scored(95, 10), scored(1, 6)};
    const struct result *result;

    items[1].grade = GRADE_MINOR;
    assert_false(gate(compute(*state, items, 2), "G7")->is_triggered);
    items[1].repeats = "2025/NC-02";
    result = compute(*state, items, 2);
    assert_true(gate(result, "G7")->is_triggered);
    assert_true(str_is(gate(result, "G7")->questions[0], "Q-01"));
    assert_restricted(result, BAND_A, NULL);
    items[1].grade = GRADE_MAJOR; /* G2 has it */
    assert_false(gate(compute(*state, items, 2), "G7")->is_triggered);
    items[1].grade = GRADE_OBSERVATION;
    assert_false(gate(compute(*state, items, 2), "G7")->is_triggered);
}

/* Each triggered gate holds; the first that leads to the final band is the cause. */
static void the_strictest_gate_decides_and_the_first_of_equals_is_named(void **state)
{
    struct item items[] = {scored(95, 10), scored(1, 0), scored(1, 10)};
    const struct result *result;

    items[2].is_gate = true;
    assert_restricted(compute(*state, items, 3), BAND_B, "G5");
    items[2].points = 4;
    assert_restricted(compute(*state, items, 3), BAND_B, "G4");
    items[2].points = 0;
    assert_restricted(compute(*state, items, 3), BAND_C, "G4");
    items[2].grade = GRADE_MAJOR;
    result = compute(*state, items, 3);
    assert_restricted(result, BAND_C, "G2");
    assert_true(gate(result, "G4")->is_triggered && gate(result, "G5")->is_triggered);
}

static void a_band_that_is_as_low_by_itself_is_not_limited(void **state)
{
    struct item items[] = {scored(1, 0), scored(1, 10)};
    const struct result *result = compute(*state, items, 2);

    assert_true(gate(result, "G3")->is_triggered && gate(result, "G5")->is_triggered);
    assert_int_equal(conformity(result)->unrestricted, BAND_C);
    assert_restricted(result, BAND_C, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_letter_limits_just_below_eight_and_seven_tenths),
        TEST(a_letter_without_a_mark_limits_nothing),
        TEST(a_gate_question_limits_with_four_and_more_with_none),
        TEST(an_unmet_requirement_limits_to_b),
        TEST(more_than_a_fifth_set_aside_limits_to_b),
        TEST(what_is_set_aside_without_a_reason_limits_to_b),
        TEST(a_repeated_minor_is_proposed_as_major_and_limits_nothing),
        TEST(the_strictest_gate_decides_and_the_first_of_equals_is_named),
        TEST(a_band_that_is_as_low_by_itself_is_not_limited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
