/*
 * One row for each figure, group, period and bin, all numbers in it, with words that are the same
 * in every language: so that the tables of several audits can be laid under each other.
 */
#include <math.h>

#include "page/house.h"
#include "report/series.h"

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "measure", report_say(report, WORD_COL_MEASURE), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "variant", report_say(report, WORD_COL_VARIANT),
                 CELL_TEXT, WIDTH_WORDS)->help =
        report_say(report, WORD_HELP_TREND_WORDS);
    sheet_column(sheet, "by", report_say(report, WORD_COL_BREAKDOWN), CELL_TEXT, WIDTH_ID)->help =
        report_say(report, WORD_HELP_TREND_BY);
    sheet_column(sheet, "key", report_say(report, WORD_COL_KEY), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "period", report_say(report, WORD_COL_PERIOD), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "n", report_say(report, WORD_COL_N), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "value", report_say(report, WORD_COL_VALUE), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "low", report_say(report, WORD_LOW), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "high", report_say(report, WORD_HIGH), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "target", report_say(report, WORD_COL_TARGET), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "unit", report_say(report, WORD_COL_UNIT), CELL_UNIT, WIDTH_SHORT);
    sheet_column(sheet, "p90", STR("p90"), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE_ID), CELL_TEXT, WIDTH_ID);
    sheet->printed_columns = sheet->column_count; /* the rest is about periods, folded away */
    sheet_column(sheet, "centre", report_say(report, WORD_COL_CENTRE),
                 CELL_NUMBER, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_CENTRE);
    sheet_column(sheet, "lower", report_say(report, WORD_COL_LOWER),
                 CELL_NUMBER, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_LIMITS);
    sheet_column(sheet, "upper", report_say(report, WORD_COL_UPPER),
                 CELL_NUMBER, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_LIMITS);
    sheet_column(sheet, "signal", report_say(report, WORD_COL_SIGNAL), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "reaction", report_say(report, WORD_COL_REACTION), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "unanswered", report_say(report, WORD_COL_SIGNAL_OPEN),
                 CELL_NUMBER, WIDTH_WORD);
    sheet_column(sheet, "answered", report_say(report, WORD_COL_SIGNAL_ANSWERED),
                 CELL_NUMBER, WIDTH_WORD);
}

/* What the row is about: measure, variant, field and value of the group, period. */
static void add_keys(struct sheet *sheet, const struct series_entry *entry, struct str by,
                     struct str key, struct str period)
{
    sheet_row(sheet);
    sheet_text(sheet, entry->top->measure);
    sheet_text(sheet, entry->top->variant);
    sheet_text(sheet, by);
    sheet_text(sheet, key);
    sheet_text(sheet, period);
}

static void add_signal(struct sheet *sheet, const struct series_entry *entry,
                       const struct figure *figure)
{
    bool has_chart = series_has_chart(entry->figure);
    bool has_limits = has_chart && figure != entry->figure;
    bool is_signal = has_limits && figure->signal.len > 0;
    bool is_marked = has_chart && figure->signal.len > 0;
    bool is_answered = is_marked && figure->reaction.len > 0;
    struct str unit = entry->top->unit;

    sheet_value(sheet, unit, has_limits ? figure->centre : NAN);
    sheet_value(sheet, unit, has_limits ? figure->lower : NAN);
    sheet_value(sheet, unit, has_limits ? figure->upper : NAN);
    sheet_text(sheet, is_signal ? figure->signal : STR(""));
    sheet_text(sheet, is_signal ? figure->reaction : STR(""));
    sheet_value(sheet, unit, is_marked && !is_answered ? figure->value : NAN);
    sheet_value(sheet, unit, is_answered ? figure->value : NAN);
}

/* A total, or a period of it. */
static void add_figure(struct sheet *sheet, const struct series_entry *entry,
                       const struct figure *figure, struct str period)
{
    bool is_group = entry->figure != entry->top;
    struct str unit = entry->top->unit;
    /* the target of a group holds for its periods */
    double target = isnan(figure->target) ? entry->figure->target : figure->target;

    add_keys(sheet, entry, is_group ? entry->figure->by : STR(""),
             is_group ? entry->figure->key : STR(""), period);
    sheet_integer(sheet, figure->n);
    sheet_value(sheet, unit, figure->value);
    sheet_value(sheet, unit, figure->low);
    sheet_value(sheet, unit, figure->high);
    sheet_value(sheet, unit, isnan(target) ? entry->top->target : target);
    sheet_unit(sheet, unit);
    sheet_value(sheet, unit,
                quantile_stands(figure, QUANTILE_P90) ? figure->quantiles[QUANTILE_P90] : NAN);
    sheet_text(sheet, entry->top->id);
    sheet_link(sheet, "metrics", entry->top->id);
    add_signal(sheet, entry, figure);
}

static void add_bin(struct report *report, struct sheet *sheet, const struct series_entry *entry,
                    const struct figure_bin *bin)
{
    size_t i;

    add_keys(sheet, entry, STR("bin"), bin_text(report, entry->top, bin), STR(""));
    sheet_integer(sheet, bin->n);
    for (i = TREND_N + 1; i < TREND_UNIT; i++)
        sheet_blank(sheet);
    sheet_unit(sheet, entry->top->unit);
    for (i = TREND_UNIT + 1; i < TREND_EVIDENCE; i++)
        sheet_blank(sheet);
    sheet_text(sheet, entry->top->id);
    sheet_link(sheet, "metrics", entry->top->id);
    for (i = TREND_EVIDENCE + 1; i < TREND_COLUMNS; i++)
        sheet_blank(sheet);
}

static void build(struct report *report, struct sheet *sheet)
{
    size_t i;
    size_t k;

    add_columns(report, sheet);
    sheet->frozen_columns = TREND_PERIOD + 1;
    sheet->has_gaps = true;
    for (i = 0; i < report->entry_count; i++) {
        const struct series_entry *entry = &report->entries[i];
        const struct figure *figure = entry->figure;

        add_figure(sheet, entry, figure, STR(""));
        if (figure != entry->top)
            sheet_detail(sheet);
        for (k = 0; k < figure->series_count; k++) {
            add_figure(sheet, entry, &figure->series[k], figure->series[k].key);
            sheet_detail(sheet);
        }
        for (k = 0; k < figure->bin_count; k++) {
            add_bin(report, sheet, entry, &figure->bins[k]);
            sheet_detail(sheet);
        }
    }
}

extern const struct sheet_kind sheet_trend_data;
const struct sheet_kind sheet_trend_data = {.id = "trend-data",
                                            .name = WORD_SHEET_TREND_DATA,
                                            .has_data = series_is_there,
                                            .build = build};
