#include <math.h>

#include "page/lines.h"
#include "page/number.h"
#include "writer/write_xlsx.h"

/* More links than this in a sheet, and Excel drops them all. */
static const unsigned XLSX_LINKS = 65530;
/* Day number of 1970-01-01 in the 1900 date system, and the last day it knows, 9999-12-31. */
static const double XLSX_EPOCH = 25569;
/* Serial numbers before 1900-03-01 are one off in Excel: such a date is written as text. */
static const double XLSX_FIRST_DAY = 61;
static const double XLSX_LAST_DAY = 2958466;

static void write_string(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row,
                         lxw_col_t column, struct str text, lxw_format *format)
{
    char *string = xlsx_text(xlsx, &xlsx->text, text);

    if (*string)
        xlsx_keep(xlsx, worksheet_write_string(worksheet, row, column, string, format));
    else
        xlsx_keep(xlsx, worksheet_write_blank(worksheet, row, column, format));
}

/* False: the target does not exist or the sheet has too many links; then it is plain text. */
static bool write_link(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t column,
                       const struct cell *cell, lxw_format *format)
{
    const struct sheet *sheet = book_find_sheet(xlsx->book, cell->extra->link_sheet);
    char *string = xlsx_text(xlsx, &xlsx->text, cell_text(cell));
    size_t target;

    if (!sheet || *string == '\0' || xlsx->links >= XLSX_LINKS ||
        !book_find_row(xlsx->book, sheet->id, cell->extra->link_key, &target))
        return false;
    xlsx_clear(xlsx, &xlsx->other);
    buf_add_text(&xlsx->other, "internal:");
    xlsx_add_sheet_name(&xlsx->other, sheet);
    buf_printf(&xlsx->other, "!A%zu", target + sheet->has_heading + 1);
    if (xlsx->other.failed)
        return false;
    xlsx->links++;
    xlsx_keep(xlsx, worksheet_write_url_opt(worksheet, row, column, xlsx->other.bytes, format,
                                            string, NULL));
    return true;
}

static double serial_of(const struct cell *cell)
{
    return (double)cell->is.time.us / (double)DAY_US + XLSX_EPOCH;
}

static void write_time(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t column,
                       const struct cell *cell, lxw_format *format)
{
    double serial = serial_of(cell);

    if (serial >= XLSX_FIRST_DAY && serial < XLSX_LAST_DAY) {
        xlsx_keep(xlsx, worksheet_write_number(worksheet, row, column, serial, format));
        return;
    }
    xlsx_clear(xlsx, &xlsx->other);
    number_add_instant(&xlsx->other, cell->is.time, LANG_EN);
    write_string(xlsx, worksheet, row, column, buf_str(&xlsx->other), format);
}

static double shown_number(const struct cell *cell)
{
    static const double seconds_an_hour = 3600;

    if (cell->type == CELL_DATE || cell->type == CELL_INSTANT)
        return serial_of(cell);
    return cell->type == CELL_DURATION ? cell->is.number / seconds_an_hour : cell->is.number;
}

static void write_number(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row,
                         lxw_col_t column, const struct cell *cell, lxw_format *format)
{
    if (isfinite(cell->is.number))
        xlsx_keep(xlsx, worksheet_write_number(worksheet, row, column, shown_number(cell), format));
    else
        xlsx_keep(xlsx, LXW_ERROR_PARAMETER_VALIDATION);
}

/* Missing: it has none. A column's formula is of its rows, not of its heading. */
static struct str formula_of(const struct xlsx *xlsx, lxw_row_t row, lxw_col_t column,
                             const struct cell *cell)
{
    if (xlsx->sheet->has_heading && row == 0)
        return (struct str){NULL, 0};
    return cell->extra && cell->extra->formula.ptr ? cell->extra->formula
                                                   : xlsx->sheet->columns[column].formula;
}

/* False when the cell has no formula, or one that refers to a sheet that was left out. */
static bool write_formula(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row,
                          lxw_col_t column, const struct cell *cell, lxw_format *format)
{
    struct str formula = formula_of(xlsx, row, column, cell);

    if (!formula.ptr || !xlsx_formula(xlsx, formula, row, &xlsx->other))
        return false;
    if (cell->type == CELL_TEXT || cell->type == CELL_BLANK)
        xlsx_keep(xlsx, worksheet_write_formula_str(
                            worksheet, row, column, xlsx->other.bytes, format,
                            xlsx_text(xlsx, &xlsx->text,
                                      cell->type == CELL_TEXT ? cell_text(cell) : STR(""))));
    else
        xlsx_keep(xlsx, worksheet_write_formula_num(worksheet, row, column, xlsx->other.bytes,
                                                    format, shown_number(cell)));
    return true;
}

double xlsx_width(const struct sheet *sheet, size_t column, const struct cell *cell)
{
    double width = 0;
    size_t i;

    for (i = 0; i < cell->span && column + i < sheet->column_count; i++)
        width += sheet->columns[column + i].width;
    return width;
}

/* Some programs show a link on one line only: longer texts go without. */
bool xlsx_can_be_link(const struct sheet *sheet, size_t column, const struct cell *cell)
{
    return cell->type == CELL_TEXT && cell->extra && cell->extra->link_key.ptr &&
           lines_needed(cell_text(cell), xlsx_width(sheet, column, cell)) == 1;
}

void xlsx_write_cell(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t column,
                     const struct cell *cell, bool boxed, bool is_link)
{
    lxw_format *format = xlsx_format(xlsx, cell, boxed, is_link);

    /* a link stays where a formula then takes the place of its text */
    if (is_link && formula_of(xlsx, row, column, cell).ptr &&
        !write_link(xlsx, worksheet, row, column, cell, format))
        format = xlsx_format(xlsx, cell, boxed, /* is_link= */ false);
    if (write_formula(xlsx, worksheet, row, column, cell, format))
        return;
    switch ((enum cell_type)cell->type) {
    case CELL_TEXT:
        if (is_link && write_link(xlsx, worksheet, row, column, cell, format))
            break;
        if (is_link)
            format = xlsx_format(xlsx, cell, boxed, /* is_link= */ false);
        write_string(xlsx, worksheet, row, column, cell_text(cell), format);
        break;
    case CELL_UNIT:
        write_string(xlsx, worksheet, row, column, unit_word(cell_text(cell)), format);
        break;
    case CELL_INTEGER:
    case CELL_NUMBER:
    case CELL_SHARE:
    case CELL_POINTS:
    case CELL_DURATION:
        write_number(xlsx, worksheet, row, column, cell, format);
        break;
    case CELL_DATE:
    case CELL_INSTANT:
        write_time(xlsx, worksheet, row, column, cell, format);
        break;
    case CELL_BLANK:
    case CELL_TYPE_COUNT:
        /* the library would hand a chart a nought for a blank that has a format */
        if (!xlsx->has_gaps)
            xlsx_keep(xlsx, worksheet_write_blank(worksheet, row, column, format));
        break;
    }
}
