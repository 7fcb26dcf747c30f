/* Figures for the terminal: a block each, with its breakdown and periods as small tables. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "page/number.h"
#include "report/log_rules_text.h"
#include "report/note_text.h"
#include "report/report.h"
#include "report/report_parts.h"
#include "report/text_table.h"

static void add_row(struct report *report, const struct figure *row, size_t key_columns,
                    struct buf *out)
{
    struct str key = text_key(report, row);

    buf_add_text(out, "  ");
    buf_add(out, key);
    text_pad(out, text_columns(key), key_columns);
    text_right(out, report_count(report, row->n), TEXT_COUNT);
    text_right(out, text_value(report, row, row->value), TEXT_NUMBER);
    text_right(out, text_value(report, row, row->low), TEXT_NUMBER);
    text_right(out, text_value(report, row, row->high), TEXT_NUMBER);
    if (unit_is_duration(row))
        text_right(out, text_quantile(report, row, QUANTILE_P90), TEXT_NUMBER);
    buf_add_char(out, '\n');
}

/* Of most durations; of others the value is another quantile. */
static bool are_medians(const struct figure *rows, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (!unit_is_duration(&rows[i]) ||
            (rows[i].n && rows[i].value != rows[i].quantiles[QUANTILE_P50]))
            return false;
    return true;
}

/* Rows that share what they are broken down by; returns the first of another kind. */
static size_t add_table(struct report *report, const struct figure *rows, size_t first,
                        size_t count, struct buf *out)
{
    size_t columns = TEXT_KEY_LEAST;
    size_t end = first;
    struct str head = say_raw(rows[first].by, report->lang);
    size_t i;

    for (; end < count && str_equal(rows[end].by, rows[first].by); end++) {
        size_t width = text_columns(text_key(report, &rows[end]));

        columns = width > columns ? width : columns;
    }
    columns = text_columns(head) > columns ? text_columns(head) : columns;
    buf_add_text(out, "\n  ");
    buf_add(out, head);
    text_pad(out, text_columns(head), columns);
    text_right(out, STR("n"), TEXT_COUNT);
    text_right(out,
               are_medians(rows + first, end - first) ? STR("p50")
                                                      : report_say(report, WORD_TERM_VALUE),
               TEXT_NUMBER);
    text_right(out, report_say(report, WORD_TERM_LOW), TEXT_NUMBER);
    text_right(out, report_say(report, WORD_TERM_HIGH), TEXT_NUMBER);
    if (unit_is_duration(&rows[first]))
        text_right(out, STR("p90"), TEXT_NUMBER);
    buf_add_char(out, '\n');
    for (i = first; i < end; i++)
        add_row(report, &rows[i], columns, out);
    return end;
}

static void add_interval(struct report *report, const struct figure *figure, struct buf *out)
{
    if (isnan(figure->low) && isnan(figure->high))
        return;
    buf_add_text(out, " [");
    buf_add(out, text_value(report, figure, figure->low));
    buf_add_text(out, report->lang == LANG_IT ? " \xE2\x80\x93 " : " to ");
    buf_add(out, text_value(report, figure, figure->high));
    buf_add_char(out, ']');
}

static void add_quantiles(struct report *report, const struct figure *figure, struct buf *out)
{
    static const char *const names[QUANTILE_COUNT] = {"p50", "p85", "p90", "p95"};
    size_t q;

    if (isnan(figure->quantiles[0]))
        return;
    buf_add_text(out, "  ");
    for (q = 0; q < QUANTILE_COUNT; q++) {
        buf_printf(out, "%s%s ", q ? "   " : "", names[q]);
        buf_add(out, text_quantile(report, figure, (int)q));
    }
    if (!isnan(figure->km_median) && figure->km_median != figure->quantiles[QUANTILE_P50]) {
        buf_add_text(out, "   ");
        buf_add(out, report_say(report, WORD_TERM_KM_MEDIAN));
        buf_add_char(out, ' ');
        buf_add(out, text_value(report, figure, figure->km_median));
    }
    buf_add_char(out, '\n');
}

/* "  left out: 856 no resolution time", the further ones below each other. */
static void add_reasons(struct report *report, enum word label, const struct exclusion *list,
                        size_t count, struct buf *out)
{
    struct str head = report_say(report, label);
    size_t i;

    for (i = 0; i < count; i++) {
        buf_add_text(out, "  ");
        if (i == 0) {
            buf_add(out, head);
            buf_add_text(out, ": ");
        } else {
            text_pad(out, 0, text_columns(head) + 2);
        }
        buf_add(out, report_count(report, list[i].n));
        buf_add_char(out, ' ');
        buf_add(out, say_raw(list[i].reason, report->lang));
        buf_add_char(out, '\n');
    }
}

static void add_figure(struct report *report, const struct figure *figure, struct buf *out)
{
    size_t i = 0;

    buf_add(out, figure->measure);
    buf_add_char(out, ' ');
    buf_add(out, figure_title(report, figure));
    buf_add_text(out, ": ");
    buf_add(out, text_value(report, figure, figure->value));
    add_interval(report, figure, out);
    buf_add_text(out, ", n ");
    buf_add(out, report_count(report, figure->n));
    if (figure->standing.len && figure->n) {
        buf_add_text(out, " (");
        buf_add(out, say_raw(figure->standing, report->lang));
        buf_add_char(out, ')');
    }
    if (figure->verdict.len) {
        buf_add_text(out, "; ");
        buf_add(out, report_say(report, WORD_TERM_TARGET));
        buf_add_char(out, ' ');
        buf_add(out, text_value(report, figure, figure->target));
        buf_add_text(out, ": ");
        buf_add(out, say_raw(figure->verdict, report->lang));
    }
    buf_add_text(out, "\n  ");
    buf_add(out, say_raw(figure->population, report->lang));
    buf_add_char(out, '\n');
    if (figure->note.len)
        text_line(out, note_text(report, figure->note));
    add_quantiles(report, figure, out);
    add_reasons(report, WORD_TERM_LEFT_OUT, figure->excluded, figure->excluded_count, out);
    add_reasons(report, WORD_TERM_DIFFERENCES, figure->differences, figure->difference_count, out);
    while (i < figure->breakdown_count)
        i = add_table(report, figure->breakdown, i, figure->breakdown_count, out);
    text_row_signals(report, figure, out);
    text_series(report, figure, out);
    buf_add_char(out, '\n');
}

/* Records that name others. */
static void add_joins(struct report *report, struct buf *out)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    for (i = 0; i < evidence->join_count; i++) {
        const struct ledger_join *join = &evidence->joins[i];
        struct str name = join_name(report, join);

        buf_add(out, report_fill(report, WORD_SUM_JOIN, 4, name,
                                 report_count(report, join->named),
                                 report_count(report, join->orphans), join->to));
        buf_add_char(out, '\n');
    }
}

static void add_clock(struct report *report, struct buf *out)
{
    const struct evidence_audit *audit = &report->evidence->audit;

    buf_add(out,
            report_fill(
                report, audit->as_of_is_given ? WORD_TERM_CLOCK_GIVEN : WORD_TERM_CLOCK_LATEST, 3,
                instant_is_missing(audit->as_of) ? STR("-") : report_instant(report, audit->as_of),
                audit->zone.len ? audit->zone : STR("UTC"), report_calendar(report)));
    buf_add_char(out, '\n');
}

enum status report_figures_text(struct arena *arena, const struct evidence *evidence,
                                enum lang lang, struct diag *diag, struct buf *out)
{
    struct report report;
    enum status status = report_open(&report, arena, evidence, NULL, lang, diag);
    size_t i;

    if (status != STATUS_OK)
        return status;
    for (i = 0; i < evidence->figure_count; i++)
        add_figure(&report, &evidence->figures[i], out);
    for (i = 0; i < evidence->source_count; i++)
        source_text(&report, &evidence->sources[i], out);
    add_joins(&report, out);
    add_clock(&report, out);
    report_close(&report);
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}

enum status report_sources_text(struct arena *arena, const struct evidence *evidence,
                                enum lang lang, struct diag *diag, struct buf *out)
{
    struct report report;
    enum status status = report_open(&report, arena, evidence, NULL, lang, diag);
    size_t i;

    if (status != STATUS_OK)
        return status;
    for (i = 0; i < evidence->source_count; i++)
        source_text(&report, &evidence->sources[i], out);
    add_joins(&report, out);
    for (i = 0; i < evidence->missing_count; i++) {
        buf_add(out, report_fill(&report, WORD_SUM_MISSING, 2, evidence->missing[i].id,
                                 say_raw(evidence->missing[i].reason, lang)));
        buf_add_char(out, '\n');
    }
    report_close(&report);
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}
