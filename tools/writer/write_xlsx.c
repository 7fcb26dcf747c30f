/*
 * Books as XLSX through libxlsxwriter. Everything the library would only warn about on stderr, or
 * accept and let Excel "repair", is checked before it is called. Strings are always written as
 * strings; the only formulas are those of the page. Same book, same bytes.
 */
#include "writer/write_xlsx.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "page/lines.h"
#include "page/number.h"
#include "writer/clean_text.h"
#include "writer/writer.h"

enum { XLSX_CELL_UNITS = 32767, XLSX_NAME_UNITS = 255, XLSX_HEADER_CHARACTERS = 80 };
static const size_t XLSX_ROWS = 1048576;
/* More links than this in a sheet, and Excel drops them all. */
static const unsigned XLSX_LINKS = 65530;
/* Above this many cells the rows go to disk as they are written; below, strings are shared. */
static const uint64_t XLSX_CELLS_IN_MEMORY = 50000;
/* Day number of 1970-01-01 in the 1900 date system, and the last day it knows, 9999-12-31. */
static const double XLSX_EPOCH = 25569;
/* Serial numbers before 1900-03-01 are one off in Excel: such a date is written as text. */
static const double XLSX_FIRST_DAY = 61;
static const double XLSX_LAST_DAY = 2958466;
/* What the arrow of a filter covers of a heading, and the air around it. */
static const double FILTER_CHARACTERS = 2;
static const double HEAD_EXTRA_POINTS = 4;
/* The tallest row Excel knows. */
static const double XLSX_ROW_POINTS = 409;
/* Characters across one printed page that can still be read. */
static const double PAGE_CHARACTERS = 205;
/* 2000-01-01: when a book has no instant of its own; 0 would be the clock. */
static const time_t XLSX_CREATED = 946684800;

void xlsx_keep(struct xlsx *xlsx, lxw_error error)
{
    if (error != LXW_NO_ERROR && xlsx->error == LXW_NO_ERROR)
        xlsx->error = error;
}

struct buf *xlsx_clear(struct xlsx *xlsx, struct buf *buf)
{
    xlsx->failed |= buf->failed;
    buf_clear(buf);
    return buf;
}

static char *cleaned(struct xlsx *xlsx, struct buf *buf, struct str text, bool escape, size_t limit)
{
    xlsx_clear(xlsx, buf);
    clean_text(buf, text, escape, limit, xlsx->book->lang);
    buf_add_text(buf, "");
    if (!buf->failed && buf->bytes)
        return buf->bytes;
    xlsx->none[0] = '\0';
    return xlsx->none;
}

char *xlsx_text(struct xlsx *xlsx, struct buf *buf, struct str text)
{
    return cleaned(xlsx, buf, text, /* escape= */ true, XLSX_CELL_UNITS);
}

char *xlsx_title(struct xlsx *xlsx, struct buf *buf, struct str text, size_t limit)
{
    return cleaned(xlsx, buf, text, /* escape= */ false, limit);
}

static void write_string(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t column,
                         struct str text, lxw_format *format)
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
    char *string = xlsx_text(xlsx, &xlsx->text, cell->is.text);
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

static void write_time(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t column,
                       const struct cell *cell, lxw_format *format)
{
    double serial = (double)cell->is.time.us / (double)DAY_US + XLSX_EPOCH;

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

    return cell->type == CELL_DURATION ? cell->is.number / seconds_an_hour : cell->is.number;
}

static void write_number(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row,
                         lxw_col_t column, const struct cell *cell, lxw_format *format)
{
    if (isfinite(cell->is.number))
        xlsx_keep(xlsx,
                  worksheet_write_number(worksheet, row, column, shown_number(cell), format));
    else
        xlsx_keep(xlsx, LXW_ERROR_PARAMETER_VALIDATION);
}

/* False when the cell has no formula, or one that refers to a sheet that was left out. */
static bool write_formula(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row,
                          lxw_col_t column, const struct cell *cell, lxw_format *format)
{
    if (!cell->extra || !cell->extra->formula.ptr ||
        !xlsx_formula(xlsx, cell->extra->formula, row, &xlsx->other))
        return false;
    if (cell->type == CELL_TEXT || cell->type == CELL_BLANK)
        xlsx_keep(xlsx, worksheet_write_formula_str(
                            worksheet, row, column, xlsx->other.bytes, format,
                            xlsx_text(xlsx, &xlsx->text,
                                      cell->type == CELL_TEXT ? cell->is.text : STR(""))));
    else
        xlsx_keep(xlsx, worksheet_write_formula_num(worksheet, row, column, xlsx->other.bytes,
                                                    format, shown_number(cell)));
    return true;
}

static double covered_width(const struct sheet *sheet, size_t column, const struct cell *cell)
{
    double width = 0;
    size_t i;

    for (i = 0; i < cell->span && column + i < sheet->column_count; i++)
        width += sheet->columns[column + i].width;
    return width;
}

/* Some programs show a link on one line only: longer texts go without. */
static bool can_be_link(const struct sheet *sheet, size_t column, const struct cell *cell)
{
    return cell->type == CELL_TEXT && cell->extra && cell->extra->link_key.ptr &&
           lines_needed(cell->is.text, covered_width(sheet, column, cell)) == 1;
}

static void write_content(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row,
                          lxw_col_t column, const struct cell *cell, bool boxed, bool is_link)
{
    lxw_format *format = xlsx_format(xlsx, cell, boxed, is_link);

    if (write_formula(xlsx, worksheet, row, column, cell, format))
        return;
    switch ((enum cell_type)cell->type) {
    case CELL_TEXT:
        if (is_link && write_link(xlsx, worksheet, row, column, cell, format))
            break;
        if (is_link)
            format = xlsx_format(xlsx, cell, boxed, /* is_link= */ false);
        write_string(xlsx, worksheet, row, column, cell->is.text, format);
        break;
    case CELL_UNIT:
        write_string(xlsx, worksheet, row, column, unit_word(cell->is.text), format);
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
        xlsx_keep(xlsx, worksheet_write_blank(worksheet, row, column, format));
        break;
    }
}

static void add_comment(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t column,
                        struct str help)
{
    char *string = xlsx_text(xlsx, &xlsx->text, help);
    lxw_comment_options options;
    size_t lines = help.len / 45 + 2;

    memset(&options, 0, sizeof options);
    options.width = 300;
    options.height = (uint16_t)(lines > 20 ? 400 : lines * 20);
    if (*string)
        xlsx_keep(xlsx, worksheet_write_comment_opt(worksheet, row, column, string, &options));
}

static void define_name(struct xlsx *xlsx, struct str name, const struct sheet *sheet, size_t row,
                        size_t column, size_t last_row, size_t last_column)
{
    struct buf *defined = &xlsx->text;
    size_t i;

    xlsx_clear(xlsx, defined);
    buf_add_text(defined, "cf_");
    for (i = 0; i < name.len; i++)
        buf_add_char(defined, name.ptr[i] == '-' ? '_' : name.ptr[i]);
    xlsx_clear(xlsx, &xlsx->other);
    buf_add_char(&xlsx->other, '=');
    xlsx_add_range(&xlsx->other, sheet, row, column, last_row, last_column);
    if (!defined->failed && !xlsx->other.failed)
        xlsx_keep(xlsx,
                  workbook_define_name(xlsx->workbook, defined->bytes, xlsx->other.bytes));
}

static void write_cell(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet,
                       lxw_row_t row, size_t column, const struct cell *cell)
{
    bool boxed = sheet->has_heading;
    lxw_col_t first = (lxw_col_t)column;

    if (cell->span > 1)
        xlsx_keep(xlsx, worksheet_merge_range(worksheet, row, first, row,
                                              (lxw_col_t)(first + cell->span - 1), "",
                                              xlsx_format(xlsx, cell, boxed, false)));
    write_content(xlsx, worksheet, row, first, cell, boxed, can_be_link(sheet, column, cell));
    if (!cell->extra)
        return;
    if (cell->extra->help.ptr)
        add_comment(xlsx, worksheet, row, first, cell->extra->help);
    if (cell->extra->name.ptr)
        define_name(xlsx, cell->extra->name, sheet, row, column, row, column);
}

static void write_heading(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    struct cell cell = {.type = CELL_TEXT, .span = 1};
    lxw_col_t last = (lxw_col_t)(sheet->column_count - 1);
    unsigned lines = 1;
    size_t i;

    for (i = 0; i < sheet->column_count; i++) {
        const struct column *column = &sheet->columns[i];
        unsigned needed = lines_needed(column->title, column->width - FILTER_CHARACTERS);

        if (needed > lines)
            lines = needed;
    }
    xlsx_keep(xlsx, worksheet_set_row(worksheet, 0, lines_height(lines) + HEAD_EXTRA_POINTS, NULL));
    for (i = 0; i < sheet->column_count; i++) {
        cell.is.text = sheet->columns[i].title;
        cell.style = cell_type_is_number(sheet->columns[i].type) ? STYLE_HEAD_NUMBER : STYLE_HEAD;
        write_content(xlsx, worksheet, 0, (lxw_col_t)i, &cell, /* boxed= */ true,
                      /* is_link= */ false);
        if (sheet->columns[i].help.ptr)
            add_comment(xlsx, worksheet, 0, (lxw_col_t)i, sheet->columns[i].help);
    }
    worksheet_freeze_panes(worksheet, 1, (lxw_col_t)sheet->frozen_columns);
    xlsx_keep(xlsx, worksheet_autofilter(worksheet, 0, 0, (lxw_row_t)sheet->row_count, last));
    xlsx_keep(xlsx, worksheet_repeat_rows(worksheet, 0, 0));
}

/* A text for a header or footer: short, its "&" doubled. */
static void add_header_text(struct buf *out, struct str text)
{
    struct str cut = {text.ptr, text_fit(text, XLSX_HEADER_CHARACTERS)};
    size_t i;

    for (i = 0; i < cut.len; i++) {
        if (cut.ptr[i] == '&')
            buf_add_char(out, '&');
        if ((unsigned char)cut.ptr[i] >= 0x20)
            buf_add_char(out, cut.ptr[i]);
    }
}

/* A wide table goes over several pages side by side, each with the first columns again. */
static void fit_pages(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    double width = 0;
    uint16_t across = 1;
    size_t i;

    for (i = 0; i < sheet->column_count; i++)
        width += sheet->columns[i].width;
    while (!sheet->is_one_page && across < 4 && width > PAGE_CHARACTERS * across)
        across++;
    worksheet_fit_to_pages(worksheet, across, sheet->is_one_page ? 1 : 0);
    if (across > 1 && sheet->frozen_columns > 0)
        xlsx_keep(xlsx, worksheet_repeat_columns(worksheet, 0,
                                                 (lxw_col_t)(sheet->frozen_columns - 1)));
}

static void set_up_page(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    static const char *const page_of[LANG_COUNT] = {"&RPage &P of &N", "&RPagina &P di &N"};
    const struct book *book = xlsx->book;
    struct buf *out = &xlsx->text;

    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, 9); /* A4 */
    worksheet_set_margins(worksheet, 0.4, 0.4, 0.6, 0.6);
    fit_pages(xlsx, worksheet, sheet);
    xlsx_clear(xlsx, out);
    buf_add_text(out, "&L");
    add_header_text(out, (struct str){xlsx_title(xlsx, &xlsx->other, book->organization, XLSX_NAME_UNITS),
                                      xlsx->other.len});
    buf_add_text(out, "&R");
    add_header_text(out, sheet->name);
    if (!out->failed)
        xlsx_keep(xlsx, worksheet_set_header(worksheet, out->bytes));
    xlsx_clear(xlsx, out);
    buf_add_text(out, "&L");
    add_header_text(out, book->tool);
    buf_add_text(out, page_of[book->lang]);
    if (!out->failed)
        xlsx_keep(xlsx, worksheet_set_footer(worksheet, out->bytes));
    if (!sheet->has_heading)
        worksheet_gridlines(worksheet, LXW_HIDE_ALL_GRIDLINES);
}

/* Programs differ in whether they fit rows to wrapped text on opening: so it is said. */
static double row_height(const struct sheet *sheet, const struct row *row)
{
    unsigned most = 1;
    double height;
    size_t i;

    if (row->height > 0)
        return (double)row->height;
    for (i = 0; i < row->cell_count; i++) {
        unsigned lines = 1;

        if (row->cells[i].type == CELL_TEXT && row->cells[i].span > 0)
            lines = lines_needed(row->cells[i].is.text, covered_width(sheet, i, &row->cells[i]));
        if (lines > most)
            most = lines;
    }
    height = most > 1 ? lines_height(most) : 0;
    return height < XLSX_ROW_POINTS ? height : XLSX_ROW_POINTS;
}

static void write_row(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet,
                      const struct row *row, lxw_row_t number)
{
    static const struct cell blank = {.type = CELL_BLANK, .span = 1};
    double height = row_height(sheet, row);
    size_t i;

    if (height > 0)
        xlsx_keep(xlsx, worksheet_set_row(worksheet, number, height, NULL));
    for (i = 0; i < row->cell_count; i++)
        if (row->cells[i].span > 0)
            write_cell(xlsx, worksheet, sheet, number, i, &row->cells[i]);
    for (; i < sheet->column_count; i++)
        write_content(xlsx, worksheet, number, (lxw_col_t)i, &blank, sheet->has_heading,
                      /* is_link= */ false);
}

static void write_sheet(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    lxw_row_t number = sheet->has_heading ? 1 : 0;
    const struct row *row;
    size_t i;

    xlsx->links = 0;
    for (i = 0; i < sheet->column_count; i++)
        xlsx_keep(xlsx, worksheet_set_column(worksheet, (lxw_col_t)i, (lxw_col_t)i,
                                             sheet->columns[i].width, NULL));
    set_up_page(xlsx, worksheet, sheet);
    if (sheet->has_heading && sheet->column_count > 0)
        write_heading(xlsx, worksheet, sheet);
    for (row = sheet->rows; row; row = row->next)
        write_row(xlsx, worksheet, sheet, row, number++);
    if (sheet->has_heading && sheet->column_count > 0)
        define_name(xlsx, sheet->id, sheet, 0, 0, sheet->row_count, sheet->column_count - 1);
    xlsx_add_charts(xlsx, worksheet, sheet);
}

static void set_properties(struct xlsx *xlsx)
{
    const struct book *book = xlsx->book;
    lxw_doc_properties properties;

    memset(&properties, 0, sizeof properties);
    properties.title = xlsx_title(xlsx, &xlsx->text, book->title, XLSX_NAME_UNITS);
    properties.author = xlsx_title(xlsx, &xlsx->other, book->tool, XLSX_NAME_UNITS);
    properties.created = instant_is_missing(book->created)
                             ? XLSX_CREATED
                             : (time_t)(book->created.us / SECOND_US);
    if (properties.created == 0)
        properties.created = XLSX_CREATED;
    xlsx_keep(xlsx, workbook_set_properties(xlsx->workbook, &properties));
}

static void write_book(struct xlsx *xlsx)
{
    lxw_worksheet **worksheets = mem_alloc(xlsx->book->sheet_count + 1, sizeof *worksheets);
    const struct sheet *sheet;
    size_t count = 0;

    if (!worksheets) {
        xlsx->failed = true;
        return;
    }
    set_properties(xlsx);
    for (sheet = xlsx->book->sheets; sheet; sheet = sheet->next) {
        char *name = xlsx_title(xlsx, &xlsx->text, sheet->name, XLSX_NAME_UNITS);
        lxw_worksheet *worksheet = workbook_add_worksheet(xlsx->workbook, name);

        if (!worksheet) {
            xlsx_keep(xlsx, LXW_ERROR_PARAMETER_VALIDATION);
            break;
        }
        worksheets[count++] = worksheet;
        write_sheet(xlsx, worksheet, sheet);
    }
    if (count == xlsx->book->sheet_count)
        xlsx_add_lists(xlsx, worksheets);
    mem_free(worksheets);
}

static uint64_t count_cells(const struct book *book)
{
    const struct sheet *sheet;
    uint64_t count = 0;

    for (sheet = book->sheets; sheet; sheet = sheet->next)
        count += (uint64_t)sheet->row_count * sheet->column_count;
    return count;
}

static enum status check_size(const struct book *book, struct diag *diag)
{
    const struct sheet *sheet;

    for (sheet = book->sheets; sheet; sheet = sheet->next) {
        if (sheet->row_count + 1 > XLSX_ROWS) {
            diag_report(diag, RULE_OUTPUT_LIMIT, WHERE_NONE, "'%.*s' has %zu rows",
                        STR_ARG(sheet->name), sheet->row_count);
            return STATUS_LIMIT;
        }
    }
    return STATUS_OK;
}

/* The folder of the path: temporary files stay on the disk the workbook goes to. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (slash == path ? 1 : (size_t)(slash - path)) : 1;
    char *folder = mem_alloc(len + 1, 1);

    if (folder)
        memcpy(folder, slash ? path : ".", len);
    return folder;
}

static enum status outcome(struct xlsx *xlsx, const char *path, struct diag *diag)
{
    if (xlsx->failed || xlsx->text.failed || xlsx->other.failed ||
        xlsx->error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return diag_no_memory(diag);
    if (xlsx->error != LXW_NO_ERROR) {
        diag_report(diag, RULE_OUTPUT_WRITE, WHERE_NONE, "'%s': %s", path,
                    lxw_strerror(xlsx->error));
        return STATUS_IO;
    }
    return STATUS_OK;
}

static enum status write_xlsx(const struct book *book, const char *path, struct diag *diag)
{
    lxw_workbook_options options;
    enum status status = check_size(book, diag);
    struct xlsx *xlsx = NULL;
    char *folder = NULL;

    if (status != STATUS_OK)
        return status;
    xlsx = mem_alloc(1, sizeof *xlsx);
    folder = folder_of(path);
    if (!xlsx || !folder) {
        status = diag_no_memory(diag);
        goto out;
    }
    memset(&options, 0, sizeof options);
    options.constant_memory = count_cells(book) > XLSX_CELLS_IN_MEMORY;
    options.tmpdir = folder;
    options.use_zip64 = LXW_FALSE;
    xlsx->book = book;
    buf_init(&xlsx->text, SIZE_MAX / 2);
    buf_init(&xlsx->other, SIZE_MAX / 2);
    xlsx->workbook = workbook_new_opt(path, &options);
    if (!xlsx->workbook) {
        status = diag_no_memory(diag);
        goto out;
    }
    write_book(xlsx);
    xlsx_keep(xlsx, workbook_close(xlsx->workbook));
    status = outcome(xlsx, path, diag);
out:
    if (xlsx) {
        buf_done(&xlsx->text);
        buf_done(&xlsx->other);
    }
    mem_free(xlsx);
    mem_free(folder);
    return status;
}

extern const struct writer writer_xlsx;
const struct writer writer_xlsx = {.name = "xlsx", .ending = ".xlsx", .write = write_xlsx};
