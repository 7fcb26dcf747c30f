/*
 * What top management is asked to decide. Each line follows from something in the result or in the
 * ledger, names how much of it there is, and leads to where it stands.
 */
#include <math.h>

#include "base/mem.h"
#include "report/cover.h"
#include "report/live.h"
#include "report/series.h"

/* Targets and ids named one by one. */
enum { DECISION_TARGETS = 2, DECISION_IDS = 4 };

static struct strip *add_line(struct report *report, struct pane *pane, enum word label,
                              const char *sheet, struct str key)
{
    struct strip *strip = pane_add(pane);

    strip->label = report_say(report, label);
    strip->label_style = STYLE_STRONG;
    strip->link_sheet = sheet;
    strip->link_key = key;
    return strip;
}

/* --- what follows the answers --- */

/* A list of questions in the order of their importance, and what of it the workbook calculates. */
struct picked {
    struct str ids;        /* "A, B ..." */
    const char *column;    /* of the sheet "calculation": the order */
    struct str before;     /* numbers of it that come before these */
    struct str count_live; /* how many there are */
    size_t count;
    const struct result_question *first;
};

static void pick(struct report *report, bool (*wanted)(const struct result_question *item, int what),
                 int what, struct picked *picked)
{
    struct buf *out = &report->scratch;
    size_t i;

    for (i = 0; i < report->result->question_count; i++) {
        const struct result_question *item = report->by_importance[i];

        if (!wanted(item, what))
            continue;
        if (picked->count == 0)
            picked->first = item;
        if (picked->count < DECISION_IDS) {
            buf_add_text(out, picked->count ? ", " : "");
            buf_add(out, item->question.id);
        }
        picked->count++;
    }
    buf_add_text(out, picked->count > DECISION_IDS ? " \xE2\x80\xA6" : "");
    picked->ids = report_keep(report);
}

/* Says so when there are none: that is what management looks for first. */
static void add_picked(struct report *report, struct strip *strip, enum word word,
                       const struct picked *picked)
{
    struct str number = live_count(report, picked->count_live.ptr);
    struct str ids = live_nth_ids(report, picked->column, picked->before.ptr,
                                  picked->count_live.ptr, DECISION_IDS);
    struct buf *out = &report->scratch;

    strip->text = picked->count ? report_fill(report, word, 2, report_count(report, picked->count),
                                              picked->ids)
                                : report_say(report, WORD_DECIDE_NONE);
    buf_printf(out, "=IF(%.*s=0,", STR_ARG(picked->count_live));
    live_say(report, WORD_DECIDE_NONE);
    buf_add_char(out, ',');
    live_fill(report, word, 2, number.ptr, ids.ptr);
    buf_add_char(out, ')');
    strip->text_formula = report_keep(report);
}

/* The label's colour, unless there are none. */
static void add_label_rule(struct report *report, struct strip *strip, enum level level)
{
    struct look_rule *rule = arena_alloc(report->arena, 1, sizeof *rule);

    if (!rule) {
        report->book->failed = true;
        return;
    }
    buf_add_text(&report->scratch, "={cover.l2!}<>");
    live_say(report, WORD_DECIDE_NONE);
    *rule = (struct look_rule){WHEN_TRUE, report_keep(report), level};
    strip->label_rules = rule;
    strip->label_rule_count = 1;
}

static bool has_grade(const struct result_question *item, int grade)
{
    return (int)item->assessment.grade == grade;
}

static bool is_open(const struct result_question *item, int unused)
{
    (void)unused;
    return item->assessment.status == ANSWER_NOTCHECKED;
}

static void add_grade(struct report *report, struct pane *pane, enum grade grade,
                      enum finding_rank rank, enum word label, enum word text)
{
    struct picked picked = {.column = "key"};
    const struct finding *first;
    struct strip *strip;

    pick(report, has_grade, (int)grade, &picked);
    picked.before = live_before(report, rank);
    buf_printf(&report->scratch, "COUNTIF({calculation.finding},%d)", (int)rank);
    picked.count_live = report_keep(report);
    first = picked.first ? finding_of(report, picked.first) : NULL;
    strip = add_line(report, pane, label, first ? "findings" : NULL,
                     first ? first->id : (struct str){NULL, 0});
    strip->label_level = picked.count ? level_of_grade(grade) : LEVEL_NONE;
    add_picked(report, strip, text, &picked);
    add_label_rule(report, strip, level_of_grade(grade));
}

static void add_targets(struct report *report, struct pane *pane)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < report->evidence->figure_count && count < DECISION_TARGETS; i++) {
        const struct figure *figure = &report->evidence->figures[i];
        struct strip *strip;

        if (level_of_verdict(figure->verdict) != LEVEL_BAD)
            continue;
        strip = add_line(report, pane, WORD_DECIDE_TARGET, "metrics", figure->id);
        strip->label_level = LEVEL_BAD;
        strip->text = report_fill(report, WORD_DECIDE_TARGET_TEXT, 3, figure_title(report, figure),
                                  report_value(report, figure->unit, figure->value),
                                  report_value(report, figure->unit, figure->target));
        count++;
    }
}

static void add_signals(struct report *report, struct pane *pane)
{
    uint64_t unanswered;
    uint64_t signals = series_signals(report, &unanswered);
    struct strip *strip;

    if (unanswered == 0)
        return;
    strip = add_line(report, pane, WORD_DECIDE_SIGNALS, "series", STR("signals"));
    strip->label_level = LEVEL_WATCH;
    strip->text = report_fill(report, WORD_DECIDE_SIGNALS_TEXT, 2,
                              report_count(report, unanswered), report_count(report, signals));
}

static void add_open(struct report *report, struct pane *pane)
{
    bool is_incomplete = report->result->index[INDEX_CONFORMITY].is_incomplete;
    struct picked picked = {.column = "open", .before = STR("0")};
    struct strip *strip;

    pick(report, is_open, 0, &picked);
    buf_printf(&report->scratch, "COUNTIF({calculation.state},%d)", LIVE_OPEN);
    picked.count_live = report_keep(report);
    strip = add_line(report, pane, WORD_DECIDE_OPEN, picked.count ? "checklist" : NULL,
                     picked.first ? picked.first->question.id : (struct str){NULL, 0});
    strip->label_level = !picked.count ? LEVEL_NONE : is_incomplete ? LEVEL_BAD : LEVEL_WATCH;
    add_picked(report, strip, WORD_DECIDE_OPEN_TEXT, &picked);
    add_label_rule(report, strip, is_incomplete ? LEVEL_BAD : LEVEL_WATCH);
}

void cover_decisions(struct report *report, struct pane *pane)
{
    add_grade(report, pane, GRADE_MAJOR, RANK_MAJOR, WORD_DECIDE_MAJOR, WORD_DECIDE_MAJOR_TEXT);
    add_targets(report, pane);
    add_signals(report, pane);
    add_grade(report, pane, GRADE_MINOR, RANK_MINOR, WORD_DECIDE_MINOR, WORD_DECIDE_MINOR_TEXT);
    add_open(report, pane);
    add_grade(report, pane, GRADE_OPPORTUNITY, RANK_OPPORTUNITY, WORD_DECIDE_OPPORTUNITY,
              WORD_DECIDE_OPPORTUNITY_TEXT);
}
