/* The three pictures of the cover: score of each letter, answers and weight of each section. */
#include <math.h>

#include "base/mem.h"
#include "report/cover.h"
#include "report/say.h"
#include "report/scoring.h"
#include "report/sections.h"

/* More than this cannot be read on a page; the sheet has them all. */
enum { CHART_SECTIONS = 12 };

struct chart_place {
    size_t row;
    size_t rows;
    size_t column;
    size_t columns;
};

static size_t sections_shown(const struct report *report)
{
    return report->result->section_count < CHART_SECTIONS ? report->result->section_count
                                                          : CHART_SECTIONS;
}

static struct chart *add_chart(struct report *report, struct sheet *sheet, enum chart_kind kind,
                               enum word title, const struct chart_place *place)
{
    struct chart *chart = sheet_chart(sheet, kind, report_say(report, title));

    if (!chart)
        return NULL;
    if (kind == CHART_STACK && report->result->section_count > CHART_SECTIONS) {
        buf_add(&report->scratch, chart->title);
        buf_printf(&report->scratch, " (1\xE2\x80\x93%d / %zu)", (int)CHART_SECTIONS,
                   report->result->section_count);
        chart->title = report_keep(report);
    }
    chart->data = STR("sections");
    chart->category = SECTION_LABEL;
    chart->last_row = sections_shown(report) - 1;
    chart->at_row = place->row;
    chart->at_column = place->column;
    chart->rows = place->rows;
    chart->columns = place->columns;
    return chart;
}

/* --- score --- */

static bool every_letter_has_score(const struct report *report)
{
    size_t i;

    for (i = 0; i < LETTER_COUNT; i++)
        if (!report->result->index[INDEX_CONFORMITY].letters[i].has_score)
            return false;
    return true;
}

/* "Score by letter (as written). a) requirements met: 80.0 %; ..." */
static struct str radar_text(struct report *report, struct str title)
{
    struct str percents[LETTER_COUNT];
    unsigned i;

    for (i = 0; i < LETTER_COUNT; i++)
        percents[i] =
            report_percent(report, report->result->index[INDEX_CONFORMITY].letters[i].score);
    buf_add(&report->scratch, title);
    buf_add_char(&report->scratch, ' ');
    buf_add(&report->scratch, report_say(report, WORD_AT_WRITING));
    for (i = 0; i < LETTER_COUNT; i++) {
        buf_add_text(&report->scratch, i ? "; " : ". ");
        buf_add(&report->scratch, say_letter(i, report->lang));
        buf_add_text(&report->scratch, ": ");
        buf_add(&report->scratch, percents[i]);
    }
    return report_keep(report);
}

/* False: there is none to be drawn. */
static bool add_radar(struct report *report, struct sheet *sheet, const struct chart_place *place)
{
    struct chart *chart;

    if (!every_letter_has_score(report))
        return false;
    chart = add_chart(report, sheet, CHART_RADAR, WORD_CHART_LETTERS, place);
    if (!chart)
        return false;
    chart->data = STR("scoring");
    chart->category = SCORING_GROUP;
    chart->first_row = SCORING_LETTERS;
    chart->last_row = SCORING_LETTERS + LETTER_COUNT - 1;
    chart->type = CELL_SHARE;
    chart->minimum = 0;
    chart->maximum = 1;
    sheet_chart_series(chart, report_say(report, WORD_COL_CONFORMITY), SCORING_SCORE, LOOK_VALUE);
    chart->description = radar_text(report, chart->title);
    return true;
}

/* --- answers and weight --- */

struct part {
    size_t column;
    enum word name;
    enum chart_look look;
};

static void add_bars(struct report *report, struct sheet *sheet, enum word title,
                     enum word description, const struct part *parts, size_t count,
                     const struct chart_place *place)
{
    struct chart *chart = add_chart(report, sheet, CHART_STACK, title, place);
    size_t i;

    if (!chart)
        return;
    chart->type = CELL_INTEGER;
    chart->minimum = 0;
    for (i = 0; i < count; i++)
        sheet_chart_series(chart, report_say(report, parts[i].name), parts[i].column,
                           parts[i].look);
    chart->description =
        report_fill(report, description, 1, report_say(report, WORD_SHEET_SECTIONS));
}

void cover_charts(struct report *report, struct sheet *sheet, size_t row, size_t column)
{
    static const struct part answers[] = {{SECTION_MET, WORD_PART_MET, LOOK_MET},
                                          {SECTION_PARTLY, WORD_PART_PARTLY, LOOK_PARTLY},
                                          {SECTION_UNMET, WORD_PART_UNMET, LOOK_UNMET},
                                          {SECTION_OPEN, WORD_PART_OPEN, LOOK_OPEN},
                                          {SECTION_ASIDE, WORD_PART_ASIDE, LOOK_ABSENT}};
    static const struct part weights[] = {
        {SECTION_WEIGHT_SCORED, WORD_COL_WEIGHT_SCORED, LOOK_VALUE},
        {SECTION_WEIGHT_OPEN, WORD_COL_WEIGHT_OPEN, LOOK_OPEN},
        {SECTION_WEIGHT_ASIDE, WORD_COL_WEIGHT_ASIDE, LOOK_ABSENT}};
    struct chart_place whole = {row, 2, 0, PANE_COLUMNS};
    struct chart_place above = {row, 1, column, PANE_COLUMNS};
    struct chart_place below = {row + 1, 1, column, PANE_COLUMNS};

    if (report->result->section_count == 0)
        return;
    if (!add_radar(report, sheet, &above)) /* then there is room for bars as high as both rows */
        below = (struct chart_place){row, 2, column, PANE_COLUMNS};
    add_bars(report, sheet, WORD_CHART_ANSWERS, WORD_CHART_ANSWERS_TOLD, answers,
             ARRAY_LEN(answers), &whole);
    add_bars(report, sheet, WORD_CHART_WEIGHTS, WORD_CHART_WEIGHTS_TOLD, weights,
             ARRAY_LEN(weights), &below);
}
