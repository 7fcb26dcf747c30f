#include <math.h>

#include "page/house.h"
#include "report/action_text.h"
#include "report/earlier_text.h"

static void add_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    sheet_column(sheet, "row", report_say(report, WORD_COL_ROW), CELL_TEXT, WIDTH_NUMBER);
    sheet_column(sheet, "id", report_say(report, WORD_COL_ID), CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "text", report_say(report, WORD_COL_WHAT), CELL_TEXT, WIDTH_SENTENCE);
    column = sheet_column(sheet, "change", report_say(report, WORD_COL_CHANGE), CELL_TEXT, 20);
    column->help = report_say(report, WORD_HELP_CHANGE);
    column->is_as_written = true;
    sheet_column(sheet, "then", report_say(report, WORD_COL_THEN), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "now", report_say(report, WORD_COL_NOW), CELL_TEXT, WIDTH_NAME)
        ->is_as_written = true;
    sheet_column(sheet, "points_then", report_say(report, WORD_COL_THEN_POINTS), CELL_POINTS,
                 WIDTH_SHORT);
    sheet_column(sheet, "points_now", report_say(report, WORD_COL_NOW_POINTS), CELL_POINTS,
                 WIDTH_SHORT)
        ->is_as_written = true;
    sheet_column(sheet, "finding", report_say(report, WORD_COL_THEN_FINDING), CELL_TEXT,
                 WIDTH_TEXT);
}

/* One row; what is missing is a blank cell. */
struct line {
    enum word row;
    struct str id;
    const char *link; /* sheet of the id; NULL: none */
    struct str text;
    struct str then;
    struct str now;
    int points_then; /* -1: none */
    int points_now;
    struct str change;
    enum level level;
    struct str finding;
};

static const struct line NO_LINE = {.points_then = -1, .points_now = -1};

static void add_line(struct report *report, struct sheet *sheet, const struct line *line)
{
    sheet_text(sheet, report_say(report, line->row));
    sheet_text(sheet, line->id);
    sheet_style(sheet, STYLE_STRONG);
    if (line->link)
        sheet_link(sheet, line->link, line->id);
    sheet_text(sheet, line->text);
    sheet_text(sheet, line->change);
    sheet_level(sheet, line->level);
    sheet_text(sheet, line->then);
    sheet_text(sheet, line->now);
    sheet_points(sheet, line->points_then);
    sheet_points(sheet, line->points_now);
    sheet_text(sheet, line->finding);
}

/* --- indexes --- */

static struct earlier_index index_now(const struct score_index *index)
{
    return (struct earlier_index){.restricted = index->restricted,
                                  .is_incomplete = index->is_incomplete,
                                  .has_score = index->all.has_score,
                                  .score = index->all.score};
}

static void add_index(struct report *report, struct sheet *sheet, enum index_kind kind)
{
    const struct earlier_index *then = &report->result->earlier->index[kind];
    struct earlier_index now = index_now(&report->result->index[kind]);
    struct line line = NO_LINE;

    if (!then->has_score && !now.has_score)
        return;
    line.row = WORD_TREND_ROW_INDEX;
    line.text = report_say(report, kind == INDEX_CONFORMITY ? WORD_CONFORMITY : WORD_PRACTICE);
    line.then = earlier_index_text(report, then);
    line.now = earlier_index_text(report, &now);
    line.level = LEVEL_MUTED;
    if (then->has_score && now.has_score && !models_differ(report))
        line.change = difference_text(report, then->score, now.score, &line.level);
    else
        line.change = report_say(report, WORD_TREND_NO_NUMBER);
    sheet_row(sheet);
    sheet_anchor(sheet, str_of(index_name(kind)));
    add_line(report, sheet, &line);
}

static void add_alike(struct report *report, struct sheet *sheet, enum index_kind kind)
{
    struct line line = NO_LINE;
    struct alike alike;

    if (!earlier_alike(report, kind, &alike))
        return;
    line.row = WORD_TREND_ROW_ALIKE;
    line.text = report_say(report, kind == INDEX_CONFORMITY ? WORD_CONFORMITY : WORD_PRACTICE);
    line.then = report_percent(report, alike.then);
    line.now = report_percent(report, alike.now);
    line.change = difference_text(report, alike.then, alike.now, &line.level);
    line.finding = report_fill(report, WORD_TREND_ALIKE, 1, report_count(report, alike.count));
    sheet_row(sheet);
    add_line(report, sheet, &line);
}

static void add_remark(struct report *report, struct sheet *sheet, struct str text)
{
    struct line line = NO_LINE;

    line.row = WORD_TREND_ROW_REMARK;
    line.text = text;
    sheet_row(sheet);
    add_line(report, sheet, &line);
}

static void add_remarks(struct report *report, struct sheet *sheet)
{
    const struct earlier_result *earlier = report->result->earlier;
    struct str unknown = report_say(report, WORD_NOT_STATED);
    struct str checklists = checklists_differ_text(report);

    add_remark(report, sheet,
               report_fill(report, WORD_TREND_REMARK_SOURCE, 3,
                           earlier->audit.len ? earlier->audit : unknown,
                           instant_is_missing(earlier->as_of)
                               ? unknown
                               : report_date(report, earlier->as_of),
                           report_sha256(report, &earlier->sha256)));
    if (checklists.ptr)
        add_remark(report, sheet,
                   report_fill(report, WORD_TREND_REMARK_CHECKLIST, 1, checklists));
    if (models_differ(report))
        add_remark(report, sheet,
                   report_fill(report, WORD_TREND_REMARK_MODEL, 2, earlier->model,
                               report->result->model));
}

/* --- questions --- */

static struct earlier_answer answer_now(const struct result_question *item)
{
    const struct assessment *assessment = &item->assessment;

    return (struct earlier_answer){
        .revision = item->question.revision,
        .status = assessment->status,
        .points = assessment->status == ANSWER_SCORED ? assessment->points : -1,
        .grade = assessment->grade};
}

static void add_question(struct report *report, struct sheet *sheet,
                         const struct result_question *item)
{
    const struct earlier_answer *then = item->earlier;
    struct earlier_answer now = answer_now(item);
    struct line line = NO_LINE;

    line.row = WORD_TREND_ROW_QUESTION;
    line.id = item->question.id;
    line.link = "checklist";
    line.text = words_in(&item->question.text, report->lang);
    line.then = earlier_answer_text(report, then);
    line.now = earlier_answer_text(report, &now);
    line.points_then = then->points;
    line.points_now = now.points;
    line.change = change_text(report, then->change);
    line.level = change_level(then->change);
    line.finding = then->finding;
    sheet_row(sheet);
    sheet_anchor(sheet, item->question.id);
    add_line(report, sheet, &line);
}

static void add_dropped(struct report *report, struct sheet *sheet,
                        const struct dropped_question *dropped)
{
    struct line line = NO_LINE;

    line.row = WORD_TREND_ROW_DROPPED;
    line.id = dropped->id;
    line.text = words_in(&dropped->text, report->lang);
    line.then = earlier_answer_text(report, &dropped->answer);
    line.points_then = dropped->answer.points;
    line.change = report_say(report, WORD_CHANGE_DROPPED);
    line.level = LEVEL_MUTED;
    line.finding = dropped->answer.finding;
    sheet_row(sheet);
    add_line(report, sheet, &line);
}

/* --- actions that were open --- */

static const struct action *action_now(const struct report *report, struct str id)
{
    size_t i;

    for (i = 0; i < report->result->action_count; i++)
        if (str_equal(report->result->actions[i].id, id))
            return &report->result->actions[i];
    return NULL;
}

static void add_action(struct report *report, struct sheet *sheet, const struct action *then)
{
    const struct action *now = action_now(report, then->id);
    struct line line = NO_LINE;

    line.row = WORD_TREND_ROW_ACTION;
    line.id = then->id;
    line.link = now ? "capa" : NULL;
    line.text = then->what;
    line.then = say_action_status(then->status, report->lang);
    line.now = now ? say_action_status(now->status, report->lang) : (struct str){NULL, 0};
    line.change = now ? line.now : report_say(report, WORD_TREND_ACTION_GONE);
    line.level = now ? level_of_action(now->status) : LEVEL_WATCH;
    if (now && action_days_overdue(report, now) > 0) {
        line.change = report_fill(
            report, WORD_ACTIONS_OVERDUE, 1,
            report_count(report, (uint64_t)action_days_overdue(report, now)));
        line.level = LEVEL_BAD;
    }
    sheet_row(sheet);
    add_line(report, sheet, &line);
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct earlier_result *earlier = report->result->earlier;
    int kind;
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 2;
    for (kind = 0; kind < INDEX_COUNT; kind++) {
        add_index(report, sheet, (enum index_kind)kind);
        add_alike(report, sheet, (enum index_kind)kind);
    }
    add_remarks(report, sheet);
    for (i = 0; i < report->result->question_count; i++)
        add_question(report, sheet, &report->result->questions[i]);
    for (i = 0; i < earlier->dropped_count; i++)
        add_dropped(report, sheet, &earlier->dropped[i]);
    for (i = 0; i < earlier->action_count; i++)
        add_action(report, sheet, &earlier->actions[i]);
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->earlier;
}

extern const struct sheet_kind sheet_trend;
const struct sheet_kind sheet_trend = {
    .id = "trend", .name = WORD_SHEET_TREND, .has_data = has_data, .build = build};
