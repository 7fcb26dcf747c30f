/*
 * Series and what they signal: their limits and trends in words, the charts, then every signal. All
 * numbers behind them stand in the sheet of trend data.
 */
#include "base/mem.h"
#include "report/series.h"

enum { SERIES_COLUMNS = 11 };
static const double TITLE_POINTS = 28;
static const double SECTION_POINTS = 32;
static const double HEAD_POINTS = 30;

static void add_columns(struct sheet *sheet)
{
    static const struct {
        const char *id;
        double width;
    } columns[SERIES_COLUMNS] = {{"evidence", 9},    {"series", 31},     {"periods", 16},
                                 {"value", 10},      {"centre", 10},     {"lower", 10},
                                 {"upper", 10},      {"signals", 11},    {"unanswered", 11},
                                 {"text", 24},       {"reaction", 9}};
    const struct str none = {NULL, 0};
    size_t i;

    for (i = 0; i < SERIES_COLUMNS; i++)
        sheet_column(sheet, columns[i].id, none, CELL_TEXT, columns[i].width);
}

static void add_wide(struct sheet *sheet, struct str text, enum style style)
{
    sheet_row(sheet);
    sheet_text(sheet, text);
    sheet_style(sheet, style);
    sheet_span(sheet, SERIES_COLUMNS);
}

struct head {
    enum word word;
    enum style style;
    unsigned span;
};

static void add_heads(struct report *report, struct sheet *sheet, const struct head *heads,
                      size_t count)
{
    size_t i;

    sheet_row(sheet);
    sheet_height(sheet, HEAD_POINTS);
    for (i = 0; i < count; i++) {
        sheet_text(sheet, report_say(report, heads[i].word));
        sheet_style(sheet, heads[i].style);
        sheet_span(sheet, heads[i].span);
    }
}

static void add_names(struct report *report, struct sheet *sheet, const struct series_entry *entry)
{
    sheet_text(sheet, entry->top->id);
    sheet_link(sheet, "metrics", entry->top->id);
    sheet_text(sheet, series_title(report, entry));
    sheet_style(sheet, STYLE_STRONG);
}

/* --- every series --- */

static void add_limits(struct report *report, struct sheet *sheet,
                       const struct series_entry *entry)
{
    const struct figure *figure = entry->figure;
    const struct figure *last = &figure->series[figure->series_count - 1];

    if (!series_has_chart(figure)) {
        sheet_text(sheet, chart_text(report, entry));
        sheet_span(sheet, 5);
        sheet_level(sheet, LEVEL_MUTED);
        return;
    }
    sheet_value(sheet, entry->top->unit, last->centre);
    sheet_value(sheet, entry->top->unit, last->lower);
    sheet_value(sheet, entry->top->unit, last->upper);
    sheet_integer(sheet, figure->chart.signals);
    sheet_integer(sheet, figure->chart.unanswered);
    if (figure->chart.unanswered) {
        sheet_style(sheet, STYLE_STRONG);
        sheet_level(sheet, LEVEL_BAD);
    }
}

static void add_series(struct report *report, struct sheet *sheet,
                       const struct series_entry *entry)
{
    const struct figure *figure = entry->figure;

    sheet_row(sheet);
    add_names(report, sheet, entry);
    buf_add(&report->scratch, figure->series[0].key);
    buf_add_text(&report->scratch, "\xE2\x80\xA6");
    buf_add(&report->scratch, figure->series[figure->series_count - 1].key);
    sheet_text(sheet, report_keep(report));
    sheet_value(sheet, entry->top->unit, figure->value);
    add_limits(report, sheet, entry);
    sheet_text(sheet, trend_text(report, entry));
    sheet_span(sheet, 2);
}

static void add_overview(struct report *report, struct sheet *sheet)
{
    static const struct head heads[] = {{WORD_COL_EVIDENCE_ID, STYLE_HEAD, 1},
                                        {WORD_COL_SERIES, STYLE_HEAD, 1},
                                        {WORD_COL_PERIODS, STYLE_HEAD, 1},
                                        {WORD_COL_VALUE, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_CENTRE, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_LOWER, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_UPPER, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_SIGNALS, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_UNANSWERED, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_TREND, STYLE_HEAD, 2}};
    size_t i;

    add_wide(sheet, report_say(report, WORD_SERIES_ALL), STYLE_SECTION);
    sheet_height(sheet, SECTION_POINTS);
    add_heads(report, sheet, heads, ARRAY_LEN(heads));
    for (i = 0; i < report->entry_count; i++)
        if (report->entries[i].figure->series_count > 0) {
            add_series(report, sheet, &report->entries[i]);
            if (report->entries[i].figure != report->entries[i].top)
                sheet_detail(sheet);
        }
}

/* --- every signal --- */

static void add_signal(struct report *report, struct sheet *sheet,
                       const struct series_entry *entry, const struct figure *period)
{
    bool is_answered = period->reaction.len > 0;

    sheet_row(sheet);
    sheet_anchor(sheet, series_anchor(report, entry, period));
    add_names(report, sheet, entry);
    sheet_text(sheet, period->key);
    sheet_style(sheet, STYLE_STRONG);
    sheet_value(sheet, entry->top->unit, period->value);
    sheet_value(sheet, entry->top->unit, period->centre);
    sheet_value(sheet, entry->top->unit, period->lower);
    sheet_value(sheet, entry->top->unit, period->upper);
    sheet_text(sheet, signal_text(report, entry, period, /* with_limit= */ false));
    sheet_span(sheet, 2);
    sheet_text(sheet, is_answered ? period->reaction : report_say(report, WORD_REACTION_NONE));
    sheet_span(sheet, 2);
    sheet_level(sheet, is_answered ? LEVEL_NONE : LEVEL_BAD);
    if (!is_answered)
        sheet_style(sheet, STYLE_STRONG);
}

static void add_signals(struct report *report, struct sheet *sheet)
{
    static const struct head heads[] = {{WORD_COL_EVIDENCE_ID, STYLE_HEAD, 1},
                                        {WORD_COL_SERIES, STYLE_HEAD, 1},
                                        {WORD_COL_PERIOD, STYLE_HEAD, 1},
                                        {WORD_COL_VALUE, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_CENTRE, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_LOWER, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_UPPER, STYLE_HEAD_NUMBER, 1},
                                        {WORD_COL_SIGNAL, STYLE_HEAD, 2},
                                        {WORD_COL_REACTION, STYLE_HEAD, 2}};
    size_t i;
    size_t k;

    add_wide(sheet, report_say(report, WORD_SERIES_SIGNALS), STYLE_SECTION);
    sheet_anchor(sheet, STR("signals"));
    sheet_height(sheet, SECTION_POINTS);
    sheet_page(sheet);
    add_heads(report, sheet, heads, ARRAY_LEN(heads));
    for (i = 0; i < report->entry_count; i++) {
        const struct series_entry *entry = &report->entries[i];

        for (k = 0; k < entry->figure->series_count; k++)
            if (entry->figure->series[k].signal.len)
                add_signal(report, sheet, entry, &entry->figure->series[k]);
    }
}

static void build(struct report *report, struct sheet *sheet)
{
    uint64_t unanswered;

    sheet->has_heading = false;
    sheet->has_pages = true;
    add_columns(sheet);
    add_wide(sheet, report_say(report, WORD_SHEET_SERIES), STYLE_TITLE);
    sheet_height(sheet, TITLE_POINTS);
    add_wide(sheet,
             report_fill(report, WORD_SERIES_HELP, 1, report_say(report, WORD_SHEET_TREND_DATA)),
             STYLE_NOTE);
    add_overview(report, sheet);
    series_charts(report, sheet);
    if (series_signals(report, &unanswered) > 0)
        add_signals(report, sheet);
}

extern const struct sheet_kind sheet_series;
const struct sheet_kind sheet_series = {
    .id = "series", .name = WORD_SHEET_SERIES, .has_data = series_is_there, .build = build};
