#include <math.h>

#include "measure/measure.h"
#include "page/house.h"
#include "report/note_text.h"
#include "report/report_parts.h"

/* What a reader wants to know of a figure, which is printed. */
static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE_ID), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "measure", report_say(report, WORD_COL_MEASURE), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "name", report_say(report, WORD_COL_NAME), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "variant", report_say(report, WORD_COL_VARIANT), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "population", report_say(report, WORD_COL_POPULATION),
                 CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "n", report_say(report, WORD_COL_N), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "value", report_say(report, WORD_COL_VALUE),
                 CELL_NUMBER, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_VALUE);
    sheet_column(sheet, "low", report_say(report, WORD_LOW), CELL_NUMBER, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_INTERVAL);
    sheet_column(sheet, "high", report_say(report, WORD_HIGH), CELL_NUMBER, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_INTERVAL);
    sheet_column(sheet, "target", report_say(report, WORD_COL_TARGET), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "verdict", report_say(report, WORD_COL_VERDICT), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "questions", report_say(report, WORD_COL_QUESTIONS), CELL_TEXT, WIDTH_NAME);
    sheet->printed_columns = sheet->column_count;
}

/* How it came about. */
static void add_more_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "by", report_say(report, WORD_COL_BREAKDOWN), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "key", report_say(report, WORD_COL_KEY), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "unit", report_say(report, WORD_COL_UNIT), CELL_UNIT, WIDTH_SHORT);
    sheet_column(sheet, "target-source", report_say(report, WORD_COL_TARGET_SOURCE),
                 CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "excluded", report_say(report, WORD_COL_EXCLUDED),
                 CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "reasons", report_say(report, WORD_COL_REASONS), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "p50", STR("p50"), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "p85", STR("p85"), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "p90", STR("p90"), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "p95", STR("p95"), CELL_NUMBER, WIDTH_NUMBER);
    sheet_column(sheet, "km-median", report_say(report, WORD_COL_KM_MEDIAN),
                 CELL_NUMBER, WIDTH_WORD)
        ->help = report_say(report, WORD_HELP_KM_MEDIAN);
    sheet_column(sheet, "method", report_say(report, WORD_COL_INTERVAL), CELL_TEXT, WIDTH_INSTANT);
    sheet_column(sheet, "question", report_say(report, WORD_COL_FIRST_QUESTION), CELL_TEXT,
                 WIDTH_QUESTION_ID);
    sheet_column(sheet, "note", report_say(report, WORD_COL_MEASURE_NOTE), CELL_TEXT, WIDTH_NAME);
}

static uint64_t excluded_total(const struct figure *figure)
{
    uint64_t sum = 0;
    size_t i;

    for (i = 0; i < figure->excluded_count; i++)
        sum += figure->excluded[i].n;
    return sum;
}

static struct str target_text(struct report *report, const struct figure *figure)
{
    struct buf *out = &report->scratch;

    if (!figure->target_source.len)
        return (struct str){NULL, 0};
    buf_add(out, say_raw(figure->target_source, report->lang));
    if (figure->target_document.len) {
        buf_add_text(out, ": ");
        buf_add(out, figure->target_document);
    }
    return report_keep(report);
}

static void add_names(struct report *report, struct sheet *sheet, const struct figure *figure,
                      const struct figure *top)
{
    const struct measure *measure = measure_find(top->measure);
    enum style style = figure == top ? STYLE_STRONG : STYLE_PLAIN;

    sheet_text(sheet, top->id);
    sheet_link(sheet, "evidence", top->id);
    sheet_text(sheet, top->measure);
    sheet_style(sheet, style);
    sheet_text(sheet, figure_name(report, top));
    sheet_style(sheet, style);
    if (figure == top && measure)
        sheet_help(sheet, words_in(&measure->definition, report->lang));
    sheet_text(sheet, say_raw(top->variant, report->lang));
    sheet_text(sheet, figure == top ? say_raw(figure->population, report->lang) : STR(""));
}

static void add_numbers(struct sheet *sheet, const struct figure *figure, struct str unit)
{
    sheet_integer(sheet, figure->n);
    sheet_value(sheet, unit, figure->value);
    sheet_value(sheet, unit, figure->low);
    sheet_value(sheet, unit, figure->high);
    sheet_value(sheet, unit, figure->target);
}

static void add_quantiles(struct sheet *sheet, const struct figure *figure, struct str unit)
{
    size_t q;

    for (q = 0; q < QUANTILE_COUNT; q++)
        sheet_value(sheet, unit, quantile_stands(figure, (int)q) ? figure->quantiles[q] : NAN);
    sheet_value(sheet, unit, figure->km_median);
}

/* The note, and what so few cases do not allow to be said: "insufficient: n = 7". */
static struct str remark_text(struct report *report, const struct figure *figure)
{
    struct buf *out = &report->scratch;
    struct str n = report_count(report, figure->n);
    struct str note = note_text(report, figure->note);

    if (!figure->standing.len || figure->n == 0)
        return note;
    if (note.len) {
        buf_add(out, note);
        buf_add_text(out, "; ");
    }
    buf_add(out, say_raw(figure->standing, report->lang));
    buf_add_text(out, ": n = ");
    buf_add(out, n);
    return report_keep(report);
}

static void add_figure(struct report *report, struct sheet *sheet, const struct figure *figure,
                       const struct figure *top)
{
    struct str first = {NULL, 0};
    struct str questions = figure == top ? figure_questions(report, top, &first) : first;

    sheet_row(sheet);
    if (figure == top)
        sheet_anchor(sheet, top->id);
    add_names(report, sheet, figure, top);
    add_numbers(sheet, figure, top->unit);
    sheet_text(sheet, say_raw(figure->verdict, report->lang));
    sheet_level(sheet, level_of_verdict(figure->verdict));
    sheet_text(sheet, questions);
    sheet_text(sheet, figure == top ? STR("") : say_raw(figure->by, report->lang));
    sheet_text(sheet, figure == top ? STR("") : figure->key);
    sheet_unit(sheet, top->unit);
    sheet_text(sheet, figure == top ? target_text(report, figure) : STR(""));
    sheet_integer(sheet, excluded_total(figure));
    sheet_text(sheet, reasons_text(report, figure));
    add_quantiles(sheet, figure, top->unit);
    sheet_text(sheet, say_raw(figure->method, report->lang));
    sheet_text(sheet, first);
    sheet_link(sheet, "checklist", first);
    sheet_text(sheet, remark_text(report, figure));
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t i;
    size_t k;

    add_columns(report, sheet);
    add_more_columns(report, sheet);
    sheet->frozen_columns = 3;
    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *top = &evidence->figures[i];

        add_figure(report, sheet, top, top);
        for (k = 0; k < top->breakdown_count; k++) {
            add_figure(report, sheet, &top->breakdown[k], top);
            sheet_detail(sheet);
        }
    }
}

static bool has_data(const struct report *report)
{
    return report->evidence->figure_count > 0;
}

extern const struct sheet_kind sheet_metrics;
const struct sheet_kind sheet_metrics = {
    .id = "metrics", .name = WORD_SHEET_METRICS, .has_data = has_data, .build = build};
