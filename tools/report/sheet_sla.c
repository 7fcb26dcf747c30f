/*
 * What was agreed and what was kept: a block for each service level, its periods below it. What a
 * level promises comes from its agreement, what was kept from the figures about it.
 */
#include <math.h>

#include "page/house.h"
#include "page/number.h"
#include "report/report_parts.h"

enum { SLA_LEVEL, SLA_TITLE, SLA_PERIOD, SLA_FROZEN };

/* What was promised and what was kept, which is printed. */
static void add_kept_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "level", report_say(report, WORD_COL_SLA_LEVEL), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "title", report_say(report, WORD_COL_NAME), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "period", report_say(report, WORD_COL_PERIOD), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "time", report_say(report, WORD_COL_TARGET_TIME),
                 CELL_DURATION, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_TARGET_TIME);
    sheet_column(sheet, "wanted", report_say(report, WORD_COL_WANTED), CELL_SHARE, WIDTH_NUMBER);
    sheet_column(sheet, "n", report_say(report, WORD_COL_N), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "met", report_say(report, WORD_COL_MET), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "breached", report_say(report, WORD_COL_BREACHED),
                 CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "open", report_say(report, WORD_COL_OPEN_LATE),
                 CELL_INTEGER, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_OPEN_LATE);
    sheet_column(sheet, "attainment", report_say(report, WORD_COL_ATTAINMENT),
                 CELL_SHARE, WIDTH_NUMBER);
    sheet_column(sheet, "low", report_say(report, WORD_LOW), CELL_SHARE, WIDTH_COUNT)->help =
        report_say(report, WORD_HELP_INTERVAL);
    sheet_column(sheet, "high", report_say(report, WORD_HIGH), CELL_SHARE, WIDTH_COUNT)->help =
        report_say(report, WORD_HELP_INTERVAL);
    sheet_column(sheet, "verdict", report_say(report, WORD_COL_VERDICT), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "periods-met", report_say(report, WORD_COL_PERIODS_MET),
                 CELL_INTEGER, WIDTH_NUMBER)
        ->help = report_say(report, WORD_HELP_PERIODS_MET);
    sheet_column(sheet, "periods", report_say(report, WORD_COL_PERIODS_OF),
                 CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "longest-run", report_say(report, WORD_COL_LONGEST_RUN),
                 CELL_INTEGER, WIDTH_NUMBER);
    sheet->printed_columns = sheet->column_count;
}

static void add_more_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "severity-p50", report_say(report, WORD_COL_SEVERITY_P50),
                 CELL_NUMBER, WIDTH_COUNT)
        ->help = report_say(report, WORD_HELP_SEVERITY);
    sheet_column(sheet, "severity-p90", report_say(report, WORD_COL_SEVERITY_P90),
                 CELL_NUMBER, WIDTH_COUNT);
    sheet_column(sheet, "over-twice", report_say(report, WORD_COL_OVER_TWICE),
                 CELL_SHARE, WIDTH_COUNT);
    sheet_column(sheet, "over-thrice", report_say(report, WORD_COL_OVER_THRICE),
                 CELL_SHARE, WIDTH_COUNT);
    sheet_column(sheet, "reported", report_say(report, WORD_COL_REPORTED),
                 CELL_SHARE, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_REPORTED);
    sheet_column(sheet, "reported-n", report_say(report, WORD_COL_REPORTED_N),
                 CELL_INTEGER, WIDTH_NUMBER);
    sheet_column(sheet, "differences", report_say(report, WORD_COL_DIFFERENCES),
                 CELL_INTEGER, WIDTH_NUMBER);
    sheet_column(sheet, "reasons", report_say(report, WORD_COL_DIFFERENCE_REASONS),
                 CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE_ID), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "metric", report_say(report, WORD_COL_METRIC), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "type", report_say(report, WORD_COL_AGREED_WITH), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "kind", report_say(report, WORD_COL_SLA_KIND),
                 CELL_TEXT, WIDTH_QUESTION_ID)->help =
        report_say(report, WORD_HELP_SLA_KIND);
    sheet_column(sheet, "calendar", report_say(report, WORD_COL_CALENDAR),
                 CELL_TEXT, WIDTH_INSTANT);
    sheet_column(sheet, "source", report_say(report, WORD_COL_TARGET_SOURCE),
                 CELL_TEXT, WIDTH_NAME);
}

/* --- which figures belong together --- */

/* The row about a level, the figure itself when the level is missing; NULL: none. */
static const struct figure *row_of(const struct figure *top, struct str level)
{
    size_t i;

    if (!level.ptr)
        return top;
    for (i = 0; i < top->breakdown_count; i++)
        if (str_is(top->breakdown[i].by, "level") && str_equal(top->breakdown[i].key, level))
            return &top->breakdown[i];
    return NULL;
}

static const struct figure *period_of(const struct figure *row, struct str period)
{
    size_t i;

    if (!row || !period.ptr)
        return row;
    for (i = 0; i < row->series_count; i++)
        if (str_equal(row->series[i].key, period))
            return &row->series[i];
    return NULL;
}

/* One row of the sheet: a level (missing: all cases of the figure) in a period (missing: all). */
struct sla_row {
    const struct figure *top;
    const struct figure *figure;
    struct str level;
    struct str period;
};

/* The figure of another measure or variant that says more about the same cases; NULL: none. */
static const struct figure *beside(const struct report *report, const struct sla_row *row,
                                   const char *measure, struct str variant)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *top = &evidence->figures[i];
        const struct figure *found;

        if (!str_is(top->measure, measure) || !str_equal(top->variant, variant))
            continue;
        found = period_of(row_of(top, row->level), row->period);
        if (found)
            return found;
    }
    return NULL;
}

/* Of the cases that broke a deadline, which is what the variant "computed" looks at. */
static const struct figure *severity_of(const struct report *report, const struct sla_row *row,
                                        struct str variant)
{
    return str_is(row->top->variant, "computed") ? beside(report, row, "M-09", variant) : NULL;
}

/* --- cells --- */

static const struct evidence_level *level_of(const struct report *report, struct str id)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    for (i = 0; id.ptr && i < evidence->level_count; i++)
        if (str_equal(evidence->levels[i].id, id))
            return &evidence->levels[i];
    return NULL;
}

static struct str source_text(struct report *report, struct str source, struct str document)
{
    struct buf *out = &report->scratch;

    if (!source.len)
        return (struct str){NULL, 0};
    buf_add(out, say_raw(source, report->lang));
    if (document.len) {
        buf_add_text(out, ": ");
        buf_add(out, document);
    }
    return report_keep(report);
}

/* What was promised; below a block's first row only what tells the rows apart. */
static void add_promise(struct report *report, struct sheet *sheet, const struct sla_row *row)
{
    const struct evidence_level *level = row->period.ptr ? NULL : level_of(report, row->level);
    bool is_first = !row->period.ptr;
    struct str title = level ? words_in(&level->title, report->lang) : (struct str){NULL, 0};

    if (is_first && !row->level.ptr)
        title = figure_title(report, row->top);
    sheet_text(sheet, row->level.ptr ? row->level : report_say(report, WORD_SLA_ALL));
    sheet_style(sheet, is_first ? STYLE_STRONG : STYLE_PLAIN);
    sheet_text(sheet, title);
    sheet_style(sheet, is_first ? STYLE_STRONG : STYLE_PLAIN);
    sheet_text(sheet, is_first ? report_say(report, WORD_SLA_WHOLE) : row->period);
    sheet_duration(sheet, level ? level->target : NAN);
    sheet_share(sheet, isnan(row->figure->target) && level ? level->share : row->figure->target);
}

/* And how: whom it binds, on which calendar, where it is written. */
static void add_terms(struct report *report, struct sheet *sheet, const struct sla_row *row)
{
    const struct evidence_level *level = row->period.ptr ? NULL : level_of(report, row->level);
    struct str source = level ? level->source : row->figure->target_source;
    struct str document = level ? level->document : row->figure->target_document;

    sheet_text(sheet, level ? say_raw(level->metric, report->lang) : STR(""));
    sheet_text(sheet, level ? say_raw(level->type, report->lang) : STR(""));
    sheet_text(sheet, level ? say_raw(level->kind, report->lang) : STR(""));
    sheet_text(sheet, level ? level->calendar : STR(""));
    sheet_text(sheet, row->period.ptr ? STR("") : source_text(report, source, document));
}

static void add_attainment(struct report *report, struct sheet *sheet, const struct sla_row *row)
{
    const struct figure *figure = row->figure;

    sheet_integer(sheet, figure->n);
    sheet_integer(sheet, figure->k);
    sheet_integer(sheet, figure->n - figure->k);
    sheet_formula(sheet, STR("{sla.n!}-{sla.met!}"));
    sheet_integer(sheet, figure->open);
    sheet_share(sheet, figure->value);
    if (figure->n)
        sheet_formula(sheet, STR("IFERROR({sla.met!}/{sla.n!},\"\")"));
    sheet_share(sheet, figure->low);
    sheet_share(sheet, figure->high);
    sheet_text(sheet, say_raw(figure->verdict, report->lang));
    sheet_level(sheet, level_of_verdict(figure->verdict));
}

static void add_count(struct sheet *sheet, bool is_there, double count)
{
    if (is_there && isfinite(count) && count >= 0)
        sheet_integer(sheet, (uint64_t)count);
    else
        sheet_blank(sheet);
}

/* Over the periods: M-08, with the variants of M-07; how far beyond the time: M-09. */
static void add_consistency(struct report *report, struct sheet *sheet, const struct sla_row *row)
{
    const struct figure *kept = NULL;
    const struct figure *run = NULL;
    const struct figure *severity = severity_of(report, row, STR("elapsed-per-target"));
    const struct figure *twice = severity_of(report, row, STR("over-twice"));
    const struct figure *thrice = severity_of(report, row, STR("over-three-times"));

    if (!row->period.ptr) {
        buf_add(&report->scratch, row->top->variant);
        buf_add_text(&report->scratch, "-longest-miss");
        run = beside(report, row, "M-08", report_keep(report));
        kept = beside(report, row, "M-08", row->top->variant);
    }
    add_count(sheet, kept != NULL, kept ? (double)kept->k : NAN);
    add_count(sheet, kept != NULL, kept ? (double)kept->n : NAN);
    add_count(sheet, run != NULL, run ? run->value : NAN);
    sheet_number(sheet, severity ? severity->quantiles[QUANTILE_P50] : NAN);
    sheet_number(sheet, severity ? severity->quantiles[QUANTILE_P90] : NAN);
    sheet_share(sheet, twice ? twice->value : NAN);
    sheet_share(sheet, thrice ? thrice->value : NAN);
}

static struct str differences_text(struct report *report, const struct figure *figure,
                                   uint64_t *ret_count)
{
    struct buf *out = &report->scratch;
    size_t i;

    *ret_count = 0;
    for (i = 0; i < figure->difference_count; i++) {
        *ret_count += figure->differences[i].n;
        buf_add_text(out, out->len ? "; " : "");
        buf_add(out, say_raw(figure->differences[i].reason, report->lang));
        buf_add_text(out, ": ");
        number_add(out, (double)figure->differences[i].n, 0, report->lang);
    }
    return out->len ? report_keep(report) : (struct str){NULL, 0};
}

/* What the source says of itself about the same cases, and where the two do not agree. */
static void add_reported(struct report *report, struct sheet *sheet, const struct sla_row *row)
{
    bool is_reported = str_is(row->top->variant, "reported");
    bool is_resolution = str_is(row->top->variant, "computed");
    const struct figure *reported =
        is_resolution ? beside(report, row, "M-07", STR("reported")) : is_reported ? row->figure : NULL;
    uint64_t count;
    struct str reasons = differences_text(report, row->figure, &count);
    struct str lookup = differences_anchor(report, row->top);

    sheet_share(sheet, reported ? reported->value : NAN);
    add_count(sheet, reported != NULL, reported ? (double)reported->n : NAN);
    add_count(sheet, is_resolution && !row->period.ptr && reported, (double)count);
    sheet_text(sheet, reasons);
    sheet_text(sheet, row->top->id);
    if (count > 0)
        sheet_link(sheet, "evidence", lookup);
    else
        sheet_link(sheet, "metrics", row->top->id);
}

static void add_row(struct report *report, struct sheet *sheet, const struct sla_row *row)
{
    sheet_row(sheet);
    if (row->level.ptr && !row->period.ptr)
        sheet_anchor(sheet, row->level);
    add_promise(report, sheet, row);
    add_attainment(report, sheet, row);
    add_consistency(report, sheet, row);
    add_reported(report, sheet, row);
    add_terms(report, sheet, row);
}

static void add_block(struct report *report, struct sheet *sheet, const struct figure *top,
                      const struct figure *figure, struct str level)
{
    struct sla_row row = {top, figure, level, {NULL, 0}};
    size_t i;

    add_row(report, sheet, &row);
    for (i = 0; i < figure->series_count; i++) {
        row.figure = &figure->series[i];
        row.period = figure->series[i].key;
        add_row(report, sheet, &row);
    }
}

/* --- which blocks --- */

/* What a source says of itself stands beside what was computed, and alone only without it. */
static bool has_own_blocks(const struct report *report, const struct figure *figure)
{
    size_t i;

    if (!str_is(figure->measure, "M-07") || figure->n == 0)
        return false;
    if (!str_is(figure->variant, "reported"))
        return true;
    for (i = 0; i < report->evidence->figure_count; i++) {
        const struct figure *other = &report->evidence->figures[i];

        if (str_is(other->measure, "M-07") && str_is(other->variant, "computed") && other->n > 0)
            return false;
    }
    return true;
}

/* Levels in the order of their agreement, then those that it does not name, then all cases. */
static void add_blocks(struct report *report, struct sheet *sheet, const struct figure *top)
{
    const struct evidence *evidence = report->evidence;
    const struct str all = {NULL, 0};
    uint64_t n = 0;
    size_t rows = 0;
    size_t i;

    for (i = 0; i < evidence->level_count; i++) {
        const struct figure *row = row_of(top, evidence->levels[i].id);

        if (!row)
            continue;
        add_block(report, sheet, top, row, row->key);
        n += row->n;
        rows++;
    }
    for (i = 0; i < top->breakdown_count; i++) {
        const struct figure *row = &top->breakdown[i];

        if (!str_is(row->by, "level") || !row->key.len || level_of(report, row->key))
            continue;
        add_block(report, sheet, top, row, row->key);
        n += row->n;
        rows++;
    }
    if (rows != 1 || n != top->n) /* else it would say the same twice */
        add_block(report, sheet, top, top, all);
}

static void build(struct report *report, struct sheet *sheet)
{
    size_t i;

    add_kept_columns(report, sheet);
    add_more_columns(report, sheet);
    sheet->frozen_columns = SLA_FROZEN;
    for (i = 0; i < report->evidence->figure_count; i++)
        if (has_own_blocks(report, &report->evidence->figures[i]))
            add_blocks(report, sheet, &report->evidence->figures[i]);
}

static bool has_data(const struct report *report)
{
    size_t i;

    for (i = 0; i < report->evidence->figure_count; i++)
        if (has_own_blocks(report, &report->evidence->figures[i]))
            return true;
    return false;
}

extern const struct sheet_kind sheet_sla;
const struct sheet_kind sheet_sla = {
    .id = "sla", .name = WORD_SHEET_SLA, .has_data = has_data, .build = build};
