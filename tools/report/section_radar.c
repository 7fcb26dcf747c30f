/* The picture of the sheet "sections": the score of each, on an axis of its own. */
#include "report/sections.h"

/* Axes that make a picture, and that can still be read. */
enum { AXES_LEAST = 3, AXES_MOST = 12 };
/* Pixels; rows between it and the table. */
enum { WIDTH = 620, HEIGHT = 420, GAP = 2 };

static bool every_section_has_score(const struct report *report, enum index_kind kind)
{
    size_t i;

    for (i = 0; i < report->result->section_count; i++)
        if (!report->result->index[kind].sections[i].has_score)
            return false;
    return true;
}

/* "Score by section (as written). Top management: 80.0 %; ..." */
static struct str score_text(struct report *report, struct str title, enum index_kind kind)
{
    struct buf text;
    size_t i;

    buf_init(&text, SIZE_MAX / 2);
    buf_add(&text, title);
    buf_add_char(&text, ' ');
    buf_add(&text, report_say(report, WORD_AT_WRITING));
    for (i = 0; i < report->result->section_count; i++) {
        const struct section *section = &report->result->sections[i];
        struct str percent = report_percent(report, report->result->index[kind].sections[i].score);

        buf_add_text(&text, i ? "; " : ". ");
        buf_add(&text, words_in(&section->title, report->lang));
        buf_add_text(&text, ": ");
        buf_add(&text, percent);
    }
    buf_add(&report->scratch, buf_str(&text));
    report->book->failed |= text.failed;
    buf_done(&text);
    return report_keep(report);
}

void section_radar(struct report *report, struct sheet *sheet)
{
    size_t count = report->result->section_count;
    bool conformity = every_section_has_score(report, INDEX_CONFORMITY);
    bool practice = every_section_has_score(report, INDEX_PRACTICE);
    struct chart *chart;

    if (count < AXES_LEAST || count > AXES_MOST || (!conformity && !practice))
        return;
    chart = sheet_chart(sheet, CHART_RADAR, report_say(report, WORD_CHART_SCORES));
    if (!chart)
        return;
    chart->category = SECTION_LABEL;
    chart->last_row = count - 1;
    chart->at_row = count + GAP;
    chart->width = WIDTH;
    chart->height = HEIGHT;
    chart->type = CELL_SHARE;
    chart->minimum = 0;
    chart->maximum = 1;
    if (conformity)
        sheet_chart_series(chart, report_say(report, WORD_COL_CONFORMITY), SECTION_SCORE,
                           LOOK_VALUE);
    if (practice)
        sheet_chart_series(chart, report_say(report, WORD_COL_PRACTICE), SECTION_PRACTICE,
                           LOOK_SECOND);
    chart->description =
        score_text(report, chart->title, conformity ? INDEX_CONFORMITY : INDEX_PRACTICE);
}
