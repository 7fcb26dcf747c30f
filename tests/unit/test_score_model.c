/* Models: vectors by hand, and what holds for every model whatever the answers. */
#include "score_fixture.h"

#include "base/buf.h"
#include "score/score_model.h"

static const struct model_score *score_of(const struct result *result, const char *name)
{
    return result_score(result, INDEX_CONFORMITY, score_model_find(str_of(name), result->rules));
}

static void assert_exact(struct ratio value, int64_t num, int64_t den)
{
    struct ratio expected = ratio_make(num, den);

    assert_int_equal(value.num, expected.num);
    assert_int_equal(value.den, expected.den);
}

static struct item graded(int weight, int points, enum grade grade)
{
    struct item item = scored(weight, points);

    item.grade = grade;
    return item;
}

/*
 * Items stand in the sections S0 and S1 in turn. By hand: S0 passes 3 + 1 of 6, S1 passes 2 of 4.5;
 * the mean of both is (200/3 + 400/9) / 2 = 500/9. OpenSCAP 1.3.7 prints 55.555553, 6 of 10.5 and
 * 3 of 5 for the same rules, weights and outcomes (oscap xccdf eval --results).
 */
static void a_worked_example_of_xccdf(void **state)
{
    struct item items[] = {graded(3, 8, GRADE_CONFORM),  scored(2, 10),
                           graded(2, 6, GRADE_MINOR),    scored(1, 6),
                           graded(1, 6, GRADE_OBSERVATION), unscored(1, ANSWER_NOTAPPLICABLE),
                           unscored(5, ANSWER_NOTSELECTED), unscored(1, ANSWER_NOTCHECKED)};
    const struct result *result;

    items[3].weight = 25000;
    result = compute(*state, items, 8);
    assert_exact(score_of(result, "xccdf-default")->score, 500, 9);
    assert_exact(score_of(result, "xccdf-default")->maximum, 100, 1);
    assert_exact(score_of(result, "xccdf-flat")->score, 6, 1);
    assert_exact(score_of(result, "xccdf-flat")->maximum, 21, 2);
    assert_exact(score_of(result, "xccdf-flat-unweighted")->score, 3, 1);
    assert_exact(score_of(result, "xccdf-flat-unweighted")->maximum, 5, 1);
    assert_exact(score_of(result, "xccdf-absolute")->score, 0, 1);
    assert_exact(score_of(result, "xccdf-absolute")->maximum, 1, 1);
    assert_int_equal(score_of(result, "count")->grades[GRADE_MINOR], 1);
    assert_int_equal(score_of(result, "count")->grades[GRADE_NONE], 2);
    assert_false(score_of(result, "count")->has_score);
}

/* 3*10 + 2*6 + 2*8 of 70, with a weight set aside and one open: 82.857142... per cent. */
static void our_own_vector(void **state)
{
    struct item items[] = {scored(3, 10), scored(2, 6), unscored(1, ANSWER_NOTAPPLICABLE),
                           unscored(2, ANSWER_NOTCHECKED), scored(2, 8)};
    const struct model_score *score = score_of(compute(*state, items, 5), "cfaudit");

    assert_exact(score->score, 5800, 70);
    assert_int_equal(score->counted, 3);
}

static void all_that_counts_passes(void **state)
{
    struct item items[] = {scored(3, 10), scored(2, 8), unscored(1, ANSWER_NOTCHECKED)};
    const struct result *result = compute(*state, items, 3);

    assert_exact(score_of(result, "xccdf-absolute")->score, 1, 1);
    items[2] = scored(1, 6);
    assert_exact(score_of(compute(*state, items, 3), "xccdf-absolute")->score, 0, 1);
}

/* Neither a pass nor 0 nor 100: flat and absolute of nothing would be 0 = 0. */
static void nothing_that_counts_is_no_score(void **state)
{
    struct item items[] = {unscored(3, ANSWER_NOTCHECKED), unscored(2, ANSWER_NOTAPPLICABLE),
                           unscored(1, ANSWER_NOTSELECTED), unscored(1, ANSWER_INFORMATIONAL)};
    const struct result *result = compute(*state, items, 4);
    size_t i;

    for (i = 0; score_models[i]; i++) {
        const struct model_score *score = result_score(result, INDEX_CONFORMITY, score_models[i]);

        if (!score)
            continue; /* a points model without rules */
        assert_false(score->has_score);
        assert_int_equal(score->counted, 0);
        assert_int_equal(score->band, BAND_NONE);
    }
}

/* A figure that was asked alone and has too few cases counts; where a person is asked it does not. */
static void an_unknown_outcome_counts_as_not_passed(void **state)
{
    struct item items[] = {scored(1, 10), unscored(1, ANSWER_NOTCHECKED)};
    struct result *result = compute(*state, items, 2);
    struct result_question *open = &result->questions[1];

    open->question.mode = MODE_AUTO;
    assert_int_equal(question_state(open), STATE_NOTCHECKED);
    open->assessment.why_code = WHY_FEW_CASES;
    assert_int_equal(question_state(open), STATE_UNKNOWN);
    assert_true(question_state_counts(STATE_UNKNOWN));
    open->assessment.why_code = WHY_POOR_DATA;
    assert_int_equal(question_state(open), STATE_UNKNOWN);
    open->question.mode = MODE_SEMI;
    assert_int_equal(question_state(open), STATE_NOTCHECKED);
}

static void every_grade_has_its_state(void **state)
{
    static const enum question_state states[GRADE_COUNT] = {
        [GRADE_CONFORM] = STATE_PASS,     [GRADE_STRENGTH] = STATE_PASS,
        [GRADE_OBSERVATION] = STATE_PASS, [GRADE_OPPORTUNITY] = STATE_PASS,
        [GRADE_MINOR] = STATE_FAIL,       [GRADE_MAJOR] = STATE_FAIL};
    static const int points[] = {0, 4, 6, 8, 10};
    int grade;
    size_t i;

    for (grade = GRADE_NONE; grade < GRADE_COUNT; grade++) {
        for (i = 0; i < ARRAY_LEN(points); i++) {
            struct item item = graded(1, points[i], (enum grade)grade);
            const struct result *result = compute(*state, &item, 1);

            assert_int_equal(question_state(&result->questions[0]),
                             grade != GRADE_NONE ? states[grade]
                             : points[i] >= 8    ? STATE_PASS
                                                 : STATE_FAIL);
        }
    }
}

/* The weight of a section matters to the mean of sections, and to nothing else. */
static void a_section_may_weigh_more(void **state)
{
    struct item items[] = {scored(1, 10), scored(1, 0), scored(5, 10), scored(1, 0)};
    struct fixture *f = *state;
    struct result *result = compute(f, items, 4);
    struct ratio *parts = NULL;

    assert_exact(score_of(result, "xccdf-default")->score, 50, 1);
    result->sections[0].has_weight = true;
    result->sections[0].weight = ratio_make(3, 1);
    assert_int_equal(score_parts(&f->arena, result, INDEX_CONFORMITY,
                                 score_model_find(STR("xccdf-default"), NULL), &f->diag, &parts),
                     STATUS_OK);
    assert_exact(ratio_add(parts[0], parts[2]), 75, 1);
    assert_exact(parts[2], 125, 2);
}

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static struct item any_item(unsigned *seed)
{
    static const int points[] = {0, 4, 6, 8, 10};
    struct item item;

    if (next(seed) % 5 == 0)
        return unscored(1 + (int)(next(seed) % 4),
                        (enum answer_status)(next(seed) % ANSWER_STATUS_COUNT));
    item = graded(1, points[next(seed) % 5], (enum grade)(next(seed) % GRADE_COUNT));
    item.weight = 1 + (int)(next(seed) % 40000);
    item.basis = (enum basis)(next(seed) % BASIS_COUNT);
    return item;
}

/* Over seeded answers: parts add up, what does not apply changes nothing, better is never less. */
static void what_holds_for_every_model(void **state)
{
    struct fixture *f = *state;
    unsigned seed = 7;
    int round;

    for (round = 0; round < 300; round++) {
        struct item items[12];
        const struct result *before;
        const struct result *aside;
        const struct result *better;
        size_t i;
        size_t m;

        for (i = 0; i < 10; i++) {
            items[i] = any_item(&seed);
            if (items[i].status == ANSWER_SCORED && items[i].points < 0)
                items[i].points = 10;
        }
        before = compute(f, items, 10);
        items[10] = unscored(9, ANSWER_NOTAPPLICABLE);
        items[11] = unscored(9, ANSWER_INFORMATIONAL);
        aside = compute(f, items, 12);
        i = next(&seed) % 10;
        if (items[i].status == ANSWER_SCORED)
            items[i] = (struct item){.weight = items[i].weight,
                                     .letters = items[i].letters,
                                     .basis = items[i].basis,
                                     .status = ANSWER_SCORED,
                                     .points = 10,
                                     .grade = GRADE_CONFORM};
        better = compute(f, items, 10);
        for (m = 0; score_models[m]; m++) {
            const struct model_score *score = result_score(before, INDEX_CONFORMITY,
                                                           score_models[m]);
            struct ratio sum = RATIO_ZERO;
            struct ratio *parts = NULL;

            if (!score || !score->has_score)
                continue;
            assert_int_equal(ratio_compare(score->score,
                                           result_score(aside, INDEX_CONFORMITY,
                                                        score_models[m])->score),
                             0);
            assert_true(ratio_compare(result_score(better, INDEX_CONFORMITY,
                                                   score_models[m])->score,
                                      score->score) >= 0);
            assert_true(ratio_compare(score->score, score->maximum) <= 0);
            if (!score_models[m]->is_sum)
                continue;
            assert_int_equal(score_parts(&f->arena, before, INDEX_CONFORMITY, score_models[m],
                                         &f->diag, &parts),
                             STATUS_OK);
            for (i = 0; i < 10; i++)
                sum = ratio_add(sum, parts[i]);
            assert_int_equal(ratio_compare(sum, score->score), 0);
        }
        arena_clear(&f->arena);
    }
}

/* --- points after rules --- */

static struct score_downgrade downgrades[] = {
    {.id = {"section-low", 11}, .part = PART_SECTION, .below = {70, 1}, .at_most = BAND_C},
    {.id = {"gate-unmet", 10}, .part = PART_GATE, .points = 0, .at_most = BAND_C},
    {.id = {"section-weak", 12}, .part = PART_SECTION, .below = {80, 1}, .at_most = BAND_B},
    {.id = {"letter-weak", 11}, .part = PART_LETTER, .below = {80, 1}, .at_most = BAND_B},
    {.id = {"gate-weak", 9}, .part = PART_GATE, .points = 4, .at_most = BAND_B},
    {.id = {"question-unmet", 14}, .part = PART_QUESTION, .points = 0, .at_most = BAND_B},
};

static const struct score_rules rules = {.id = {"vda63", 5},
                                         .evaluated = {2, 3},
                                         .band_a = {90, 1},
                                         .band_b = {80, 1},
                                         .downgrades = downgrades,
                                         .downgrade_count = ARRAY_LEN(downgrades)};

/* The model alone, over sums that are there. */
static struct model_score by_rules(struct fixture *f, const struct item *items, size_t count)
{
    struct result *result = compute(f, items, count);
    const struct score_model *model;
    struct score_task task = {&f->arena, result, INDEX_CONFORMITY, NULL};
    struct model_score score = {.is_there = true};

    result->rules = &rules;
    model = score_model_find(STR("vda63"), &rules);
    assert_non_null(model);
    assert_int_equal(model->compute(&task, &score), STATUS_OK);
    return score;
}

static void assert_rules(struct fixture *f, const struct item *items, size_t count, int64_t num,
                         int64_t den, enum band band, const char *cause)
{
    struct model_score score = by_rules(f, items, count);

    assert_true(score.has_score);
    assert_exact(score.score, num, den);
    assert_int_equal(score.band, band);
    assert_true(cause ? str_is(score.cause, cause) : !score.cause.len);
}

/* Each downgrade, and what just does not set it off; weights do not matter. */
static void each_downgrade_limits_the_band(void **state)
{
    struct item items[20];
    size_t i;

    for (i = 0; i < 20; i++)
        items[i] = scored(1 + (int)i, 10);
    assert_rules(*state, items, 20, 100, 1, BAND_A, NULL);
    items[0].points = 4;
    assert_rules(*state, items, 20, 97, 1, BAND_A, NULL);
    items[0].is_gate = true;
    assert_rules(*state, items, 20, 97, 1, BAND_B, "gate-weak");
    items[0].points = 0;
    assert_rules(*state, items, 20, 95, 1, BAND_C, "gate-unmet");
    items[0].is_gate = false;
    assert_rules(*state, items, 20, 95, 1, BAND_B, "question-unmet");
    items[0].points = 6;
    assert_rules(*state, items, 20, 98, 1, BAND_A, NULL);
    items[0].letters = LETTER_B;
    items[1].letters = items[3].letters = LETTER_A;
    for (i = 2; i < 20; i++)
        items[i].letters = LETTER_A;
    assert_rules(*state, items, 20, 98, 1, BAND_B, "letter-weak");
    items[0].points = 8; /* exactly 80 % is not below */
    assert_rules(*state, items, 20, 99, 1, BAND_A, NULL);
}

/* 79.5 rounds to 80 and is not below it, 79.4 is; the whole is compared as it is. */
static void sections_are_rounded_before_they_are_compared(void **state)
{
    struct item items[400];
    size_t i;

    for (i = 0; i < 400; i++)
        items[i] = scored(1, 10);
    for (i = 1; i < 400; i += 2)
        items[i].points = i < 395 ? 8 : i < 397 ? 8 : 4; /* S1: 198 * 8 + 2 * 4 = 1592 of 2000 */
    assert_rules(*state, items, 400, 3592, 40, BAND_B, NULL);
    assert_true(by_rules(*state, items, 400).cause.len == 0);
    for (i = 1; i < 12; i += 2)
        items[i].points = 6; /* S1: 1580 of 2000 = 79 % */
    items[0].points = 10;
    assert_rules(*state, items, 400, 3580, 40, BAND_B, NULL);
    for (i = 0; i < 400; i++)
        items[i].points = i % 2 ? 8 : 10;
    items[1].points = 6; /* 89.95 %: not 90 */
    assert_rules(*state, items, 400, 3598, 40, BAND_B, NULL);
    items[1].points = 8;
    assert_rules(*state, items, 400, 90, 1, BAND_A, NULL);
    items[3].points = 4; /* S1: 1596 of 2000 = 79.8 %, rounds to 80; the letters stay above */
    items[5].points = 10;
    items[7].points = 10;
    assert_rules(*state, items, 400, 90, 1, BAND_A, NULL);
}

static void too_few_answers_in_a_section_leave_no_score(void **state)
{
    struct item items[] = {scored(1, 10), scored(1, 10),
                           scored(1, 10), scored(1, 10),
                           scored(1, 10), unscored(1, ANSWER_NOTCHECKED)};
    struct model_score score;

    assert_true(by_rules(*state, items, 6).has_score); /* S1: exactly two of three */
    items[3] = unscored(1, ANSWER_NOTAPPLICABLE);
    score = by_rules(*state, items, 6);
    assert_false(score.has_score);
    assert_true(str_is(score.cause, "evaluated"));
    items[1] = items[5] = items[3]; /* a section set aside whole is left out */
    assert_true(by_rules(*state, items, 6).has_score);
    items[5] = unscored(1, ANSWER_NOTCHECKED); /* but not one that nobody answered */
    assert_false(by_rules(*state, items, 6).has_score);
}

static void rows_are_found_by_name(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; score_models[i]; i++) {
        assert_ptr_equal(score_model_find(str_of(score_models[i]->name), &rules), score_models[i]);
        assert_int_equal(score_model_number(score_models[i]), i);
        assert_true(words_in(&score_models[i]->words.title, LANG_IT).len > 0);
        assert_true(words_in(&score_models[i]->words.unknown, LANG_IT).len > 0);
    }
    assert_int_equal(score_model_count(), i);
    assert_null(score_model_find(STR("vda63"), NULL));
    assert_null(score_model_find(STR("xccdf"), &rules));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_worked_example_of_xccdf, set_up, tear_down),
        cmocka_unit_test_setup_teardown(our_own_vector, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_that_counts_passes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_that_counts_is_no_score, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_outcome_counts_as_not_passed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_grade_has_its_state, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_section_may_weigh_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_holds_for_every_model, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_downgrade_limits_the_band, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sections_are_rounded_before_they_are_compared, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(too_few_answers_in_a_section_leave_no_score, set_up,
                                        tear_down),
        cmocka_unit_test(rows_are_found_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
