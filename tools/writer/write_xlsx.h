/*
 * What the files of the workbook writer share.
 *
 * Owns: struct xlsx lives on the stack of the writer; formats belong to the workbook.
 * Errors: sticky in `error` (of the library, the first one counts) and in `failed` (memory).
 * Units: rows of a worksheet, heading counted, from 0.
 * Threads: one workbook, one thread.
 */
#ifndef CFAUDIT_WRITER_WRITE_XLSX_H
#define CFAUDIT_WRITER_WRITE_XLSX_H

#include <xlsxwriter.h>

#include "base/buf.h"
#include "page/page.h"

enum { XLSX_DECIMALS = 5, XLSX_BOX = 2, XLSX_LINK = 2, XLSX_OPEN = 2, XLSX_NAME_UNITS = 255 };

struct xlsx {
    const struct book *book;
    lxw_workbook *workbook;
    const struct sheet *sheet; /* the current one */
    lxw_error error;
    bool failed;      /* memory ran out in a buffer */
    struct buf text;  /* the string that is handed over next */
    struct buf other; /* a second one beside it */
    struct buf third;
    char none[1];     /* what is handed over after a failure */
    unsigned links;   /* of the current sheet */
    bool has_gaps;    /* of the current sheet, see page.h */
    bool is_streamed; /* rows go to disk as they are written */
    /* made when first used, so that their numbers follow the content */
    lxw_format *formats[STYLE_COUNT][CELL_TYPE_COUNT][LEVEL_COUNT][XLSX_DECIMALS][XLSX_BOX]
                       [XLSX_LINK][XLSX_OPEN];
    lxw_format *rules[LEVEL_COUNT]; /* what a rule changes of a format */
};

void xlsx_keep(struct xlsx *xlsx, lxw_error error);
/* The buffer, empty again; what failed in it before is remembered. */
struct buf *xlsx_clear(struct xlsx *xlsx, struct buf *buf);
/*
 * The one way of text into cells and their help: cleaned, escaped, cut, terminated. Borrowed until
 * the buffer's next use; "" after a failure.
 */
char *xlsx_text(struct xlsx *xlsx, struct buf *buf, struct str text);
/* The same for names and titles, which know no escapes; `limit` in UTF-16 units. */
char *xlsx_title(struct xlsx *xlsx, struct buf *buf, struct str text, size_t limit);

/* Of all columns that the cell covers, in characters. */
double xlsx_width(const struct sheet *sheet, size_t column, const struct cell *cell);
bool xlsx_can_be_link(const struct sheet *sheet, size_t column, const struct cell *cell);
void xlsx_write_cell(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t column,
                     const struct cell *cell, bool boxed, bool is_link);
void xlsx_write_sheet(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet);

/* `boxed`: a cell of a table, with lines around it. */
lxw_format *xlsx_format(struct xlsx *xlsx, const struct cell *cell, bool boxed, bool is_link);
/* Only colours of the level, for a rule; NULL after a failure. */
lxw_format *xlsx_rule_format(struct xlsx *xlsx, enum level level);

/* Name for use in formulas: 'It''s'. */
void xlsx_add_sheet_name(struct buf *out, const struct sheet *sheet);
/* $B7, or $B$7: a row of the worksheet. */
void xlsx_add_place(struct buf *out, size_t row, bool is_fixed, size_t column);
/* Sheet!$A$1:$B$9, rows of the worksheet. */
void xlsx_add_range(struct buf *out, const struct sheet *sheet, size_t first_row,
                    size_t first_column, size_t last_row, size_t last_column);
/* The formula with its {references} resolved, for a cell of the current sheet; false when one names
   nothing. */
bool xlsx_formula(struct xlsx *xlsx, struct str formula, size_t row, struct buf *out);

/* Points; 0: as the program that shows it likes. */
double xlsx_row_height(const struct sheet *sheet, const struct row *row);
/* Conditional formats of columns and cells: what follows the content needs no colour of its own. */
void xlsx_add_rules(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet);
/* A name for use from outside and in formulas: "cf_" and the name. */
void xlsx_define_name(struct xlsx *xlsx, struct str name, const char *range);
void xlsx_add_charts(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet);
/* The hidden sheet with the lists, and the validations that refer to it. */
void xlsx_add_lists(struct xlsx *xlsx, lxw_worksheet *const *worksheets);

#endif
