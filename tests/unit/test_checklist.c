/* Checklists: what is read, the rules beyond the schema, and the words of documents. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "checklist/checklist.h"

struct fixture {
    char path[64];
    struct library library;
    struct diag diag;
    struct arena arena;
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);
    int file;

    assert_non_null(f);
    snprintf(f->path, sizeof f->path, "/tmp/cfaudit-checklist-XXXXXX");
    file = mkstemp(f->path);
    assert_true(file >= 0);
    close(file);
    xml_init();
    diag_init(&f->diag);
    arena_init(&f->arena);
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    unlink(f->path);
    mem_free(f);
    return 0;
}

static enum status load(struct fixture *f, const char *text, struct checklist **ret_checklist)
{
    FILE *file = fopen(f->path, "wb");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    diag_done(&f->diag);
    *ret_checklist = NULL;
    return checklist_load(&f->arena, &f->library, str_of(f->path), (struct str){NULL, 0}, &f->diag,
                          ret_checklist);
}

/* A checklist with one question, whose attributes and bindings are given. */
static enum status load_question(struct fixture *f, const char *attributes, const char *bindings,
                                 struct checklist **ret_checklist)
{
    char text[4000];

    snprintf(text, sizeof text,
             "<checklist xmlns='urn:cfaudit:1' id='own' revision='7'>\n"
             "<title lang='en'>T</title><title lang='it'>T</title>\n"
             "<section id='S'><title lang='en'>S</title><title lang='it'>S</title></section>\n"
             "<question id='Q-1' section='S' %s>\n"
             "<clause>8.2</clause><clause>5.1.2</clause>\n"
             "<text lang='en'>How?</text><text lang='it'>Come?</text>\n"
             "%s\n"
             "</question></checklist>",
             attributes, bindings);
    return load(f, text, ret_checklist);
}

static void assert_str(struct str s, const char *text)
{
    if (!str_is(s, text))
        fail_msg("'%.*s' is not '%s'", STR_ARG(s), text);
}

/* The first diagnostic is of this rule, at this place, in these words. */
static void assert_said(struct fixture *f, enum rule rule, uint64_t line, uint64_t column,
                        const char *text, const char *hint)
{
    const struct diagnostic *item = &f->diag.list[0];

    assert_true(f->diag.count > 0);
    assert_str(item->text, text);
    assert_int_equal(item->rule, rule);
    assert_str(item->where.source, f->path);
    assert_int_equal(item->where.line, line);
    assert_int_equal(item->where.column, column);
    if (hint)
        assert_str(item->hint, hint);
}

static void assert_refused(struct fixture *f, enum status status, struct checklist **checklist)
{
    assert_int_equal(status, STATUS_INVALID);
    assert_null(*checklist);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
    assert_int_equal(f->diag.list[f->diag.count - 1].rule, RULE_DOCUMENT_INVALID);
}

static const char plain[] = "letters='ab' basis='requirement' mode='auto' weight='2.50' gate='yes'"
                            " since='2026' revision='4'";

/* --- reading --- */

static void everything_is_read(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;
    const struct question *question;
    const struct ladder *ladder;

    assert_int_equal(
        load_question(f, plain,
                      "<expected-evidence lang='en'>E</expected-evidence>"
                      "<expected-evidence lang='it'>P</expected-evidence>"
                      "<binding measure='M-07' variant='computed'><ladder direction='higher'"
                      " minus-target='true' target-source='contract'><step points='10' at='0'"
                      " on='low'/><step points='8' at='0'/><step points='6' at='-0.02'/></ladder>"
                      "</binding><binding measure='M-03'><ladder direction='lower'"
                      " usual-target='PT1H' target-source='law'><step points='4' at='PT1H30M'"
                      " on='high'/></ladder>"
                      "</binding><binding measure='M-07'/>",
                      &checklist),
        STATUS_OK);
    assert_int_equal(f->diag.count, 0);
    assert_str(checklist->id, "own");
    assert_int_equal(checklist->revision, 7);
    assert_int_equal(checklist->section_count, 1);
    assert_str(checklist->sections[0].id, "S");
    assert_int_equal(checklist->question_count, 1);
    question = &checklist->questions[0];
    assert_str(question->id, "Q-1");
    assert_int_equal(question->revision, 4);
    assert_int_equal(question->clause_count, 2);
    assert_str(question->clauses[0], "8.2");
    assert_str(question->clauses[1], "5.1.2");
    assert_int_equal(question->letters, LETTER_A | LETTER_B);
    assert_int_equal(question->basis, BASIS_REQUIREMENT);
    assert_int_equal(question->mode, MODE_AUTO);
    assert_int_equal(ratio_compare(question->weight, ratio_make(5, 2)), 0);
    assert_true(question->is_gate);
    assert_str(question->since, "2026");
    assert_str(words_in(&question->text, LANG_IT), "Come?");
    assert_str(words_in(&question->evidence, LANG_EN), "E");
    assert_null(question->help.in[LANG_EN].ptr);
    assert_int_equal(question->where.line, 4);
    assert_int_equal(question->where.column, 1);
    assert_int_equal(question->binding_count, 3);
    ladder = &question->bindings[0].ladder;
    assert_true(question->bindings[0].has_ladder && ladder->higher_is_better);
    assert_true(ladder->minus_target);
    assert_false(ladder->has_usual_target);
    assert_int_equal(ladder->source, LADDER_CONTRACT);
    assert_int_equal(ladder->step_count, 3);
    assert_int_equal(ladder->steps[0].points, 10);
    assert_int_equal(ladder->steps[0].on, LADDER_ON_LOW);
    assert_int_equal(ladder->steps[1].on, LADDER_ON_VALUE);
    assert_true(ladder->steps[2].at == -0.02);
    ladder = &question->bindings[1].ladder;
    assert_true(ladder->steps[0].at == 5400 && ladder->steps[0].on == LADDER_ON_HIGH);
    assert_false(ladder->higher_is_better || ladder->minus_target);
    assert_true(ladder->has_usual_target);
    assert_true(ladder->usual_target == 3600);
    assert_false(question->bindings[2].has_ladder);
}

static void the_shipped_checklist_is_complete(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist = NULL;
    unsigned gates = 0;
    unsigned by_mode[MODE_COUNT] = {0};
    struct ratio weight = RATIO_ZERO;
    size_t i;

    diag_done(&f->diag);
    assert_int_equal(checklist_load(&f->arena, &f->library, STR("iso9001-5.1.2"),
                                    (struct str){NULL, 0}, &f->diag, &checklist),
                     STATUS_OK);
    /* not even a warning: both languages are there */
    assert_int_equal(f->diag.count, 0);
    for (i = 0; i < checklist->question_count; i++) {
        const struct question *question = &checklist->questions[i];
        char id[40];

        snprintf(id, sizeof id, "CF-COR-%02zu", i + 1);
        assert_str(question->id, id);
        assert_true(question->evidence.in[LANG_EN].len > 0);
        assert_true(question->evidence.in[LANG_IT].len > 0);
        gates += question->is_gate;
        by_mode[question->mode]++;
        weight = ratio_add(weight, question->weight);
    }
    /* counted by hand in the list of core questions */
    assert_int_equal(checklist->question_count, 20);
    assert_int_equal(gates, 7);
    assert_int_equal(by_mode[MODE_HUMAN], 3);
    assert_int_equal(by_mode[MODE_AUTO], 7);
    assert_int_equal(by_mode[MODE_SEMI], 10);
    assert_int_equal(ratio_compare(weight, ratio_make(53, 1)), 0);
    assert_str(checklist->questions[19].since, "2026");
}

/* --- ladders --- */

static void ladders_lead_downwards(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;
    static const struct {
        const char *direction;
        const char *steps;
        const char *said; /* NULL: accepted */
    } cases[] = {
        {"higher", "<step points='10' at='3'/><step points='8' at='2'/>", NULL},
        {"lower", "<step points='10' at='2'/><step points='8' at='3'/>", NULL},
        {"higher", "<step points='10' at='0' on='low'/><step points='8' at='0'/>", NULL},
        {"higher", "<step points='10' at='3'/><step points='4' at='-1'/>", NULL},
        {"higher", "<step points='10' at='2'/><step points='8' at='3'/>",
         "8 points at 3 are harder to reach than 10 points"},
        {"lower", "<step points='10' at='3'/><step points='8' at='PT2S'/>",
         "8 points at PT2S are harder to reach than 10 points"},
        {"lower", "<step points='10' at='3'/><step points='8' at='3.0'/>",
         "8 points at 3.0 are no easier to reach than 10 points"},
        {"higher", "<step points='8' at='3'/><step points='10' at='2'/>",
         "10 points stand below 8"},
    };
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        char binding[400];
        char said[200];
        enum status status;

        snprintf(binding, sizeof binding,
                 "<binding measure='M-11'>\n<ladder direction='%s' target-source='policy'>%s"
                 "</ladder></binding>",
                 cases[i].direction, cases[i].steps);
        status = load_question(f, plain, binding, &checklist);
        if (!cases[i].said) {
            assert_int_equal(status, STATUS_OK);
            continue;
        }
        assert_refused(f, status, &checklist);
        snprintf(said, sizeof said, "ladder does not lead downwards: %s", cases[i].said);
        assert_str(f->diag.list[0].text, said);
        assert_int_equal(f->diag.list[0].rule, RULE_CHECKLIST_LADDER);
        assert_int_equal(f->diag.list[0].where.line, 8);
        assert_true(f->diag.list[0].where.column > 80);
    }
}

/* --- questions --- */

static void a_measure_is_bound_once_a_variant(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;

    assert_refused(f,
                   load_question(f, plain,
                                 "<binding measure='M-07'/><binding measure='M-07'"
                                 " variant='reported'/>\n<binding measure='M-07'/>",
                                 &checklist),
                   &checklist);
    assert_said(f, RULE_CHECKLIST_BINDING, 8, 10, "measure bound twice: 'M-07' of question Q-1",
                "keep one of the two, or give them different variants");
}

static void a_gate_rests_on_a_requirement(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;

    assert_refused(
        f,
        load_question(f, "letters='a' basis='good-practice' mode='semi' weight='1' gate='yes'", "",
                      &checklist),
        &checklist);
    assert_said(f, RULE_CHECKLIST_GATE, 4, 89,
                "gate without a requirement: question Q-1 rests on good practice",
                "take gate=\"yes\" away, or name the requirement or policy it rests on");
}

static void figures_give_no_points_where_only_people_answer(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;

    assert_refused(f,
                   load_question(f, "letters='a' basis='policy' mode='human' weight='1'",
                                 "<binding measure='M-07'><ladder direction='higher'"
                                 " target-source='policy'><step points='10' at='1'/></ladder>"
                                 "</binding>",
                                 &checklist),
                   &checklist);
    assert_said(f, RULE_CHECKLIST_MODE, 4, 59,
                "ladder on a question for people only: question Q-1 has a ladder and is 'human'",
                "write mode=\"semi\", or take the ladder away");
    /* shown as evidence is another matter */
    assert_int_equal(load_question(f, "letters='a' basis='policy' mode='human' weight='1'",
                                   "<binding measure='M-07'/>", &checklist),
                     STATUS_OK);
}

static void all_errors_are_told_at_once(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;

    assert_refused(
        f,
        load_question(f, "letters='a' basis='good-practice' mode='human' weight='1' gate='yes'",
                      "<binding measure='M-07'><ladder direction='higher'"
                      " target-source='policy'><step points='10' at='1'/>"
                      "<step points='8' at='1'/></ladder></binding>"
                      "<binding measure='M-07'/>",
                      &checklist),
        &checklist);
    assert_int_equal(f->diag.by_severity[SEVERITY_ERROR], 4);
    assert_str(f->diag.list[f->diag.count - 1].text, "document cannot be used: 4 errors");
}

/* --- languages and sections --- */

static void a_missing_language_is_a_warning(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;

    assert_int_equal(load(f,
                          "<checklist xmlns='urn:cfaudit:1' id='own'>\n"
                          "<title lang='it'>Titolo</title>\n"
                          "<section id='S'><title lang='en'>S</title></section>\n"
                          "<question id='Q' section='S' letters='a' basis='policy' mode='semi'"
                          " weight='1'><clause>5</clause>\n"
                          "<text lang='en'>How?</text><help lang='it'>Come</help></question>\n"
                          "</checklist>",
                          &checklist),
                     STATUS_OK);
    assert_int_equal(f->diag.by_rule[RULE_CHECKLIST_LANGUAGE], 4);
    assert_int_equal(f->diag.by_severity[SEVERITY_WARNING], 4);
    assert_int_equal(f->diag.count, 4);
    assert_said(f, RULE_CHECKLIST_LANGUAGE, 1, 1,
                "wording is missing in a language: 'title' of checklist own has no text in 'en'",
                "add <title lang=\"en\">...</title>");
    /* English falls back to what there is, Italian to English */
    assert_str(words_in(&checklist->title, LANG_EN), "Titolo");
    assert_str(words_in(&checklist->questions[0].text, LANG_IT), "How?");
    assert_str(words_in(&checklist->questions[0].help, LANG_EN), "Come");
}

static void a_section_without_a_question_is_a_warning(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;

    assert_int_equal(load(f,
                          "<checklist xmlns='urn:cfaudit:1' id='own'>\n"
                          "<title lang='en'>T</title><title lang='it'>T</title>\n"
                          "<section id='S'><title lang='en'>S</title><title lang='it'>S</title>"
                          "</section>\n"
                          "  <section id='U'><title lang='en'>U</title><title lang='it'>U</title>"
                          "</section>\n"
                          "<question id='Q' section='S' letters='a' basis='policy' mode='semi'"
                          " weight='1'><clause>5</clause>"
                          "<text lang='en'>How?</text><text lang='it'>Come?</text></question>\n"
                          "</checklist>",
                          &checklist),
                     STATUS_OK);
    assert_int_equal(f->diag.count, 1);
    assert_said(f, RULE_CHECKLIST_SECTION, 4, 12, "section without a question: 'U'", NULL);
}

static void a_bare_name_is_the_documents_own(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;
    char folder[] = "/tmp/cfaudit-data-XXXXXX";
    char path[100];

    assert_int_equal(load_question(f, plain, "", &checklist), STATUS_OK);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/other.xml", folder);
    assert_int_equal(link(f->path, path), 0);
    f->library.data_folder = str_of(folder);
    diag_done(&f->diag);
    checklist = NULL;
    assert_refused(f,
                   checklist_load(&f->arena, &f->library, STR("other"), (struct str){NULL, 0},
                                  &f->diag, &checklist),
                   &checklist);
    assert_str(f->diag.list[0].text, "the document has another id than its name: 'other' was asked "
                                     "for, its id is 'own'");
    assert_int_equal(f->diag.list[0].rule, RULE_DOCUMENT_ID);
    f->library.data_folder = (struct str){NULL, 0};
    unlink(path);
    rmdir(folder);
}

static void what_the_schema_refuses_is_not_read(void **state)
{
    struct fixture *f = *state;
    struct checklist *checklist;

    assert_refused(
        f, load_question(f, "letters='a' basis='policy' mode='semi' weight='0'", "", &checklist),
        &checklist);
    assert_int_equal(f->diag.list[0].rule, RULE_XML_TYPE);
}

/* --- words --- */

static void names_are_read_as_they_are_written(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < BASIS_COUNT; i++) {
        enum basis found = BASIS_COUNT;

        assert_true(basis_find(str_of(basis_name((enum basis)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = 0; i < MODE_COUNT; i++) {
        enum mode found = MODE_COUNT;

        assert_true(mode_find(str_of(mode_name((enum mode)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = 0; i < LADDER_SOURCE_COUNT; i++) {
        enum ladder_source found = LADDER_SOURCE_COUNT;

        assert_true(ladder_source_find(str_of(ladder_source_name((enum ladder_source)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = 0; i < LADDER_ON_COUNT; i++) {
        enum ladder_on found = LADDER_ON_COUNT;

        assert_true(ladder_on_find(str_of(ladder_on_name((enum ladder_on)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = 1; i <= (LETTER_A | LETTER_B | LETTER_C); i++) {
        unsigned found = 0;

        assert_true(letters_find(letters_text((unsigned)i), &found));
        assert_int_equal(found, i);
    }
}

static void other_words_are_not_found(void **state)
{
    static const char *const words[] = {"", "Auto", "auto ", "none", "ca", "abcd"};
    enum basis basis;
    enum mode mode;
    enum ladder_source source;
    enum ladder_on on;
    unsigned letters;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(words); i++) {
        assert_false(basis_find(str_of(words[i]), &basis));
        assert_false(mode_find(str_of(words[i]), &mode));
        assert_false(ladder_source_find(str_of(words[i]), &source));
        assert_false(ladder_on_find(str_of(words[i]), &on));
        assert_false(letters_find(str_of(words[i]), &letters));
    }
    assert_false(basis_find((struct str){NULL, 0}, &basis));
}

static void editions_are_in_order(void **state)
{
    static const char *const editions[] = {"2015", "2015+A1", "2026"};
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < ARRAY_LEN(editions); i++) {
        assert_true(edition_has(str_of(editions[i]), (struct str){NULL, 0}));
        for (j = 0; j < ARRAY_LEN(editions); j++)
            assert_int_equal(edition_has(str_of(editions[i]), str_of(editions[j])), j <= i);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(the_shipped_checklist_is_complete),
        cmocka_unit_test(ladders_lead_downwards),
        cmocka_unit_test(a_measure_is_bound_once_a_variant),
        cmocka_unit_test(a_gate_rests_on_a_requirement),
        cmocka_unit_test(figures_give_no_points_where_only_people_answer),
        cmocka_unit_test(all_errors_are_told_at_once),
        cmocka_unit_test(a_missing_language_is_a_warning),
        cmocka_unit_test(a_section_without_a_question_is_a_warning),
        cmocka_unit_test(a_bare_name_is_the_documents_own),
        cmocka_unit_test(what_the_schema_refuses_is_not_read),
        cmocka_unit_test(names_are_read_as_they_are_written),
        cmocka_unit_test(other_words_are_not_found),
        cmocka_unit_test(editions_are_in_order),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
