#include <math.h>

#include "report/cover.h"

enum { COVER_FINDINGS = 5, COVER_FIGURES = 6, COVER_OPEN = 6 };
/* Characters of a text on the cover; the whole stands in its sheet. */
static const size_t COVER_CHARACTERS = 190;

/* Cut at a word's end. */
struct str cover_brief(struct report *report, struct str text)
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

void pane_note(struct pane *pane, struct str text)
{
    struct strip *strip = pane_add(pane);

    strip->text = text;
    strip->text_level = LEVEL_MUTED;
}

void cover_more(struct report *report, struct pane *pane, enum word word, size_t more,
                enum word sheet)
{
    pane_note(pane,
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
        strip->text = cover_brief(report, report_keep(report));
    }
    if (report->finding_count == 0)
        pane_note(pane, report_say(report, WORD_TOP_NONE));
    if (report->finding_count > COVER_FINDINGS)
        cover_more(report, pane, WORD_NEXT_MORE, report->finding_count - COVER_FINDINGS,
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
        strip->text = cover_brief(report, words_in(&question->text, report->lang));
    }
    if (result->open_count == 0)
        pane_note(pane, report_say(report, WORD_NEXT_NONE));
    if (result->open_count > COVER_OPEN)
        cover_more(report, pane, WORD_NEXT_MORE, result->open_count - COVER_OPEN,
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
        pane_note(pane, report_say(report, WORD_NO_FIGURES));
}
