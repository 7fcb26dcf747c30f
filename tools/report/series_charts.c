/*
 * The charts of the series: two beside each other, two rows on a page. First how the figures moved,
 * those that somebody asked for in front; then how times and ages are spread.
 */
#include <math.h>

#include "base/mem.h"
#include "measure/measure.h"
#include "report/series.h"

/* What fits on two pages, of which at most so many show how values are spread. */
enum { CHARTS_MOST = 8, SPREADS_MOST = 3, CHARTS_ACROSS = 2, CHARTS_DOWN = 2 };
/* Rows of a chart, the line below it not counted; all of the same height. */
enum { CHART_ROWS = 20, SECOND_COLUMN = 5 };
static const double ROW_POINTS = 15;
static const double TEXT_POINTS = 40;
static const unsigned CHART_WIDTH = 530;
static const unsigned CHART_HEIGHT = 392;

struct drawing {
    const struct series_entry *entry;
    bool is_spread;
    int rank; /* the lower the earlier */
    struct str text; /* below the chart */
};

struct drawings {
    struct drawing list[CHARTS_MOST];
    size_t count;
};

/* --- how a figure moved --- */

/* Shares near the top would all look alike on an axis that begins at nought. */
static void set_share_axis(struct chart *chart, const struct figure *figure, double target)
{
    double least = isnan(target) ? 1 : target;
    double most = isnan(target) ? 0 : target;
    bool has_chart = series_has_chart(figure);
    size_t i;

    for (i = 0; i < figure->series_count; i++) {
        const struct figure *period = &figure->series[i];

        least = fmin(least, period->value);
        most = fmax(most, period->value);
        if (has_chart) {
            least = fmin(least, period->lower);
            most = fmax(most, period->upper);
        }
    }
    chart->minimum = fmax(0, floor(least * 10 - 0.2) / 10);
    chart->maximum = fmin(1, ceil(most * 10 + 0.2) / 10);
    if (most > 1)
        chart->maximum = NAN;
}

static bool has_signal(const struct figure *figure, bool is_answered)
{
    size_t i;

    for (i = 0; i < figure->series_count; i++)
        if (figure->series[i].signal.len && (figure->series[i].reaction.len > 0) == is_answered)
            return true;
    return false;
}

static double target_of(const struct series_entry *entry)
{
    return isnan(entry->figure->target) ? entry->top->target : entry->figure->target;
}

/* An expectation is a higher quantile, and is no median although it is a duration. */
static bool is_median(const struct figure *figure)
{
    return unit_is_duration(figure) &&
           !islessgreater(figure->value, figure->quantiles[QUANTILE_P50]);
}

static void add_lines(struct report *report, struct chart *chart, const struct series_entry *entry)
{
    const struct figure *figure = entry->figure;
    bool is_duration = unit_is_duration(entry->top);
    bool has_chart = series_has_chart(figure);

    sheet_chart_series(
        chart, report_say(report, is_median(entry->top) ? WORD_CHART_MEDIAN : WORD_CHART_VALUE),
        TREND_VALUE, LOOK_VALUE);
    if (is_duration && !has_chart)
        sheet_chart_series(chart, report_say(report, WORD_CHART_P90), TREND_P90, LOOK_SECOND);
    if (!isnan(target_of(entry)))
        sheet_chart_series(chart, report_say(report, WORD_CHART_TARGET), TREND_TARGET, LOOK_TARGET);
    if (!has_chart)
        return;
    sheet_chart_series(chart, report_say(report, WORD_CHART_CENTRE), TREND_CENTRE, LOOK_CENTRE);
    sheet_chart_series(chart, report_say(report, WORD_CHART_LIMITS), TREND_LOWER, LOOK_LIMIT);
    sheet_chart_series(chart, report_say(report, WORD_CHART_LIMITS), TREND_UPPER, LOOK_LIMIT);
    if (has_signal(figure, false))
        sheet_chart_series(chart, report_say(report, WORD_CHART_SIGNAL_OPEN), TREND_UNANSWERED,
                           LOOK_SIGNAL);
    if (has_signal(figure, true))
        sheet_chart_series(chart, report_say(report, WORD_CHART_SIGNAL_ANSWERED), TREND_ANSWERED,
                           LOOK_ANSWERED);
}

static struct str moved_text(struct report *report, const struct series_entry *entry)
{
    struct str limits = chart_text(report, entry);
    struct str trend = trend_text(report, entry);

    buf_add(&report->scratch, limits);
    buf_add_text(&report->scratch, limits.len ? ". " : "");
    buf_add(&report->scratch, report_say(report, WORD_COL_TREND));
    buf_add_text(&report->scratch, ": ");
    buf_add(&report->scratch, trend);
    return report_keep(report);
}

/* One population over another: it may be above 1, and is no share of cases. */
static bool is_ratio(const struct figure *top)
{
    const struct measure *measure = measure_find(top->measure);
    size_t i;

    for (i = 0; measure && i < measure->variant_count; i++)
        if (str_is(top->variant, measure->variants[i].name))
            return measure->variants[i].kind == VARIANT_RATIO;
    return false;
}

static void fill_moved(struct report *report, struct chart *chart, struct drawing *drawing)
{
    const struct series_entry *entry = drawing->entry;
    bool is_duration = unit_is_duration(entry->top);
    bool is_share = unit_is_share(entry->top);

    chart->type = is_duration ? CELL_DURATION : is_share ? CELL_SHARE : CELL_NUMBER;
    chart->x_title = report_say(report, series_grid(entry->figure));
    chart->y_title = report_say(report, is_duration          ? WORD_CHART_HOURS
                                        : is_ratio(entry->top) ? WORD_CHART_RATIO
                                        : is_share             ? WORD_CHART_SHARE_AXIS
                                                               : WORD_CHART_VALUE);
    chart->category = TREND_PERIOD;
    chart->first_row = entry->first_row + 1;
    chart->last_row = entry->first_row + entry->figure->series_count;
    if (is_share)
        set_share_axis(chart, entry->figure, target_of(entry));
    add_lines(report, chart, entry);
}

/* --- how values are spread --- */

static bool is_within(const struct figure_bin *bin, double value)
{
    return value >= bin->from && (isnan(bin->until) || value < bin->until);
}

/* Over the column that holds it, the name of each percentile. */
static void mark_percentiles(struct report *report, struct chart *chart,
                             const struct figure *figure)
{
    static const struct {
        int quantile;
        const char *name;
    } shown[] = {{QUANTILE_P50, "p50"}, {QUANTILE_P90, "p90"}, {QUANTILE_P95, "p95"}};
    struct buf *out = &report->scratch;
    size_t i;
    size_t q;

    for (i = 0; i < figure->bin_count; i++) {
        for (q = 0; q < ARRAY_LEN(shown); q++) {
            if (!is_within(&figure->bins[i], figure->quantiles[shown[q].quantile]))
                continue;
            buf_add_text(out, out->len ? ", " : "");
            buf_add_text(out, shown[q].name);
        }
        if (out->len)
            sheet_chart_mark(chart, i, report_keep(report));
    }
}

static struct str spread_text(struct report *report, const struct figure *figure)
{
    struct str p50 = report_value(report, figure->unit, figure->quantiles[QUANTILE_P50]);
    struct str p90 = report_value(report, figure->unit, figure->quantiles[QUANTILE_P90]);
    struct str p95 = report_value(report, figure->unit, figure->quantiles[QUANTILE_P95]);
    struct str most = report_value(report, figure->unit, figure->maximum);

    return report_fill(report, WORD_SPREAD_TEXT, 5, p50, p90, p95, most,
                       report_count(report, figure->n));
}

static void fill_spread(struct report *report, struct chart *chart, const struct series_entry *entry)
{
    const struct figure *figure = entry->figure;

    chart->type = CELL_INTEGER;
    chart->x_title = report_say(report, unit_is_duration(entry->top) ? WORD_CHART_DURATION
                                                                     : WORD_CHART_VALUE);
    chart->y_title = report_say(report, WORD_CHART_COUNT);
    chart->category = TREND_KEY;
    chart->first_row = entry->first_row + 1 + figure->series_count;
    chart->last_row = chart->first_row + figure->bin_count - 1;
    chart->minimum = 0;
    sheet_chart_series(chart, report_say(report, WORD_CHART_COUNT), TREND_N, LOOK_VALUE);
    mark_percentiles(report, chart, figure);
}

/* --- which --- */

/* One of each measure: with a target before without, computed before what a source says. */
static bool is_better(const struct figure *figure, const struct figure *than)
{
    if (isnan(figure->target) != isnan(than->target))
        return !isnan(figure->target);
    return str_is(figure->variant, "computed") && !str_is(than->variant, "computed");
}

static bool can_show(const struct figure *figure, bool is_spread)
{
    return is_spread ? figure->bin_count > 1 && figure->n > 0 : series_can_be_drawn(figure);
}

static bool is_chosen(const struct report *report, size_t number, bool is_spread)
{
    const struct figure *figure = report->entries[number].figure;
    size_t i;

    for (i = 0; i < report->entry_count; i++) {
        const struct series_entry *other = &report->entries[i];

        if (i == number || other->figure != other->top ||
            !str_equal(other->top->measure, figure->measure) || !can_show(other->figure, is_spread))
            continue;
        if (is_better(other->figure, figure) || (i < number && !is_better(figure, other->figure)))
            return false;
    }
    return true;
}

/* Below 0: not to be shown. What waits for a reaction, then what somebody asked for. */
static int rank_of(const struct report *report, size_t number, bool is_spread)
{
    const struct series_entry *entry = &report->entries[number];
    const struct figure *figure = entry->figure;
    bool is_open = figure->chart.unanswered > 0;

    if (!can_show(figure, is_spread))
        return -1;
    if (entry->figure != entry->top)
        return !is_spread && is_open ? 4 : -1;
    if (!is_chosen(report, number, is_spread))
        return !is_spread && is_open ? 5 : -1;
    if (is_spread) /* what is still waiting before what was done */
        return str_is(figure->measure, "M-10") ? 5 : 6;
    return !isnan(figure->target) ? 0 : is_open ? 1 : str_is(figure->measure, "M-07") ? 2 : 3;
}

/* Those of one kind, the lowest rank first, each rank in the order of the ledger. */
static void choose(const struct report *report, bool is_spread, size_t most,
                   struct drawings *drawings)
{
    int rank;
    size_t i;

    for (rank = 0; rank <= 6; rank++)
        for (i = 0; i < report->entry_count && drawings->count < most; i++)
            if (rank_of(report, i, is_spread) == rank)
                drawings->list[drawings->count++] =
                    (struct drawing){&report->entries[i], is_spread, rank, {NULL, 0}};
}

static size_t count_spreads(const struct report *report)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < report->entry_count; i++)
        count += rank_of(report, i, true) >= 0;
    return count < SPREADS_MOST ? count : SPREADS_MOST;
}

/* --- where --- */

static void add_chart(struct report *report, struct sheet *sheet, struct drawing *drawing,
                      size_t at_row, size_t at_column)
{
    struct str name = series_title(report, drawing->entry);
    struct str grid = report_say(report, series_grid(drawing->entry->figure));
    struct str title = drawing->is_spread ? report_fill(report, WORD_CHART_SPREAD, 1, name)
                                          : report_fill(report, WORD_CHART_MOVED, 2, name, grid);
    struct chart *chart =
        sheet_chart(sheet, drawing->is_spread ? CHART_BAR : CHART_LINE, title);

    drawing->text = drawing->is_spread ? spread_text(report, drawing->entry->figure)
                                       : moved_text(report, drawing->entry);
    if (!chart)
        return;
    chart->data = STR("trend-data");
    chart->at_row = at_row;
    chart->at_column = at_column;
    chart->width = CHART_WIDTH;
    chart->height = CHART_HEIGHT;
    buf_add(&report->scratch, title);
    buf_add_text(&report->scratch, ". ");
    buf_add(&report->scratch, drawing->text);
    chart->description = report_keep(report);
    if (drawing->is_spread)
        fill_spread(report, chart, drawing->entry);
    else
        fill_moved(report, chart, drawing);
}

/* The room of a row of charts, and what stands below each. */
static void add_row(struct report *report, struct sheet *sheet, struct drawing *list, size_t count,
                    bool starts_page)
{
    size_t first = sheet->row_count;
    size_t i;

    for (i = 0; i < count; i++)
        add_chart(report, sheet, &list[i], first, i * SECOND_COLUMN);
    for (i = 0; i < CHART_ROWS; i++) {
        sheet_row(sheet);
        sheet_height(sheet, ROW_POINTS);
        if (i == 0 && starts_page)
            sheet_page(sheet);
    }
    sheet_row(sheet);
    sheet_height(sheet, TEXT_POINTS);
    sheet_text(sheet, list[0].text);
    sheet_style(sheet, STYLE_NOTE);
    sheet_span(sheet, SECOND_COLUMN - 1);
    if (count < 2)
        return;
    sheet_blank(sheet);
    sheet_text(sheet, list[1].text);
    sheet_style(sheet, STYLE_NOTE);
    sheet_span(sheet, (unsigned)(sheet->column_count - SECOND_COLUMN));
}

void series_charts(struct report *report, struct sheet *sheet)
{
    struct drawings drawings = {.count = 0};
    size_t i;

    choose(report, false, CHARTS_MOST - count_spreads(report), &drawings);
    choose(report, true, CHARTS_MOST, &drawings);
    for (i = 0; i < drawings.count; i += CHARTS_ACROSS) {
        size_t left = drawings.count - i;

        add_row(report, sheet, &drawings.list[i], left < CHARTS_ACROSS ? left : CHARTS_ACROSS,
                i % (CHARTS_ACROSS * CHARTS_DOWN) == 0);
    }
}
