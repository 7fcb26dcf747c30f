#include <math.h>

#include "report/cover.h"

enum { COVER_FINDINGS = 5, COVER_FIGURES = 6, COVER_OPEN = 6, COVER_INPUTS = 7 };
/* Characters of a text on the cover; the whole stands in its sheet. */
static const size_t COVER_CHARACTERS = 190;

/* Cut at a word's end. */
static struct str brief(struct report *report, struct str text)
{
    size_t characters = 0;
    size_t end = 0;
    size_t i;

    for (i = 0; i < text.len && characters < COVER_CHARACTERS; i++) {
        characters += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
        if (text.ptr[i] == ' ' || text.ptr[i] == '\n')
            end = i;
    }
    if (i == text.len || end == 0)
        return text;
    buf_add(&report->scratch, (struct str){text.ptr, end});
    buf_add_text(&report->scratch, " \xE2\x80\xA6");
    return report_keep(report);
}

static void add_note(struct report *report, struct pane *pane, struct str text)
{
    struct strip *strip = pane_add(pane);

    (void)report;
    strip->text = text;
    strip->text_level = LEVEL_MUTED;
}

static void add_more(struct report *report, struct pane *pane, enum word word, size_t more,
                     enum word sheet)
{
    add_note(report, pane,
             report_fill(report, word, 2, report_count(report, more), report_say(report, sheet)));
}

void cover_findings(struct report *report, struct pane *pane)
{
    size_t i;

    for (i = 0; i < report->finding_count && i < COVER_FINDINGS; i++) {
        const struct finding *finding = &report->findings[i];
        struct strip *strip = pane_add(pane);

        strip->label = finding->grade == GRADE_NONE || finding->grade == GRADE_CONFORM
                           ? report_say(report, WORD_TO_GRADE)
                           : say_grade(finding->grade, report->lang);
        strip->label_level = finding->level;
        strip->label_style = STYLE_STRONG;
        strip->link_sheet = "findings";
        strip->link_key = finding->id;
        if (finding->question) {
            buf_add(&report->scratch, finding->question->question.id);
            buf_add_text(&report->scratch, ": ");
        }
        buf_add(&report->scratch, finding->text);
        strip->text = brief(report, report_keep(report));
    }
    if (report->finding_count == 0)
        add_note(report, pane, report_say(report, WORD_TOP_NONE));
    if (report->finding_count > COVER_FINDINGS)
        add_more(report, pane, WORD_NEXT_MORE, report->finding_count - COVER_FINDINGS,
                 WORD_SHEET_FINDINGS);
}

void cover_open(struct report *report, struct pane *pane)
{
    const struct result *result = report->result;
    size_t i;

    for (i = 0; i < result->open_count && i < COVER_OPEN; i++) {
        const struct question *question = &result->open[i]->question;
        struct strip *strip = pane_add(pane);

        strip->label = question->id;
        strip->link_sheet = "checklist";
        strip->link_key = question->id;
        strip->text = brief(report, words_in(&question->text, report->lang));
    }
    if (result->open_count == 0)
        add_note(report, pane, report_say(report, WORD_NEXT_NONE));
    if (result->open_count > COVER_OPEN)
        add_more(report, pane, WORD_NEXT_MORE, result->open_count - COVER_OPEN,
                 WORD_SHEET_CHECKLIST);
}

static struct str verdict_text(struct report *report, const struct figure *figure)
{
    struct str target = report_value(report, figure->unit, figure->target);

    if (isnan(figure->target))
        return STR("");
    buf_add(&report->scratch, target);
    if (figure->verdict.len) {
        buf_add_text(&report->scratch, ": ");
        buf_add(&report->scratch, say_raw(figure->verdict, report->lang));
    }
    return report_keep(report);
}

static void add_figure(struct report *report, struct pane *pane, const struct figure *figure)
{
    struct strip *strip = pane_add(pane);

    strip->label = figure_title(report, figure);
    strip->link_sheet = "metrics";
    strip->link_key = figure->id;
    strip->has_numbers = true;
    strip->numbers[0] = figure->value;
    strip->numbers[1] = figure->low;
    strip->numbers[2] = figure->high;
    strip->numbers[3] = (double)figure->n;
    strip->units[0] = strip->units[1] = strip->units[2] = figure->unit;
    strip->units[3] = STR("count");
    strip->text = verdict_text(report, figure);
    strip->text_level = level_of_verdict(figure->verdict);
}

/*
 * In this order: with a target, for somebody asked for it, and of those first what was recomputed,
 * for it weighs more than what a source says of itself; then one of each measure. Quality has its
 * own sheet.
 */
enum choice_pass { PASS_COMPUTED, PASS_TARGET, PASS_OTHER, PASS_COUNT };

static bool is_chosen(const struct report *report, size_t number, int pass)
{
    const struct figure *figure = &report->evidence->figures[number];
    const struct figure *before = number ? figure - 1 : NULL;
    bool is_computed = str_is(figure->variant, "computed");

    if (isnan(figure->value) || str_is(figure->measure, "M-49") ||
        isnan(figure->target) != (pass == PASS_OTHER))
        return false;
    if (pass != PASS_OTHER)
        return is_computed == (pass == PASS_COMPUTED);
    return !before || !str_equal(figure->measure, before->measure) || isnan(before->value);
}

void cover_figures(struct report *report, struct pane *pane)
{
    struct strip *heads = pane_add(pane);
    size_t count = 0;
    int pass;
    size_t i;

    heads->has_numbers = true;
    heads->label_style = STYLE_HEAD;
    heads->text_style = STYLE_HEAD;
    heads->heads[0] = report_say(report, WORD_COL_VALUE);
    heads->heads[1] = report_say(report, WORD_LOW);
    heads->heads[2] = report_say(report, WORD_HIGH);
    heads->heads[3] = report_say(report, WORD_COL_N);
    heads->text = report_say(report, WORD_COL_TARGET);
    for (pass = 0; pass < PASS_COUNT; pass++) {
        for (i = 0; i < report->evidence->figure_count && count < COVER_FIGURES; i++) {
            if (!is_chosen(report, i, pass))
                continue;
            add_figure(report, pane, &report->evidence->figures[i]);
            count++;
        }
    }
    if (count == 0)
        add_note(report, pane, report_say(report, WORD_NO_FIGURES));
}

/* --- the four lists --- */

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

static const struct result_question *scored_question(const struct report *report, const char *id)
{
    size_t i;

    for (i = 0; i < report->result->question_count; i++)
        if (str_is(report->result->questions[i].question.id, id) &&
            report->result->questions[i].assessment.status == ANSWER_SCORED)
            return &report->result->questions[i];
    return NULL;
}

static void add_list(struct report *report, struct pane *pane, const struct list_source *source)
{
    struct strip *strip = pane_add(pane);
    const struct result_question *item = NULL;
    const struct finding *finding;
    size_t i;

    strip->label = report_say(report, source->name);
    strip->label_style = STYLE_STRONG;
    strip->text = report_say(report, source->no_data);
    strip->text_level = LEVEL_MUTED;
    for (i = 0; source->questions[i] && !item; i++)
        item = scored_question(report, source->questions[i]);
    if (!item)
        return;
    finding = finding_of(report, item);
    strip->link_sheet = "checklist";
    strip->link_key = item->question.id;
    strip->text_level = LEVEL_NONE;
    if (finding && finding->grade != GRADE_STRENGTH) {
        strip->text = brief(report, report_fill(report, WORD_LIST_AUDITOR, 3, item->question.id,
                                                finding->grade == GRADE_NONE
                                                    ? report_say(report, WORD_TO_GRADE)
                                                    : say_grade(finding->grade, report->lang),
                                                finding->text));
    } else {
        buf_add_int(&report->scratch, item->assessment.points);
        strip->text = report_fill(report, WORD_LIST_POINTS, 2, item->question.id,
                                  report_keep(report));
    }
}

void cover_lists(struct report *report, struct pane *pane)
{
    size_t i;

    add_commitments(report, pane);
    for (i = 0; i < sizeof list_sources / sizeof *list_sources; i++)
        add_list(report, pane, &list_sources[i]);
}

/* --- about the audit --- */

static void add_about(struct report *report, struct pane *pane, enum word label, struct str text)
{
    struct strip *strip;

    if (!text.len)
        return;
    strip = pane_add(pane);
    strip->label = report_say(report, label);
    strip->label_style = STYLE_LABEL;
    strip->text = text;
}

static struct str joined(struct report *report, const struct str *list, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        buf_add_text(&report->scratch, i ? "; " : "");
        buf_add(&report->scratch, list[i]);
    }
    return report_keep(report);
}

static struct str checklists_text(struct report *report)
{
    const struct result *result = report->result;
    struct str *parts = arena_alloc(report->arena, result->checklist_count, sizeof *parts);
    size_t i;

    if (!parts) {
        report->book->failed = true;
        return STR("");
    }
    for (i = 0; i < result->checklist_count; i++)
        parts[i] = report_fill(report, WORD_REVISION, 2, result->checklists[i],
                               report_count(report, result->checklist_revisions[i]));
    return joined(report, parts, result->checklist_count);
}

static struct str edition_text(struct report *report)
{
    struct str edition = report->evidence->audit.edition;

    if (!str_is(edition, "2026"))
        return edition;
    buf_add(&report->scratch, edition);
    buf_add_text(&report->scratch, ", ");
    buf_add(&report->scratch, report_say(report, WORD_EDITION_DRAFT));
    return report_keep(report);
}

void cover_about(struct report *report, struct pane *pane)
{
    const struct evidence_audit *audit = &report->evidence->audit;
    struct strip *strip;

    add_about(report, pane, WORD_ORGANIZATION, audit->organization);
    add_about(report, pane, WORD_SCOPE, words_in(&audit->scope, report->lang));
    add_about(report, pane, WORD_EDITION, edition_text(report));
    add_about(report, pane, WORD_PERIOD, report_period(report));
    if (!instant_is_missing(audit->as_of)) {
        strip = pane_add(pane);
        strip->label = report_say(report, WORD_AS_OF);
        strip->label_style = STYLE_LABEL;
        strip->time = report_local(report, audit->as_of);
        strip->time_name = "as_of";
    }
    add_about(report, pane, WORD_ZONE, report->book->zone);
    add_about(report, pane, WORD_TEAM, joined(report, audit->team, audit->team_count));
    add_about(report, pane, WORD_CHECKLISTS, checklists_text(report));
    add_about(report, pane, WORD_TOOL, report->evidence->tool_version);
}

static void add_input(struct report *report, struct pane *pane, struct str name,
                      const struct sha256 *sum)
{
    struct strip *strip = pane_add(pane);

    strip->label = name;
    strip->label_style = STYLE_LABEL;
    strip->text = report_sha256(report, sum);
    strip->text_style = STYLE_NOTE;
}

void cover_inputs(struct report *report, struct pane *pane)
{
    const struct evidence *evidence = report->evidence;
    const struct result *result = report->result;
    size_t i;

    add_input(report, pane, report_say(report, WORD_INPUT_AUDIT), &evidence->audit.sha256);
    if (result->has_answers)
        add_input(report, pane, report_say(report, WORD_INPUT_ANSWERS), &result->answers_sha256);
    else
        add_note(report, pane, report_say(report, WORD_INPUT_NO_ANSWERS));
    add_input(report, pane, report_say(report, WORD_INPUT_EVIDENCE), &result->evidence_sha256);
    for (i = 0; i < evidence->source_count && i < COVER_INPUTS - 3; i++)
        add_input(report, pane, evidence->sources[i].identity.name,
                  &evidence->sources[i].identity.sha256);
    if (evidence->source_count > i)
        add_more(report, pane, WORD_INPUT_MORE, evidence->source_count - i, WORD_SHEET_SOURCES);
}
