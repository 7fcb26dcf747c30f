/*
 * What top management is asked to decide. Each line follows from something in the result or in the
 * ledger, names how much of it there is, and leads to where it stands.
 */
#include <math.h>

#include "base/mem.h"
#include "report/cover.h"
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

/* "FND-001, FND-004 ..." and the first of them; an empty text: none of that grade. */
static struct str findings_of(struct report *report, enum grade grade, size_t *ret_count,
                              const struct finding **ret_first)
{
    struct buf *out = &report->scratch;
    size_t count = 0;
    size_t i;

    *ret_first = NULL;
    for (i = 0; i < report->finding_count; i++) {
        const struct finding *finding = &report->findings[i];

        if (finding->grade != grade)
            continue;
        if (count == 0)
            *ret_first = finding;
        if (count < DECISION_IDS) {
            buf_add_text(out, count ? ", " : "");
            buf_add(out, finding->question ? finding->question->question.id : finding->id);
        }
        count++;
    }
    buf_add_text(out, count > DECISION_IDS ? " \xE2\x80\xA6" : "");
    *ret_count = count;
    return report_keep(report);
}

static void add_grade(struct report *report, struct pane *pane, enum grade grade, enum word label,
                      enum word text)
{
    const struct finding *first;
    struct strip *strip;
    struct str ids;
    size_t count;

    ids = findings_of(report, grade, &count, &first);
    if (!first)
        return;
    strip = add_line(report, pane, label, "findings", first->id);
    strip->label_level = first->level;
    strip->text = report_fill(report, text, 2, report_count(report, count), ids);
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
    const struct result *result = report->result;
    struct str ids;
    struct strip *strip;
    size_t i;

    if (result->open_count == 0)
        return;
    for (i = 0; i < result->open_count && i < DECISION_IDS; i++) {
        buf_add_text(&report->scratch, i ? ", " : "");
        buf_add(&report->scratch, result->open[i]->question.id);
    }
    buf_add_text(&report->scratch, result->open_count > DECISION_IDS ? " \xE2\x80\xA6" : "");
    ids = report_keep(report);
    strip =
        add_line(report, pane, WORD_DECIDE_OPEN, "checklist", result->open[0]->question.id);
    strip->label_level =
        result->index[INDEX_CONFORMITY].is_incomplete ? LEVEL_BAD : LEVEL_WATCH;
    strip->text = report_fill(report, WORD_DECIDE_OPEN_TEXT, 2,
                              report_count(report, result->open_count), ids);
}

void cover_decisions(struct report *report, struct pane *pane)
{
    size_t before = pane->count;

    add_grade(report, pane, GRADE_MAJOR, WORD_DECIDE_MAJOR, WORD_DECIDE_MAJOR_TEXT);
    add_targets(report, pane);
    add_signals(report, pane);
    add_grade(report, pane, GRADE_MINOR, WORD_DECIDE_MINOR, WORD_DECIDE_MINOR_TEXT);
    add_open(report, pane);
    add_grade(report, pane, GRADE_OPPORTUNITY, WORD_DECIDE_OPPORTUNITY,
              WORD_DECIDE_OPPORTUNITY_TEXT);
    if (pane->count == before)
        pane_note(pane, report_say(report, WORD_DECIDE_NOTHING));
}
