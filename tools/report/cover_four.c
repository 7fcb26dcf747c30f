/*
 * The four lists on the cover: of each what was looked at, what weighs most of what was found, and
 * what the auditors say of it. All that was found stands in the sheet of the four lists.
 */
#include "base/mem.h"
#include "report/action_text.h"
#include "report/cover.h"
#include "report/four_lists.h"
#include "report/live.h"

/* Of each list so many kinds have a line: the page is to be read in a minute. */
enum { COVER_KINDS = 3 };

/* --- what was found --- */

/* "actions overdue: 2; nonconformities without an action: 1" */
static struct str actions_text(struct report *report, const struct list_kind *kind)
{
    size_t overdue = 0;
    size_t i;

    for (i = 0; i < kind->item_count; i++)
        overdue += kind->items[i].sheet && str_is(str_of(kind->items[i].sheet), "capa");
    return report_fill(report, WORD_LIST_RISKS_OPEN, 2, report_count(report, overdue),
                       report_count(report, kind->item_count - overdue));
}

/* Follows the answers, the actions and the as-of. */
static void add_live_risks(struct report *report, struct strip *strip)
{
    static const char overdue[] = "COUNTIF({capa.overdue},\">0\")";
    static const char unanswered[] = "SUM({calculation.unanswered})";
    struct str late = live_count(report, overdue);
    struct str without = live_count(report, unanswered);
    struct look_rule *rules = arena_alloc(report->arena, 2, sizeof *rules);
    struct buf *out = &report->scratch;

    if (!rules) {
        report->book->failed = true;
        return;
    }
    buf_printf(out, "=IF(%s+%s=0,", overdue, unanswered);
    live_say(report, WORD_LIST_RISKS_NONE);
    buf_add_char(out, ',');
    live_fill(report, WORD_LIST_RISKS_OPEN, 2, late.ptr, without.ptr);
    buf_add_char(out, ')');
    strip->text_formula = report_keep(report);
    rules[0] = (struct look_rule){WHEN_IS, report_say(report, WORD_LIST_RISKS_NONE), LEVEL_GOOD};
    rules[1] = (struct look_rule){WHEN_TRUE, STR("=TRUE"), LEVEL_BAD};
    strip->text_rules = rules;
    strip->text_rule_count = 2;
}

/* --- what auditors found --- */

enum { LIST_QUESTIONS = 2 };

/* Questions of the shipped core checklist whose answers speak for a list. */
static const char *const list_questions[FOUR_LISTS][LIST_QUESTIONS] = {
    [LIST_RISKS] = {"CF-COR-10", "CF-COR-08"},
    [LIST_SIGNALS] = {"CF-COR-11"},
    [LIST_VOICE] = {"CF-COR-12"},
};

/* The first of the list's questions that is there; with `is_scored` one with an answer. */
static const struct result_question *question_of(const struct report *report, enum four_list list,
                                                 bool is_scored)
{
    const char *const *ids = list_questions[list];
    size_t i;
    size_t k;

    for (k = 0; k < LIST_QUESTIONS && ids[k]; k++) {
        for (i = 0; i < report->result->question_count; i++) {
            const struct result_question *item = &report->result->questions[i];

            if (str_is(item->question.id, ids[k]) &&
                (!is_scored || item->assessment.status == ANSWER_SCORED))
                return item;
        }
    }
    return NULL;
}

/* What was said, or what the answer is since: "CF-COR-10: scored 4 minor nonconformity". */
static struct str said_formula(struct report *report, struct str id, struct str text)
{
    static const char *const columns[] = {"status", "points", "grade"};
    struct str changed = live_lookup(report, "calculation.changed", id);
    struct str parts = STR("");
    size_t i;

    for (i = 0; i < ARRAY_LEN(columns); i++) {
        struct str cell;

        buf_printf(&report->scratch, "checklist.%s", columns[i]);
        cell = report_keep(report);
        cell = live_lookup(report, cell.ptr, id);
        buf_printf(&report->scratch, "%.*s&\" \"&%.*s", STR_ARG(parts), STR_ARG(cell));
        parts = report_keep(report);
    }
    buf_printf(&report->scratch, "=IF(%.*s=0,", STR_ARG(changed));
    live_literal(&report->scratch, text);
    buf_printf(&report->scratch, ",\"%.*s:\"%.*s)", STR_ARG(id), STR_ARG(parts));
    return report_keep(report);
}

static void add_auditor(struct report *report, struct pane *pane, enum four_list list)
{
    const struct result_question *item = question_of(report, list, /* is_scored= */ true);
    const struct finding *finding = item ? finding_of(report, item) : NULL;
    struct strip *strip;

    if (!item)
        return;
    strip = pane_add(pane);
    strip->link_sheet = "checklist";
    strip->link_key = item->question.id;
    strip->label = report_say(report, WORD_LIST_ANSWER);
    if (finding && finding->grade != GRADE_STRENGTH) {
        strip->text = report_fill(report, WORD_LIST_AUDITOR, 3, item->question.id,
                                  finding->grade == GRADE_NONE
                                      ? report_say(report, WORD_TO_GRADE)
                                      : say_grade(finding->grade, report->lang),
                                  finding->id);
    } else {
        buf_add_int(&report->scratch, item->assessment.points);
        strip->text =
            report_fill(report, WORD_LIST_POINTS, 2, item->question.id, report_keep(report));
    }
    strip->text_formula = said_formula(report, item->question.id, strip->text);
}

/* --- a list --- */

/* One line of a list, which leads to its first entry. */
static void add_kind(struct report *report, struct pane *pane, const struct list_kind *kind)
{
    struct strip *strip = pane_add(pane);

    strip->label = report_say(report, kind->source->name);
    strip->link_sheet = "four-lists";
    strip->link_key = str_of(kind->source->id);
    if (kind->source->collect == collect_open_actions) {
        strip->text_level = kind->count ? LEVEL_BAD : LEVEL_GOOD;
        strip->text = kind->count ? actions_text(report, kind)
                                  : report_say(report, WORD_LIST_RISKS_NONE);
        add_live_risks(report, strip);
        return;
    }
    strip->text = cover_brief(report, list_kind_brief(report, kind),
                              kind->item_count == 1 ? COVER_TEXT : COVER_LINE);
}

/* What follows the answers has its line even while it has found nothing. */
static bool has_line(const struct list_kind *kind)
{
    return kind->standing == KIND_FOUND ||
           (kind->standing == KIND_NONE && kind->source->collect == collect_open_actions);
}

/* What was looked at comes first: that nothing was found counts only then. */
static void add_head(struct report *report, struct pane *pane, const struct four_lists *lists,
                     enum four_list list)
{
    const struct result_question *item = question_of(report, list, /* is_scored= */ false);
    size_t all = four_lists_standing(lists, list, KIND_STANDING_COUNT);
    struct strip *strip = pane_add(pane);

    strip->label = report_say(report, four_list_name(list));
    strip->label_style = STYLE_STRONG;
    strip->link_sheet = "four-lists";
    strip->link_key = str_of(four_list_id(list));
    strip->text = cover_brief(report, four_list_text(report, lists, list), COVER_TEXT);
    strip->text_level = four_lists_standing(lists, list, KIND_FOUND)         ? LEVEL_BAD
                        : four_lists_standing(lists, list, KIND_NONE) == all ? LEVEL_GOOD
                                                                             : LEVEL_MUTED;
    if (four_lists_standing(lists, list, KIND_UNTOLD) == all && item && item->assessment.status != ANSWER_SCORED)
        strip->text_formula = said_formula(report, item->question.id, strip->text);
}

static void add_found(struct report *report, struct pane *pane, const struct four_lists *lists,
                      enum four_list list)
{
    size_t shown = 0;
    size_t i;

    for (i = 0; i < lists->count && shown < COVER_KINDS; i++) {
        const struct list_kind *kind = &lists->kinds[i];

        if (kind->source->list != list || !has_line(kind))
            continue;
        add_kind(report, pane, kind);
        shown++;
    }
}

void cover_lists(struct report *report, struct pane *left, struct pane *right)
{
    struct four_lists lists;
    int list;

    four_lists_collect(report, &lists);
    for (list = 0; list < FOUR_LISTS; list++) {
        struct pane *pane = list < FOUR_LISTS / 2 ? left : right;

        add_head(report, pane, &lists, (enum four_list)list);
        add_found(report, pane, &lists, (enum four_list)list);
        add_auditor(report, pane, (enum four_list)list);
    }
}
