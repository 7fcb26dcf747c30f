/* The shipped checklists: how many questions there are, of which kind, and that none lacks a word. */
#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "checklist/checklist.h"
#include "source/shipped.h"

/* Counted by hand in the lists as they were drawn up. */
static const struct {
    const char *name;
    const char *prefix;
    size_t questions;
    unsigned by_mode[MODE_COUNT];
    unsigned by_basis[BASIS_COUNT];
    unsigned by_letter[LETTER_COUNT];
    unsigned gates;
    int weight;
} shipped[] = {
    {"iso9001-5.1.2", "CF-COR", 20, {7, 10, 3}, {20, 0, 0}, {11, 5, 8}, 7, 53},
    {"five-roles", "CF-ROL", 12, {6, 5, 1}, {0, 1, 11}, {8, 2, 3}, 0, 22},
    {"kanban-service", "CF-KAN", 14, {9, 5, 0}, {1, 0, 13}, {9, 3, 3}, 0, 26},
    {"fair-exchange", "CF-VAL", 16, {10, 6, 0}, {1, 1, 14}, {5, 9, 5}, 0, 26},
    {"trust-account", "CF-EBA", 12, {7, 3, 2}, {2, 0, 10}, {3, 4, 8}, 1, 20},
    {"inverted-pyramid", "CF-PYR", 14, {7, 5, 2}, {3, 1, 10}, {6, 1, 8}, 1, 26},
};

struct fixture {
    struct library library;
    struct diag diag;
    struct arena arena;
    struct checklist *lists[ARRAY_LEN(shipped)];
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    xml_init();
    diag_init(&f->diag);
    arena_init(&f->arena);
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    for (i = 0; i < ARRAY_LEN(shipped); i++)
        assert_int_equal(checklist_load(&f->arena, &f->library, str_of(shipped[i].name),
                                        (struct str){NULL, 0}, &f->diag, &f->lists[i]),
                         STATUS_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    mem_free(f);
    return 0;
}

static void every_shipped_checklist_is_counted_here(void **state)
{
    const struct shipped *document;
    size_t count = 0;

    (void)state;
    for (document = shipped_documents; document->name; document++)
        count += str_starts(str_of(document->path), "checklists/");
    assert_int_equal(count, ARRAY_LEN(shipped));
}

static void each_has_the_questions_it_was_drawn_up_with(void **state)
{
    struct fixture *f = *state;
    size_t i;
    size_t k;

    /* not even a warning: both languages are there, every section has a question */
    assert_int_equal(f->diag.count, 0);
    for (i = 0; i < ARRAY_LEN(shipped); i++) {
        unsigned by_mode[MODE_COUNT] = {0};
        unsigned by_basis[BASIS_COUNT] = {0};
        unsigned by_letter[LETTER_COUNT] = {0};
        unsigned gates = 0;
        struct ratio weight = RATIO_ZERO;

        assert_true(str_is(f->lists[i]->id, shipped[i].name));
        assert_int_equal(f->lists[i]->question_count, shipped[i].questions);
        for (k = 0; k < f->lists[i]->question_count; k++) {
            const struct question *question = &f->lists[i]->questions[k];
            char id[40];
            int letter;

            snprintf(id, sizeof id, "%s-%02zu", shipped[i].prefix, k + 1);
            assert_true(str_is(question->id, id));
            by_mode[question->mode]++;
            by_basis[question->basis]++;
            for (letter = 0; letter < LETTER_COUNT; letter++)
                by_letter[letter] += question->letters >> letter & 1;
            gates += question->is_gate;
            weight = ratio_add(weight, question->weight);
        }
        assert_memory_equal(by_mode, shipped[i].by_mode, sizeof by_mode);
        assert_memory_equal(by_basis, shipped[i].by_basis, sizeof by_basis);
        assert_memory_equal(by_letter, shipped[i].by_letter, sizeof by_letter);
        assert_int_equal(gates, shipped[i].gates);
        assert_int_equal(ratio_compare(weight, ratio_make(shipped[i].weight, 1)), 0);
    }
}

static void together_they_are_eighty_eight(void **state)
{
    size_t questions = 0;
    unsigned by_mode[MODE_COUNT] = {0};
    unsigned by_basis[BASIS_COUNT] = {0};
    unsigned by_letter[LETTER_COUNT] = {0};
    unsigned gates = 0;
    size_t i;
    int k;

    (void)state;
    for (i = 0; i < ARRAY_LEN(shipped); i++) {
        questions += shipped[i].questions;
        gates += shipped[i].gates;
        for (k = 0; k < 3; k++) {
            by_mode[k] += shipped[i].by_mode[k];
            by_basis[k] += shipped[i].by_basis[k];
            by_letter[k] += shipped[i].by_letter[k];
        }
    }
    assert_int_equal(questions, 88);
    assert_int_equal(by_mode[MODE_AUTO], 46);
    assert_int_equal(by_mode[MODE_SEMI], 34);
    assert_int_equal(by_mode[MODE_HUMAN], 8);
    assert_int_equal(by_basis[BASIS_REQUIREMENT], 27);
    assert_int_equal(by_basis[BASIS_POLICY], 3);
    assert_int_equal(by_basis[BASIS_GOOD_PRACTICE], 58);
    assert_int_equal(by_letter[0], 42);
    assert_int_equal(by_letter[1], 24);
    assert_int_equal(by_letter[2], 35);
    assert_int_equal(gates, 9);
}

static void no_question_lacks_a_text_in_a_language(void **state)
{
    struct fixture *f = *state;
    size_t i;
    size_t k;
    int lang;

    for (i = 0; i < ARRAY_LEN(shipped); i++) {
        for (k = 0; k < f->lists[i]->question_count; k++) {
            const struct question *question = &f->lists[i]->questions[k];

            for (lang = 0; lang < LANG_COUNT; lang++) {
                assert_true(question->text.in[lang].len > 20);
                assert_true(question->evidence.in[lang].len > 100);
                assert_true(question->help.in[lang].len > 100);
            }
            assert_true(question->clause_count > 0);
        }
    }
}

/* What figures are to answer has a ladder, and what they prepare has a figure. */
static void figures_speak_where_the_mode_says_so(void **state)
{
    struct fixture *f = *state;
    size_t i;
    size_t k;
    size_t b;

    for (i = 0; i < ARRAY_LEN(shipped); i++) {
        for (k = 0; k < f->lists[i]->question_count; k++) {
            const struct question *question = &f->lists[i]->questions[k];
            bool has_ladder = false;

            for (b = 0; b < question->binding_count; b++)
                has_ladder |= question->bindings[b].has_ladder;
            if (question->mode == MODE_AUTO && !has_ladder)
                fail_msg("%.*s has no ladder", STR_ARG(question->id));
            if (question->mode == MODE_SEMI && !question->binding_count)
                fail_msg("%.*s has no figure", STR_ARG(question->id));
            assert_false(question->mode == MODE_HUMAN && has_ladder);
        }
    }
}

/* Where a law or a contract sets the limits, the checklist does not know them: no ladder says so
   unless it compares with the target that the audit states. */
static void no_ladder_claims_an_authority_of_its_own(void **state)
{
    struct fixture *f = *state;
    size_t i;
    size_t k;
    size_t b;

    for (i = 0; i < ARRAY_LEN(shipped); i++)
        for (k = 0; k < f->lists[i]->question_count; k++)
            for (b = 0; b < f->lists[i]->questions[k].binding_count; b++) {
                const struct binding *binding = &f->lists[i]->questions[k].bindings[b];

                if (binding->has_ladder && binding->ladder.source != LADDER_DEFAULT)
                    assert_true(binding->ladder.minus_target);
            }
}

/* One audit may use them all: a section of one is never taken for one of another. */
static void no_two_share_a_section(void **state)
{
    struct fixture *f = *state;
    size_t i;
    size_t j;
    size_t k;
    size_t m;

    for (i = 0; i < ARRAY_LEN(shipped); i++)
        for (j = 0; j < i; j++)
            for (k = 0; k < f->lists[i]->section_count; k++)
                for (m = 0; m < f->lists[j]->section_count; m++)
                    assert_false(str_equal(f->lists[i]->sections[k].id, f->lists[j]->sections[m].id));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_checklist_is_counted_here),
        cmocka_unit_test(each_has_the_questions_it_was_drawn_up_with),
        cmocka_unit_test(together_they_are_eighty_eight),
        cmocka_unit_test(no_question_lacks_a_text_in_a_language),
        cmocka_unit_test(figures_speak_where_the_mode_says_so),
        cmocka_unit_test(no_ladder_claims_an_authority_of_its_own),
        cmocka_unit_test(no_two_share_a_section),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
