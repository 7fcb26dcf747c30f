#include "base/mem.h"
#include "report/cover.h"

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
        strip->text =
            cover_brief(report, report_fill(report, WORD_LIST_AUDITOR, 3, item->question.id,
                                            finding->grade == GRADE_NONE
                                                ? report_say(report, WORD_TO_GRADE)
                                                : say_grade(finding->grade, report->lang),
                                            finding->text));
    } else {
        buf_add_int(&report->scratch, item->assessment.points);
        strip->text =
            report_fill(report, WORD_LIST_POINTS, 2, item->question.id, report_keep(report));
    }
}

void cover_lists(struct report *report, struct pane *pane)
{
    size_t i;

    add_commitments(report, pane);
    for (i = 0; i < ARRAY_LEN(list_sources); i++)
        add_list(report, pane, &list_sources[i]);
}
