#include "page/house.h"
#include "report/report_parts.h"

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "id", report_say(report, WORD_COL_ID), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "type", report_say(report, WORD_COL_TYPE), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "standing", report_say(report, WORD_COL_DECIDED), CELL_TEXT, WIDTH_INSTANT);
    sheet_column(sheet, "question", report_say(report, WORD_COL_QUESTION),
                 CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "clause", report_say(report, WORD_COL_CLAUSE), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "basis", report_say(report, WORD_COL_BASIS), CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "text", report_say(report, WORD_COL_TEXT), CELL_TEXT, WIDTH_LONG);
    sheet_column(sheet, "figure", report_say(report, WORD_COL_FIGURE),
                 CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "strength", report_say(report, WORD_COL_STRENGTH),
                 CELL_TEXT, WIDTH_QUESTION_ID)->help =
        report_say(report, WORD_HELP_STRENGTH);
    sheet_column(sheet, "proposed-grade", report_say(report, WORD_COL_GRADE_PROPOSED), CELL_TEXT,
                 WIDTH_PHRASE)->help = report_say(report, WORD_HELP_GRADE_PROPOSED);
    sheet_column(sheet, "override", report_say(report, WORD_COL_OVERRIDE),
                 CELL_TEXT, WIDTH_WORDS)->help =
        report_say(report, WORD_HELP_OVERRIDE);
    sheet_column(sheet, "points", report_say(report, WORD_COL_POINTS), CELL_POINTS, WIDTH_SHORT);
    sheet_column(sheet, "by", report_say(report, WORD_COL_BY), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "on", report_say(report, WORD_COL_ON), CELL_DATE, WIDTH_DATE);
}

static void add_question(struct report *report, struct sheet *sheet,
                         const struct question *question)
{
    sheet_text(sheet, question->id);
    sheet_link(sheet, "checklist", question->id);
    sheet_text(sheet, question->clause_count ? question->clauses[0] : STR(""));
    sheet_text(sheet, say_basis(question->basis, report->lang));
}

static void add_evidence(struct report *report, struct sheet *sheet, const struct finding *finding)
{
    struct str none = {NULL, 0};
    struct str figure = finding->figure ? finding->figure->id : none;
    struct str first = none;
    struct str text =
        finding->question ? proofs_text(report, &finding->question->assessment, &first) : none;

    if (first.ptr)
        figure = first;
    sheet_text(sheet, figure);
    sheet_link(sheet, "metrics", figure);
    sheet_text(sheet, text);
}

/* `assessment` NULL: the finding is a figure's alone. */
static void add_judgement(struct report *report, struct sheet *sheet,
                          const struct assessment *assessment)
{
    struct str none = {NULL, 0};

    sheet_text(sheet, assessment ? strength_text(report, assessment) : none);
    sheet_level(sheet, assessment && assessment->is_weak ? LEVEL_WATCH : LEVEL_NONE);
    sheet_text(sheet, assessment ? grading_text(report, assessment) : none);
    sheet_level(sheet, assessment && assessment->grading.differs ? LEVEL_WATCH : LEVEL_NONE);
    sheet_text(sheet, assessment ? override_text(report, assessment) : none);
}

static void add_finding(struct report *report, struct sheet *sheet, const struct finding *finding)
{
    const struct assessment *assessment = finding->question ? &finding->question->assessment : NULL;

    sheet_row(sheet);
    sheet_anchor(sheet, finding->id);
    sheet_text(sheet, finding->id);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, finding->grade == GRADE_NONE || finding->grade == GRADE_CONFORM
                          ? report_say(report, WORD_TO_GRADE)
                          : say_grade(finding->grade, report->lang));
    sheet_level(sheet, finding->level);
    sheet_text(sheet, report_say(report, finding->standing));
    if (finding->question) {
        add_question(report, sheet, &finding->question->question);
    } else {
        sheet_blank(sheet);
        sheet_blank(sheet);
        sheet_blank(sheet);
    }
    sheet_text(sheet, finding->text);
    add_evidence(report, sheet, finding);
    add_judgement(report, sheet, assessment);
    sheet_points(sheet,
                 assessment && assessment->status == ANSWER_SCORED ? assessment->points : -1);
    sheet_text(sheet, assessment ? assessment->by : STR(""));
    sheet_date(sheet, report_day(assessment ? assessment->on : STR("")));
}

static void build(struct report *report, struct sheet *sheet)
{
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 1;
    for (i = 0; i < report->finding_count; i++)
        add_finding(report, sheet, &report->findings[i]);
}

static bool has_data(const struct report *report)
{
    return report->result && report->finding_count > 0;
}

extern const struct sheet_kind sheet_findings;
const struct sheet_kind sheet_findings = {
    .id = "findings", .name = WORD_SHEET_FINDINGS, .has_data = has_data, .build = build};
