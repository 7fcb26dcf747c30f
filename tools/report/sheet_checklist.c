#include "base/mem.h"
#include "page/house.h"
#include "report/earlier_text.h"
#include "report/live.h"

static struct str section_title(const struct report *report, struct str id)
{
    size_t i;

    for (i = 0; i < report->result->section_count; i++)
        if (str_equal(report->result->sections[i].id, id))
            return words_in(&report->result->sections[i].title, report->lang);
    return id;
}

/* Only where the audit's edition does not have the question yet. */
static struct str later_edition(const struct assessment *assessment)
{
    return assessment->why_code == WHY_EDITION ? assessment->why_facts.since
                                               : (struct str){NULL, 0};
}

static struct column *add_input(struct report *report, struct sheet *sheet, const char *id,
                                enum word title, enum cell_type type, double width)
{
    struct column *column = sheet_column(sheet, id, report_say(report, title), type, width);

    column->is_input = true;
    return column;
}

static void add_question_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "id", report_say(report, WORD_COL_ID), CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "section", report_say(report, WORD_COL_SECTION), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "clause", report_say(report, WORD_COL_CLAUSE), CELL_TEXT, WIDTH_SHORT);
    sheet_column(sheet, "since", report_say(report, WORD_COL_SINCE), CELL_TEXT, WIDTH_SHORT)->help =
        report_say(report, WORD_HELP_SINCE);
    sheet_column(sheet, "letters", report_say(report, WORD_COL_LETTERS),
                 CELL_TEXT, WIDTH_ID)->help =
        report_say(report, WORD_HELP_LETTERS);
    sheet_column(sheet, "basis", report_say(report, WORD_COL_BASIS), CELL_TEXT, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_BASIS);
    sheet_column(sheet, "gate", report_say(report, WORD_COL_GATE), CELL_TEXT, WIDTH_SHORT)->help =
        report_say(report, WORD_HELP_GATE);
    sheet_column(sheet, "weight", report_say(report, WORD_COL_WEIGHT), CELL_NUMBER, WIDTH_SHORT);
    sheet_column(sheet, "question", report_say(report, WORD_COL_QUESTION),
                 CELL_TEXT, WIDTH_SENTENCE);
    sheet_column(sheet, "expected", report_say(report, WORD_COL_EXPECTED), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "method", report_say(report, WORD_COL_METHOD), CELL_TEXT, WIDTH_WORD);
}

static const struct look_rule no_rule = {WHEN_TRUE, {"=FALSE", 6}, LEVEL_NONE};

static const enum word problem_words[] = {
    [PROBLEM_STATUS] = WORD_PROBLEM_STATUS,
    [PROBLEM_NO_POINTS] = WORD_PROBLEM_NO_POINTS,
    [PROBLEM_POINTS] = WORD_PROBLEM_POINTS,
    [PROBLEM_GATE] = WORD_PROBLEM_GATE,
    [PROBLEM_GRADE] = WORD_PROBLEM_GRADE,
    [PROBLEM_GRADE_BASIS] = WORD_PROBLEM_GRADE_BASIS,
    [PROBLEM_GRADE_STATUS] = WORD_PROBLEM_GRADE_STATUS,
    [PROBLEM_REASON] = WORD_PROBLEM_REASON,
    [PROBLEM_NOT_APPLICABLE] = WORD_PROBLEM_NOT_APPLICABLE,
};

static struct str check_formula(struct report *report)
{
    size_t i;

    buf_add_text(&report->scratch, "=CHOOSE({calculation.problem!}+1,\"\"");
    for (i = PROBLEM_NONE + 1; i < ARRAY_LEN(problem_words); i++) {
        buf_add_char(&report->scratch, ',');
        live_say(report, problem_words[i]);
    }
    buf_add_char(&report->scratch, ')');
    return report_keep(report);
}

static struct str check_text(const struct report *report, const struct result_question *item)
{
    enum live_problem problem = live_problem_of(item);

    return problem == PROBLEM_NONE ? (struct str){NULL, 0}
                                   : report_say(report, problem_words[problem]);
}

static void add_answer_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    column = add_input(report, sheet, "status", WORD_COL_STATUS, CELL_TEXT, WIDTH_WORD);
    column->choice = report_choice(report, CHOICE_STATUS);
    status_rules(report, column);
    column->prompt = report_say(report, WORD_PROMPT_STATUS);
    column = add_input(report, sheet, "points", WORD_COL_POINTS, CELL_POINTS, WIDTH_SHORT);
    column->help = report_say(report, WORD_HELP_POINTS);
    column->choice = report_choice(report, CHOICE_POINTS);
    points_rules(report, "checklist", column);
    column->prompt = report_say(report, WORD_PROMPT_POINTS);
    column = add_input(report, sheet, "grade", WORD_COL_GRADE, CELL_TEXT, WIDTH_WORDS);
    column->help = report_say(report, WORD_HELP_GRADE);
    column->choice = report_choice(report, CHOICE_GRADE);
    grade_rules(report, column);
    column->prompt = report_say(report, WORD_PROMPT_GRADE);
    column = sheet_column(sheet, "check", report_say(report, WORD_COL_ANSWER_CHECK), CELL_TEXT,
                          WIDTH_WORDS);
    column->help = report_say(report, WORD_HELP_CHECK);
    column->formula = check_formula(report);
    filled_rule(report, "checklist", column);
}

/* Where a reason is asked for and none is given; beside it the check says so. */
static const struct look_rule *missing_reason(struct report *report)
{
    struct look_rule *rule = arena_alloc(report->arena, 1, sizeof *rule);

    if (!rule) {
        report->book->failed = true;
        return &no_rule;
    }
    buf_add_text(&report->scratch, "=OR({checklist.check!}=");
    live_say(report, WORD_PROBLEM_REASON);
    buf_add_text(&report->scratch, ",{checklist.check!}=");
    live_say(report, WORD_PROBLEM_NOT_APPLICABLE);
    buf_add_char(&report->scratch, ')');
    *rule = (struct look_rule){WHEN_TRUE, report_keep(report), LEVEL_BAD};
    return rule;
}

static void add_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    add_question_columns(report, sheet);
    add_answer_columns(report, sheet);
    sheet_column(sheet, "proposed", report_say(report, WORD_COL_PROPOSED),
                 CELL_TEXT, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_PROPOSED);
    sheet_column(sheet, "figure", report_say(report, WORD_COL_FIGURE), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "override", report_say(report, WORD_COL_OVERRIDE), CELL_TEXT,
                 WIDTH_WORDS)->help = report_say(report, WORD_HELP_OVERRIDE);
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "strength", report_say(report, WORD_COL_STRENGTH), CELL_TEXT,
                 WIDTH_ID)->help = report_say(report, WORD_HELP_STRENGTH);
    sheet_column(sheet, "sample", report_say(report, WORD_COL_SAMPLED), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "proposed-grade", report_say(report, WORD_COL_GRADE_PROPOSED), CELL_TEXT,
                 WIDTH_PHRASE)->help = report_say(report, WORD_HELP_GRADE_PROPOSED);
    sheet_column(sheet, "finding", report_say(report, WORD_COL_FINDING), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "why", report_say(report, WORD_COL_WHY), CELL_TEXT, WIDTH_PHRASE);
    column = add_input(report, sheet, "note", WORD_COL_NOTE, CELL_TEXT, WIDTH_TEXT);
    column->prompt = report_say(report, WORD_PROMPT_NOTE);
    column->rules = missing_reason(report);
    column->rule_count = 1;
    column = add_input(report, sheet, "repeats", WORD_COL_REPEATS, CELL_TEXT, WIDTH_WORD);
    column->help = report_say(report, WORD_HELP_REPEATS);
    add_input(report, sheet, "by", WORD_COL_BY, CELL_TEXT, WIDTH_DATE);
    add_input(report, sheet, "on", WORD_COL_ON, CELL_DATE, WIDTH_DATE);
    if (!report->result->earlier)
        return;
    sheet_column(sheet, "last", report_say(report, WORD_COL_LAST), CELL_TEXT, WIDTH_WORDS)->help =
        report_say(report, WORD_HELP_LAST);
    sheet_column(sheet, "change", report_say(report, WORD_COL_CHANGE), CELL_TEXT, WIDTH_WORD)
        ->help = report_say(report, WORD_HELP_CHANGE);
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

static void add_question(struct report *report, struct sheet *sheet,
                         const struct question *question, const struct assessment *assessment)
{
    sheet_text(sheet, question->id);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, section_title(report, question->section));
    sheet_link(sheet, "sections", question->section);
    sheet_text(sheet, clauses_text(report, question));
    sheet_text(sheet, later_edition(assessment));
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
    sheet_level(sheet, level_of_status(assessment->status));
    sheet_points(sheet, assessment->status == ANSWER_SCORED ? assessment->points : -1);
    sheet_level(sheet, assessment->status == ANSWER_SCORED ? level_of_points(assessment->points)
                                                           : LEVEL_NONE);
    sheet_text(sheet, say_grade(assessment->grade, report->lang));
    sheet_level(sheet, level_of_grade(assessment->grade));
    sheet_text(sheet, check_text(report, item));
    sheet_level(sheet, LEVEL_BAD);
    sheet_text(sheet, proposed_text(report, assessment));
    sheet_text(sheet, figure);
    sheet_link(sheet, "metrics", figure);
    sheet_text(sheet, override_text(report, assessment));
    sheet_level(sheet, assessment->override.is_outside ? LEVEL_WATCH : LEVEL_NONE);
    sheet_text(sheet, proofs);
    sheet_link(sheet, "evidence", figure);
    sheet_text(sheet, strength_text(report, assessment));
    sheet_level(sheet, assessment->is_weak ? LEVEL_WATCH : LEVEL_NONE);
    sheet_text(sheet, sampled_text(report, assessment));
    sheet_text(sheet, grading_text(report, assessment));
    sheet_level(sheet, assessment->grading.differs ? LEVEL_WATCH : LEVEL_NONE);
    sheet_text(sheet, finding ? finding->id : STR(""));
    sheet_link(sheet, "findings", finding ? finding->id : (struct str){NULL, 0});
    sheet_text(sheet, why_text(report, assessment));
    sheet_text(sheet, assessment->reason);
    sheet_text(sheet, assessment->repeats);
    sheet_text(sheet, assessment->by);
    sheet_date(sheet, report_day(assessment->on));
}

static void add_change(struct report *report, struct sheet *sheet,
                       const struct result_question *item)
{
    if (!item->earlier)
        return;
    sheet_text(sheet, earlier_answer_text(report, item->earlier));
    sheet_text(sheet, change_text(report, item->earlier->change));
    sheet_level(sheet, change_level(item->earlier->change));
    sheet_link(sheet, "trend", item->question.id);
}

static void build(struct report *report, struct sheet *sheet)
{
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 1;
    for (i = 0; i < report->result->question_count; i++) {
        sheet_row(sheet);
        sheet_anchor(sheet, report->result->questions[i].question.id);
        add_question(report, sheet, &report->result->questions[i].question,
                     &report->result->questions[i].assessment);
        add_assessment(report, sheet, &report->result->questions[i]);
        add_change(report, sheet, &report->result->questions[i]);
    }
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->question_count > 0;
}

extern const struct sheet_kind sheet_checklist;
const struct sheet_kind sheet_checklist = {
    .id = "checklist", .name = WORD_SHEET_CHECKLIST, .has_data = has_data, .build = build};
