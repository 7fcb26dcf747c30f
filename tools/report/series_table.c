/* The periods of a figure on the terminal: 80 columns hold value, p90 and the limits of the chart. */
#include <math.h>

#include "report/series.h"
#include "report/text_table.h"

/* Without a chart the interval of each value stands where its limits would. */
static bool has_limits(const struct figure *figure)
{
    size_t i;

    for (i = 0; i < figure->series_count; i++)
        if (!isnan(figure->series[i].upper))
            return true;
    return false;
}

static void add_head(struct report *report, const struct figure *figure, size_t columns,
                     struct buf *out)
{
    struct str head = say_raw(figure->series[0].by, report->lang);
    bool limits = has_limits(figure);

    buf_add_text(out, "\n  ");
    buf_add(out, head);
    text_pad(out, text_columns(head), columns);
    text_right(out, STR("n"), TEXT_COUNT);
    text_right(out, unit_is_duration(figure) ? STR("p50") : report_say(report, WORD_TERM_VALUE),
               TEXT_NUMBER);
    if (limits && unit_is_duration(figure))
        text_right(out, STR("p90"), TEXT_NUMBER);
    text_right(out, report_say(report, limits ? WORD_TERM_LOWER : WORD_TERM_LOW), TEXT_NUMBER);
    text_right(out, report_say(report, limits ? WORD_TERM_UPPER : WORD_TERM_HIGH), TEXT_NUMBER);
    if (!limits && unit_is_duration(figure))
        text_right(out, STR("p90"), TEXT_NUMBER);
    buf_add_char(out, '\n');
}

static void add_period(struct report *report, const struct figure *figure,
                       const struct figure *period, size_t columns, struct buf *out)
{
    struct str key = text_key(report, period);
    bool limits = has_limits(figure);

    buf_add_text(out, "  ");
    buf_add(out, key);
    if (period->signal.len || period->is_partial)
        buf_add_text(out, period->signal.len ? " *" : " ~");
    text_pad(out, text_columns(key) + (period->signal.len || period->is_partial ? 2 : 0), columns);
    text_right(out, report_count(report, period->n), TEXT_COUNT);
    text_right(out, text_value(report, period, period->value), TEXT_NUMBER);
    if (limits && unit_is_duration(figure))
        text_right(out, text_quantile(report, period, QUANTILE_P90), TEXT_NUMBER);
    text_right(out, text_value(report, period, limits ? period->lower : period->low), TEXT_NUMBER);
    text_right(out, text_value(report, period, limits ? period->upper : period->high), TEXT_NUMBER);
    if (!limits && unit_is_duration(figure))
        text_right(out, text_quantile(report, period, QUANTILE_P90), TEXT_NUMBER);
    buf_add_char(out, '\n');
}

/* "* 2025-03: above the upper limit 4.2 %; no reaction recorded" */
static void add_signal(struct report *report, const struct series_entry *entry,
                       const struct figure *period, struct buf *out)
{
    struct str signal = signal_text(report, entry, period, /* with_limit= */ true);
    struct buf *line = &report->scratch;

    buf_add_text(line, "* ");
    buf_add(line, period->key);
    buf_add_text(line, ": ");
    buf_add(line, signal);
    buf_add_text(line, "; ");
    buf_add(line, period->reaction.len ? period->reaction : report_say(report, WORD_REACTION_NONE));
    text_line(out, report_keep(report));
}

static bool any_partial(const struct figure *figure)
{
    size_t i;

    for (i = 0; i < figure->series_count; i++)
        if (figure->series[i].is_partial)
            return true;
    return false;
}

void text_series(struct report *report, const struct figure *figure, struct buf *out)
{
    struct series_entry entry = {.top = figure, .figure = figure};
    size_t columns = TEXT_KEY_LEAST + 2;
    size_t i;

    if (figure->series_count == 0)
        return;
    add_head(report, figure, columns, out);
    for (i = 0; i < figure->series_count; i++)
        add_period(report, figure, &figure->series[i], columns, out);
    if (figure->chart.kind.len || figure->chart.refusal.len)
        text_line(out, chart_text(report, &entry));
    for (i = 0; i < figure->series_count; i++)
        if (figure->series[i].signal.len)
            add_signal(report, &entry, &figure->series[i], out);
    if (any_partial(figure))
        text_line(out, report_fill(report, WORD_TERM_PARTIAL, 1,
                                   report_say(report, series_grid(figure))));
    if (figure->trend.n)
        text_line(out, report_fill(report, WORD_TERM_TREND, 1, trend_text(report, &entry)));
}

void text_row_signals(struct report *report, const struct figure *figure, struct buf *out)
{
    size_t i;

    for (i = 0; i < figure->breakdown_count; i++) {
        const struct figure *row = &figure->breakdown[i];
        struct series_entry entry = {.top = figure, .figure = row};
        struct str chart;
        struct str key;

        if (row->chart.signals == 0)
            continue;
        chart = chart_text(report, &entry);
        key = text_key(report, row);
        buf_add_text(&report->scratch, "* ");
        buf_add(&report->scratch, key);
        buf_add_text(&report->scratch, ": ");
        buf_add(&report->scratch, chart);
        text_line(out, report_keep(report));
    }
}
