/* Maturity of sections; what raising an answer, and order, may change. */
#include "score_fixture.h"

#include <string.h>

enum { MOST = 8, ROUNDS = 300 };

static const int all_points[] = {0, 4, 6, 8, 10};

/* A small generator: the tests must not depend on the C library's. */
struct dice {
    uint64_t state;
};

static int throw_below(struct dice *dice, int most)
{
    dice->state = dice->state * 6364136223846793005ull + 1442695040888963407ull;
    return (int)((dice->state >> 33) % (uint64_t)most);
}

static struct item any_item(struct dice *dice)
{
    static const enum answer_status statuses[] = {ANSWER_SCORED, ANSWER_SCORED, ANSWER_SCORED,
                                                  ANSWER_NOTCHECKED, ANSWER_NOTAPPLICABLE};
    struct item item = scored(1 + throw_below(dice, 5), all_points[throw_below(dice, 5)]);

    item.status = statuses[throw_below(dice, 5)];
    if (item.status != ANSWER_SCORED)
        item.points = -1;
    item.letters = 1 + (unsigned)throw_below(dice, 7);
    item.basis = (enum basis)throw_below(dice, BASIS_COUNT);
    item.is_gate = item.basis != BASIS_GOOD_PRACTICE && throw_below(dice, 3) == 0;
    item.grade = item.status == ANSWER_SCORED && throw_below(dice, 6) == 0 ? GRADE_MINOR
                                                                           : GRADE_NONE;
    return item;
}

/* The limited band of a complete audit gets better or stays; so does every letter's mark. */
static void raising_an_answer_never_worsens_a_band_or_a_letter(void **state)
{
    struct fixture *f = *state;
    struct dice dice = {3};
    int judged = 0;
    int round;

    for (round = 0; round < ROUNDS; round++) {
        struct item items[MOST];
        const struct score_index *before;
        int i;
        int letter;

        for (i = 0; i < MOST; i++)
            items[i] = any_item(&dice);
        before = &compute(f, items, MOST)->index[INDEX_CONFORMITY];
        for (i = 0; i < MOST; i++) {
            const struct score_index *after;
            struct item was = items[i];

            if (was.status != ANSWER_SCORED || was.points == 10)
                continue;
            items[i].points = all_points[1 + (was.points >= 4 ? was.points / 2 - 1 : 0)];
            assert_true(items[i].points > was.points);
            after = &compute(f, items, MOST)->index[INDEX_CONFORMITY];
            assert_int_equal(after->is_incomplete, before->is_incomplete);
            assert_true(after->restricted <= before->restricted);
            assert_true(after->unrestricted <= before->unrestricted);
            judged += after->restricted < before->restricted;
            for (letter = 0; letter < LETTER_COUNT; letter++)
                if (before->letters[letter].has_score)
                    assert_true(ratio_compare(after->letters[letter].score,
                                              before->letters[letter].score) >= 0);
            items[i] = was;
        }
        assert_true(before->restricted == BAND_NONE || before->restricted >= before->unrestricted);
        arena_clear(&f->arena);
    }
    assert_true(judged > 10); /* some did get better */
}

/* Letters and sections keep within their bounds whatever comes. */
static void bounds_of_letters_and_sections_hold_every_completion(void **state)
{
    struct fixture *f = *state;
    struct dice dice = {5};
    int round;

    for (round = 0; round < 30; round++) {
        struct item items[5];
        const struct score_index *bounds;
        int way;
        int i;

        for (i = 0; i < 5; i++) {
            items[i] = any_item(&dice);
            items[i].basis = BASIS_REQUIREMENT;
            items[i].grade = GRADE_NONE;
            items[i].status = i < 3 ? ANSWER_NOTCHECKED : ANSWER_SCORED;
            items[i].points = i < 3 ? -1 : all_points[throw_below(&dice, 5)];
        }
        bounds = &compute(f, items, 5)->index[INDEX_CONFORMITY];
        for (way = 0; way < 5 * 5 * 5; way++) {
            const struct score_index *full;
            struct item answered[5];
            int digits = way;

            memcpy(answered, items, sizeof answered);
            for (i = 0; i < 3; i++, digits /= 5) {
                answered[i].status = ANSWER_SCORED;
                answered[i].points = all_points[digits % 5];
            }
            full = &compute(f, answered, 5)->index[INDEX_CONFORMITY];
            for (i = 0; i < LETTER_COUNT; i++) {
                if (!bounds->letters[i].has_coverage)
                    continue;
                assert_true(ratio_compare(full->letters[i].score, bounds->letters[i].low) >= 0);
                assert_true(ratio_compare(full->letters[i].score, bounds->letters[i].high) <= 0);
            }
            for (i = 0; i < 2; i++) {
                assert_true(ratio_compare(full->sections[i].score, bounds->sections[i].low) >= 0);
                assert_true(ratio_compare(full->sections[i].score, bounds->sections[i].high) <= 0);
            }
        }
        arena_clear(&f->arena);
    }
}

/* --- maturity --- */

/* One section with two questions; the first has a figure. */
struct small_audit {
    struct result result;
    struct section section;
    struct result_question questions[2];
    struct proof proofs[2];
    struct str references[2];
    struct binding binding;
    struct figure figure;
    struct evidence evidence;
    struct action action;
};

static void make_audit(struct small_audit *audit)
{
    size_t i;

    memset(audit, 0, sizeof *audit);
    audit->section.id = STR("S");
    audit->result.sections = &audit->section;
    audit->result.section_count = 1;
    audit->result.questions = audit->questions;
    audit->result.question_count = 2;
    for (i = 0; i < 2; i++) {
        struct result_question *item = &audit->questions[i];

        item->question.id = i ? STR("CF-COR-02") : STR("CF-COR-01");
        item->question.section = STR("S");
        item->question.weight = RATIO_ONE;
        item->assessment.question = &item->question;
        item->assessment.status = ANSWER_SCORED;
        item->assessment.points = 8;
        item->assessment.proofs = &audit->proofs[i];
        item->assessment.evidence = &audit->references[i];
        item->assessment.evidence_count = 1;
        audit->proofs[i].kind = i ? PROOF_DOCUMENT : PROOF_RECORD;
        audit->proofs[i].source = i ? PROOF_EXTERNAL : PROOF_INTERNAL;
        audit->proofs[i].is_documentary = true;
    }
    audit->questions[0].assessment.grade = GRADE_STRENGTH;
    audit->questions[0].question.bindings = &audit->binding;
    audit->questions[0].question.binding_count = 1;
    audit->binding.measure = STR("M-07");
    audit->binding.has_ladder = true;
    audit->binding.ladder.higher_is_better = true;
    audit->figure.measure = STR("M-07");
    audit->figure.value = 0.97;
    audit->figure.target = 0.95;
    audit->figure.target_source = STR("contract");
    audit->figure.method = STR("wilson");
    audit->figure.chart.kind = STR("p");
    audit->figure.trend = (struct figure_trend){12, 40, 2.7, 0.007, 0.002};
    audit->evidence.figures = &audit->figure;
    audit->evidence.figure_count = 1;
    audit->action.question = STR("CF-COR-02");
    audit->action.owner = STR("QM");
    audit->action.status = ACTION_CLOSED;
}

static unsigned level(struct fixture *f, const struct small_audit *audit)
{
    struct maturity *list = NULL;

    assert_int_equal(result_maturity(&f->arena, &audit->result, &audit->evidence, &f->diag, &list),
                     STATUS_OK);
    assert_ptr_equal(list[0].section, &audit->section);
    return list[0].level;
}

/* Everything is there; then each fact by itself is taken away. */
static void a_level_needs_every_fact_of_it_and_of_those_below(void **state)
{
    struct fixture *f = *state;
    struct small_audit audit;

    make_audit(&audit);
    assert_int_equal(level(f, &audit), 5);
    audit.proofs[1].source = PROOF_CONTROLLED; /* confirmed */
    assert_int_equal(level(f, &audit), 4);
    make_audit(&audit);
    audit.questions[0].assessment.grade = GRADE_CONFORM; /* learning */
    assert_int_equal(level(f, &audit), 4);
    make_audit(&audit);
    audit.figure.trend.p = 0.05; /* favourable */
    assert_int_equal(level(f, &audit), 4);
    audit.figure.trend.p = 0.049;
    assert_int_equal(level(f, &audit), 5);
    audit.figure.trend.slope = -0.002;
    assert_int_equal(level(f, &audit), 4);
    audit.binding.ladder.higher_is_better = false;
    assert_int_equal(level(f, &audit), 5);
    audit.figure.chart.unanswered = 1; /* stable */
    assert_int_equal(level(f, &audit), 3);
    make_audit(&audit);
    audit.figure.target_source = STR("default"); /* targeted */
    assert_int_equal(level(f, &audit), 3);
    make_audit(&audit);
    audit.figure.method.len = 0; /* bounded */
    assert_int_equal(level(f, &audit), 3);
    make_audit(&audit);
    audit.proofs[1].kind = PROOF_RECORD; /* described */
    assert_int_equal(level(f, &audit), 2);
    make_audit(&audit);
    audit.questions[1].assessment.points = 0; /* present */
    assert_int_equal(level(f, &audit), 2);
    make_audit(&audit);
    audit.proofs[0].is_documentary = audit.proofs[1].is_documentary = false; /* recorded */
    assert_int_equal(level(f, &audit), 1);
    audit.questions[0].assessment.status = ANSWER_NOTAPPLICABLE;
    audit.questions[1].assessment.status = ANSWER_INFORMATIONAL;
    assert_int_equal(level(f, &audit), 0);
}

static void two_thirds_of_the_weight_are_enough_to_be_defined(void **state)
{
    struct fixture *f = *state;
    struct small_audit audit;

    make_audit(&audit);
    audit.questions[0].assessment.status = ANSWER_NOTCHECKED;
    audit.questions[1].question.weight = ratio_make(2, 1);
    assert_int_equal(level(f, &audit), 4); /* the strength is gone with its answer */
    audit.questions[1].question.weight = ratio_make(19999, 10000);
    assert_int_equal(level(f, &audit), 2);
}

static void a_nonconformity_needs_an_action_with_an_owner(void **state)
{
    struct fixture *f = *state;
    struct small_audit audit;

    make_audit(&audit);
    audit.questions[1].assessment.grade = GRADE_MINOR;
    assert_int_equal(level(f, &audit), 2); /* no action */
    audit.result.actions = &audit.action;
    audit.result.action_count = 1;
    assert_int_equal(level(f, &audit), 5);
    audit.action.status = ACTION_IN_PROGRESS; /* acted */
    assert_int_equal(level(f, &audit), 3);
    audit.action.owner.len = 0; /* owned */
    assert_int_equal(level(f, &audit), 2);
    audit.action.owner = STR("QM");
    audit.action.status = ACTION_IMPLEMENTED;
    audit.questions[1].assessment.repeats = STR("NC-2024-1"); /* learning */
    assert_int_equal(level(f, &audit), 4);
}

static void facts_have_names_levels_and_words(void **state)
{
    int i;
    int k;

    (void)state;
    for (i = 0; i < MATURITY_FACT_COUNT; i++) {
        enum maturity_fact fact = (enum maturity_fact)i;

        assert_true(maturity_fact_level(fact) >= 2 && maturity_fact_level(fact) <= MATURITY_LEVELS);
        assert_string_not_equal(maturity_fact_words(fact, LANG_EN),
                                maturity_fact_words(fact, LANG_IT));
        for (k = 0; k < i; k++)
            assert_string_not_equal(maturity_fact_name(fact),
                                    maturity_fact_name((enum maturity_fact)k));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(raising_an_answer_never_worsens_a_band_or_a_letter, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(bounds_of_letters_and_sections_hold_every_completion,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_level_needs_every_fact_of_it_and_of_those_below, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(two_thirds_of_the_weight_are_enough_to_be_defined, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_nonconformity_needs_an_action_with_an_owner, set_up,
                                        tear_down),
        cmocka_unit_test(facts_have_names_levels_and_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
