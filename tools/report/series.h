/*
 * What figures say by period, for the sheets that show it: which series there are, where their
 * numbers stand in the table of trends, and what their charts and trends say in words.
 *
 * Call: series_collect once, before the sheets are built; then the other functions.
 * Owns: the list lives in the report's arena; texts as in report/report_parts.h.
 * Errors: as the report.
 * Units: rows of the sheet "trend-data" from 0, its heading not counted.
 * Threads: one report, one thread.
 */
#ifndef CFAUDIT_REPORT_SERIES_H
#define CFAUDIT_REPORT_SERIES_H

#include "report/report_parts.h"

/* Columns of the sheet "trend-data". */
enum trend_column {
    TREND_MEASURE,
    TREND_VARIANT,
    TREND_BY,
    TREND_KEY,
    TREND_PERIOD,
    TREND_N,
    TREND_VALUE,
    TREND_LOW,
    TREND_HIGH,
    TREND_TARGET,
    TREND_UNIT,
    TREND_P90,
    TREND_EVIDENCE,
    TREND_CENTRE,
    TREND_LOWER,
    TREND_UPPER,
    TREND_SIGNAL,
    TREND_REACTION,
    TREND_UNANSWERED, /* the value again, where it is a signal without a reaction */
    TREND_ANSWERED,   /* and where it is one with */
    TREND_COLUMNS
};

/* A figure of the ledger, or one row of its breakdown. Its own row in the table comes first, then
   those of its periods, then those of its bins. */
struct series_entry {
    const struct figure *top;
    const struct figure *figure;
    size_t first_row;
};

/* Fills report->entries. */
void series_collect(struct report *report);
bool series_is_there(const struct report *report);
/* Two periods at least say something. */
bool series_can_be_drawn(const struct figure *figure);
/* The limits of the figure's periods can be shown. */
bool series_has_chart(const struct figure *figure);
uint64_t series_signals(const struct report *report, uint64_t *ret_unanswered);
/* The grid of the periods, as a word: "month", "week", "quarter". */
enum word series_grid(const struct figure *figure);
/* "SLA attainment (computed), P1" */
struct str series_title(struct report *report, const struct series_entry *entry);
/* Key of the row of a signal in the sheet "series". */
struct str series_anchor(struct report *report, const struct series_entry *entry,
                         const struct figure *period);

/* "below the lower limit", and how much that is: "81.0 %" */
struct str signal_text(struct report *report, const struct series_entry *entry,
                       const struct figure *period, bool with_limit);
/* "Laney p' chart, limits from 2025-01 to 2025-12; 2 signals, 1 without a reaction" */
struct str chart_text(struct report *report, const struct series_entry *entry);
/* "rising by 0.7 points a month (p = 0.0012)" */
struct str trend_text(struct report *report, const struct series_entry *entry);
/* "1-2 h" */
struct str bin_text(struct report *report, const struct figure *figure,
                    const struct figure_bin *bin);

/* The charts below row `at_row` of the sheet, each page's first row marked. */
void series_charts(struct report *report, struct sheet *sheet);

#endif
