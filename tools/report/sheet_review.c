/* What top management is to look at in its review, filled where the audit has data on it. */
#include <string.h>

#include "base/mem.h"
#include "page/house.h"
#include "report/action_text.h"
#include "report/cover.h"
#include "report/earlier_text.h"
#include "report/live.h"
#include "report/series.h"

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "item", report_say(report, WORD_COL_REVIEW_ITEM), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "data", report_say(report, WORD_COL_REVIEW_DATA), CELL_TEXT, WIDTH_LONG);
    sheet_column(sheet, "where", report_say(report, WORD_COL_REVIEW_WHERE), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "view", report_say(report, WORD_COL_REVIEW_VIEW), CELL_TEXT, WIDTH_PHRASE)
        ->is_input = true;
    sheet_column(sheet, "decision", report_say(report, WORD_COL_REVIEW_DECISION), CELL_TEXT,
                 WIDTH_PHRASE)
        ->is_input = true;
}

/* --- parts --- */

static void add_part(struct report *report, struct str text)
{
    if (!text.len)
        return;
    buf_add_text(&report->scratch, report->scratch.len ? "\n" : "");
    buf_add(&report->scratch, text);
}

/* Two texts as lines; either may be missing. */
static struct str lines(struct report *report, struct str first, struct str second)
{
    add_part(report, first);
    add_part(report, second);
    return report_keep(report);
}

/* The figures of these measures that have a value, one a line. */
static struct str figures_text(struct report *report, const char *const *measures)
{
    const struct evidence *evidence = report->evidence;
    struct str text = {NULL, 0};
    size_t i;
    size_t k;

    for (k = 0; measures[k]; k++) {
        for (i = 0; i < evidence->figure_count; i++) {
            const struct figure *figure = &evidence->figures[i];

            if (!str_is(figure->measure, measures[k]) || figure->n == 0 ||
                figure->value != figure->value)
                continue;
            text = lines(report, text,
                         report_fill(report, WORD_REVIEW_FIGURE, 3, figure_title(report, figure),
                                     report_value(report, figure->unit, figure->value),
                                     report_count(report, figure->n)));
        }
    }
    return text;
}

static size_t count_grade(const struct report *report, enum grade grade)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < report->result->question_count; i++)
        count += report->result->questions[i].assessment.grade == grade;
    return count;
}

/* --- items --- */

static struct str actions_text(struct report *report)
{
    return report->result->action_count ? actions_summary(report) : (struct str){NULL, 0};
}

static struct str satisfaction_text(struct report *report)
{
    static const char *const measures[] = {"M-21", "M-22", "M-23", "M-24", "M-25", "M-44", NULL};

    return figures_text(report, measures);
}

static struct str processes_text(struct report *report)
{
    static const char *const measures[] = {"M-07", "M-03", "M-34", NULL};

    return figures_text(report, measures);
}

static struct str nonconformities_text(struct report *report)
{
    static const enum grade grades[] = {GRADE_MAJOR, GRADE_MINOR, GRADE_OBSERVATION};
    struct buf *out = &report->scratch;
    struct str findings;
    size_t i;

    for (i = 0; i < ARRAY_LEN(grades); i++) {
        buf_add_text(out, i ? ", " : "");
        buf_add(out, say_grade(grades[i], report->lang));
        buf_printf(out, " %zu", count_grade(report, grades[i]));
    }
    findings = report_fill(report, WORD_REVIEW_FINDINGS, 1, report_keep(report));
    return lines(report, findings, actions_text(report));
}

static struct str monitoring_text(struct report *report)
{
    const struct evidence *evidence = report->evidence;
    uint64_t unanswered;
    uint64_t signals = series_signals(report, &unanswered);
    size_t held = 0;
    size_t missed = 0;
    struct str counts;
    size_t i;

    if (evidence->figure_count == 0)
        return (struct str){NULL, 0};
    for (i = 0; i < evidence->figure_count; i++) {
        held += evidence->figures[i].verdict.len > 0;
        missed += evidence->figures[i].verdict.len > 0 &&
                  level_of_verdict(evidence->figures[i].verdict) == LEVEL_BAD;
    }
    counts = report_fill(report, WORD_REVIEW_FIGURES, 4,
                         report_count(report, evidence->figure_count), report_count(report, held), report_count(report, held - missed),
                         report_count(report, missed));
    return lines(report, counts,
                 report_fill(report, WORD_REVIEW_SIGNALS, 2, report_count(report, signals),
                             report_count(report, unanswered)));
}

static struct str index_text(struct report *report, enum index_kind kind)
{
    const struct score_index *index = &report->result->index[kind];

    if (!index->all.has_score)
        return (struct str){NULL, 0};
    return report_fill(report, WORD_REVIEW_INDEX, 3,
                       report_say(report,
                                  kind == INDEX_CONFORMITY ? WORD_CONFORMITY : WORD_PRACTICE),
                       report_percent(report, index->all.score),
                       band_text(report, index));
}

static struct str audits_text(struct report *report)
{
    struct str text = lines(report, index_text(report, INDEX_CONFORMITY),
                            index_text(report, INDEX_PRACTICE));

    if (!report->result->earlier)
        return text;
    return lines(report, text,
                 report_fill(report, WORD_TREND_COUNTS, 3,
                             report_count(report, count_changes(report, CHANGE_BETTER)),
                             report_count(report, count_changes(report, CHANGE_WORSE)),
                             report_count(report, count_changes(report, CHANGE_SAME))));
}

static bool is_of_provider(const struct evidence *evidence, const struct figure *row)
{
    size_t i;

    for (i = 0; i < evidence->level_count; i++)
        if (str_equal(evidence->levels[i].id, row->key))
            return str_is(evidence->levels[i].type, "underpinning");
    return false;
}

/* Attainment of the levels that suppliers agreed to. */
static struct str providers_text(struct report *report)
{
    const struct figure *figure =
        evidence_figure(report->evidence, STR("M-07"), (struct str){NULL, 0});
    struct str text = {NULL, 0};
    size_t i;

    for (i = 0; figure && i < figure->breakdown_count; i++) {
        const struct figure *row = &figure->breakdown[i];

        if (str_is(row->by, "level") && is_of_provider(report->evidence, row) && row->n > 0)
            text = lines(report, text,
                         report_fill(report, WORD_REVIEW_FIGURE, 3, row->key,
                                     report_value(report, row->unit, row->value),
                                     report_count(report, row->n)));
    }
    return text;
}

static struct str resources_text(struct report *report)
{
    static const char *const measures[] = {"M-10", "M-35", NULL};

    return figures_text(report, measures);
}

static struct str risks_text(struct report *report)
{
    const struct result *result = report->result;
    size_t checked = 0;
    size_t effective = 0;
    size_t i;

    for (i = 0; i < result->action_count; i++) {
        checked += result->actions[i].check_result.len > 0;
        effective += str_is(result->actions[i].check_result, "effective");
    }
    if (checked == 0)
        return (struct str){NULL, 0};
    return report_fill(report, WORD_ACTIONS_EFFECTIVE, 2, report_count(report, checked),
                       report_count(report, effective));
}

static struct str improvement_text(struct report *report)
{
    struct str text = {NULL, 0};
    size_t i;

    for (i = 0; i < report->finding_count; i++) {
        const struct finding *finding = &report->findings[i];

        if (finding->grade != GRADE_OPPORTUNITY)
            continue;
        buf_add(&report->scratch, finding->id);
        buf_add_text(&report->scratch, ": ");
        buf_add(&report->scratch, finding->text);
        text = lines(report, text, report_keep(report));
    }
    return text;
}

/* --- the same as formulas --- */

static struct str live_actions(struct report *report, struct str text)
{
    struct str summary = actions_summary_formula(report);

    (void)text;
    buf_printf(&report->scratch, "=%.*s", STR_ARG(summary));
    return report_keep(report);
}

static struct str live_nonconformities(struct report *report, struct str text)
{
    static const struct {
        enum grade grade;
        enum finding_rank rank;
    } kinds[] = {{GRADE_MAJOR, RANK_MAJOR},
                 {GRADE_MINOR, RANK_MINOR},
                 {GRADE_OBSERVATION, RANK_OBSERVATION}};
    struct buf *out = &report->scratch;
    struct str actions = {NULL, 0};
    struct str counts;
    size_t i;

    (void)text;
    if (report->result->action_count)
        actions = actions_summary_formula(report);
    for (i = 0; i < ARRAY_LEN(kinds); i++) {
        buf_add_text(out, i ? "&\", \"&" : "");
        live_literal(out, say_grade(kinds[i].grade, report->lang));
        buf_printf(out, "&\" \"&COUNTIF({calculation.finding},%d)", (int)kinds[i].rank);
    }
    counts = report_keep(report);
    buf_add_char(out, '=');
    live_fill(report, WORD_REVIEW_FINDINGS, 1, counts.ptr);
    if (actions.ptr)
        buf_printf(out, "&\"\n\"&%.*s", STR_ARG(actions));
    return report_keep(report);
}

/* Nothing of an index without a score. */
static struct str live_index(struct report *report, enum index_kind kind, const char *before)
{
    struct str name = report_say(report,
                                 kind == INDEX_CONFORMITY ? WORD_CONFORMITY : WORD_PRACTICE);
    struct buf *out = &report->scratch;
    struct str score;
    struct str band;

    live_literal(out, name);
    name = report_keep(report);
    buf_printf(out, "{scoring.score_text@%s}", index_name(kind));
    score = report_keep(report);
    buf_printf(out, "{scoring.band@%s}", index_name(kind));
    band = report_keep(report);
    buf_printf(out, "IF(%.*s=\"\",\"\",%s", STR_ARG(score), before);
    live_fill(report, WORD_REVIEW_INDEX, 3, name.ptr, score.ptr, band.ptr);
    buf_add_char(out, ')');
    return report_keep(report);
}

static struct str live_audits(struct report *report, struct str text)
{
    struct str conformity = live_index(report, INDEX_CONFORMITY, "");
    struct str practice = live_index(report, INDEX_PRACTICE, "\"\n\"&");

    if (report->result->earlier || !report->result->index[INDEX_CONFORMITY].all.has_score)
        return live_marked(report, text);
    buf_printf(&report->scratch, "=%.*s&%.*s", STR_ARG(conformity), STR_ARG(practice));
    return report_keep(report);
}

static struct str live_risks(struct report *report, struct str text)
{
    struct buf *out = &report->scratch;
    struct str checked;
    struct str effective;

    (void)text;
    buf_add_text(out, "SUMPRODUCT(1*({capa.result}<>\"\"))");
    checked = live_count(report, report_keep(report).ptr);
    buf_add_text(out, "COUNTIF({capa.result},");
    live_literal(out, say_raw(STR("effective"), report->lang));
    buf_add_char(out, ')');
    effective = live_count(report, report_keep(report).ptr);
    buf_add_char(out, '=');
    live_fill(report, WORD_ACTIONS_EFFECTIVE, 2, checked.ptr, effective.ptr);
    return report_keep(report);
}

static struct str live_improvement(struct report *report, struct str text)
{
    return live_marked(report, text);
}

/* One input of the review; without `data` only the organization can bring it. */
struct item {
    const char *letter; /* in ISO 9001:2015, 9.3.2 */
    enum word name;
    struct str (*data)(struct report *report);
    /* the same, following answers and actions; NULL: it rests on neither */
    struct str (*live)(struct report *report, struct str text);
    const char *sheet; /* where more stands */
    enum word sheet_name;
};

static const struct item items[] = {
    {"a", WORD_REVIEW_ACTIONS, actions_text, live_actions, "capa", WORD_SHEET_CAPA},
    {"b", WORD_REVIEW_ISSUES, NULL, NULL, NULL, WORD_SHEET_LOG},
    {"c 1", WORD_REVIEW_SATISFACTION, satisfaction_text, NULL, "metrics", WORD_SHEET_METRICS},
    {"c 2", WORD_REVIEW_OBJECTIVES, NULL, NULL, NULL, WORD_SHEET_LOG},
    {"c 3", WORD_REVIEW_PROCESSES, processes_text, NULL, "metrics", WORD_SHEET_METRICS},
    {"c 4", WORD_REVIEW_NONCONFORMITIES, nonconformities_text, live_nonconformities, "findings",
     WORD_SHEET_FINDINGS},
    {"c 5", WORD_REVIEW_MONITORING, monitoring_text, NULL, "series", WORD_SHEET_SERIES},
    {"c 6", WORD_REVIEW_AUDITS, audits_text, live_audits, "cover", WORD_SHEET_COVER},
    {"c 7", WORD_REVIEW_PROVIDERS, providers_text, NULL, "sla", WORD_SHEET_SLA},
    {"d", WORD_REVIEW_RESOURCES, resources_text, NULL, "metrics", WORD_SHEET_METRICS},
    {"e", WORD_REVIEW_RISKS, risks_text, live_risks, "capa", WORD_SHEET_CAPA},
    {"f", WORD_REVIEW_IMPROVEMENT, improvement_text, live_improvement, "findings", WORD_SHEET_FINDINGS},
};

/* Where the sheet begins; missing: no row of it has a name. */
static struct str first_key(const struct report *report, const char *sheet)
{
    const struct evidence *evidence = report->evidence;

    if (strcmp(sheet, "capa") == 0 && report->result->action_count)
        return report->result->actions[0].id;
    if (strcmp(sheet, "findings") == 0 && report->finding_count)
        return report->findings[0].id;
    if (strcmp(sheet, "metrics") == 0 && evidence->figure_count)
        return evidence->figures[0].id;
    return (struct str){NULL, 0};
}

static void add_item(struct report *report, struct sheet *sheet, const struct item *item)
{
    struct str data = item->data ? item->data(report) : (struct str){NULL, 0};

    sheet_row(sheet);
    buf_printf(&report->scratch, "9.3.2 %s: ", item->letter);
    buf_add(&report->scratch, report_say(report, item->name));
    sheet_text(sheet, report_keep(report));
    sheet_style(sheet, STYLE_STRONG);
    if (data.len) {
        sheet_text(sheet, data);
        if (item->live && report->result->question_count)
            sheet_formula(sheet, item->live(report, data));
        sheet_text(sheet, report_say(report, item->sheet_name));
        sheet_link(sheet, item->sheet, first_key(report, item->sheet));
    } else {
        sheet_text(sheet, item->data ? report_say(report, WORD_REVIEW_NO_DATA)
                                     : report_fill(report, WORD_PLAN_METHOD_TEXT, 2,
                                                   report_say(report, WORD_REVIEW_NO_DATA),
                                                   report_say(report, WORD_REVIEW_ASK)));
        sheet_level(sheet, LEVEL_MUTED);
        sheet_blank(sheet);
    }
    sheet_blank(sheet);
    sheet_blank(sheet);
}

static void build(struct report *report, struct sheet *sheet)
{
    size_t i;

    add_columns(report, sheet);
    for (i = 0; i < ARRAY_LEN(items); i++)
        add_item(report, sheet, &items[i]);
}

static bool has_data(const struct report *report)
{
    return report->result != NULL;
}

extern const struct sheet_kind sheet_review;
const struct sheet_kind sheet_review = {
    .id = "mr-input", .name = WORD_SHEET_REVIEW, .has_data = has_data, .build = build};
