/*
 * What was found. A finding keeps its number and its text; beside them stands what has become of it
 * since, for answers may change in the workbook. Below are rows for answers that become findings
 * there: their numbers stand in brackets, for only the tool gives numbers that stay.
 */
#include "page/house.h"
#include "report/live.h"

/* Rows for new findings of questions; behind the last of them it is said how many more there are. */
enum { NEW_ROWS = 8 };

/* Formulas of rows about questions, the same in each. */
struct live_row {
    struct str type;
    struct str told; /* the type of a row about a figure alone */
    struct str standing;
    struct str points;
    struct str by;
    struct str on;
};

static void add_live_column(struct report *report, struct sheet *sheet, const char *id,
                            enum word title)
{
    sheet_column(sheet, id, report_say(report, title), CELL_INTEGER, WIDTH_NUMBER)->is_hidden =
        true;
}

/* Colours follow the type; what an auditor has yet to grade is as bad as the figures say. */
static void type_rules(struct report *report, struct column *column)
{
    static const struct {
        const char *condition;
        enum level level;
    } kinds[] = {{"={findings.type!}=\"\"", LEVEL_NONE},
                 {"={findings.now!}=0", LEVEL_MUTED},
                 {"={findings.now!}=2", LEVEL_WATCH},
                 {"={findings.now!}<=4", LEVEL_BAD},
                 {"={findings.now!}<=6", LEVEL_WATCH},
                 {"={findings.now!}=8", LEVEL_GOOD}};
    enum { KINDS = sizeof kinds / sizeof *kinds };
    struct look_rule *list = arena_alloc(report->arena, KINDS, sizeof *list);
    size_t i;

    if (!list) {
        report->book->failed = true;
        return;
    }
    for (i = 0; i < KINDS; i++)
        list[i] = (struct look_rule){WHEN_TRUE, str_of(kinds[i].condition), kinds[i].level};
    column->rules = list;
    column->rule_count = KINDS;
}

static void add_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    sheet_column(sheet, "id", report_say(report, WORD_COL_ID), CELL_TEXT, WIDTH_ID);
    column = sheet_column(sheet, "type", report_say(report, WORD_COL_TYPE), CELL_TEXT, WIDTH_WORDS);
    type_rules(report, column);
    sheet_column(sheet, "since", report_say(report, WORD_COL_SINCE_WRITTEN), CELL_TEXT,
                 WIDTH_WORDS)->help = report_say(report, WORD_HELP_SINCE_WRITTEN);
    sheet_column(sheet, "standing", report_say(report, WORD_COL_DECIDED), CELL_TEXT, WIDTH_INSTANT);
    sheet_column(sheet, "question", report_say(report, WORD_COL_QUESTION),
                 CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "clause", report_say(report, WORD_COL_CLAUSE), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "basis", report_say(report, WORD_COL_BASIS), CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "text", report_say(report, WORD_COL_TEXT), CELL_TEXT, WIDTH_LONG);
    sheet_column(sheet, "figure", report_say(report, WORD_COL_FIGURE),
                 CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE), CELL_TEXT, WIDTH_NAME);
    sheet->printed_columns = sheet->column_count;
    column = sheet_column(sheet, "strength", report_say(report, WORD_COL_STRENGTH), CELL_TEXT,
                          WIDTH_QUESTION_ID);
    column->help = report_say(report, WORD_HELP_STRENGTH);
    column->is_as_written = true;
    column = sheet_column(sheet, "proposed-grade", report_say(report, WORD_COL_GRADE_PROPOSED),
                          CELL_TEXT, WIDTH_PHRASE);
    column->help = report_say(report, WORD_HELP_GRADE_PROPOSED);
    column->is_as_written = true;
    column = sheet_column(sheet, "override", report_say(report, WORD_COL_OVERRIDE), CELL_TEXT,
                          WIDTH_WORDS);
    column->help = report_say(report, WORD_HELP_OVERRIDE);
    column->is_as_written = true;
    sheet_column(sheet, "points", report_say(report, WORD_COL_POINTS), CELL_POINTS, WIDTH_SHORT);
    sheet_column(sheet, "by", report_say(report, WORD_COL_BY), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "on", report_say(report, WORD_COL_ON), CELL_DATE, WIDTH_DATE);
    add_live_column(report, sheet, "row", WORD_COL_ROW);
    add_live_column(report, sheet, "now", WORD_CALC_FINDING);
}

/* --- formulas --- */

/* What stands in a column of the checklist in the row that this one is about; "" for nothing. */
static struct str of_question(struct report *report, const char *column)
{
    buf_printf(&report->scratch,
               "=IF({findings.row!}=0,\"\",IF(INDEX({checklist.%s},{findings.row!})=\"\",\"\","
               "INDEX({checklist.%s},{findings.row!})))",
               column, column);
    return report_keep(report);
}

static struct str rank_word(const struct report *report, enum finding_rank rank)
{
    switch (rank) {
    case RANK_MAJOR:
        return say_grade(GRADE_MAJOR, report->lang);
    case RANK_MINOR:
        return say_grade(GRADE_MINOR, report->lang);
    case RANK_OBSERVATION:
        return say_grade(GRADE_OBSERVATION, report->lang);
    case RANK_OPPORTUNITY:
        return say_grade(GRADE_OPPORTUNITY, report->lang);
    case RANK_STRENGTH:
        return say_grade(GRADE_STRENGTH, report->lang);
    default:
        return report_say(report, WORD_TO_GRADE);
    }
}

/* `otherwise`: what a row says that is about no finding, a formula. */
static struct str type_formula(struct report *report, const char *otherwise)
{
    struct buf *out = &report->scratch;
    int rank;

    buf_printf(out, "=IF({findings.now!}=0,%s,CHOOSE({findings.now!}", otherwise);
    for (rank = RANK_NONE + 1; rank < RANK_COUNT; rank++) {
        buf_add_char(out, ',');
        live_literal(out, rank_word(report, (enum finding_rank)rank));
    }
    buf_add_text(out, "))");
    return report_keep(report);
}

static struct str standing_formula(struct report *report)
{
    struct buf *out = &report->scratch;

    buf_printf(out, "=IF({findings.now!}=0,\"\",IF({findings.now!}=%d,", RANK_PROPOSED_LOW);
    live_say(report, WORD_PROPOSED);
    buf_printf(out, ",IF(OR({findings.now!}=%d,{findings.now!}=%d),", RANK_SCORED_LOW,
               RANK_BREACHED);
    live_say(report, WORD_FROM_FIGURE);
    buf_add_char(out, ',');
    live_say(report, WORD_DECIDED);
    buf_add_text(out, ")))");
    return report_keep(report);
}

static struct str points_formula(struct report *report)
{
    buf_printf(&report->scratch,
               "=IF({findings.row!}=0,\"\",IF(INDEX({calculation.state},{findings.row!})=%d,"
               "INDEX({checklist.points},{findings.row!}),\"\"))",
               LIVE_SCORED);
    return report_keep(report);
}

static struct live_row live_row(struct report *report)
{
    struct live_row live;

    live_say(report, WORD_FINDING_NO_MORE);
    live.type = type_formula(report, report_keep(report).ptr);
    live_say(report, WORD_FINDING_TOLD);
    live.told = type_formula(report, report_keep(report).ptr);
    live.standing = standing_formula(report);
    live.points = points_formula(report);
    live.by = of_question(report, "by");
    live.on = of_question(report, "on");
    return live;
}

/* "was: observation" as soon as it is another. */
static struct str since_formula(struct report *report, enum finding_rank rank)
{
    struct str was = report_fill(report, WORD_FINDING_WAS, 1, rank_word(report, rank));
    struct buf *out = &report->scratch;

    buf_printf(out, "=IF({findings.now!}=%d,\"\",", (int)rank);
    live_literal(out, was);
    buf_add_char(out, ')');
    return report_keep(report);
}

static struct str row_formula(struct report *report, struct str question)
{
    buf_printf(&report->scratch, "=IFERROR(MATCH(\"%.*s\",{checklist.id},0),0)", STR_ARG(question));
    return report_keep(report);
}

static struct str now_formula(void)
{
    return STR("=IF({findings.row!}=0,0,INDEX({calculation.finding},{findings.row!}))");
}

/* A figure is told of alone while no finding of a question rests on it. */
static struct str alone_formula(struct report *report, const struct figure *figure)
{
    buf_printf(&report->scratch,
               "=IF(COUNTIFS({checklist.deciding},\"%.*s\",{calculation.finding},\">0\")=0,%d,0)",
               STR_ARG(figure->id), (int)RANK_BREACHED);
    return report_keep(report);
}

/* --- findings with a number --- */

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

static void add_state(struct report *report, struct sheet *sheet, const struct finding *finding,
                      const struct live_row *live)
{
    sheet_text(sheet, finding->id);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, rank_word(report, finding->rank));
    sheet_level(sheet, finding->level);
    sheet_formula(sheet, finding->question ? live->type : live->told);
    sheet_text(sheet, STR(""));
    sheet_formula(sheet, since_formula(report, finding->rank));
    sheet_text(sheet, report_say(report, finding->standing));
    sheet_formula(sheet, live->standing);
    if (finding->question) {
        add_question(report, sheet, &finding->question->question);
        return;
    }
    sheet_blank(sheet);
    sheet_blank(sheet);
    sheet_blank(sheet);
}

static void add_answer(struct report *report, struct sheet *sheet, const struct finding *finding,
                       const struct live_row *live)
{
    const struct assessment *assessment = &finding->question->assessment;

    sheet_points(sheet, assessment->status == ANSWER_SCORED ? assessment->points : -1);
    sheet_becomes(sheet, CELL_POINTS);
    sheet_formula(sheet, live->points);
    sheet_text(sheet, assessment->by);
    sheet_formula(sheet, live->by);
    sheet_date(sheet, report_day(assessment->on));
    sheet_becomes(sheet, CELL_DATE);
    sheet_formula(sheet, live->on);
    sheet_integer(sheet, (uint64_t)(finding->question - report->result->questions) + 1);
    sheet_formula(sheet, row_formula(report, finding->question->question.id));
    sheet_integer(sheet, finding->rank);
    sheet_formula(sheet, now_formula());
}

static void add_alone(struct report *report, struct sheet *sheet, const struct figure *figure,
                      enum finding_rank rank)
{
    sheet_blank(sheet);
    sheet_blank(sheet);
    sheet_blank(sheet);
    sheet_integer(sheet, 0);
    sheet_integer(sheet, rank);
    sheet_formula(sheet, alone_formula(report, figure));
}

static void add_finding(struct report *report, struct sheet *sheet, const struct finding *finding,
                        const struct live_row *live)
{
    sheet_row(sheet);
    sheet_anchor(sheet, finding->id);
    add_state(report, sheet, finding, live);
    sheet_text(sheet, finding->text);
    add_evidence(report, sheet, finding);
    add_judgement(report, sheet, finding->question ? &finding->question->assessment : NULL);
    if (finding->question)
        add_answer(report, sheet, finding, live);
    else
        add_alone(report, sheet, finding->figure, finding->rank);
}

/* --- rows for what becomes a finding --- */

static void add_formula(struct sheet *sheet, struct str formula)
{
    sheet_text(sheet, STR(""));
    sheet_formula(sheet, formula);
}

static void add_new_row(struct sheet *sheet)
{
    sheet_row(sheet);
    sheet_live(sheet);
    sheet_height(sheet, 2 * house.line_points + house.edge_points);
}

static struct str new_id_formula(struct report *report, unsigned number)
{
    buf_printf(&report->scratch, "=IF({findings.now!}=0,\"\",\"(%u)\")", number);
    return report_keep(report);
}

static struct str new_row_formula(struct report *report, unsigned number)
{
    buf_printf(&report->scratch,
               "=IFERROR(MATCH(SMALL({calculation.new},%u),{calculation.new},0),0)", number);
    return report_keep(report);
}

static struct str new_formula(struct report *report)
{
    buf_add_text(&report->scratch, "=IF({findings.now!}=0,\"\",");
    live_say(report, WORD_FINDING_NEW);
    buf_add_char(&report->scratch, ')');
    return report_keep(report);
}

static void add_new_state(struct report *report, struct sheet *sheet, unsigned number)
{
    add_formula(sheet, new_id_formula(report, number));
    add_formula(sheet, type_formula(report, "\"\""));
    add_formula(sheet, new_formula(report));
    add_formula(sheet, standing_formula(report));
}

static void add_new_question(struct report *report, struct sheet *sheet, unsigned number)
{
    static const char *const columns[] = {"id", "clause", "basis", "note", "figure", "evidence",
                                          "strength"};
    size_t i;

    add_new_row(sheet);
    add_new_state(report, sheet, number);
    for (i = 0; i < sizeof columns / sizeof *columns; i++)
        add_formula(sheet, of_question(report, columns[i]));
    sheet_blank(sheet);
    sheet_blank(sheet);
    add_formula(sheet, points_formula(report));
    sheet_becomes(sheet, CELL_POINTS);
    add_formula(sheet, of_question(report, "by"));
    add_formula(sheet, of_question(report, "on"));
    sheet_becomes(sheet, CELL_DATE);
    sheet_integer(sheet, 0);
    sheet_formula(sheet, new_row_formula(report, number));
    sheet_integer(sheet, RANK_NONE);
    sheet_formula(sheet, now_formula());
}

/* A figure that a finding tells of, should that one go. */
static void add_new_figure(struct report *report, struct sheet *sheet, const struct figure *figure,
                           unsigned number)
{
    struct str text = breach_text(report, figure);

    add_new_row(sheet);
    add_new_state(report, sheet, number);
    sheet_blank(sheet);
    sheet_blank(sheet);
    sheet_blank(sheet);
    buf_add_text(&report->scratch, "=IF({findings.now!}=0,\"\",");
    live_literal(&report->scratch, text);
    buf_add_char(&report->scratch, ')');
    add_formula(sheet, report_keep(report));
    buf_printf(&report->scratch, "=IF({findings.now!}=0,\"\",\"%.*s\")", STR_ARG(figure->id));
    add_formula(sheet, report_keep(report));
    sheet_blank(sheet);
    sheet_blank(sheet);
    sheet_blank(sheet);
    sheet_blank(sheet);
    add_alone(report, sheet, figure, RANK_NONE);
}

/* How many more there are than rows for them. */
static void add_more(struct report *report, struct sheet *sheet)
{
    struct str more;
    struct str where;
    size_t i;

    buf_printf(&report->scratch, "(COUNTIF({calculation.new},\">0\")-%d)", NEW_ROWS);
    more = report_keep(report);
    live_say(report, WORD_SHEET_CHECKLIST);
    where = report_keep(report);
    add_new_row(sheet);
    for (i = 0; i < 7; i++)
        sheet_blank(sheet);
    buf_printf(&report->scratch, "=IF(%.*s<=0,\"\",", STR_ARG(more));
    live_fill(report, WORD_NEXT_MORE, 2, more.ptr, where.ptr);
    buf_add_char(&report->scratch, ')');
    add_formula(sheet, report_keep(report));
}

static void add_new(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t others = report->result->question_count;
    unsigned number = 0;
    size_t i;

    for (i = 0; i < report->finding_count; i++)
        others -= report->findings[i].question != NULL;
    while (number < others && number < NEW_ROWS)
        add_new_question(report, sheet, ++number);
    for (i = 0; i < evidence->figure_count; i++)
        if (level_of_verdict(evidence->figures[i].verdict) == LEVEL_BAD &&
            finding_tells(report, &evidence->figures[i]))
            add_new_figure(report, sheet, &evidence->figures[i], ++number);
    if (others > NEW_ROWS)
        add_more(report, sheet);
}

static void build(struct report *report, struct sheet *sheet)
{
    struct live_row live;
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 1;
    live = live_row(report);
    for (i = 0; i < report->finding_count; i++)
        add_finding(report, sheet, &report->findings[i], &live);
    add_new(report, sheet);
}

/* Without any, too: there may be one as soon as an answer changes. */
static bool has_data(const struct report *report)
{
    return report->result && report->result->question_count > 0;
}

extern const struct sheet_kind sheet_findings;
const struct sheet_kind sheet_findings = {
    .id = "findings", .name = WORD_SHEET_FINDINGS, .has_data = has_data, .build = build};
