#include <math.h>

#include "base/mem.h"
#include "report/action_text.h"
#include "report/cover.h"
#include "report/live.h"
#include "report/series.h"

/* Signals named on the cover; the others stand in their sheet. */
enum { COVER_SIGNALS = 2 };

static const struct figure *attainment(const struct report *report)
{
    const struct figure *best = NULL;
    size_t i;

    for (i = 0; i < report->evidence->figure_count; i++) {
        const struct figure *figure = &report->evidence->figures[i];

        /* what was recomputed from times weighs more than what the source says of itself */
        if (str_is(figure->measure, "M-07") && figure->n > 0 &&
            (!best || str_is(figure->variant, "computed")))
            best = figure;
    }
    return best;
}

/* Groups of fewer cases say little about a service level. */
static const uint64_t WORST_GROUP_N = 20;

static const struct figure *worst_group(const struct figure *figure)
{
    const struct figure *worst = NULL;
    size_t i;

    for (i = 0; i < figure->breakdown_count; i++) {
        const struct figure *group = &figure->breakdown[i];

        if (group->n >= WORST_GROUP_N && (!worst || group->value < worst->value))
            worst = group;
    }
    return worst;
}

static void add_commitments(struct report *report, struct pane *pane)
{
    const struct figure *figure = attainment(report);
    const struct figure *worst = figure ? worst_group(figure) : NULL;
    struct strip *strip = pane_add(pane);
    struct str line;
    struct str group = STR("");

    strip->label = report_say(report, WORD_LIST_COMMITMENTS);
    strip->label_style = STYLE_STRONG;
    if (!figure) {
        strip->text = report_say(report, WORD_LIST_COMMITMENTS_NO_DATA);
        strip->text_level = LEVEL_MUTED;
        return;
    }
    strip->link_sheet = "evidence";
    strip->link_key = figure->id;
    if (figure->k == figure->n) {
        strip->text = report_say(report, WORD_LIST_COMMITMENTS_NONE);
        strip->text_level = LEVEL_GOOD;
        return;
    }
    line = report_fill(report, WORD_LIST_COMMITMENTS_LINE, 3,
                       report_count(report, figure->n - figure->k), report_count(report, figure->n),
                       figure_title(report, figure));
    if (worst)
        group = report_fill(report, WORD_LIST_COMMITMENTS_KEY, 3, say_raw(worst->by, report->lang),
                            worst->key, report_share(report, worst->value));
    buf_add(&report->scratch, line);
    buf_add(&report->scratch, group);
    strip->text = report_keep(report);
}

/* --- signals --- */

struct cover_signal {
    const struct series_entry *entry;
    const struct figure *period;
};

/* What somebody asked for before the rest, what happened last first, then as in the ledger. */
static bool is_before(const struct cover_signal *a, const struct cover_signal *b)
{
    bool a_has_target = !isnan(a->entry->figure->target);
    bool b_has_target = !isnan(b->entry->figure->target);

    if (a_has_target != b_has_target)
        return a_has_target;
    return str_compare(a->period->key, b->period->key) > 0;
}

static void keep_first(struct cover_signal *list, size_t *count, struct cover_signal signal)
{
    size_t i = *count < COVER_SIGNALS ? (*count)++ : COVER_SIGNALS;

    for (; i > 0 && is_before(&signal, &list[i - 1]); i--)
        if (i < COVER_SIGNALS)
            list[i] = list[i - 1];
    if (i < COVER_SIGNALS)
        list[i] = signal;
}

static size_t first_signals(const struct report *report, struct cover_signal *list)
{
    size_t count = 0;
    size_t i;
    size_t k;

    for (i = 0; i < report->entry_count; i++) {
        const struct series_entry *entry = &report->entries[i];

        for (k = 0; k < entry->figure->series_count; k++) {
            const struct figure *period = &entry->figure->series[k];

            if (series_has_chart(entry->figure) && period->signal.len && !period->reaction.len)
                keep_first(list, &count, (struct cover_signal){entry, period});
        }
    }
    return count;
}

static void add_signal(struct report *report, struct pane *pane, const struct cover_signal *signal)
{
    struct strip *strip = pane_add(pane);

    strip->label = signal->period->key;
    strip->link_sheet = "series";
    strip->link_key = series_anchor(report, signal->entry, signal->period);
    strip->text = cover_brief(
        report, report_fill(report, WORD_LIST_SIGNALS_LINE, 3, series_title(report, signal->entry),
                            report_value(report, signal->entry->top->unit, signal->period->value),
                            signal_text(report, signal->entry, signal->period,
                                        /* with_limit= */ true)));
}

static size_t count_charts(const struct report *report)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < report->entry_count; i++)
        count += series_has_chart(report->entries[i].figure);
    return count;
}

/* False: nothing in the data could have given a signal. */
static bool add_signals(struct report *report, struct pane *pane)
{
    struct cover_signal list[COVER_SIGNALS];
    size_t charts = count_charts(report);
    uint64_t unanswered;
    uint64_t signals = series_signals(report, &unanswered);
    struct strip *strip;
    size_t count;
    size_t i;

    if (charts == 0)
        return false;
    strip = pane_add(pane);
    strip->label = report_say(report, WORD_LIST_SIGNALS);
    strip->label_style = STYLE_STRONG;
    strip->link_sheet = unanswered ? "series" : NULL;
    strip->link_key = STR("signals");
    strip->text_level = unanswered ? LEVEL_BAD : LEVEL_GOOD;
    strip->text =
        unanswered ? report_fill(report, WORD_LIST_SIGNALS_OPEN, 2,
                                 report_count(report, unanswered), report_count(report, signals))
        : signals
            ? report_fill(report, WORD_LIST_SIGNALS_ANSWERED, 1, report_count(report, signals))
            : report_fill(report, WORD_LIST_SIGNALS_NONE, 1, report_count(report, charts));
    count = first_signals(report, list);
    for (i = 0; i < count; i++)
        add_signal(report, pane, &list[i]);
    return true;
}

/* --- risks without action --- */

static size_t count_unanswered(const struct result *result)
{
    size_t count = 0;
    size_t i;
    size_t k;

    for (i = 0; i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];
        enum grade grade = item->assessment.grade;

        if (grade != GRADE_MINOR && grade != GRADE_MAJOR)
            continue;
        for (k = 0; k < result->action_count && !action_answers(&result->actions[k], item); k++)
            continue;
        count += k == result->action_count;
    }
    return count;
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

/* False when there is no plan of actions: nobody can say which is missing. */
static bool add_risks(struct report *report, struct pane *pane)
{
    const struct result *result = report->result;
    size_t unanswered = count_unanswered(result);
    size_t overdue = 0;
    struct strip *strip;
    size_t i;

    if (result->action_count == 0)
        return false;
    for (i = 0; i < result->action_count; i++)
        overdue += action_days_overdue(report, &result->actions[i]) > 0;
    strip = pane_add(pane);
    strip->label = report_say(report, WORD_LIST_RISKS);
    strip->label_style = STYLE_STRONG;
    strip->link_sheet = "capa";
    strip->link_key = result->actions[0].id;
    strip->text_level = overdue + unanswered ? LEVEL_BAD : LEVEL_GOOD;
    strip->text = overdue + unanswered
                      ? report_fill(report, WORD_LIST_RISKS_OPEN, 2, report_count(report, overdue),
                                    report_count(report, unanswered))
                      : report_say(report, WORD_LIST_RISKS_NONE);
    add_live_risks(report, strip);
    return true;
}

/* --- what auditors found --- */

/* Questions of the shipped core checklist whose answers speak for a list that has no records. */
struct list_source {
    enum word name;
    enum word no_data;
    const char *questions[3];
};

static const struct list_source list_sources[] = {
    {WORD_LIST_RISKS, WORD_LIST_RISKS_NO_DATA, {"CF-COR-10", "CF-COR-08", NULL}},
    {WORD_LIST_SIGNALS, WORD_LIST_SIGNALS_NO_DATA, {"CF-COR-11", NULL, NULL}},
    {WORD_LIST_VOICE, WORD_LIST_VOICE_NO_DATA, {"CF-COR-12", NULL, NULL}},
};

static const struct result_question *question_there(const struct report *report,
                                                    const struct list_source *source)
{
    size_t i;
    size_t k;

    for (k = 0; source->questions[k]; k++)
        for (i = 0; i < report->result->question_count; i++)
            if (str_is(report->result->questions[i].question.id, source->questions[k]))
                return &report->result->questions[i];
    return NULL;
}

static const struct result_question *scored_question(const struct report *report, const char *id)
{
    size_t i;

    for (i = 0; i < report->result->question_count; i++)
        if (str_is(report->result->questions[i].question.id, id) &&
            report->result->questions[i].assessment.status == ANSWER_SCORED)
            return &report->result->questions[i];
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

/* What the auditors say of a list; `is_alone`: nothing else stands under its name. */
static void add_list(struct report *report, struct pane *pane, const struct list_source *source,
                     bool is_alone)
{
    const struct result_question *item = NULL;
    const struct finding *finding;
    struct strip *strip;
    size_t i;

    for (i = 0; source->questions[i] && !item; i++)
        item = scored_question(report, source->questions[i]);
    if (!item && !is_alone)
        return;
    strip = pane_add(pane);
    strip->label = is_alone ? report_say(report, source->name) : STR("");
    strip->label_style = STYLE_STRONG;
    strip->text = report_say(report, source->no_data);
    strip->text_level = LEVEL_MUTED;
    if (!item) {
        item = question_there(report, source);
        if (item)
            strip->text_formula = said_formula(report, item->question.id, strip->text);
        return;
    }
    finding = finding_of(report, item);
    strip->link_sheet = "checklist";
    strip->link_key = item->question.id;
    strip->text_level = LEVEL_NONE;
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

void cover_lists(struct report *report, struct pane *pane)
{
    size_t i;

    add_commitments(report, pane);
    for (i = 0; i < ARRAY_LEN(list_sources); i++) {
        enum word name = list_sources[i].name;
        bool is_told = (name == WORD_LIST_SIGNALS && add_signals(report, pane)) ||
                       (name == WORD_LIST_RISKS && add_risks(report, pane));

        add_list(report, pane, &list_sources[i], !is_told);
    }
}
