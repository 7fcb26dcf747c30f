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

/* What is asked; behind the answers, what else belongs to the question. */
static void add_question_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "id", report_say(report, WORD_COL_ID), CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "clause", report_say(report, WORD_COL_CLAUSE), CELL_TEXT, WIDTH_SHORT);
    sheet_column(sheet, "letters", report_say(report, WORD_COL_LETTERS),
                 CELL_TEXT, WIDTH_SHORT)->help =
        report_say(report, WORD_HELP_LETTERS);
    sheet_column(sheet, "question", report_say(report, WORD_COL_QUESTION),
                 CELL_TEXT, WIDTH_SENTENCE);
    sheet_column(sheet, "expected", report_say(report, WORD_COL_EXPECTED), CELL_TEXT, WIDTH_PHRASE);
}

static void add_more_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "section", report_say(report, WORD_COL_SECTION), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "gate", report_say(report, WORD_COL_GATE), CELL_TEXT, WIDTH_SHORT)->help =
        report_say(report, WORD_HELP_GATE);
    sheet_column(sheet, "weight", report_say(report, WORD_COL_WEIGHT), CELL_NUMBER, WIDTH_SHORT);
    sheet_column(sheet, "basis", report_say(report, WORD_COL_BASIS), CELL_TEXT, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_BASIS);
    sheet_column(sheet, "method", report_say(report, WORD_COL_METHOD), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "since", report_say(report, WORD_COL_SINCE), CELL_TEXT, WIDTH_SHORT)->help =
        report_say(report, WORD_HELP_SINCE);
    if (report_is_tailored(report))
        sheet_column(sheet, "tailored", report_say(report, WORD_COL_TAILORED), CELL_TEXT,
                     WIDTH_PHRASE)
            ->help = report_say(report, WORD_HELP_TAILORED);
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

static void add_mark_columns(struct report *report, struct sheet *sheet)
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
    column = add_input(report, sheet, "grade", WORD_COL_GRADE, CELL_TEXT, WIDTH_WORD);
    column->help = report_say(report, WORD_HELP_GRADE);
    column->choice = report_choice(report, CHOICE_GRADE);
    grade_rules(report, column);
    column->prompt = report_say(report, WORD_PROMPT_GRADE);
}

static void add_hidden(struct report *report, struct sheet *sheet, const char *id, enum word title,
                       enum cell_type type)
{
    sheet_column(sheet, id, report_say(report, title), type, WIDTH_NUMBER)->is_hidden = true;
}

/* What formulas need of a question: here, so that it moves with the row when people sort. */
static void add_hidden_columns(struct report *report, struct sheet *sheet)
{
    add_hidden(report, sheet, "section_number", WORD_CALC_SECTION, CELL_INTEGER);
    add_hidden(report, sheet, "importance", WORD_CALC_IMPORTANCE, CELL_INTEGER);
    add_hidden(report, sheet, "low", WORD_CALC_LOW, CELL_INTEGER);
    add_hidden(report, sheet, "deciding", WORD_CALC_DECIDING, CELL_TEXT);
    add_hidden(report, sheet, "statement", WORD_SHEET_NC, CELL_TEXT);
    add_hidden(report, sheet, "written", WORD_COL_WRITTEN, CELL_TEXT);
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

/* What the answer rests on, and who gave it. */
static void add_reason_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE), CELL_TEXT, WIDTH_NAME);
    column = add_input(report, sheet, "note", WORD_COL_NOTE, CELL_TEXT, WIDTH_SENTENCE);
    column->prompt = report_say(report, WORD_PROMPT_NOTE);
    column->rules = missing_reason(report);
    column->rule_count = 1;
    sheet->printed_columns = sheet->column_count;
    column = sheet_column(sheet, "check", report_say(report, WORD_COL_ANSWER_CHECK), CELL_TEXT,
                          WIDTH_WORDS);
    column->help = report_say(report, WORD_HELP_CHECK);
    column->formula = check_formula(report);
    filled_rule(report, "checklist", column);
    sheet_column(sheet, "finding", report_say(report, WORD_COL_FINDING), CELL_TEXT, WIDTH_WORD)
        ->is_as_written = true;
    add_input(report, sheet, "by", WORD_COL_BY, CELL_TEXT, WIDTH_DATE);
    add_input(report, sheet, "on", WORD_COL_ON, CELL_DATE, WIDTH_DATE);
    column = add_input(report, sheet, "repeats", WORD_COL_REPEATS, CELL_TEXT, WIDTH_WORD);
    column->help = report_say(report, WORD_HELP_REPEATS);
}

/* What the figures say to it, and what was answered before. */
static void add_proposal_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    sheet_column(sheet, "proposed", report_say(report, WORD_COL_PROPOSED),
                 CELL_TEXT, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_PROPOSED);
    sheet_column(sheet, "figure", report_say(report, WORD_COL_FIGURE), CELL_TEXT, WIDTH_ID);
    column = sheet_column(sheet, "override", report_say(report, WORD_COL_OVERRIDE), CELL_TEXT,
                          WIDTH_WORDS);
    column->help = report_say(report, WORD_HELP_OVERRIDE);
    column->is_as_written = true;
    column = sheet_column(sheet, "strength", report_say(report, WORD_COL_STRENGTH), CELL_TEXT,
                          WIDTH_WORD);
    column->help = report_say(report, WORD_HELP_STRENGTH);
    column->is_as_written = true;
    sheet_column(sheet, "sample", report_say(report, WORD_COL_SAMPLED), CELL_TEXT, WIDTH_ID);
    column = sheet_column(sheet, "proposed-grade", report_say(report, WORD_COL_GRADE_PROPOSED),
                          CELL_TEXT, WIDTH_PHRASE);
    column->help = report_say(report, WORD_HELP_GRADE_PROPOSED);
    column->is_as_written = true;
    sheet_column(sheet, "why", report_say(report, WORD_COL_WHY), CELL_TEXT, WIDTH_PHRASE)
        ->is_as_written = true;
    add_hidden_columns(report, sheet);
    if (!report->result->earlier)
        return;
    sheet_column(sheet, "last", report_say(report, WORD_COL_LAST), CELL_TEXT, WIDTH_WORDS)->help =
        report_say(report, WORD_HELP_LAST);
    column = sheet_column(sheet, "change", report_say(report, WORD_COL_CHANGE), CELL_TEXT,
                          WIDTH_WORD);
    column->help = report_say(report, WORD_HELP_CHANGE);
    column->is_as_written = true;
}

/* First what an auditor reads and writes, which is printed; then the rest. */
static void add_columns(struct report *report, struct sheet *sheet)
{
    add_question_columns(report, sheet);
    add_mark_columns(report, sheet);
    add_reason_columns(report, sheet);
    add_more_columns(report, sheet);
    add_proposal_columns(report, sheet);
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
                         const struct question *question)
{
    sheet_text(sheet, question->id);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, clauses_text(report, question));
    sheet_text(sheet, report_letters(report, question->letters));
    sheet_text(sheet, words_in(&question->text, report->lang));
    sheet_help(sheet, words_in(&question->help, report->lang));
    sheet_text(sheet, words_in(&question->evidence, report->lang));
}

static void add_more(struct report *report, struct sheet *sheet, const struct question *question,
                     const struct assessment *assessment)
{
    sheet_text(sheet, section_title(report, question->section));
    sheet_link(sheet, "sections", question->section);
    sheet_text(sheet, question->is_gate ? report_say(report, WORD_YES) : STR(""));
    sheet_number(sheet, ratio_to_double(question->weight));
    sheet_decimals(sheet, question->weight.den == 1 ? 0 : 2);
    sheet_text(sheet, say_basis(question->basis, report->lang));
    sheet_text(sheet, say_mode(question->mode, report->lang));
    sheet_text(sheet, later_edition(assessment));
    if (report_is_tailored(report))
        sheet_text(sheet, tailored_reason_text(report, question));
}

static void add_marks(struct report *report, struct sheet *sheet,
                      const struct assessment *assessment)
{
    bool is_scored = assessment->status == ANSWER_SCORED;

    sheet_text(sheet, say_status(assessment->status, report->lang));
    sheet_level(sheet, level_of_status(assessment->status));
    sheet_points(sheet, is_scored ? assessment->points : -1);
    sheet_level(sheet, is_scored ? level_of_points(assessment->points) : LEVEL_NONE);
    sheet_text(sheet, say_grade(assessment->grade, report->lang));
    sheet_level(sheet, level_of_grade(assessment->grade));
}

/* What an answer rests on, in words, and the figure among it. */
struct proofs {
    struct str text;
    struct str figure;
};

static struct proofs proofs_of(struct report *report, const struct assessment *assessment)
{
    struct proofs proofs;

    proofs.text = proofs_text(report, assessment, &proofs.figure);
    if (!proofs.figure.ptr && figure_by_id(report, assessment->why_facts.figure))
        proofs.figure = assessment->why_facts.figure;
    return proofs;
}

static void add_reason(struct report *report, struct sheet *sheet,
                       const struct result_question *item, const struct proofs *proofs)
{
    const struct assessment *assessment = &item->assessment;
    const struct finding *finding = finding_of(report, item);

    sheet_text(sheet, proofs->text);
    sheet_link(sheet, "evidence", proofs->figure);
    sheet_text(sheet, assessment->reason);
    sheet_text(sheet, check_text(report, item));
    sheet_level(sheet, LEVEL_BAD);
    sheet_text(sheet, finding ? finding->id : STR(""));
    sheet_link(sheet, "findings", finding ? finding->id : (struct str){NULL, 0});
    sheet_text(sheet, assessment->by);
    sheet_date(sheet, report_day(assessment->on));
    sheet_text(sheet, assessment->repeats);
}

static void add_proposal(struct report *report, struct sheet *sheet,
                         const struct assessment *assessment, const struct proofs *proofs)
{
    sheet_text(sheet, proposed_text(report, assessment));
    sheet_text(sheet, proofs->figure);
    sheet_link(sheet, "metrics", proofs->figure);
    sheet_text(sheet, override_text(report, assessment));
    sheet_level(sheet, assessment->override.is_outside ? LEVEL_WATCH : LEVEL_NONE);
    sheet_text(sheet, strength_text(report, assessment));
    sheet_level(sheet, assessment->is_weak ? LEVEL_WATCH : LEVEL_NONE);
    sheet_text(sheet, sampled_text(report, assessment));
    sheet_text(sheet, grading_text(report, assessment));
    sheet_level(sheet, assessment->grading.differs ? LEVEL_WATCH : LEVEL_NONE);
    sheet_text(sheet, why_text(report, assessment));
}

static size_t section_number(const struct result *result, struct str id)
{
    size_t i;

    for (i = 0; i < result->section_count && !str_equal(result->sections[i].id, id); i++)
        continue;
    return i + 1;
}

static void add_hidden_cells(struct report *report, struct sheet *sheet,
                             const struct result_question *item)
{
    const struct assessment *assessment = &item->assessment;
    const struct figure *figure = finding_figure(report, assessment);
    const struct str none = {NULL, 0};

    sheet_integer(sheet, section_number(report->result, item->question.section));
    sheet_integer(sheet, report->importance[item - report->result->questions]);
    sheet_integer(sheet, live_low_of(item));
    sheet_text(sheet, figure ? figure->id : none);
    sheet_text(sheet, assessment->nonconformity ? assessment->nonconformity->id : none);
    sheet_text(sheet, live_written(report, item));
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
        const struct result_question *item = &report->result->questions[i];
        struct proofs proofs = proofs_of(report, &item->assessment);

        sheet_row(sheet);
        sheet_anchor(sheet, item->question.id);
        add_question(report, sheet, &item->question);
        add_marks(report, sheet, &item->assessment);
        add_reason(report, sheet, item, &proofs);
        add_more(report, sheet, &item->question, &item->assessment);
        add_proposal(report, sheet, &item->assessment, &proofs);
        add_hidden_cells(report, sheet, item);
        add_change(report, sheet, item);
    }
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->question_count > 0;
}

extern const struct sheet_kind sheet_checklist;
const struct sheet_kind sheet_checklist = {
    .id = "checklist", .name = WORD_SHEET_CHECKLIST, .has_data = has_data, .build = build};
