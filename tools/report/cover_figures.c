/*
 * The figures that the cover and the summary show: those of the most important measures, and of
 * each the one that says most. Data quality has its own sheet.
 */
#include <math.h>

#include "report/cover.h"

enum { COVER_FIGURES = 6 };

/* A measure, and the figure that speaks for it. */
struct shown {
    const struct figure *figure;
    bool is_breached;    /* a figure of the measure misses its target */
    double weight;       /* of the questions that its figures are evidence for; the largest */
    uint64_t unanswered; /* signals without a reaction; the most of a figure */
    bool is_taken;
};

/* What misses its target, what has one, what was recomputed, then as in the ledger. */
static bool speaks_better(const struct figure *figure, const struct figure *than)
{
    bool is_bad = level_of_verdict(figure->verdict) == LEVEL_BAD;
    bool was_bad = level_of_verdict(than->verdict) == LEVEL_BAD;

    if (is_bad != was_bad)
        return is_bad;
    if (isnan(figure->target) != isnan(than->target))
        return !isnan(figure->target);
    return str_is(figure->variant, "computed") && !str_is(than->variant, "computed");
}

/* What misses its target, what weighs more in the checklist, what has more signals that nobody
   reacted to, then as in the ledger. */
static bool is_before(const struct shown *a, const struct shown *b)
{
    if (a->is_breached != b->is_breached)
        return a->is_breached;
    if (a->weight < b->weight || a->weight > b->weight)
        return a->weight > b->weight;
    if (a->unanswered != b->unanswered)
        return a->unanswered > b->unanswered;
    return false;
}

static double weight_of(const struct report *report, const struct figure *figure)
{
    const struct result *result = report->result;
    double weight = 0;
    size_t i;

    for (i = 0; result && i < result->question_count; i++)
        if (figure_is_evidence(figure, &result->questions[i].assessment))
            weight += ratio_to_double(result->questions[i].question.weight);
    return weight;
}

static void add_to(struct shown *shown, const struct report *report, const struct figure *figure)
{
    if (!shown->figure || speaks_better(figure, shown->figure))
        shown->figure = figure;
    shown->is_breached |= level_of_verdict(figure->verdict) == LEVEL_BAD;
    shown->weight = fmax(shown->weight, weight_of(report, figure));
    if (figure->chart.unanswered > shown->unanswered)
        shown->unanswered = figure->chart.unanswered;
}

/* One of each measure, in the order of the ledger. */
static size_t collect(const struct report *report, struct shown *list)
{
    size_t count = 0;
    size_t i;
    size_t k;

    for (i = 0; i < report->evidence->figure_count; i++) {
        const struct figure *figure = &report->evidence->figures[i];

        if (isnan(figure->value) || str_is(figure->measure, "M-49"))
            continue;
        for (k = 0; k < count; k++)
            if (str_equal(list[k].figure->measure, figure->measure))
                break;
        if (k == count)
            list[count++] = (struct shown){.figure = NULL};
        add_to(&list[k], report, figure);
    }
    return count;
}

/* NULL: all are taken. */
static const struct figure *take_first(struct shown *list, size_t count)
{
    struct shown *best = NULL;
    size_t i;

    for (i = 0; i < count; i++)
        if (!list[i].is_taken && (!best || is_before(&list[i], best)))
            best = &list[i];
    if (!best)
        return NULL;
    best->is_taken = true;
    return best->figure;
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

void cover_figures(struct report *report, struct pane *pane)
{
    struct shown *list = arena_alloc(report->arena, report->evidence->figure_count + 1,
                                     sizeof *list);
    struct strip *heads = pane_add(pane);
    const struct figure *figure;
    size_t measures;
    size_t count;

    if (!list) {
        report->book->failed = true;
        return;
    }
    heads->has_numbers = true;
    heads->label_style = STYLE_HEAD;
    heads->text_style = STYLE_HEAD;
    heads->heads[0] = report_say(report, WORD_COL_VALUE);
    heads->heads[1] = report_say(report, WORD_LOW);
    heads->heads[2] = report_say(report, WORD_HIGH);
    heads->heads[3] = report_say(report, WORD_COL_N);
    heads->text = report_say(report, WORD_COL_TARGET);
    measures = collect(report, list);
    for (count = 0; count < COVER_FIGURES; count++) {
        figure = take_first(list, measures);
        if (!figure)
            break;
        add_figure(report, pane, figure);
    }
    if (count == 0)
        pane_note(pane, report_say(report, WORD_NO_FIGURES));
}
