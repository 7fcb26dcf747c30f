/*
 * The documents around a score as sheets: plan, statements, actions, comparison, review, samples,
 * for a ledger and a result whose contents are known.
 */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "report/report_parts.h"
#include "report_cells.h"

/* --- actions --- */

static struct action action_of(const char *id, const char *question, const char *due,
                               enum action_status status)
{
    return (struct action){.id = str_of(id),
                           .question = str_of(question),
                           .owner = STR("HD"),
                           .raised = STR("2025-12-01"),
                           .due = str_of(due),
                           .status = status,
                           .what = STR("Name somebody.")};
}

/* As of 2026-01-15 08:30 in Rome. */
static void give_actions(struct report_fixture *f)
{
    struct action *list = arena_alloc(&f->arena, 4, sizeof *list);

    list[0] = action_of("CA-1", "CF-TST-05", "2026-01-05", ACTION_IN_PROGRESS);
    list[1] = action_of("CA-2", "CF-TST-01", "2026-01-15", ACTION_OPEN);
    list[2] = action_of("CA-3", "CF-TST-01", "2025-12-31", ACTION_IMPLEMENTED);
    list[3] = action_of("CA-4", NULL, "2025-12-31", ACTION_CLOSED);
    list[3].origin = STR("Complaint 7");
    list[3].checked = STR("2026-01-10");
    list[3].check_result = STR("effective");
    f->result->actions = list;
    f->result->action_count = 4;
}

static void days_overdue_are_counted_to_the_as_of(void **state)
{
    struct report_fixture *f = *state;
    const struct cell *cell;
    struct book *book;

    give_actions(f);
    book = build(f, LANG_EN);
    cell = cell_at(book, "capa", "CA-1", "overdue");
    assert_number(cell, CELL_INTEGER, 10);
    assert_int_equal(cell->level, LEVEL_BAD);
    assert_non_null(strstr(cell->extra->formula.ptr, "INT(cf_as_of)-{capa.due!}"));
    assert_non_null(strstr(cell->extra->formula.ptr, "{capa.status!}=\"in progress\""));
    assert_text(cell_at(book, "capa", "CA-1", "status"), "in progress");
    /* due today is in time; implemented late is done */
    assert_int_equal(cell_at(book, "capa", "CA-2", "overdue")->type, CELL_BLANK);
    assert_int_equal(cell_at(book, "capa", "CA-3", "overdue")->type, CELL_BLANK);
    assert_int_equal(cell_at(book, "capa", "CA-4", "status")->level, LEVEL_GOOD);
    assert_text(cell_at(book, "capa", "CA-4", "origin"), "Complaint 7");
    book = build(f, LANG_IT);
    assert_text(cell_at(book, "capa", "CA-1", "status"), "in corso");
    assert_non_null(strstr(cell_at(book, "capa", "CA-1", "overdue")->extra->formula.ptr,
                           "{capa.status!}=\"in corso\""));
}

static const struct cell *risks(const struct book *book)
{
    size_t row = row_with(book, "cover", "l1", "Actions open or missing");

    return cell_of(book, "cover", row, "l2");
}

static void the_cover_counts_what_has_no_action(void **state)
{
    struct report_fixture *f = *state;

    give_actions(f);
    assert_text(risks(build(f, LANG_EN)),
                "actions overdue: 1; nonconformities without an action: 0");
    f->result->actions[0].question = STR("CF-TST-02");
    assert_text(risks(build(f, LANG_EN)),
                "actions overdue: 1; nonconformities without an action: 1");
    f->result->actions[0].question = STR("CF-TST-05");
    f->result->actions[0].due = STR("2026-02-01");
    assert_int_equal(risks(build(f, LANG_EN))->level, LEVEL_GOOD);
}

/* --- statements --- */

/* The text beside the label, from a row on; fails when the label is not there. */
static const struct cell *beside(const struct book *book, const char *id, const char *label)
{
    size_t row = row_with(book, id, "label", label);
    const struct sheet *sheet = book_find_sheet(book, str_of(id));

    assert_true(row < sheet->row_count);
    return &row_at(sheet, row)->cells[1];
}

static void a_nonconformity_has_a_page(void **state)
{
    static const struct nonconformity statement = {
        .id = {"NC-7", 4},
        .requirement = {"Every missed month has an analysis.", 35},
        .document = {"PR-09", 5},
        .part = {"5.3", 3},
        .nature = {"Not analysed.", 13},
        .acknowledged_by = {"HD", 2},
        .acknowledged_on = {"2026-01-22", 10}};
    struct report_fixture *f = *state;
    struct book *book = build(f, LANG_EN);

    /* only the minor one, and nothing of it is stated yet but the finding */
    assert_text(beside(book, "nc", "Requirement"), "not stated");
    assert_int_equal(beside(book, "nc", "Requirement")->level, LEVEL_MUTED);
    assert_text(beside(book, "nc", "Action"), "no action is recorded");
    assert_int_equal(row_with(book, "nc", "label", "Nonconformity report (not numbered)"), 0);
    f->result->questions[4].assessment.nonconformity = &statement;
    give_actions(f);
    book = build(f, LANG_EN);
    assert_int_equal(row_with(book, "nc", "label", "Nonconformity report NC-7"), 0);
    assert_text(beside(book, "nc", "Requirement"), "Every missed month has an analysis.");
    assert_text(beside(book, "nc", "Where it is written"), "PR-09, 5.3");
    assert_true(str_starts(cell_text(beside(book, "nc", "Objective evidence")), "Procedure PR-09"));
    assert_text(beside(book, "nc", "Effect on customers"), "not stated");
    assert_text(beside(book, "nc", "Accepted by the auditee"), "yes");
    assert_text(beside(book, "nc", "Acknowledged by the auditee"), "HD, 2026-01-22");
    assert_text(beside(book, "nc", "Action"), "CA-1, in progress; overdue by days: 10");
    assert_text(beside(book, "nc", "Owner, due"), "HD, 2026-01-05");
    book = build(f, LANG_IT);
    assert_text(beside(book, "nc", "Presa d'atto dell'organizzazione"), "HD, 22/01/2026");
}

/* --- plan --- */

static void a_plan_is_printed_with_lines_to_sign(void **state)
{
    static struct words objective = {.in = {{"Are times kept?", 15}, {"Tempi rispettati?", 17}}};
    static struct plan_site site = {{"NET", 3}, {"Portal", 6}, true};
    static struct plan_session session = {.date = {"2026-01-20", 10},
                                          .from = {"09:00", 5},
                                          .to = {"09:30", 5},
                                          .site = {"NET", 3},
                                          .text = {.in = {{"Opening", 7}, {"Apertura", 8}}}};
    static const struct audit_plan plan = {.objectives = &objective,
                                           .objective_count = 1,
                                           .sites = &site,
                                           .site_count = 1,
                                           .sessions = &session,
                                           .session_count = 1};
    struct report_fixture *f = *state;
    struct book *book = build(f, LANG_EN);
    size_t row;

    assert_null(book_find_sheet(book, STR("plan")));
    f->evidence.audit.plan = &plan;
    book = build(f, LANG_EN);
    assert_text(beside(book, "plan", "Objective"), "Are times kept?");
    assert_text(beside(book, "plan", "Sites"), "Portal (virtual)");
    assert_text(beside(book, "plan", "Audit team"), "RGA (lead auditor); A1, auditor");
    row = row_with(book, "plan", "label", "2026-01-20");
    assert_text(cell_of(book, "plan", row, "c2"), "09:00\xE2\x80\x93" "09:30");
    assert_text(cell_of(book, "plan", row, "c3"), "Portal");
    /* nobody is named: the four who sign */
    row = row_with(book, "plan", "label", "top management");
    assert_true(row < book_find_sheet(book, STR("plan"))->row_count);
    assert_true(row_at(book_find_sheet(book, STR("plan")), row)->height >= 30);
    book = build(f, LANG_IT);
    assert_text(beside(book, "plan", "Obiettivo"), "Tempi rispettati?");
}

/* --- comparison --- */

/* A result as it may have been a year before. */
static void give_earlier(struct report_fixture *f)
{
    struct result *then = arena_alloc(&f->arena, 1, sizeof *then);
    struct result_question *questions =
        arena_alloc(&f->arena, f->result->question_count, sizeof *questions);

    *then = *f->result;
    memcpy(questions, f->result->questions, f->result->question_count * sizeof *questions);
    then->questions = questions;
    questions[0].assessment.points = 6;
    questions[2].assessment.points = 8;
    questions[3].question.revision = 2;
    questions[4].assessment.status = ANSWER_NOTCHECKED;
    questions[4].assessment.points = -1;
    questions[11].question.id = STR("CF-OLD-01");
    then->index[INDEX_CONFORMITY].all.score = ratio_make(3, 4);
    then->audit = STR("last-year");
    then->as_of.us = f->evidence.audit.as_of.us - 365 * DAY_US;
    f->result->as_of = f->evidence.audit.as_of;
    assert_int_equal(result_hold_against(&f->arena, f->result, then, STR("then.xml"), &f->diag),
                     STATUS_OK);
    assert_int_equal(f->diag.count, 0);
}

static void questions_are_held_against_the_earlier_ones(void **state)
{
    struct report_fixture *f = *state;
    struct book *book;
    size_t row;

    give_earlier(f);
    book = build(f, LANG_EN);
    assert_text(cell_at(book, "trend", "CF-TST-01", "change"), "\xE2\x96\xB2 better");
    assert_text(cell_at(book, "trend", "CF-TST-02", "change"), "= same");
    assert_text(cell_at(book, "trend", "CF-TST-03", "change"), "\xE2\x96\xBC worse");
    assert_text(cell_at(book, "trend", "CF-TST-04", "change"), "other wording");
    assert_text(cell_at(book, "trend", "CF-TST-05", "change"), "not compared");
    assert_text(cell_at(book, "trend", "CF-TST-12", "change"), "new");
    assert_number(cell_at(book, "trend", "CF-TST-01", "points_then"), CELL_POINTS, 6);
    assert_number(cell_at(book, "trend", "CF-TST-01", "points_now"), CELL_POINTS, 8);
    row = row_with(book, "trend", "id", "CF-OLD-01");
    assert_text(cell_of(book, "trend", row, "change"), "dropped");
    assert_text(cell_at(book, "checklist", "CF-TST-01", "change"), "\xE2\x96\xB2 better");
    assert_text(cell_at(book, "checklist", "CF-TST-01", "last"), "6 points, conform");
    assert_int_equal(cell_at(book, "checklist", "CF-TST-12", "last")->type, CELL_BLANK);
}

static void indexes_are_compared_over_the_same_questions(void **state)
{
    struct report_fixture *f = *state;
    struct book *book;
    size_t row;

    give_earlier(f);
    book = build(f, LANG_EN);
    /* 130 of 190 now */
    assert_text(cell_at(book, "trend", "conformity", "change"), "\xE2\x96\xBC down by 6.6 points");
    /* CF-TST-01, -02, -03, -06 with weights 3, 3, 4, 3: 104 then, 94 now, of 130 */
    row = row_with(book, "trend", "row", "same questions");
    assert_text(cell_of(book, "trend", row, "then"), "80.0 %");
    assert_text(cell_of(book, "trend", row, "now"), "72.3 %");
    assert_text(cell_of(book, "trend", row, "change"), "\xE2\x96\xBC down by 7.7 points");
    book = build(f, LANG_IT);
    row = row_with(book, "trend", "row", "stesse domande");
    assert_text(cell_of(book, "trend", row, "now"), "72,3 %");
}

static void an_open_action_is_carried_over(void **state)
{
    struct report_fixture *f = *state;
    struct action gone = action_of("CA-0", "CF-TST-01", "2025-06-30", ACTION_OPEN);
    struct action kept = action_of("CA-1", "CF-TST-05", "2026-01-05", ACTION_OPEN);
    struct action list[] = {gone, kept};
    struct book *book;

    give_actions(f);
    give_earlier(f);
    f->result->earlier->actions = list;
    f->result->earlier->action_count = 2;
    book = build(f, LANG_EN);
    assert_text(cell_of(book, "trend", row_with(book, "trend", "id", "CA-0"), "change"),
                "not in the plan any more");
    assert_text(cell_of(book, "trend", row_with(book, "trend", "id", "CA-1"), "change"),
                "overdue: 10");
}

static void another_checklist_is_said(void **state)
{
    struct report_fixture *f = *state;
    struct used_checklist another;
    struct book *book;

    give_earlier(f);
    another = f->result->earlier->checklists[0];
    another.revision = 2;
    f->result->earlier->checklists = &another;
    book = build(f, LANG_EN);
    assert_true(row_with(book, "trend", "text",
                         "The checklist is another one: test-list, revision 2 \xE2\x86\x92 "
                         "test-list, revision 3. Indexes rest on different questions.") <
                book_find_sheet(book, STR("trend"))->row_count);
}

/* --- review, samples, terms --- */

static void a_review_says_what_there_is_no_data_on(void **state)
{
    struct report_fixture *f = *state;
    struct book *book = build(f, LANG_EN);

    assert_text(cell_of(book, "mr-input",
                        row_with(book, "mr-input", "item",
                                 "9.3.2 a: Status of actions from earlier reviews"),
                        "data"),
                "no data");
    assert_text(cell_of(book, "mr-input",
                        row_with(book, "mr-input", "item",
                                 "9.3.2 b: Changes outside and inside the organization"),
                        "data"),
                "no data, to be brought by the organization");
    assert_int_equal(book_find_sheet(book, STR("mr-input"))->row_count, 12);
    give_actions(f);
    book = build(f, LANG_EN);
    assert_text(cell_of(book, "mr-input", 0, "data"),
                "4 actions: open 1, in progress 1, implemented 1, closed 1, overdue: 1");
    assert_text(cell_of(book, "mr-input", 10, "data"), "checked: 1, effective: 1");
}

static void samples_say_what_they_would_detect(void **state)
{
    struct report_fixture *f = *state;
    struct figure *figure = &f->evidence.figures[0];
    struct citation *drawn = arena_alloc(&f->arena, 45, sizeof *drawn);
    struct book *book;
    size_t row;
    size_t i;

    for (i = 0; i < 45; i++)
        drawn[i] = (struct citation){.case_id = STR("case"), .line = 7, .offset = 99};
    figure->n = 100;
    figure->sample = (struct citations){drawn, 45};
    f->evidence.seed = STR("seed");
    book = build(f, LANG_EN);
    row = row_with(book, "samples", "sample", "S-001");
    assert_number(cell_of(book, "samples", row, "all"), CELL_INTEGER, 100);
    assert_number(cell_of(book, "samples", row, "drawn"), CELL_INTEGER, 45);
    assert_number(cell_of(book, "samples", row, "detects"), CELL_SHARE, 0.05);
    assert_text(cell_of(book, "samples", row, "seed"), "seed");
    assert_text(cell_of(book, "samples", row + 1, "case"), "case");
    assert_number(cell_of(book, "samples", row + 1, "line"), CELL_INTEGER, 7);
    assert_true(row_at(book_find_sheet(book, STR("samples")), row + 1)->is_detail);
}

static void terms_stand_in_both_languages(void **state)
{
    struct book *book = build(*state, LANG_IT);

    assert_text(cell_of(book, "glossary", row_with(book, "glossary", "other", "top management"),
                        "term"),
                "alta direzione");
    book = build(*state, LANG_EN);
    assert_text(cell_of(book, "glossary", row_with(book, "glossary", "term", "top management"),
                        "other"),
                "alta direzione");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(days_overdue_are_counted_to_the_as_of, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_cover_counts_what_has_no_action, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_nonconformity_has_a_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_plan_is_printed_with_lines_to_sign, set_up, tear_down),
        cmocka_unit_test_setup_teardown(questions_are_held_against_the_earlier_ones, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(indexes_are_compared_over_the_same_questions, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_open_action_is_carried_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_checklist_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_review_says_what_there_is_no_data_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(samples_say_what_they_would_detect, set_up, tear_down),
        cmocka_unit_test_setup_teardown(terms_stand_in_both_languages, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("report: documents", tests, NULL, NULL);
}
