/*
 * Columns of text on the terminal.
 *
 * Owns: nothing; errors stick in the buffer.
 * Units: columns of one character each.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_REPORT_TEXT_TABLE_H
#define CFAUDIT_REPORT_TEXT_TABLE_H

#include "report/report_parts.h"

enum { TEXT_KEY_MOST = 32, TEXT_KEY_LEAST = 8, TEXT_NUMBER = 13, TEXT_COUNT = 10, TEXT_LINE = 80 };

size_t text_columns(struct str s);
/* Blanks from a column to another. */
void text_pad(struct buf *out, size_t from, size_t to);
void text_right(struct buf *out, struct str text, size_t columns);
/* The key of a row, cut to TEXT_KEY_MOST. */
struct str text_key(struct report *report, const struct figure *row);
/* The value in the figure's unit; an en dash where there is none. */
struct str text_value(struct report *report, const struct figure *figure, double value);
/* A quantile, or the dash where so few cases do not allow to state it. */
struct str text_quantile(struct report *report, const struct figure *figure, int quantile);

/* A sentence as a line of its own, broken at blanks before column 80. */
void text_line(struct buf *out, struct str text);

/* Which rows of a breakdown have signals in the charts of their series. */
void text_row_signals(struct report *report, const struct figure *figure, struct buf *out);
/* The periods of a figure, with the limits and signals of its control chart, and its trend. */
void text_series(struct report *report, const struct figure *figure, struct buf *out);

#endif
