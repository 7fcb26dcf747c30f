#include "base/mem.h"
#include "report/report_parts.h"

static struct str section_title(const struct report *report, struct str id)
{
    size_t i;

    for (i = 0; i < report->result->section_count; i++)
        if (str_equal(report->result->sections[i].id, id))
            return words_in(&report->result->sections[i].title, report->lang);
    return id;
}

static struct choice *status_choice(struct report *report)
{
    struct choice *choice = arena_alloc(report->arena, 1, sizeof *choice);
    struct str *values = arena_alloc(report->arena, ANSWER_STATUS_COUNT, sizeof *values);
    size_t i;

    if (!choice || !values) {
        report->book->failed = true;
        return NULL;
    }
    for (i = 0; i < ANSWER_STATUS_COUNT; i++)
        values[i] = say_status((enum answer_status)i, report->lang);
    *choice = (struct choice){STR("status"), values, ANSWER_STATUS_COUNT, false};
    return choice;
}

static const struct str point_values[] = {{"0", 1}, {"4", 1}, {"6", 1}, {"8", 1}, {"10", 2}};
static const struct choice points_choice = {
    {"points", 6}, point_values, ARRAY_LEN(point_values), /* is_number= */ true};

static void add_columns(struct report *report, struct sheet *sheet)
{
    struct column *points;

    sheet_column(sheet, "id", report_say(report, WORD_COL_ID), CELL_TEXT, 12);
    sheet_column(sheet, "section", report_say(report, WORD_COL_SECTION), CELL_TEXT, 18);
    sheet_column(sheet, "clause", report_say(report, WORD_COL_CLAUSE), CELL_TEXT, 8);
    sheet_column(sheet, "letters", report_say(report, WORD_COL_LETTERS), CELL_TEXT, 9)->help =
        report_say(report, WORD_HELP_LETTERS);
    sheet_column(sheet, "basis", report_say(report, WORD_COL_BASIS), CELL_TEXT, 13)->help =
        report_say(report, WORD_HELP_BASIS);
    sheet_column(sheet, "gate", report_say(report, WORD_COL_GATE), CELL_TEXT, 8)->help =
        report_say(report, WORD_HELP_GATE);
    sheet_column(sheet, "weight", report_say(report, WORD_COL_WEIGHT), CELL_NUMBER, 8);
    sheet_column(sheet, "question", report_say(report, WORD_COL_QUESTION), CELL_TEXT, 38);
    sheet_column(sheet, "expected", report_say(report, WORD_COL_EXPECTED), CELL_TEXT, 34);
    sheet_column(sheet, "method", report_say(report, WORD_COL_METHOD), CELL_TEXT, 14);
    sheet_column(sheet, "status", report_say(report, WORD_COL_STATUS), CELL_TEXT, 14)->choice =
        status_choice(report);
    points = sheet_column(sheet, "points", report_say(report, WORD_COL_POINTS), CELL_POINTS, 8);
    points->help = report_say(report, WORD_HELP_POINTS);
    points->choice = &points_choice;
    sheet_column(sheet, "proposed", report_say(report, WORD_COL_PROPOSED), CELL_TEXT, 13)->help =
        report_say(report, WORD_HELP_PROPOSED);
    sheet_column(sheet, "figure", report_say(report, WORD_COL_FIGURE), CELL_TEXT, 11);
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE), CELL_TEXT, 28);
    sheet_column(sheet, "finding", report_say(report, WORD_COL_FINDING), CELL_TEXT, 11);
    sheet_column(sheet, "why", report_say(report, WORD_COL_WHY), CELL_TEXT, 30);
    sheet_column(sheet, "note", report_say(report, WORD_COL_NOTE), CELL_TEXT, 52);
    sheet_column(sheet, "by", report_say(report, WORD_COL_BY), CELL_TEXT, 11);
    sheet_column(sheet, "on", report_say(report, WORD_COL_ON), CELL_DATE, 11);
}

/* "8 (6-10), imprecise" */
static struct str proposed_text(struct report *report, const struct assessment *assessment)
{
    struct buf *out = &report->scratch;

    if (assessment->proposed < 0)
        return (struct str){NULL, 0};
    buf_add_int(out, assessment->proposed);
    if (assessment->proposed_low >= 0 && assessment->proposed_high >= 0)
        buf_printf(out, " (%d\xE2\x80\x93%d)", assessment->proposed_low, assessment->proposed_high);
    if (assessment->is_imprecise) {
        buf_add_text(out, ", ");
        buf_add(out, report_say(report, WORD_IMPRECISE));
    }
    return report_keep(report);
}

static struct str clauses_text(struct report *report, const struct question *question)
{
    size_t i;

    for (i = 0; i < question->clause_count; i++) {
        buf_add_text(&report->scratch, i ? ", " : "");
        buf_add(&report->scratch, question->clauses[i]);
    }
    return report_keep(report);
}

static enum level status_level(enum answer_status status)
{
    return status == ANSWER_NOTCHECKED ? LEVEL_WATCH
           : status == ANSWER_SCORED   ? LEVEL_NONE
                                       : LEVEL_MUTED;
}

static void add_question(struct report *report, struct sheet *sheet,
                         const struct question *question)
{
    sheet_text(sheet, question->id);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, section_title(report, question->section));
    sheet_text(sheet, clauses_text(report, question));
    sheet_text(sheet, report_letters(report, question->letters));
    sheet_text(sheet, say_basis(question->basis, report->lang));
    sheet_text(sheet, question->is_gate ? report_say(report, WORD_YES) : STR(""));
    sheet_number(sheet, ratio_to_double(question->weight));
    sheet_decimals(sheet, question->weight.den == 1 ? 0 : 2);
    sheet_text(sheet, words_in(&question->text, report->lang));
    sheet_help(sheet, words_in(&question->help, report->lang));
    sheet_text(sheet, words_in(&question->evidence, report->lang));
    sheet_text(sheet, say_mode(question->mode, report->lang));
}

static void add_assessment(struct report *report, struct sheet *sheet,
                           const struct result_question *item)
{
    const struct assessment *assessment = &item->assessment;
    const struct finding *finding = finding_of(report, item);
    struct str figure;
    struct str proofs = proofs_text(report, assessment, &figure);

    if (!figure.ptr && figure_by_id(report, assessment->why_facts.figure))
        figure = assessment->why_facts.figure;
    sheet_text(sheet, say_status(assessment->status, report->lang));
    sheet_level(sheet, status_level(assessment->status));
    sheet_points(sheet, assessment->status == ANSWER_SCORED ? assessment->points : -1);
    sheet_level(sheet, assessment->status == ANSWER_SCORED ? level_of_points(assessment->points)
                                                           : LEVEL_NONE);
    sheet_text(sheet, proposed_text(report, assessment));
    sheet_text(sheet, figure);
    sheet_link(sheet, "metrics", figure);
    sheet_text(sheet, proofs);
    sheet_text(sheet, finding ? finding->id : STR(""));
    sheet_link(sheet, "findings", finding ? finding->id : (struct str){NULL, 0});
    sheet_text(sheet, why_text(report, assessment));
    sheet_text(sheet, assessment->reason);
    sheet_text(sheet, assessment->by);
    sheet_date(sheet, report_day(assessment->on));
}

static void build(struct report *report, struct sheet *sheet)
{
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 1;
    for (i = 0; i < report->result->question_count; i++) {
        sheet_row(sheet);
        sheet_anchor(sheet, report->result->questions[i].question.id);
        add_question(report, sheet, &report->result->questions[i].question);
        add_assessment(report, sheet, &report->result->questions[i]);
    }
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->question_count > 0;
}

extern const struct sheet_kind sheet_checklist;
const struct sheet_kind sheet_checklist = {
    .id = "checklist", .name = WORD_SHEET_CHECKLIST, .has_data = has_data, .build = build};
