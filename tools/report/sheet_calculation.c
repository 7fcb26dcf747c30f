#include <math.h>

#include "page/house.h"
#include "report/live.h"

/*
 * A row for each row of the checklist: how it counts. People may sort the checklist: a row here
 * follows whatever stands in the same row there.
 */

static struct str index_formula(struct report *report)
{
    buf_add_text(&report->scratch, "=IF({checklist.basis!}=");
    live_literal(&report->scratch, say_basis(BASIS_GOOD_PRACTICE, report->lang));
    buf_add_text(&report->scratch, ",2,1)");
    return report_keep(report);
}

static struct str letter_formula(struct report *report, int letter)
{
    buf_printf(&report->scratch,
               "=IF(ISNUMBER(SEARCH(\"%c\",{checklist.letters!})),"
               "{calculation.units!}*3/(LEN({checklist.letters!})+2),0)",
               'a' + letter);
    return report_keep(report);
}

/* --- questions that a gate looks at: numbered from the first on --- */

enum picked {
    PICKED_PROBLEM,
    PICKED_MAJOR,
    PICKED_GATE_UNMET,
    PICKED_GATE_WEAK,
    PICKED_UNMET,
    PICKED_SET_ASIDE,
    PICKED_NO_REASON,
    PICKED_REPEAT,
    PICKED_COUNT
};

static const char *const picked_ids[PICKED_COUNT] = {
    [PICKED_PROBLEM] = "g0",   [PICKED_MAJOR] = "g2",      [PICKED_GATE_UNMET] = "g4",
    [PICKED_GATE_WEAK] = "g4w", [PICKED_UNMET] = "g5",     [PICKED_SET_ASIDE] = "g6",
    [PICKED_NO_REASON] = "g6r", [PICKED_REPEAT] = "g7",
};

static bool is_picked(const struct result_question *item, enum picked picked)
{
    const struct question *question = &item->question;
    enum live_problem problem = live_problem_of(item);
    enum live_state state = live_state_of(item);
    int points = state == LIVE_SCORED ? item->assessment.points : -1;
    bool conformity = index_of(question->basis) == INDEX_CONFORMITY;

    switch (picked) {
    case PICKED_PROBLEM:
        return problem != PROBLEM_NONE && problem != PROBLEM_NOT_APPLICABLE;
    case PICKED_MAJOR:
        return question->basis == BASIS_REQUIREMENT && item->assessment.grade == GRADE_MAJOR;
    case PICKED_GATE_UNMET:
        return conformity && question->is_gate && points == 0;
    case PICKED_GATE_WEAK:
        return conformity && question->is_gate && points == 4;
    case PICKED_UNMET:
        return question->basis == BASIS_REQUIREMENT && points == 0;
    case PICKED_SET_ASIDE:
        return conformity && state == LIVE_SET_ASIDE;
    case PICKED_NO_REASON:
        return problem == PROBLEM_NOT_APPLICABLE;
    case PICKED_REPEAT:
        return item->assessment.grade == GRADE_MINOR && !live_is_blank(item->assessment.repeats);
    case PICKED_COUNT:
        break;
    }
    return false;
}

static void add_requirement(struct report *report)
{
    buf_add_text(&report->scratch, "{checklist.basis!}=");
    live_literal(&report->scratch, say_basis(BASIS_REQUIREMENT, report->lang));
}

static void add_gate_points(struct report *report, int points)
{
    buf_add_text(&report->scratch, "{calculation.index!}=1,{checklist.gate!}=");
    live_say(report, WORD_YES);
    buf_printf(&report->scratch, ",{calculation.state!}=%d,{calculation.points!}=%d", LIVE_SCORED,
               points);
}

static void add_condition(struct report *report, enum picked picked)
{
    static const enum grade minor[] = {GRADE_MINOR};
    static const enum grade major[] = {GRADE_MAJOR};
    struct buf *out = &report->scratch;

    switch (picked) {
    case PICKED_PROBLEM:
        buf_printf(out, "{calculation.problem!}>0,{calculation.problem!}<%d",
                   PROBLEM_NOT_APPLICABLE);
        break;
    case PICKED_MAJOR:
        add_requirement(report);
        buf_add_char(out, ',');
        live_grade_is(report, major, 1);
        break;
    case PICKED_GATE_UNMET:
        add_gate_points(report, 0);
        break;
    case PICKED_GATE_WEAK:
        add_gate_points(report, 4);
        break;
    case PICKED_UNMET:
        add_requirement(report);
        buf_printf(out, ",{calculation.state!}=%d,{calculation.points!}=0", LIVE_SCORED);
        break;
    case PICKED_SET_ASIDE:
        buf_printf(out, "{calculation.index!}=1,{calculation.state!}=%d", LIVE_SET_ASIDE);
        break;
    case PICKED_NO_REASON:
        buf_printf(out, "{calculation.problem!}=%d", PROBLEM_NOT_APPLICABLE);
        break;
    case PICKED_REPEAT:
        live_grade_is(report, minor, 1);
        buf_add_text(out, ",TRIM({checklist.repeats!})<>\"\"");
        break;
    case PICKED_COUNT:
        break;
    }
}

/* The number so far; above the first row stands the heading, whose number is 0. */
static struct str picked_formula(struct report *report, enum picked picked)
{
    buf_printf(&report->scratch, "=N({calculation.%s^})+IF(AND(", picked_ids[picked]);
    add_condition(report, picked);
    buf_add_text(&report->scratch, "),1,0)");
    return report_keep(report);
}

/* --- nonconformities without an action --- */

static struct str unanswered_formula(struct report *report)
{
    buf_printf(&report->scratch,
               "=IF(AND({calculation.finding!}>0,{calculation.finding!}<=%d,"
               "COUNTIF({capa.question},{checklist.id!})+IF({checklist.statement!}=\"\",0,"
               "COUNTIF({capa.nonconformity},{checklist.statement!}))=0),1,0)",
               (int)RANK_MINOR);
    return report_keep(report);
}

/* --- the sheet --- */

static void add_column(struct report *report, struct sheet *sheet, const char *id, enum word title,
                       enum word help, struct str formula)
{
    struct column *column =
        sheet_column(sheet, id, report_say(report, title), CELL_INTEGER, WIDTH_COUNT);

    column->help = report_say(report, help);
    column->formula = formula;
}

static void add_columns(struct report *report, struct sheet *sheet, int64_t scale)
{
    static const enum word letters[LETTER_COUNT] = {WORD_CALC_LETTER_A, WORD_CALC_LETTER_B,
                                                    WORD_CALC_LETTER_C};
    static const char *const letter_ids[LETTER_COUNT] = {"a", "b", "c"};
    static const enum word picked[PICKED_COUNT] = {
        WORD_CALC_G0, WORD_CALC_G2, WORD_CALC_G4,  WORD_CALC_G4_WEAK,
        WORD_CALC_G5, WORD_CALC_G6, WORD_CALC_G6_REASON, WORD_CALC_G7};
    struct column *column;
    struct str units;
    size_t i;

    column =
        sheet_column(sheet, "id", report_say(report, WORD_COL_ID), CELL_TEXT, WIDTH_QUESTION_ID);
    column->formula = STR("={checklist.id!}");
    add_column(report, sheet, "index", WORD_CALC_INDEX, WORD_HELP_CALC_INDEX,
               index_formula(report));
    add_column(report, sheet, "problem", WORD_CALC_PROBLEM, WORD_HELP_CALC_PROBLEM,
               live_problem_formula(report));
    add_column(report, sheet, "state", WORD_CALC_STATE, WORD_HELP_CALC_STATE,
               live_state_formula(report));
    buf_printf(&report->scratch, "=ROUND({checklist.weight!}*%lld,0)", (long long)scale);
    units = report_keep(report);
    add_column(report, sheet, "units", WORD_CALC_UNITS, WORD_HELP_CALC_UNITS, units);
    for (i = 0; i < LETTER_COUNT; i++)
        add_column(report, sheet, letter_ids[i], letters[i], WORD_HELP_CALC_LETTER,
                   letter_formula(report, (int)i));
    buf_printf(&report->scratch, "=IF({calculation.state!}=%d,{checklist.points!},0)", LIVE_SCORED);
    units = report_keep(report);
    add_column(report, sheet, "points", WORD_COL_POINTS, WORD_HELP_CALC_POINTS, units);
    for (i = 0; i < PICKED_COUNT; i++)
        add_column(report, sheet, picked_ids[i], picked[i], WORD_HELP_CALC_PICKED,
                   picked_formula(report, (enum picked)i));
    add_column(report, sheet, "changed", WORD_CALC_CHANGED, WORD_HELP_CALC_CHANGED,
               live_changed_formula());
    add_column(report, sheet, "finding", WORD_CALC_FINDING, WORD_HELP_CALC_FINDING,
               live_finding_formula(report));
    add_column(report, sheet, "key", WORD_CALC_KEY, WORD_HELP_CALC_KEY, live_key_formula(report));
    add_column(report, sheet, "new", WORD_CALC_NEW, WORD_HELP_CALC_NEW, live_new_formula());
    add_column(report, sheet, "open", WORD_CALC_OPEN, WORD_HELP_CALC_KEY,
               live_open_formula(report));
    if (report->result->action_count)
        add_column(report, sheet, "unanswered", WORD_CALC_UNANSWERED, WORD_HELP_CALC_UNANSWERED,
                   unanswered_formula(report));
}

static unsigned letter_count(unsigned letters)
{
    return (letters & 1u) + (letters >> 1 & 1u) + (letters >> 2 & 1u);
}

/* A number of order; a text without characters: none. */
static void add_order(struct sheet *sheet, uint64_t order)
{
    if (order)
        sheet_integer(sheet, order);
    else
        sheet_text(sheet, STR(""));
}

static void add_findings(struct report *report, struct sheet *sheet,
                         const struct result_question *item)
{
    const struct result *result = report->result;
    const struct finding *finding = finding_of(report, item);
    uint64_t key = live_key_of(report, item);

    sheet_integer(sheet, 0);
    sheet_integer(sheet, finding ? finding->rank : RANK_NONE);
    add_order(sheet, key);
    add_order(sheet, 0);
    add_order(sheet, live_state_of(item) == LIVE_OPEN ? report->importance[item - result->questions]
                                                      : 0);
    if (result->action_count)
        sheet_integer(sheet, result_lacks_action(result, item));
}

static void add_question(struct sheet *sheet, const struct result_question *item, int64_t scale,
                         uint64_t *counts)
{
    const struct question *question = &item->question;
    enum live_state state = live_state_of(item);
    double units = round(live_units(scale, question->weight));
    unsigned letters = letter_count(question->letters);
    unsigned i;

    sheet_row(sheet);
    sheet_text(sheet, question->id);
    sheet_integer(sheet, index_of(question->basis) == INDEX_PRACTICE ? 2 : 1);
    sheet_integer(sheet, live_problem_of(item));
    sheet_integer(sheet, state);
    sheet_integer(sheet, (uint64_t)units);
    for (i = 0; i < LETTER_COUNT; i++)
        sheet_integer(sheet, question->letters >> i & 1u ? (uint64_t)units / letters : 0);
    sheet_integer(sheet, state == LIVE_SCORED ? (uint64_t)item->assessment.points : 0);
    for (i = 0; i < PICKED_COUNT; i++) {
        counts[i] += is_picked(item, (enum picked)i);
        sheet_integer(sheet, counts[i]);
    }
}

static void build(struct report *report, struct sheet *sheet)
{
    int64_t scale = live_scale(report);
    uint64_t counts[PICKED_COUNT] = {0};
    size_t i;

    add_columns(report, sheet, scale);
    sheet->frozen_columns = 1;
    sheet->is_protected = true;
    sheet->is_working = true;
    for (i = 0; i < report->result->question_count; i++) {
        add_question(sheet, &report->result->questions[i], scale, counts);
        add_findings(report, sheet, &report->result->questions[i]);
    }
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->question_count > 0;
}

extern const struct sheet_kind sheet_calculation;
const struct sheet_kind sheet_calculation = {
    .id = "calculation", .name = WORD_SHEET_CALCULATION, .has_data = has_data, .build = build};
