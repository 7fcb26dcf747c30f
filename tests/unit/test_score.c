/* Marks, coverage, bounds, gates and bands, against integer arithmetic made here; round trips. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "score_fixture.h"

enum { MOST_ITEMS = 24 };

static void assert_ratio(struct ratio expected, struct ratio actual)
{
    assert_int_equal(expected.num, actual.num);
    assert_int_equal(expected.den, actual.den);
}

static void assert_tally(const struct tally *expected, const struct tally *actual)
{
    assert_ratio(expected->points, actual->points);
    assert_ratio(expected->scored, actual->scored);
    assert_ratio(expected->applicable, actual->applicable);
    assert_ratio(expected->set_aside, actual->set_aside);
    assert_ratio(expected->score, actual->score);
    assert_ratio(expected->low, actual->low);
    assert_ratio(expected->high, actual->high);
    assert_int_equal(expected->count_scored, actual->count_scored);
    assert_int_equal(expected->count_open, actual->count_open);
    assert_int_equal(expected->count_na, actual->count_na);
}

static void assert_format(const struct tally *tally, const char *expected)
{
    struct buf out;

    buf_init(&out, 200);
    tally_format(tally, &out);
    assert_string_equal(out.bytes, expected);
    buf_done(&out);
}

static void the_worked_vector_holds(void **state)
{
    const struct item items[] = {scored(3, 10), scored(2, 6), unscored(1, ANSWER_NOTAPPLICABLE),
                                 unscored(2, ANSWER_NOTCHECKED), scored(2, 8)};
    const struct result *result = compute(*state, items, ARRAY_LEN(items));
    const struct score_index *index = &result->index[INDEX_CONFORMITY];

    assert_ratio(ratio_make(58, 70), index->all.score);
    assert_ratio(ratio_make(7, 9), index->all.coverage);
    assert_ratio(ratio_make(58, 90), index->all.low);
    assert_ratio(ratio_make(78, 90), index->all.high);
    assert_int_equal(index->all.count_scored, 3);
    assert_int_equal(index->all.count_open, 1);
    assert_int_equal(index->all.count_na, 1);
    assert_format(&index->all, "82.9 % [64.4-86.7], coverage 77.8 %");
    assert_int_equal(index->unrestricted, BAND_B);
    assert_int_equal(index->restricted, BAND_B);
    assert_false(index->is_incomplete);
    assert_null(index->cause.ptr);
    assert_false(gate(result, "G0")->is_triggered);
    assert_false(gate(result, "G1")->is_triggered);
    assert_false(gate(result, "G2")->is_triggered);
    /* three letters: a third of every weight, so the same shares */
    assert_ratio(ratio_make(58, 70), index->letters[0].score);
    assert_ratio(ratio_make(70 / 10, 3), index->letters[2].scored);
    assert_int_equal(result->index[INDEX_PRACTICE].unrestricted, BAND_NONE);
    assert_false(result->index[INDEX_PRACTICE].is_incomplete);
    assert_format(&result->index[INDEX_PRACTICE].all, "nothing applies");
}

static void a_question_of_two_letters_gives_half_to_each(void **state)
{
    struct item items[] = {scored(3, 10), scored(1, 4), scored(2, 8)};
    const struct score_index *index;

    items[0].letters = LETTER_A | LETTER_C;
    items[1].letters = LETTER_A;
    items[2].letters = LETTER_B;
    index = &compute(*state, items, 3)->index[INDEX_CONFORMITY];
    assert_ratio(ratio_make(5, 2), index->letters[0].scored);
    assert_ratio(ratio_make(19, 25), index->letters[0].score); /* (1.5 10 + 1 4) / 25 */
    assert_ratio(ratio_make(8, 10), index->letters[1].score);
    assert_ratio(ratio_make(3, 2), index->letters[2].scored);
    assert_ratio(RATIO_ONE, index->letters[2].score);
    assert_ratio(ratio_make(50, 60), index->all.score);
    assert_ratio(ratio_make(46, 50), index->sections[0].score); /* questions 0 and 2 */
    assert_ratio(ratio_make(4, 10), index->sections[1].score);
}

/* --- bands --- */

static enum band band_with(struct fixture *f, int weight_above, int above, int weight_below,
                           int below)
{
    struct item items[2] = {scored(1, above), scored(1, below)};

    items[0].weight = weight_above;
    items[1].weight = weight_below;
    return compute(f, items, 2)->index[INDEX_CONFORMITY].restricted;
}

static void bands_begin_exactly_where_they_say(void **state)
{
    struct fixture *f = *state;
    struct item items[2] = {scored(1, 10), scored(1, 8)};
    const struct result *result;

    assert_int_equal(band_with(f, 10000, 10, 10000, 8), BAND_A); /* 0.90 */
    assert_int_equal(band_with(f, 10000, 10, 10001, 8), BAND_B); /* a hair below */
    assert_int_equal(band_with(f, 10000, 8, 1, 8), BAND_B);      /* 0.80 */
    assert_int_equal(band_with(f, 10000000, 8, 1, 6), BAND_C);   /* a hair below */
    assert_int_equal(band_with(f, 1, 10, 10000, 8), BAND_B);
    assert_int_equal(band_with(f, 1, 10, 1, 10), BAND_A);
    assert_int_equal(band_with(f, 1, 0, 1, 0), BAND_C);
    /* printed as 90.0 %, and still B: bands do not look at what is printed */
    items[1].weight = 10001;
    result = compute(f, items, 2);
    assert_format(&result->index[INDEX_CONFORMITY].all, "90.0 % [90.0-90.0], coverage 100.0 %");
    assert_int_equal(result->index[INDEX_CONFORMITY].restricted, BAND_B);
}

/* --- gates --- */

static void coverage_gate_opens_at_exactly_two_thirds(void **state)
{
    struct fixture *f = *state;
    struct item items[2] = {scored(2, 10), unscored(1, ANSWER_NOTCHECKED)};
    const struct result *result = compute(f, items, 2);

    assert_false(gate(result, "G1")->is_triggered);
    assert_int_equal(result->index[INDEX_CONFORMITY].restricted, BAND_A);
    assert_true(str_is(gate(result, "G1")->detail, "coverage 66.7 %, nowhere below two thirds"));
    items[1].weight = 10001;
    result = compute(f, items, 2);
    assert_true(gate(result, "G1")->is_triggered);
    assert_true(gate(result, "G1")->overall_short);
    assert_int_equal(gate(result, "G1")->letters_short, LETTER_A | LETTER_B | LETTER_C);
    assert_int_equal(gate(result, "G1")->question_count, 1);
    assert_true(str_is(gate(result, "G1")->questions[0], "Q-01"));
    assert_int_equal(result->index[INDEX_CONFORMITY].restricted, BAND_NONE);
    assert_int_equal(result->index[INDEX_CONFORMITY].unrestricted, BAND_A);
    assert_true(result->index[INDEX_CONFORMITY].is_incomplete);
    assert_true(str_is(result->index[INDEX_CONFORMITY].cause, "G1"));
}

static void one_letter_with_too_little_is_enough_for_incomplete(void **state)
{
    struct item items[] = {scored(9, 10), unscored(1, ANSWER_NOTCHECKED), scored(1, 10),
                           unscored(1, ANSWER_NOTCHECKED)};
    const struct result *result;

    items[0].letters = LETTER_A;
    items[1].letters = LETTER_B;
    items[2].letters = LETTER_B;
    items[3].letters = LETTER_A;
    result = compute(*state, items, 4);
    assert_true(gate(result, "G1")->is_triggered);
    assert_false(gate(result, "G1")->overall_short);
    assert_int_equal(gate(result, "G1")->letters_short, LETTER_B);
    assert_int_equal(gate(result, "G1")->letters_void, LETTER_C);
    assert_int_equal(gate(result, "G1")->question_count, 1);
    assert_true(str_is(gate(result, "G1")->questions[0], "Q-01"));
    assert_true(str_is(gate(result, "G1")->detail,
                       "coverage 50.0 % in letter b is below two thirds; "
                       "no question applies in letter c"));
}

static void a_letter_without_questions_is_said_and_not_failed(void **state)
{
    struct item items[] = {scored(9, 10), unscored(1, ANSWER_NOTAPPLICABLE)};
    const struct result *result;

    items[0].letters = LETTER_A | LETTER_B;
    items[1].letters = LETTER_C;
    result = compute(*state, items, 2);
    assert_false(gate(result, "G1")->is_triggered);
    assert_int_equal(gate(result, "G1")->letters_void, LETTER_C);
    assert_true(str_is(gate(result, "G1")->detail, "coverage 100.0 %, nowhere below two thirds; "
                                                   "no question applies in letter c"));
    assert_int_equal(result->index[INDEX_CONFORMITY].restricted, BAND_A);
}

static void nothing_scored_is_incomplete(void **state)
{
    struct fixture *f = *state;
    const struct item open[] = {unscored(1, ANSWER_NOTCHECKED)};
    const struct item set_aside[] = {unscored(1, ANSWER_NOTAPPLICABLE)};
    const struct result *result = compute(f, open, 1);

    assert_true(gate(result, "G1")->is_triggered);
    assert_true(gate(result, "G1")->nothing_scored);
    assert_int_equal(result->index[INDEX_CONFORMITY].unrestricted, BAND_NONE);
    assert_format(&result->index[INDEX_CONFORMITY].all,
                  "not scored [0.0-100.0], coverage 0.0 %");
    result = compute(f, set_aside, 1);
    assert_true(gate(result, "G1")->is_triggered);
    assert_true(gate(result, "G1")->nothing_scored);
    assert_false(gate(result, "G1")->overall_short);
    result = compute(f, open, 0);
    assert_true(gate(result, "G1")->is_triggered);
    assert_int_equal(result->open_count, 0);
}

static void an_open_major_on_a_requirement_means_not_ready(void **state)
{
    struct fixture *f = *state;
    struct item items[] = {scored(9, 10), scored(1, 4)};
    const struct result *result;

    items[1].grade = GRADE_MAJOR;
    result = compute(f, items, 2);
    assert_true(gate(result, "G2")->is_triggered);
    assert_true(str_is(gate(result, "G2")->questions[0], "Q-01"));
    assert_true(str_is(gate(result, "G2")->detail,
                       "open major nonconformity on a requirement: Q-01"));
    assert_int_equal(result->index[INDEX_CONFORMITY].unrestricted, BAND_A);
    assert_int_equal(result->index[INDEX_CONFORMITY].restricted, BAND_C);
    assert_true(str_is(result->index[INDEX_CONFORMITY].cause, "G2"));
    items[1].grade = GRADE_MINOR;
    assert_int_equal(compute(f, items, 2)->index[INDEX_CONFORMITY].restricted, BAND_A);
    items[1].grade = GRADE_MAJOR;
    items[1].basis = BASIS_POLICY;
    assert_int_equal(compute(f, items, 2)->index[INDEX_CONFORMITY].restricted, BAND_A);
}

static void the_first_gate_names_the_outcome_and_the_second_is_listed(void **state)
{
    struct item items[] = {scored(1, 10), unscored(9, ANSWER_NOTCHECKED)};
    const struct result *result;

    items[0].grade = GRADE_MAJOR;
    result = compute(*state, items, 2);
    assert_true(gate(result, "G1")->is_triggered);
    assert_true(gate(result, "G2")->is_triggered);
    assert_int_equal(result->index[INDEX_CONFORMITY].restricted, BAND_NONE);
    assert_true(str_is(result->index[INDEX_CONFORMITY].cause, "G1"));
}

static void the_indexes_never_mix(void **state)
{
    struct fixture *f = *state;
    struct item items[] = {scored(3, 10), scored(2, 8), scored(5, 0),
                           unscored(50, ANSWER_NOTCHECKED)};
    struct tally before;
    const struct result *result;

    items[2].basis = BASIS_GOOD_PRACTICE;
    items[3].basis = BASIS_GOOD_PRACTICE;
    result = compute(f, items, 4);
    before = result->index[INDEX_CONFORMITY].all;
    assert_ratio(ratio_make(46, 50), before.score);
    assert_int_equal(result->index[INDEX_CONFORMITY].restricted, BAND_A);
    assert_false(result->index[INDEX_CONFORMITY].is_incomplete);
    assert_true(result->index[INDEX_PRACTICE].is_incomplete);
    assert_int_equal(result->index[INDEX_PRACTICE].restricted, BAND_NONE);
    assert_int_equal(result->index[INDEX_PRACTICE].unrestricted, BAND_C);
    assert_null(result->index[INDEX_PRACTICE].cause.ptr);
    items[2].points = 10;
    items[3].status = ANSWER_NOTAPPLICABLE;
    result = compute(f, items, 4);
    assert_tally(&before, &result->index[INDEX_CONFORMITY].all);
    assert_int_equal(result->index[INDEX_PRACTICE].restricted, BAND_A);
    assert_int_equal(index_of(BASIS_POLICY), INDEX_CONFORMITY);
}

static void open_questions_come_heaviest_first(void **state)
{
    static const char *const expected[] = {"Q-03", "Q-04", "Q-01", "Q-05", "Q-02"};
    struct item items[] = {scored(9, 10),
                           unscored(2, ANSWER_NOTCHECKED),
                           unscored(9, ANSWER_NOTCHECKED), /* practice comes last */
                           unscored(4, ANSWER_NOTCHECKED), /* a gate before its equal */
                           unscored(4, ANSWER_NOTCHECKED),
                           unscored(2, ANSWER_NOTCHECKED),
                           unscored(9, ANSWER_INFORMATIONAL)};
    const struct result *result;
    size_t i;

    items[2].basis = BASIS_GOOD_PRACTICE;
    items[3].is_gate = true;
    result = compute(*state, items, ARRAY_LEN(items));
    assert_int_equal(result->open_count, 5);
    for (i = 0; i < 5; i++)
        assert_true(str_is(result->open[i]->question.id, expected[i]));
}

/* --- random checklists against integers --- */

struct random {
    uint64_t state;
};

/* splitmix64 */
static uint64_t next(struct random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int below(struct random *random, int limit)
{
    return (int)(next(random) % (uint64_t)limit);
}

static const int all_points[] = {0, 4, 6, 8, 10};

static size_t any_items(struct random *random, struct item *items)
{
    size_t count = (size_t)below(random, MOST_ITEMS) + 1;
    size_t i;

    for (i = 0; i < count; i++) {
        items[i] = scored(1, all_points[below(random, 5)]);
        items[i].weight = 1 + below(random, 60000);
        items[i].letters = 1 + (unsigned)below(random, 7);
        items[i].basis = (enum basis)below(random, BASIS_COUNT);
        items[i].is_gate = below(random, 3) == 0;
        if (below(random, 3) == 0) {
            items[i].status = (enum answer_status)below(random, ANSWER_STATUS_COUNT);
            if (items[i].status != ANSWER_SCORED)
                items[i].points = -1;
        }
        if (items[i].points >= 0 && below(random, 20) == 0)
            items[i].grade = GRADE_MAJOR;
    }
    return count;
}

/* Sums in sixths of ten-thousandths of a weight, so that halves and thirds are whole. */
struct sums {
    int64_t points;
    int64_t scored;
    int64_t applicable;
};

static struct sums sum(const struct item *items, size_t count, bool practice, unsigned letter)
{
    static const int share[] = {0, 6, 6, 3, 6, 3, 3, 2};
    struct sums sums = {0, 0, 0};
    size_t i;

    for (i = 0; i < count; i++) {
        int64_t w = (int64_t)items[i].weight * (letter ? share[items[i].letters] : 6);

        if ((items[i].basis == BASIS_GOOD_PRACTICE) != practice ||
            (letter && !(items[i].letters & letter)))
            continue;
        if (items[i].status == ANSWER_SCORED) {
            sums.points += w * items[i].points;
            sums.scored += w;
        }
        if (items[i].status == ANSWER_SCORED || items[i].status == ANSWER_NOTCHECKED)
            sums.applicable += w;
    }
    return sums;
}

static void assert_sums(struct sums expected, const struct tally *tally)
{
    assert_int_equal(tally->has_score, expected.scored > 0);
    assert_int_equal(tally->has_coverage, expected.applicable > 0);
    assert_ratio(ratio_make(expected.points, 60000), tally->points);
    if (expected.scored)
        assert_ratio(ratio_make(expected.points, 10 * expected.scored), tally->score);
    if (!expected.applicable)
        return;
    assert_ratio(ratio_make(expected.scored, expected.applicable), tally->coverage);
    assert_ratio(ratio_make(expected.points, 10 * expected.applicable), tally->low);
    assert_ratio(ratio_make(expected.points + 10 * (expected.applicable - expected.scored),
                            10 * expected.applicable),
                 tally->high);
}

static enum band worse(enum band a, enum band b)
{
    return a > b ? a : b;
}

/* The band that the rules give, from integers alone. */
static enum band expected_band(const struct item *items, size_t count)
{
    struct sums all = sum(items, count, false, 0);
    enum band band;
    int64_t aside = 0;
    unsigned letter;
    size_t i;

    if (all.scored == 0 || 3 * all.scored < 2 * all.applicable)
        return BAND_NONE;
    for (letter = 1; letter <= 4; letter *= 2) {
        struct sums sums = sum(items, count, false, letter);

        if (3 * sums.scored < 2 * sums.applicable)
            return BAND_NONE;
    }
    band = all.points >= 9 * all.scored ? BAND_A : all.points >= 8 * all.scored ? BAND_B : BAND_C;
    for (letter = 1; letter <= 4; letter *= 2) {
        struct sums sums = sum(items, count, false, letter);

        if (sums.points < 8 * sums.scored)
            band = worse(band, sums.points < 7 * sums.scored ? BAND_C : BAND_B);
    }
    for (i = 0; i < count; i++) {
        const struct item *item = &items[i];
        bool is_requirement = item->basis == BASIS_REQUIREMENT;

        if (item->basis == BASIS_GOOD_PRACTICE)
            continue;
        if (item->status == ANSWER_NOTAPPLICABLE)
            aside += 6 * (int64_t)item->weight;
        if (is_requirement && item->grade == GRADE_MAJOR)
            band = BAND_C;
        if (item->status != ANSWER_SCORED)
            continue;
        if (item->points == 0 && (is_requirement || item->is_gate))
            band = worse(band, item->is_gate ? BAND_C : BAND_B);
        if (item->points == 4 && item->is_gate)
            band = worse(band, BAND_B);
    }
    return 5 * aside > all.applicable + aside ? worse(band, BAND_B) : band;
}

static void any_checklist_equals_integer_arithmetic(void **state)
{
    struct fixture *f = *state;
    struct random random = {7};
    unsigned seen[BAND_COUNT] = {0};
    int round;

    for (round = 0; round < 3000; round++) {
        struct item items[MOST_ITEMS];
        size_t count = any_items(&random, items);
        const struct result *result = compute(f, items, count);
        const struct score_index *conformity = &result->index[INDEX_CONFORMITY];
        const struct score_index *practice = &result->index[INDEX_PRACTICE];
        unsigned i;

        assert_sums(sum(items, count, false, 0), &conformity->all);
        assert_sums(sum(items, count, true, 0), &practice->all);
        for (i = 0; i < LETTER_COUNT; i++) {
            assert_sums(sum(items, count, false, 1u << i), &conformity->letters[i]);
            assert_sums(sum(items, count, true, 1u << i), &practice->letters[i]);
        }
        assert_int_equal(conformity->restricted, expected_band(items, count));
        seen[conformity->restricted]++;
        arena_clear(&f->arena);
    }
    for (round = 0; round < BAND_COUNT; round++)
        assert_true(seen[round] > 10); /* the lists reach every band */
}

static void add_aside(struct tally *tally, int weight)
{
    tally->set_aside = ratio_add(tally->set_aside, ratio_make(weight, 10000));
    tally->count_na++;
}

/* But that too much set aside limits the band. */
static void order_and_set_aside_questions_change_nothing(void **state)
{
    struct fixture *f = *state;
    struct random random = {11};
    int round;

    for (round = 0; round < 300; round++) {
        struct item items[MOST_ITEMS + 1];
        size_t count = any_items(&random, items);
        const struct result *before = compute(f, items, count);
        const struct result *after;
        size_t i;
        int kind;

        for (i = count - 1; i > 0; i--) {
            size_t k = (size_t)below(&random, (int)i + 1);
            struct item item = items[i];

            items[i] = items[k];
            items[k] = item;
        }
        items[count] = unscored(1 + below(&random, 9), ANSWER_NOTAPPLICABLE);
        items[count].basis = (enum basis)below(&random, BASIS_COUNT);
        after = compute(f, items, count + 1);
        for (kind = 0; kind < INDEX_COUNT; kind++) {
            struct tally expected = before->index[kind].all;

            if ((items[count].basis == BASIS_GOOD_PRACTICE) == (kind == INDEX_PRACTICE))
                add_aside(&expected, items[count].weight);
            assert_tally(&expected, &after->index[kind].all);
            assert_true(before->index[kind].restricted == after->index[kind].restricted ||
                        str_is(after->index[kind].cause, "G6"));
        }
        arena_clear(&f->arena);
    }
}

static void raising_an_answer_never_lowers_anything(void **state)
{
    struct fixture *f = *state;
    struct random random = {13};
    int round;

    for (round = 0; round < 300; round++) {
        struct item items[MOST_ITEMS];
        size_t count = any_items(&random, items);
        size_t i;

        for (i = 0; i < count; i++) {
            const struct tally *before;
            const struct tally *after;
            int points = items[i].points;
            int kind = items[i].basis == BASIS_GOOD_PRACTICE ? INDEX_PRACTICE : INDEX_CONFORMITY;

            if (items[i].status != ANSWER_SCORED || points == 10)
                continue;
            before = &compute(f, items, count)->index[kind].all;
            items[i].points = points == 0 ? 4 : points + 2;
            after = &compute(f, items, count)->index[kind].all;
            assert_int_equal(ratio_compare(after->score, before->score), 1);
            assert_int_equal(ratio_compare(after->low, before->low), 1);
            assert_int_equal(ratio_compare(after->high, before->high), 1);
            items[i].points = points;
        }
        arena_clear(&f->arena);
    }
}

/* Every way to answer what is open: none leaves the bounds, and both bounds are reached. */
static void bounds_hold_every_completion(void **state)
{
    struct fixture *f = *state;
    struct random random = {17};
    int round;

    for (round = 0; round < 40; round++) {
        struct item items[6];
        struct ratio least = RATIO_ONE;
        struct ratio most = RATIO_ZERO;
        const struct tally *bounds;
        int open = 1 + below(&random, 4);
        int ways = 1;
        int way;
        int i;

        for (i = 0; i < 6; i++) {
            items[i] = i < open ? unscored(1, ANSWER_NOTCHECKED)
                                : scored(1, all_points[below(&random, 5)]);
            items[i].weight = 1 + below(&random, 30000);
            ways *= i < open ? 5 : 1;
        }
        bounds = &compute(f, items, 6)->index[INDEX_CONFORMITY].all;
        for (way = 0; way < ways; way++) {
            struct item full[6];
            struct ratio score;
            int digits = way;

            memcpy(full, items, sizeof full);
            for (i = 0; i < open; i++, digits /= 5) {
                full[i].status = ANSWER_SCORED;
                full[i].points = all_points[digits % 5];
            }
            score = compute(f, full, 6)->index[INDEX_CONFORMITY].all.score;
            assert_true(ratio_compare(score, bounds->low) >= 0);
            assert_true(ratio_compare(score, bounds->high) <= 0);
            least = ratio_compare(score, least) < 0 ? score : least;
            most = ratio_compare(score, most) > 0 ? score : most;
        }
        assert_ratio(bounds->low, least);
        assert_ratio(bounds->high, most);
        arena_clear(&f->arena);
    }
}

static void sums_that_do_not_fit_are_refused(void **state)
{
    struct fixture *f = *state;
    struct checklist checklist = {.id = STR("big"), .section_count = 1, .question_count = 40};
    struct checklist *list[] = {&checklist};
    struct section section = {.id = STR("S")};
    struct question questions[40];
    struct assessment assessments[40];
    struct result *result = NULL;
    int i;

    checklist.sections = &section;
    checklist.questions = questions;
    for (i = 0; i < 40; i++) {
        questions[i] = (struct question){.id = STR("Q"),
                                         .section = STR("S"),
                                         .letters = LETTER_A,
                                         .weight = ratio_make(1, 1000000007 + 2 * i)};
        assessments[i] = (struct assessment){.question = &questions[i],
                                             .status = ANSWER_SCORED,
                                             .points = 8};
    }
    assert_int_equal(score_compute(&f->arena, list, 1, assessments, 40, NULL, &f->diag, &result),
                     STATUS_LIMIT);
    assert_null(result);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
}

/* --- the document --- */

static struct str save(struct fixture *f, const char *folder, struct str bytes)
{
    struct str path = arena_format(&f->arena, "%s/a.result.xml", folder);
    FILE *file = fopen(path.ptr, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    return path;
}

static struct result *round_trip(struct fixture *f, const struct library *library,
                                 const char *folder, const struct result *result)
{
    struct result *loaded = NULL;
    struct buf first;
    struct buf second;
    struct str path;

    buf_init(&first, LIMIT_DOCUMENT_BYTES);
    buf_init(&second, LIMIT_DOCUMENT_BYTES);
    assert_int_equal(result_write(result, &first, &f->diag), STATUS_OK);
    path = save(f, folder, buf_str(&first));
    if (result_load(&f->arena, library, path, &f->diag, &loaded) != STATUS_OK) {
        struct buf text;
        size_t i;

        buf_init(&text, 1 << 16);
        for (i = 0; i < f->diag.count; i++)
            diag_format(&f->diag.list[i], &text);
        fail_msg("the result does not load:\n%.*s", STR_ARG(buf_str(&text)));
    }
    assert_int_equal(result_write(loaded, &second, &f->diag), STATUS_OK);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.bytes, second.bytes, first.len);
    buf_done(&first);
    buf_done(&second);
    return loaded;
}

/* What follows from the answers, drawn again after they were changed. */
static void conclude(struct fixture *f, struct result *result)
{
    struct assessment **list = arena_alloc(&f->arena, result->question_count + 1,
                                           sizeof(struct assessment *));
    size_t i;

    for (i = 0; i < result->question_count; i++)
        list[i] = &result->questions[i].assessment;
    assert_int_equal(assessments_conclude(list, result->question_count, &f->diag), STATUS_OK);
}

static void fill_wording(struct fixture *f, struct result *result)
{
    static const char *const texts[] = {"Plain?",
                                        "  A <b>\"text\"</b> & more\n\n with \t runs  ",
                                        "citt\xC3\xA0 \xF0\x9F\x98\x80 ]]> =1+1",
                                        "a \xE2\x80\xAE z \x01 \xFF"};
    static const struct tailored left_out = {.change = TAILORED_LEFT_OUT,
                                             .by = STR_INIT("L. A."),
                                             .on = STR_INIT("2026-01-01"),
                                             .reason = STR_INIT("a <b> & c")};
    struct binding *bindings = arena_alloc(&f->arena, 2, sizeof *bindings);
    size_t i;

    bindings[0] = (struct binding){.measure = STR("M-07"),
                                   .variant = STR("reported"),
                                   .has_ladder = true,
                                   .ladder = {.higher_is_better = true,
                                              .minus_target = true,
                                              .source = LADDER_CONTRACT,
                                              .steps = {{10, LADDER_ON_LOW, 0},
                                                        {8, LADDER_ON_VALUE, 0},
                                                        {6, LADDER_ON_VALUE, -0.02},
                                                        {4, LADDER_ON_HIGH, -1e-7}},
                                              .step_count = 4}};
    bindings[1] = (struct binding){.measure = STR("M-10")};
    for (i = 0; i < result->question_count; i++) {
        struct result_question *item = &result->questions[i];
        struct question *question = &item->question;
        struct assessment *assessment = &item->assessment;

        question->clauses = arena_alloc(&f->arena, 2, sizeof *question->clauses);
        question->clauses[0] = STR("5.1.2");
        question->clauses[1] = STR("8.2.2");
        question->clause_count = 2;
        question->mode = MODE_SEMI; /* a figure alone would change its state with the reason */
        question->text.in[LANG_EN] = str_of(texts[i % 4]);
        question->text.in[LANG_IT] = str_of(texts[(i + 1) % 4]);
        question->evidence.in[LANG_EN] = str_of(texts[(i + 2) % 4]);
        question->since = i % 3 ? (struct str){NULL, 0} : STR("2026");
        question->bindings = bindings;
        question->binding_count = i % 3;
        assessment->why = str_of(texts[(i + 3) % 4]);
        assessment->why_code = (enum why_code)(i % WHY_CODE_COUNT);
        if (assessment->status == ANSWER_NOTSELECTED)
            question->tailored = &left_out;
        if (question->tailored || assessment->why_code == WHY_TAILORED)
            assessment->why_code = question->tailored ? WHY_TAILORED : WHY_NO_MEASURE;
        assessment->why_facts = (struct why_facts){.figure = i % 2 ? STR("EV-001")
                                                                   : (struct str){NULL, 0},
                                                   .measure = STR("M-07"),
                                                   .unit = STR("1"),
                                                   .value = i % 2 ? 0.449 : NAN,
                                                   .target = NAN,
                                                   .n = i % 2 ? i : 0,
                                                   .limits_by = STR("law")};
        assessment->reason = str_of(texts[i % 4]);
        assessment->finding = str_of(texts[(i + 1) % 4]);
        assessment->origin = (enum answer_origin)(i % ORIGIN_COUNT);
        assessment->by = STR("L. A.  (lead)");
        assessment->on = STR("2026-02-28");
        assessment->proposed = i % 2 ? 8 : -1;
        assessment->is_imprecise = i % 2;
        assessment->evidence = arena_alloc(&f->arena, 2, sizeof *assessment->evidence);
        assessment->proofs = arena_alloc(&f->arena, 2, sizeof *assessment->proofs);
        assessment->evidence[0] = STR("EV-001");
        assessment->evidence[1] = STR("minutes of 2026-01-12, \"p. 3\"");
        assessment->proofs[1].kind = (enum proof_kind)(i % PROOF_KIND_COUNT);
        assessment->evidence_count = 2;
    }
    conclude(f, result);
}

static void any_result_writes_the_same_bytes_after_loading(void **state)
{
    struct fixture *f = *state;
    struct random random = {19};
    struct library library;
    char folder[] = "/tmp/cfaudit-score-XXXXXX";
    char command[64];
    int round;

    assert_non_null(mkdtemp(folder));
    xml_init();
    assert_int_equal(library_init(&library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    for (round = 0; round < 60; round++) {
        struct item items[MOST_ITEMS];
        size_t count = any_items(&random, items);
        struct result *result = compute(f, items, count);
        const struct result *got;
        size_t i;

        result->tool_version = STR("cfaudit 0.1.0");
        result->has_answers = round % 2;
        result->answers_sha256.bytes[31] = (uint8_t)round;
        result->evidence_sha256.bytes[0] = (uint8_t)(255 - round);
        result->checklists[0].revision = 7;
        fill_wording(f, result);
        got = round_trip(f, &library, folder, result);
        assert_int_equal(got->has_answers, round % 2);
        assert_int_equal(got->evidence_sha256.bytes[0], 255 - round);
        assert_int_equal(got->checklists[0].revision, 7);
        assert_int_equal(got->open_count, result->open_count);
        for (i = 0; i < got->open_count; i++)
            assert_true(str_equal(got->open[i]->question.id, result->open[i]->question.id));
        for (i = 0; i < count; i++) {
            const struct result_question *a = &result->questions[i];
            const struct result_question *b = &got->questions[i];

            assert_ptr_equal(b->assessment.question, &b->question);
            assert_true(str_equal(a->question.id, b->question.id));
            assert_ratio(a->question.weight, b->question.weight);
            assert_int_equal(a->question.letters, b->question.letters);
            assert_int_equal(a->question.is_gate, b->question.is_gate);
            assert_int_equal(a->assessment.status, b->assessment.status);
            assert_int_equal(a->assessment.points, b->assessment.points);
            assert_int_equal(a->assessment.grade, b->assessment.grade);
            assert_int_equal(a->assessment.why_code, b->assessment.why_code);
            assert_true(str_equal(a->assessment.by, b->assessment.by));
            assert_true(str_equal(a->assessment.evidence[1], b->assessment.evidence[1]));
            assert_int_equal(a->assessment.proofs[1].kind, b->assessment.proofs[1].kind);
            assert_true(str_equal(a->question.since, b->question.since));
            assert_true(i % 4 != 0 || str_is(b->assessment.reason, "Plain?"));
            assert_true(i % 4 != 3 || str_is(b->assessment.finding, "Plain?"));
            assert_true(i % 4 != 1 || str_is(b->assessment.why, "Plain?"));
            assert_true(i % 4 != 2 || str_is(b->question.evidence.in[LANG_EN], "Plain?"));
            assert_true(i % 4 != 3 || str_is(b->question.text.in[LANG_IT], "Plain?"));
            assert_true(i % 4 != 1 ||
                        str_is(b->assessment.reason, "A <b>\"text\"</b> & more with runs"));
            if (b->question.binding_count)
                assert_true(b->question.bindings[0].ladder.steps[3].at == -1e-7 &&
                            b->question.bindings[0].ladder.steps[3].on == LADDER_ON_HIGH);
        }
        for (i = 0; i < INDEX_COUNT; i++) {
            assert_ratio(result->index[i].all.high, got->index[i].all.high);
            assert_ratio(result->index[i].letters[1].points, got->index[i].letters[1].points);
            assert_ratio(result->index[i].sections[1].low, got->index[i].sections[1].low);
            assert_int_equal(result->index[i].restricted, got->index[i].restricted);
        }
        assert_int_equal(gate(result, "G1")->letters_short, gate(got, "G1")->letters_short);
        assert_true(str_equal(gate(result, "G1")->detail, gate(got, "G1")->detail));
        arena_clear(&f->arena);
    }
    library_done(&library);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
}

/* One replacement in a written result, then loaded. */
static enum status load_changed(struct fixture *f, const struct library *library,
                                const char *folder, const char *from, const char *to)
{
    const struct item items[] = {scored(3, 10), scored(2, 6), unscored(1, ANSWER_NOTAPPLICABLE),
                                 unscored(2, ANSWER_NOTCHECKED), scored(2, 8)};
    struct result *result = compute(f, items, ARRAY_LEN(items));
    struct result *loaded = NULL;
    enum status status;
    struct buf out;
    struct buf changed;
    const char *at;

    diag_done(&f->diag);
    diag_init(&f->diag);
    buf_init(&out, LIMIT_DOCUMENT_BYTES);
    buf_init(&changed, LIMIT_DOCUMENT_BYTES);
    result->tool_version = STR("cfaudit 0.1.0");
    fill_wording(f, result);
    assert_int_equal(result_write(result, &out, &f->diag), STATUS_OK);
    at = strstr(out.bytes, from);
    assert_non_null(at);
    buf_add(&changed, (struct str){out.bytes, (size_t)(at - out.bytes)});
    buf_add_text(&changed, to);
    buf_add_text(&changed, at + strlen(from));
    status = result_load(&f->arena, library, save(f, folder, buf_str(&changed)), &f->diag, &loaded);
    assert_int_equal(status == STATUS_OK, loaded != NULL);
    assert_int_equal(status != STATUS_OK, f->diag.by_severity[SEVERITY_FATAL]);
    buf_done(&out);
    buf_done(&changed);
    return status;
}

static void marks_that_do_not_follow_from_the_questions_are_refused(void **state)
{
    static const char *const changes[][2] = {
        {"score=\"29/35\"", "score=\"34/35\""},
        {"band=\"B\"", "band=\"A\""},
        {"restricted=\"B\"", "restricted=\"A\""},
        {"status=\"scored\" points=\"6\"", "status=\"scored\" points=\"10\""},
        {"weight=\"3\"", "weight=\"4\""},
        {"letters=\"abc\"", "letters=\"a\""},
        {"basis=\"requirement\"", "basis=\"good-practice\""},
        {"id=\"G1\" triggered=\"false\"", "id=\"G1\" triggered=\"true\""},
        {"count-na=\"1\"", "count-na=\"0\""},
        /* what was concluded from the answers */
        {"strength=\"0\"", "strength=\"5\""},
        {"weak=\"true\"", "weak=\"false\""},
        {"criterion=\"weak-evidence\"", "criterion=\"met\""},
        {"proposed=\"observation\"", "proposed=\"conform\""},
        {"source=\"internal\"", "source=\"external\""},
    };
    struct fixture *f = *state;
    struct library library;
    char folder[] = "/tmp/cfaudit-score-XXXXXX";
    char command[64];
    size_t i;

    assert_non_null(mkdtemp(folder));
    xml_init();
    assert_int_equal(library_init(&library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    assert_int_equal(load_changed(f, &library, folder, "Plain?", "Plain!"), STATUS_OK);
    for (i = 0; i < ARRAY_LEN(changes); i++) {
        assert_int_equal(load_changed(f, &library, folder, changes[i][0], changes[i][1]),
                         STATUS_INTEGRITY);
        assert_int_equal(f->diag.by_rule[RULE_RESULT_SUM], 1);
        assert_int_equal(f->diag.list[0].where.line, 2);
    }
    assert_int_equal(load_changed(f, &library, folder, "status=\"scored\" points=\"6\"",
                                  "status=\"notchecked\" points=\"6\""),
                     STATUS_INVALID);
    library_done(&library);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
}

static void memory_that_runs_out_is_reported_once(void **state)
{
    struct question question = {.id = STR("Q"),
                                .section = STR("S"),
                                .letters = LETTER_A,
                                .weight = {1, 1}};
    struct section section = {.id = STR("S")};
    struct checklist checklist = {.id = STR("C"),
                                  .sections = &section,
                                  .section_count = 1,
                                  .questions = &question,
                                  .question_count = 1};
    struct checklist *list[] = {&checklist};
    struct assessment assessment = {.question = &question, .status = ANSWER_SCORED, .points = 8};
    enum status status = STATUS_MEMORY;
    unsigned long nth;

    for (nth = 1; status != STATUS_OK && nth < 1000; nth++) {
        struct result *result = NULL;
        struct arena arena;
        struct diag diag;

        arena_init(&arena);
        diag_init(&diag);
        mem_fail_at(nth);
        status = score_compute(&arena, list, 1, &assessment, 1, NULL, &diag, &result);
        mem_fail_at(0);
        assert_int_equal(status == STATUS_OK, result != NULL);
        assert_int_equal(diag.by_severity[SEVERITY_FATAL], status == STATUS_OK ? 0 : 1);
        diag_done(&diag);
        arena_done(&arena);
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(nth > 2);
    (void)state;
}

static void names_are_found_again(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < BAND_COUNT; i++) {
        enum band band = BAND_COUNT;

        assert_true(band_find(str_of(band_name((enum band)i)), &band));
        assert_int_equal(band, i);
    }
    for (i = 0; i < INDEX_COUNT; i++) {
        enum index_kind kind = INDEX_COUNT;

        assert_true(index_find(str_of(index_name((enum index_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    assert_string_equal(band_name(BAND_NONE), "-");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_worked_vector_holds),
        TEST(a_question_of_two_letters_gives_half_to_each),
        TEST(bands_begin_exactly_where_they_say),
        TEST(coverage_gate_opens_at_exactly_two_thirds),
        TEST(one_letter_with_too_little_is_enough_for_incomplete),
        TEST(a_letter_without_questions_is_said_and_not_failed),
        TEST(nothing_scored_is_incomplete),
        TEST(an_open_major_on_a_requirement_means_not_ready),
        TEST(the_first_gate_names_the_outcome_and_the_second_is_listed),
        TEST(the_indexes_never_mix),
        TEST(open_questions_come_heaviest_first),
        TEST(any_checklist_equals_integer_arithmetic),
        TEST(order_and_set_aside_questions_change_nothing),
        TEST(raising_an_answer_never_lowers_anything),
        TEST(bounds_hold_every_completion),
        TEST(sums_that_do_not_fit_are_refused),
        TEST(any_result_writes_the_same_bytes_after_loading),
        TEST(marks_that_do_not_follow_from_the_questions_are_refused),
        TEST(memory_that_runs_out_is_reported_once),
        TEST(names_are_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
