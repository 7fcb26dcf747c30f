#include <math.h>

#include "report/report_parts.h"

enum { COLUMN_MONTH = 4, COLUMN_VALUE = 6, COLUMN_P90 = 9, COLUMN_TARGET = 10, COLUMN_COUNT = 11 };
/* Rows a chart covers, heading included: the next one starts below. */
static const size_t CHART_ROWS = 22;
/* As many as stand on a printed page. */
static const size_t CHARTS_MOST = 3;

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE_ID), CELL_TEXT, 10);
    sheet_column(sheet, "measure", report_say(report, WORD_COL_MEASURE), CELL_TEXT, 10);
    sheet_column(sheet, "name", report_say(report, WORD_COL_NAME), CELL_TEXT, 24);
    sheet_column(sheet, "variant", report_say(report, WORD_COL_VARIANT), CELL_TEXT, 16);
    sheet_column(sheet, "month", report_say(report, WORD_COL_MONTH), CELL_TEXT, 10);
    sheet_column(sheet, "n", report_say(report, WORD_COL_N), CELL_INTEGER, 9);
    sheet_column(sheet, "value", report_say(report, WORD_COL_VALUE), CELL_NUMBER, 12);
    sheet_column(sheet, "low", report_say(report, WORD_LOW), CELL_NUMBER, 12);
    sheet_column(sheet, "high", report_say(report, WORD_HIGH), CELL_NUMBER, 12);
    sheet_column(sheet, "p90", STR("p90"), CELL_NUMBER, 12);
    sheet_column(sheet, "target", report_say(report, WORD_COL_TARGET), CELL_NUMBER, 12);
}

static void add_month(struct report *report, struct sheet *sheet, const struct figure *top,
                      const struct figure *month)
{
    sheet_row(sheet);
    sheet_text(sheet, top->id);
    sheet_link(sheet, "metrics", top->id);
    sheet_text(sheet, top->measure);
    sheet_text(sheet, figure_name(report, top));
    sheet_text(sheet, say_raw(top->variant, report->lang));
    sheet_text(sheet, month->key);
    sheet_integer(sheet, month->n);
    sheet_value(sheet, top->unit, month->value);
    sheet_value(sheet, top->unit, month->low);
    sheet_value(sheet, top->unit, month->high);
    sheet_value(sheet, top->unit, month->quantiles[QUANTILE_P90]);
    sheet_value(sheet, top->unit, top->target);
}

static void add_line(struct chart *chart, struct str name, size_t column, bool is_limit)
{
    chart->series[chart->series_count++] = (struct chart_series){name, column, is_limit};
}

/* Shares near the top would all look alike on an axis that begins at nought. */
static void set_share_axis(struct chart *chart, const struct figure *top)
{
    double least = isnan(top->target) ? 1 : top->target;
    double most = isnan(top->target) ? 0 : top->target;
    size_t i;

    for (i = 0; i < top->series_count; i++) {
        least = fmin(least, top->series[i].value);
        most = fmax(most, top->series[i].value);
    }
    chart->minimum = fmax(0, floor(least * 10 - 0.5) / 10);
    chart->maximum = fmin(1, ceil(most * 10 + 0.5) / 10);
    if (most > 1)
        chart->maximum = NAN;
}

static void add_chart(struct report *report, struct sheet *sheet, const struct figure *top,
                      size_t first_row, size_t number)
{
    bool is_duration = unit_is_duration(top);
    bool is_share = unit_is_share(top);
    struct str title = report_fill(report, WORD_CHART_SHARE, 1, figure_title(report, top));
    struct chart *chart = sheet_chart(sheet, CHART_LINE, title);

    if (!chart)
        return;
    chart->type = is_duration ? CELL_DURATION : is_share ? CELL_SHARE : CELL_NUMBER;
    chart->x_title = report_say(report, WORD_CHART_MONTH);
    chart->y_title = report_say(report, is_duration ? WORD_CHART_HOURS
                                        : is_share  ? WORD_CHART_SHARE_AXIS
                                                    : WORD_CHART_COUNT);
    chart->category = COLUMN_MONTH;
    chart->first_row = first_row;
    chart->last_row = first_row + top->series_count - 1;
    if (is_share)
        set_share_axis(chart, top);
    add_line(chart, report_say(report, is_duration ? WORD_CHART_MEDIAN : WORD_CHART_VALUE),
             COLUMN_VALUE, false);
    if (is_duration)
        add_line(chart, report_say(report, WORD_CHART_P90), COLUMN_P90, false);
    if (!isnan(top->target))
        add_line(chart, report_say(report, WORD_CHART_TARGET), COLUMN_TARGET, true);
    chart->at_row = 1 + number * CHART_ROWS;
    chart->at_column = COLUMN_COUNT + 1;
    chart->width = 640;
    chart->height = 400;
}

/* A line needs two months that say something. */
static bool can_be_drawn(const struct figure *figure)
{
    size_t months = 0;
    size_t i;

    for (i = 0; i < figure->series_count; i++)
        months += isnan(figure->series[i].value) ? 0u : 1u;
    return months >= 2;
}

/* One of each measure: with a target before without, computed before what a source says. */
static bool is_better(const struct figure *figure, const struct figure *than)
{
    if (isnan(figure->target) != isnan(than->target))
        return !isnan(figure->target);
    return str_is(figure->variant, "computed");
}

static bool is_chosen(const struct evidence *evidence, size_t number)
{
    const struct figure *figure = &evidence->figures[number];
    size_t i;

    if (!can_be_drawn(figure))
        return false;
    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *other = &evidence->figures[i];

        if (i == number || !str_equal(other->measure, figure->measure) || !can_be_drawn(other))
            continue;
        if (is_better(other, figure) || (i < number && !is_better(figure, other)))
            return false;
    }
    return true;
}

/* Rows of the sheet that the months of this figure begin at. */
static size_t first_row_of(const struct evidence *evidence, size_t number)
{
    size_t row = 0;
    size_t i;

    for (i = 0; i < number; i++)
        row += evidence->figures[i].series_count;
    return row;
}

static void add_charts(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t charts = 0;
    int pass;
    size_t i;

    for (pass = 1; pass >= 0; pass--)
        for (i = 0; i < evidence->figure_count && charts < CHARTS_MOST; i++)
            if (is_chosen(evidence, i) && isnan(evidence->figures[i].target) != (pass == 1))
                add_chart(report, sheet, &evidence->figures[i], first_row_of(evidence, i),
                          charts++);
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t i;
    size_t k;

    add_columns(report, sheet);
    for (i = 0; i < evidence->figure_count; i++)
        for (k = 0; k < evidence->figures[i].series_count; k++)
            add_month(report, sheet, &evidence->figures[i], &evidence->figures[i].series[k]);
    add_charts(report, sheet);
}

static bool has_data(const struct report *report)
{
    size_t i;

    for (i = 0; i < report->evidence->figure_count; i++)
        if (report->evidence->figures[i].series_count > 0)
            return true;
    return false;
}

extern const struct sheet_kind sheet_series;
const struct sheet_kind sheet_series = {
    .id = "series", .name = WORD_SHEET_SERIES, .has_data = has_data, .build = build};
