#include "base/mem.h"
#include "page/house.h"
#include "report/action_text.h"
#include "report/live.h"

static struct column *add_input(struct report *report, struct sheet *sheet, const char *id,
                                enum word title, enum cell_type type, double width)
{
    struct column *column = sheet_column(sheet, id, report_say(report, title), type, width);

    column->is_input = true;
    return column;
}

/* What is late is bad whatever the status says. */
static void status_look(struct report *report, struct column *column)
{
    static const enum level kinds[] = {LEVEL_BAD, LEVEL_WATCH, LEVEL_WATCH, LEVEL_GOOD};
    struct look_rule *list = arena_alloc(report->arena, ARRAY_LEN(kinds), sizeof *list);

    if (!list) {
        report->book->failed = true;
        return;
    }
    list[0] = (struct look_rule){WHEN_TRUE, STR("={capa.overdue!}<>\"\""), kinds[0]};
    list[1] = (struct look_rule){WHEN_IS, say_action_status(ACTION_OPEN, report->lang), kinds[1]};
    list[2] = (struct look_rule){WHEN_IS, say_action_status(ACTION_IN_PROGRESS, report->lang),
                                 kinds[2]};
    list[3] = (struct look_rule){WHEN_IS, say_action_status(ACTION_CLOSED, report->lang), kinds[3]};
    column->rules = list;
    column->rule_count = ARRAY_LEN(kinds);
}

static void add_state_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    sheet_column(sheet, "id", report_say(report, WORD_COL_ID), CELL_TEXT, WIDTH_WORD);
    column = add_input(report, sheet, "status", WORD_COL_STATUS, CELL_TEXT, WIDTH_WORD);
    column->choice = report_choice(report, CHOICE_ACTION_STATUS);
    column->prompt = report_say(report, WORD_PROMPT_ACTION_STATUS);
    status_look(report, column);
    column = sheet_column(sheet, "overdue", report_say(report, WORD_COL_OVERDUE), CELL_INTEGER,
                          WIDTH_ID);
    column->help = report_say(report, WORD_HELP_OVERDUE);
    filled_rule(report, "capa", column);
    sheet_column(sheet, "question", report_say(report, WORD_COL_QUESTION), CELL_TEXT,
                 WIDTH_QUESTION_ID);
    sheet_column(sheet, "nonconformity", report_say(report, WORD_SHEET_NC), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "origin", report_say(report, WORD_COL_ORIGIN), CELL_TEXT, WIDTH_WORDS);
}

static void add_work_columns(struct report *report, struct sheet *sheet)
{
    add_input(report, sheet, "correction", WORD_COL_CORRECTION, CELL_TEXT, WIDTH_PHRASE);
    add_input(report, sheet, "cause", WORD_COL_CAUSE, CELL_TEXT, WIDTH_PHRASE);
    add_input(report, sheet, "method", WORD_COL_CAUSE_METHOD, CELL_TEXT, WIDTH_WORD)->choice =
        report_choice(report, CHOICE_CAUSE_METHOD);
    add_input(report, sheet, "action", WORD_COL_ACTION, CELL_TEXT, WIDTH_SENTENCE);
    add_input(report, sheet, "owner", WORD_COL_OWNER, CELL_TEXT, WIDTH_WORD);
    add_input(report, sheet, "raised", WORD_COL_RAISED, CELL_DATE, WIDTH_DATE);
    add_input(report, sheet, "due", WORD_COL_DUE, CELL_DATE, WIDTH_DATE);
    add_input(report, sheet, "implemented", WORD_COL_IMPLEMENTED, CELL_DATE, WIDTH_DATE);
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE), CELL_TEXT, WIDTH_NAME);
}

static void result_look(struct report *report, struct column *column)
{
    struct look_rule *list = arena_alloc(report->arena, 2, sizeof *list);

    if (!list) {
        report->book->failed = true;
        return;
    }
    list[0] = (struct look_rule){WHEN_IS, say_raw(STR("not-effective"), report->lang), LEVEL_BAD};
    list[1] = (struct look_rule){WHEN_IS, say_raw(STR("effective"), report->lang), LEVEL_GOOD};
    column->rules = list;
    column->rule_count = 2;
}

static void add_check_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    add_input(report, sheet, "check", WORD_COL_EFFECT_CHECK, CELL_TEXT, WIDTH_PHRASE);
    column = add_input(report, sheet, "check_due", WORD_COL_CHECK_DUE, CELL_DATE, WIDTH_DATE);
    column->help = report_say(report, WORD_HELP_CHECK_DUE);
    add_input(report, sheet, "checked", WORD_COL_CHECKED, CELL_DATE, WIDTH_DATE);
    column = add_input(report, sheet, "result", WORD_COL_CHECK_RESULT, CELL_TEXT, WIDTH_WORD);
    column->choice = report_choice(report, CHOICE_CHECK_RESULT);
    result_look(report, column);
    add_input(report, sheet, "found", WORD_COL_CHECK_FOUND, CELL_TEXT, WIDTH_PHRASE);
    add_input(report, sheet, "closed", WORD_COL_CLOSED, CELL_DATE, WIDTH_DATE);
    sheet->printed_columns = sheet->column_count;
    sheet_column(sheet, "figure", report_say(report, WORD_COL_FIGURE), CELL_TEXT, WIDTH_ID);
    add_input(report, sheet, "risk", WORD_COL_RISK_UPDATE, CELL_TEXT, WIDTH_PHRASE);
}

/* What tells actions that were changed since. */
static void add_hidden_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    sheet_column(sheet, "written", report_say(report, WORD_COL_WRITTEN), CELL_TEXT, WIDTH_NUMBER)
        ->is_hidden = true;
    column = sheet_column(sheet, "changed", report_say(report, WORD_CALC_CHANGED), CELL_INTEGER,
                          WIDTH_NUMBER);
    column->is_hidden = true;
    column->formula = STR("=IF({capa.status!}&\"|\"&{capa.due!}={capa.written!},0,1)");
}

static void add_columns(struct report *report, struct sheet *sheet)
{
    add_state_columns(report, sheet);
    add_work_columns(report, sheet);
    add_check_columns(report, sheet);
    add_hidden_columns(report, sheet);
}

/* Follows the status and the due day of its row, and the as-of on the cover. */
static struct str overdue_formula(struct report *report)
{
    struct str open = say_action_status(ACTION_OPEN, report->lang);
    struct str under_way = say_action_status(ACTION_IN_PROGRESS, report->lang);

    buf_printf(&report->scratch,
               "IF(AND(OR({capa.status!}=\"%.*s\",{capa.status!}=\"%.*s\"),{capa.due!}<>\"\","
               "INT(cf_as_of)>{capa.due!}),INT(cf_as_of)-{capa.due!},\"\")",
               STR_ARG(open), STR_ARG(under_way));
    return report_keep(report);
}

/* The question whose nonconformity has this id; missing: none of this audit. */
static struct str statement_question(const struct report *report, struct str id)
{
    size_t i;

    for (i = 0; id.ptr && i < report->result->question_count; i++) {
        const struct result_question *item = &report->result->questions[i];

        if (item->assessment.nonconformity && str_equal(item->assessment.nonconformity->id, id))
            return item->question.id;
    }
    return (struct str){NULL, 0};
}

static void add_state(struct report *report, struct sheet *sheet, const struct action *action,
                      struct str formula)
{
    int64_t overdue = action_days_overdue(report, action);

    sheet_text(sheet, action->id);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, say_action_status(action->status, report->lang));
    sheet_level(sheet, overdue > 0 ? LEVEL_BAD : level_of_action(action->status));
    if (overdue > 0)
        sheet_integer(sheet, (uint64_t)overdue);
    else
        sheet_text(sheet, STR(""));
    sheet_level(sheet, overdue > 0 ? LEVEL_BAD : LEVEL_NONE);
    if (!instant_is_missing(report->evidence->audit.as_of))
        sheet_formula(sheet, formula);
}

static void add_subject(struct report *report, struct sheet *sheet, const struct action *action)
{
    sheet_text(sheet, action->question);
    sheet_link(sheet, "checklist", action->question);
    sheet_text(sheet, action->nonconformity);
    sheet_link(sheet, "nc", statement_question(report, action->nonconformity));
    sheet_text(sheet, action->origin);
}

static void add_work(struct report *report, struct sheet *sheet, const struct action *action)
{
    sheet_text(sheet, action->correction);
    sheet_text(sheet, action->cause);
    sheet_text(sheet, say_raw(action->cause_method, report->lang));
    sheet_text(sheet, action->what);
    sheet_text(sheet, action->owner);
    sheet_date(sheet, report_day(action->raised));
    sheet_date(sheet, report_day(action->due));
    sheet_date(sheet, report_day(action->implemented));
    sheet_text(sheet, action_evidence_text(report, action));
}

static void add_check(struct report *report, struct sheet *sheet, const struct action *action)
{
    struct str figure = action_figure(report, action);

    sheet_text(sheet, action->check);
    sheet_date(sheet, report_day(action->check_due));
    sheet_date(sheet, report_day(action->checked));
    sheet_text(sheet, say_raw(action->check_result, report->lang));
    sheet_level(sheet, str_is(action->check_result, "not-effective") ? LEVEL_BAD
                       : action->check_result.len                    ? LEVEL_GOOD
                                                                     : LEVEL_NONE);
    sheet_text(sheet, action->check_found);
    sheet_date(sheet, report_day(action->closed));
    sheet_text(sheet, figure);
    sheet_link(sheet, "metrics", figure);
    sheet_text(sheet, action->risk_update);
}

/* Days as a workbook numbers them. */
static void add_written(struct report *report, struct sheet *sheet, const struct action *action)
{
    static const long long EPOCH = 25569; /* 1970-01-01 */
    struct local due = report_day(action->due);

    buf_add(&report->scratch, say_action_status(action->status, report->lang));
    buf_add_char(&report->scratch, '|');
    if (due.us != INSTANT_MISSING.us)
        buf_printf(&report->scratch, "%lld", due.us / DAY_US + EPOCH);
    sheet_text(sheet, report_keep(report));
    sheet_integer(sheet, 0);
}

static void build(struct report *report, struct sheet *sheet)
{
    struct str formula = overdue_formula(report);
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 1;
    for (i = 0; i < report->result->action_count; i++) {
        const struct action *action = &report->result->actions[i];

        sheet_row(sheet);
        sheet_anchor(sheet, action->id);
        add_state(report, sheet, action, formula);
        add_subject(report, sheet, action);
        add_work(report, sheet, action);
        add_check(report, sheet, action);
        add_written(report, sheet, action);
    }
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->action_count > 0;
}

extern const struct sheet_kind sheet_capa;
const struct sheet_kind sheet_capa = {
    .id = "capa", .name = WORD_SHEET_CAPA, .has_data = has_data, .build = build};
