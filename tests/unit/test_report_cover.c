/*
 * The page for top management: which figures it shows, what it asks to be decided, its charts, and
 * the sheet of sections they show.
 */
#include "unit.h"

#include <string.h>

#include "report/report_parts.h"
#include "report/sections.h"
#include "report_cells.h"

/* The figures that the summary names, in order: "SLA attainment (computed); ..." */
static void assert_figures(struct report_fixture *f, const char *const *expected, size_t count)
{
    const struct book *book = build(f, LANG_EN);
    const struct sheet *cover = book_find_sheet(book, STR("cover"));
    size_t row = row_with(book, "cover", "l1", "What the figures show") + 3;
    size_t i;

    assert_true(row + count < cover->row_count);
    for (i = 0; i < count; i++)
        assert_text(cell_of(book, "cover", row + i, "l1"), expected[i]);
}

/* A missed target, then weight of questions, then the ledger; one figure of each measure. */
static void figures_come_by_importance(void **state)
{
    static const char *const expected[] = {
        "SLA attainment (computed)",         "Time to resolve (reported)",
        "Reopen rate (within 14 days)",      "Reassignment between groups (changes of group)",
        "Consistency of service (computed)", "Severity of breaches (elapsed per target)"};

    assert_figures(*state, expected, ARRAY_LEN(expected));
}

static void a_target_that_is_missed_goes_before_weight(void **state)
{
    static const char *const expected[] = {"SLA attainment (computed)",
                                           "Severity of breaches (elapsed per target)",
                                           "Time to resolve (reported)"};
    struct report_fixture *f = *state;
    size_t i;

    for (i = 0; i < f->evidence.figure_count; i++)
        if (str_is(f->evidence.figures[i].variant, "elapsed-per-target"))
            f->evidence.figures[i].verdict = STR("breached");
    assert_figures(f, expected, ARRAY_LEN(expected));
}

static const struct cell *decision(const struct book *book, const char *label, const char *column)
{
    size_t row = row_with(book, "cover", "l1", label);

    assert_true(row < book_find_sheet(book, STR("cover"))->row_count);
    return cell_of(book, "cover", row, column);
}

static void decisions_follow_from_the_result(void **state)
{
    const struct book *book = build(*state, LANG_EN);
    size_t first = row_with(book, "cover", "l1", "Decisions requested");
    const struct cell *cell = decision(book, "Reach the target", "l1");

    assert_true(str_is(cell->extra->link_sheet, "metrics"));
    assert_true(str_is(cell->extra->link_key, "EV-002"));
    assert_text(decision(book, "Reach the target", "l2"),
                "SLA attainment (computed): 89.3 %, target 95.0 %");
    assert_text(decision(book, "Minor nonconformities", "l2"),
                "open: 1 (CF-TST-05). Agree on correction, cause and date.");
    assert_true(
        str_is(decision(book, "Minor nonconformities", "l1")->extra->link_sheet, "findings"));
    assert_text(decision(book, "Unanswered questions", "l2"),
                "open: 2 (CF-TST-07, CF-TST-08). See that they are answered.");
    assert_true(str_is(decision(book, "Unanswered questions", "l1")->extra->link_key, "CF-TST-07"));
    assert_true(row_with(book, "cover", "l1", "Reach the target") > first);
    /* the row is there for what answers may become */
    assert_text(decision(book, "Major nonconformities", "l2"), "none");
}

static void nothing_to_decide_is_said(void **state)
{
    static const char *const labels[] = {"Major nonconformities", "Minor nonconformities",
                                         "Opportunities for improvement"};
    struct report_fixture *f = *state;
    const struct book *book;
    size_t i;

    for (i = 0; i < f->evidence.figure_count; i++) {
        f->evidence.figures[i].verdict = STR("met");
        f->evidence.figures[i].chart.unanswered = 0;
        f->evidence.figures[i].breakdown_count = 0;
    }
    for (i = 0; i < f->result->question_count; i++)
        f->result->questions[i].assessment.grade = GRADE_CONFORM;
    f->result->open_count = 0;
    book = build(f, LANG_EN);
    for (i = 0; i < ARRAY_LEN(labels); i++)
        assert_text(decision(book, labels[i], "l2"), "none");
    assert_true(row_with(book, "cover", "l1", "Reach the target") >=
                book_find_sheet(book, STR("cover"))->row_count);
}

/* Twelve questions of one section, counted here by hand from the list of the fixture. */
static void a_section_is_counted(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book = build(f, LANG_EN);
    const struct cell *cells = row_at(book_find_sheet(book, STR("sections")), 0)->cells;
    uint64_t counts[SECTION_COLUMNS] = {0};
    double weights[3] = {0, 0, 0};
    size_t i;

    for (i = 0; i < f->result->question_count; i++) {
        const struct assessment *assessment = &f->result->questions[i].assessment;
        double weight = ratio_to_double(f->result->questions[i].question.weight);
        bool scored = assessment->status == ANSWER_SCORED;
        bool open = assessment->status == ANSWER_NOTCHECKED;

        counts[!scored && open           ? SECTION_OPEN
               : !scored                 ? SECTION_ASIDE
               : assessment->points == 6 ? SECTION_PARTLY
               : assessment->points > 6  ? SECTION_MET
                                         : SECTION_UNMET]++;
        weights[scored ? 0 : open ? 1 : 2] += weight;
    }
    assert_text(&cells[SECTION_NAME], "All");
    assert_number(&cells[SECTION_QUESTIONS], CELL_INTEGER, 12);
    assert_number(&cells[SECTION_COVERAGE], CELL_SHARE, 19.0 / 24);
    for (i = SECTION_MET; i <= SECTION_ASIDE; i++)
        assert_number(&cells[i], CELL_INTEGER, (double)counts[i]);
    for (i = 0; i < 3; i++)
        assert_number(&cells[SECTION_WEIGHT_SCORED + i], CELL_NUMBER, weights[i]);
}

static const struct chart *chart_of(const struct book *book, const char *sheet,
                                    enum chart_kind kind)
{
    const struct chart *chart = book_find_sheet(book, str_of(sheet))->charts;

    while (chart && chart->kind != kind)
        chart = chart->next;
    return chart;
}

/* Without the score of some letter there is no radar; its room goes to the bars. */
static void the_cover_draws_every_letter(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book = build(f, LANG_EN);
    const struct sheet *scoring = book_find_sheet(book, STR("scoring"));
    const struct chart *radar = chart_of(book, "cover", CHART_RADAR);
    const struct row *row = scoring->rows;
    size_t i;

    assert_non_null(radar);
    assert_true(str_is(radar->data, "scoring"));
    assert_int_equal(radar->last_row - radar->first_row + 1, LETTER_COUNT);
    for (i = 0; i < radar->first_row; i++)
        row = row->next;
    for (i = 0; i < LETTER_COUNT; i++, row = row->next) {
        const struct tally *letter = &f->result->index[INDEX_CONFORMITY].letters[i];

        assert_true(
            str_equal(cell_text(&row->cells[radar->category]), say_letter((unsigned)i, LANG_EN)));
        assert_number(&row->cells[radar->series[0].column], CELL_SHARE,
                      ratio_to_double(letter->score));
        assert_non_null(strstr(radar->description.ptr, cell_text(&row->cells[1]).ptr));
    }
    assert_int_equal(chart_of(book, "cover", CHART_STACK)->at_column, radar->at_column);
    assert_int_equal(chart_of(book, "cover", CHART_STACK)->rows, 1);
    f->result->index[INDEX_CONFORMITY].letters[1].has_score = false;
    book = build(f, LANG_EN);
    assert_null(chart_of(book, "cover", CHART_RADAR));
    assert_int_equal(chart_of(book, "cover", CHART_STACK)->rows, 2);
}

static void a_radar_needs_three_sections(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book = build(f, LANG_EN);
    struct section sections[3];
    struct tally tallies[INDEX_COUNT][3];
    size_t i;
    size_t k;

    assert_null(chart_of(book, "sections", CHART_RADAR));
    for (i = 0; i < 3; i++) {
        sections[i] = f->result->sections[0];
        for (k = 0; k < INDEX_COUNT; k++)
            tallies[k][i] = f->result->index[k].sections[0];
    }
    sections[1].id = STR("TWO");
    sections[2].id = STR("THREE");
    f->result->sections = sections;
    f->result->section_count = 3;
    for (k = 0; k < INDEX_COUNT; k++)
        f->result->index[k].sections = tallies[k];
    book = build(f, LANG_EN);
    assert_non_null(chart_of(book, "sections", CHART_RADAR));
    assert_int_equal(chart_of(book, "sections", CHART_RADAR)->series_count, 2);
    assert_non_null(
        strstr(chart_of(book, "sections", CHART_RADAR)->description.ptr, "All: 68.4 %"));
    tallies[INDEX_CONFORMITY][2].has_score = false;
    tallies[INDEX_PRACTICE][1].has_score = false;
    assert_null(chart_of(build(f, LANG_EN), "sections", CHART_RADAR));
}

/* Rows folded away lie below one that is not. */
static void details_are_folded_below_what_they_detail(void **state)
{
    static const char *const ids[] = {"metrics", "evidence", "trend-data"};
    const struct book *book = build(*state, LANG_IT);
    const struct row *row;
    size_t by;
    size_t i;

    for (i = 0; i < ARRAY_LEN(ids); i++) {
        const struct sheet *sheet = book_find_sheet(book, str_of(ids[i]));

        assert_true(sheet->has_details);
        assert_false(sheet->rows->is_detail);
    }
    by = sheet_find_column(book_find_sheet(book, STR("metrics")), STR("by"));
    for (row = book_find_sheet(book, STR("metrics"))->rows; row; row = row->next)
        assert_int_equal(row->is_detail,
                         row->cells[0].type == CELL_TEXT && row->cells[by].type == CELL_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_come_by_importance, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_target_that_is_missed_goes_before_weight, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(decisions_follow_from_the_result, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_to_decide_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_section_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_cover_draws_every_letter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_radar_needs_three_sections, set_up, tear_down),
        cmocka_unit_test_setup_teardown(details_are_folded_below_what_they_detail, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests_name("cover", tests, NULL, NULL);
}
