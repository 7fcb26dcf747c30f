/* Checklists as an audit tailors them: what counts then, what is refused, what a result keeps. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "score/score.h"
#include "score/score_model.h"
#include "source/source.h"

enum { QUESTIONS = 7, TAILORINGS = 8 };

struct fixture {
    struct arena arena;
    struct diag diag;
    struct library library;
    struct section sections[2];
    struct question questions[QUESTIONS];
    struct str clause;
    struct checklist checklist;
    struct checklist *checklists[1];
    struct tailoring tailorings[TAILORINGS];
    struct audit_checklist use;
    struct audit audit;
    struct evidence evidence;
    struct answer list[QUESTIONS];
    struct answers answers;
};

/* in section S, Q-6 and Q-7 in section T; all requirements on every letter. */
static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    xml_init();
    arena_init(&f->arena);
    diag_init(&f->diag);
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    f->clause = STR("5.1.2");
    f->sections[0].id = STR("S");
    f->sections[1].id = STR("T");
    for (i = 0; i < 2; i++)
        f->sections[i].title.in[LANG_EN] = STR("Part");
    for (i = 0; i < QUESTIONS; i++) {
        struct question *question = &f->questions[i];

        question->id = arena_format(&f->arena, "Q-%zu", i + 1);
        question->revision = 1;
        question->section = i < 5 ? STR("S") : STR("T");
        question->clauses = &f->clause;
        question->clause_count = 1;
        question->letters = LETTER_A | LETTER_B | LETTER_C;
        question->mode = MODE_HUMAN;
        question->weight = RATIO_ONE;
        question->text.in[LANG_EN] = STR("Who?");
    }
    f->checklist = (struct checklist){.id = STR("own"),
                                      .revision = 3,
                                      .sections = f->sections,
                                      .section_count = 2,
                                      .questions = f->questions,
                                      .question_count = QUESTIONS};
    f->checklists[0] = &f->checklist;
    f->use = (struct audit_checklist){.name = STR("own"), .tailorings = f->tailorings};
    f->audit = (struct audit){.id = STR("a-2025"),
                              .edition = STR("2015+A1"),
                              .checklists = &f->use,
                              .checklist_count = 1};
    f->evidence.audit.id = STR("a-2025");
    f->evidence.audit.edition = STR("2015+A1");
    f->answers = (struct answers){.audit = STR("a-2025"), .list = f->list};
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

static struct tailoring *add(struct fixture *f, enum tailoring_kind kind, const char *id)
{
    struct tailoring *tailoring = &f->tailorings[f->use.tailoring_count++];

    *tailoring = (struct tailoring){.kind = kind,
                                    .id = str_of(id),
                                    .weight = RATIO_ONE,
                                    .by = STR("Lead"),
                                    .on = STR("2025-12-01"),
                                    .reason = STR("not sold"),
                                    .place = {STR("audit.xml"), 9, (uint64_t)f->use.tailoring_count, 0}};
    return tailoring;
}

static void weigh(struct fixture *f, const char *id, int64_t num, int64_t den)
{
    add(f, TAILORING_WEIGH, id)->weight = ratio_make(num, den);
}

static void answer(struct fixture *f, const char *id, enum answer_status status, int points)
{
    f->list[f->answers.count++] = (struct answer){.question = str_of(id),
                                                  .status = status,
                                                  .points = points,
                                                  .reason = STR("seen"),
                                                  .by = STR("Lead"),
                                                  .on = STR("2026-01-10"),
                                                  .sampled.tolerance = NAN};
}

static enum status tailor(struct fixture *f)
{
    return audit_tailor(&f->arena, &f->audit, f->checklists, &f->diag);
}

static struct result *score(struct fixture *f)
{
    struct assessment *list = NULL;
    struct result *result = NULL;
    size_t count = 0;

    assert_int_equal(assess(&f->arena, f->checklists, 1, &f->evidence, &f->answers, &f->diag, &list,
                            &count),
                     STATUS_OK);
    assert_int_equal(score_compute(&f->arena, f->checklists, 1, list, count, NULL, &f->diag,
                                   &result),
                     STATUS_OK);
    result->tool_version = STR("cfaudit test");
    return result;
}

static void assert_ratio(struct ratio value, int64_t num, int64_t den)
{
    assert_int_equal(ratio_compare(value, ratio_make(num, den)), 0);
}

static void assert_said(struct fixture *f, enum rule rule, const char *text)
{
    size_t i;

    for (i = 0; i < f->diag.count; i++)
        if (f->diag.list[i].rule == rule && strstr(f->diag.list[i].text.ptr, text))
            return;
    fail_msg("%s is not said: %s", rule_info(rule)->name, text);
}

static void assert_refused(struct fixture *f, enum rule rule, const char *text)
{
    assert_int_equal(tailor(f), STATUS_INVALID);
    assert_said(f, rule, text);
    assert_said(f, RULE_DOCUMENT_INVALID, "error");
}

/* Weights and points 3 x 10, 2 x 6, 1 not applicable, 2 open, 2 x 8: 58/70, coverage 7/9. */
static void weights_of_the_audit_reach_the_score_and_what_is_left_out_does_not(void **state)
{
    struct fixture *f = *state;
    const struct tally *all;
    struct result *result;

    weigh(f, "Q-1", 3, 1);
    weigh(f, "Q-2", 2, 1);
    weigh(f, "Q-4", 2, 1);
    weigh(f, "Q-5", 2, 1);
    add(f, TAILORING_LEAVE_OUT_SECTION, "T");
    assert_int_equal(tailor(f), STATUS_OK);
    assert_int_equal(f->diag.count, 0);
    answer(f, "Q-1", ANSWER_SCORED, 10);
    answer(f, "Q-2", ANSWER_SCORED, 6);
    answer(f, "Q-3", ANSWER_NOTAPPLICABLE, -1);
    answer(f, "Q-4", ANSWER_NOTCHECKED, -1);
    answer(f, "Q-5", ANSWER_SCORED, 8);
    result = score(f);
    all = &result->index[INDEX_CONFORMITY].all;
    assert_ratio(all->score, 58, 70);
    assert_ratio(all->coverage, 7, 9);
    assert_ratio(all->low, 58, 90);
    assert_ratio(all->high, 78, 90);
    assert_int_equal(all->count_scored + all->count_open + all->count_na, 5);
    assert_int_equal(result->open_count, 1);
    assert_false(result->index[INDEX_CONFORMITY].sections[1].has_coverage);
    /* what the result says of them */
    assert_int_equal(result->questions[5].assessment.status, ANSWER_NOTSELECTED);
    assert_int_equal(result->questions[5].assessment.why_code, WHY_TAILORED);
    assert_true(str_is(result->questions[5].assessment.why,
                       "left out of this audit by Lead on 2025-12-01"));
    assert_true(str_is(result->questions[5].assessment.reason, "not sold"));
    assert_int_equal(question_state(&result->questions[5]), STATE_NOTSELECTED);
    assert_ratio(result->questions[0].question.tailored->weight, 1, 1);
    assert_ratio(result->questions[0].question.weight, 3, 1);
}

static void no_answer_stands_beside_what_is_left_out(void **state)
{
    struct fixture *f = *state;

    add(f, TAILORING_LEAVE_OUT, "Q-2");
    assert_int_equal(tailor(f), STATUS_OK);
    answer(f, "Q-1", ANSWER_SCORED, 10);
    answer(f, "Q-2", ANSWER_NOTAPPLICABLE, -1);
    assert_int_equal(answers_check(&f->answers, f->checklists, 1, &f->evidence, &f->diag),
                     STATUS_INVALID);
    assert_said(f, RULE_ANSWER_LEFT_OUT, "'Q-2' was left out by Lead");
}

static void what_cannot_be_tailored_is_refused(void **state)
{
    struct fixture *f = *state;

    f->questions[3].is_gate = true;
    add(f, TAILORING_LEAVE_OUT, "Q-8");
    add(f, TAILORING_LEAVE_OUT_SECTION, "U");
    add(f, TAILORING_LEAVE_OUT, "Q-4");
    add(f, TAILORING_LEAVE_OUT, "Q-6");
    add(f, TAILORING_LEAVE_OUT_SECTION, "T");
    weigh(f, "Q-7", 2, 1);
    f->use.revision = 2;
    assert_refused(f, RULE_TAILORING_QUESTION, "'Q-8' is no question");
    assert_said(f, RULE_TAILORING_QUESTION, "'U' is no section");
    assert_said(f, RULE_TAILORING_GATE, "'Q-4'");
    assert_said(f, RULE_TAILORING_TWICE, "'Q-6' is left out above");
    assert_said(f, RULE_TAILORING_TWICE, "'Q-7' is left out above");
    assert_said(f, RULE_TAILORING_REVISION, "'own' has revision 3, not 2");
    assert_said(f, RULE_DOCUMENT_INVALID, "6 errors");
}

/* A gate keeps its section in; the rest of the section is no way around it. */
static void a_section_with_a_gate_stays(void **state)
{
    struct fixture *f = *state;

    f->questions[6].is_gate = true;
    add(f, TAILORING_LEAVE_OUT_SECTION, "T");
    assert_refused(f, RULE_TAILORING_GATE, "'Q-7'");
    assert_null(f->questions[6].tailored);
}

static void an_audit_asks_something(void **state)
{
    struct fixture *f = *state;

    add(f, TAILORING_LEAVE_OUT_SECTION, "S");
    add(f, TAILORING_LEAVE_OUT_SECTION, "T");
    assert_refused(f, RULE_TAILORING_ALL, "'a-2025'");
}

static void a_letter_without_a_question_is_told(void **state)
{
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < QUESTIONS; i++)
        f->questions[i].letters = i < 5 ? LETTER_A | LETTER_C : LETTER_B;
    f->questions[0].letters = LETTER_B;
    f->questions[0].basis = BASIS_GOOD_PRACTICE; /* scores no letter of the conformity index */
    add(f, TAILORING_LEAVE_OUT_SECTION, "T");
    assert_int_equal(tailor(f), STATUS_OK);
    assert_said(f, RULE_TAILORING_LETTER, "'b'");
    assert_int_equal(f->diag.count, 1);
}

static void what_changes_nothing_is_told(void **state)
{
    struct fixture *f = *state;

    f->questions[1].since = STR("2026");
    weigh(f, "Q-1", 2, 2);
    add(f, TAILORING_LEAVE_OUT, "Q-2");
    assert_int_equal(tailor(f), STATUS_OK);
    assert_said(f, RULE_TAILORING_NOTHING, "'Q-1' has this weight");
    assert_said(f, RULE_TAILORING_NOTHING, "'Q-2' is asked from edition 2026 on");
}

/* --- the result --- */

static enum status load(struct fixture *f, struct str bytes, struct result **ret_result)
{
    struct source *source = NULL;
    struct xml_document *document = NULL;
    enum status status;

    assert_int_equal(source_open_memory(STR("result.xml"), bytes, &f->diag, &source), STATUS_OK);
    status = xml_load(source, f->library.schema, "result", &f->diag, &document);
    source_close(source);
    if (status == STATUS_OK)
        status = result_read(&f->arena, document, &f->diag, ret_result);
    xml_free(document);
    return status;
}

/* The document with the first of one text in place of another. */
static struct str changed(struct fixture *f, struct str bytes, const char *from, const char *to)
{
    struct str copy = arena_str(&f->arena, bytes);
    const char *at = strstr(copy.ptr, from);

    assert_non_null(at);
    return arena_format(&f->arena, "%.*s%s%s", (int)(at - copy.ptr), copy.ptr, to,
                        at + strlen(from));
}

static void a_result_keeps_what_was_tailored_and_nobody_changes_it_later(void **state)
{
    static const char left_out[] = "<tailored change=\"left-out\" by=\"Lead\" on=\"2025-12-01\">"
                                   "not sold</tailored>";
    struct fixture *f = *state;
    struct result *loaded = NULL;
    struct result *result;
    struct buf first;
    struct buf second;

    weigh(f, "Q-1", 5, 2);
    add(f, TAILORING_LEAVE_OUT, "Q-2");
    assert_int_equal(tailor(f), STATUS_OK);
    answer(f, "Q-1", ANSWER_SCORED, 8);
    result = score(f);
    buf_init(&first, 1 << 20);
    buf_init(&second, 1 << 20);
    assert_int_equal(result_write(result, &first, &f->diag), STATUS_OK);
    assert_int_equal(load(f, buf_str(&first), &loaded), STATUS_OK);
    assert_ratio(loaded->questions[0].question.weight, 5, 2);
    assert_ratio(loaded->questions[0].question.tailored->weight, 1, 1);
    assert_int_equal(loaded->questions[1].question.tailored->change, TAILORED_LEFT_OUT);
    assert_null(loaded->questions[2].question.tailored);
    assert_int_equal(result_write(loaded, &second, &f->diag), STATUS_OK);
    assert_true(str_equal(buf_str(&first), buf_str(&second)));
    /* the reason taken away, another status given */
    assert_int_equal(load(f, changed(f, buf_str(&first), left_out, ""), &loaded),
                     STATUS_INTEGRITY);
    assert_int_equal(load(f, changed(f, buf_str(&first), "status=\"notselected\"",
                                     "status=\"informational\""),
                          &loaded),
                     STATUS_INTEGRITY);
    buf_done(&first);
    buf_done(&second);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(weights_of_the_audit_reach_the_score_and_what_is_left_out_does_not),
        TEST(no_answer_stands_beside_what_is_left_out),
        TEST(what_cannot_be_tailored_is_refused),
        TEST(a_section_with_a_gate_stays),
        TEST(an_audit_asks_something),
        TEST(a_letter_without_a_question_is_told),
        TEST(what_changes_nothing_is_told),
        TEST(a_result_keeps_what_was_tailored_and_nobody_changes_it_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
