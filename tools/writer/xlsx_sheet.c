#include <math.h>
#include <string.h>

#include "page/house.h"
#include "page/lines.h"
#include "writer/write_xlsx.h"
#include "writer/writer.h"

/* Excel knows 1023 breaks in a sheet. */
enum { XLSX_HEADER_CHARACTERS = 80, XLSX_BREAKS = 1000 };
/* What the arrow of a filter covers of a heading, and the air around it. */
static const double FILTER_CHARACTERS = 2;
static const double HEAD_EXTRA_POINTS = 4;
/* The tallest row Excel knows. */
static const double XLSX_ROW_POINTS = 409;
static const double INCH_PIXELS = 96;
/* Height of a row that nothing else is said of. */
enum { ROW_PIXELS = 20 };
/* A sheet of more pages side by side than this cannot be laid out on a table. */
static const uint16_t ACROSS_MOST = 4;
/* How much wider columns are where another font stands in for the one that workbooks name. */
static const double OTHER_FONT = 1.34;

static void add_comment(struct xlsx *xlsx, lxw_worksheet *worksheet, lxw_row_t row,
                        lxw_col_t column, struct str help)
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

void xlsx_define_name(struct xlsx *xlsx, struct str name, const char *range)
{
    struct buf *defined = xlsx_clear(xlsx, &xlsx->text);
    size_t i;

    buf_add_text(defined, "cf_");
    for (i = 0; i < name.len; i++)
        buf_add_char(defined, name.ptr[i] == '-' ? '_' : name.ptr[i]);
    if (!defined->failed)
        xlsx_keep(xlsx, workbook_define_name(xlsx->workbook, defined->bytes, range));
}

static void define_name(struct xlsx *xlsx, struct str name, const struct sheet *sheet, size_t row,
                        size_t column, size_t last_row, size_t last_column)
{
    xlsx_clear(xlsx, &xlsx->other);
    buf_add_char(&xlsx->other, '=');
    xlsx_add_range(&xlsx->other, sheet, row, column, last_row, last_column);
    if (!xlsx->other.failed)
        xlsx_define_name(xlsx, name, xlsx->other.bytes);
}

/* Colours by rules instead of one for all contents; who may write into it. */
static struct cell as_drawn(const struct sheet *sheet, size_t column, const struct cell *cell)
{
    const struct column *drawn = &sheet->columns[column];
    struct cell copy = *cell;

    if (drawn->rule_count > 0 || (cell->extra && cell->extra->rule_count > 0))
        copy.level = LEVEL_NONE;
    if (drawn->is_input && !(cell->extra && cell->extra->formula.ptr))
        copy.is_input = true;
    return copy;
}

static void write_cell(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet,
                       lxw_row_t row, size_t column, const struct cell *content)
{
    struct cell drawn = as_drawn(sheet, column, content);
    const struct cell *cell = &drawn;
    bool boxed = sheet->has_heading;
    lxw_col_t first = (lxw_col_t)column;

    if (cell->span > 1)
        xlsx_keep(xlsx, worksheet_merge_range(worksheet, row, first, row,
                                              (lxw_col_t)(first + cell->span - 1), "",
                                              xlsx_format(xlsx, cell, boxed, false)));
    xlsx_write_cell(xlsx, worksheet, row, first, cell, boxed,
                    xlsx_can_be_link(sheet, column, cell));
    if (!cell->extra)
        return;
    if (cell->extra->help.ptr)
        add_comment(xlsx, worksheet, row, first, cell->extra->help);
    if (cell->extra->name.ptr)
        define_name(xlsx, cell->extra->name, sheet, row, column, row, column);
}

/* The title of a column; says of one that follows nothing, beside others that do, that it does not. */
static struct str heading_text(struct xlsx *xlsx, const struct column *column)
{
    static const char *const as_written[LANG_COUNT] = {" (as written)", " (alla stesura)"};

    if (!column->is_as_written)
        return column->title;
    xlsx_clear(xlsx, &xlsx->third);
    buf_add(&xlsx->third, column->title);
    buf_add_text(&xlsx->third, as_written[xlsx->book->lang]);
    return xlsx->third.failed ? column->title : buf_str(&xlsx->third);
}

static void write_heading(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    struct cell cell = {.type = CELL_TEXT, .span = 1};
    lxw_col_t last = (lxw_col_t)(sheet->column_count - 1);
    unsigned lines = 1;
    size_t i;

    for (i = 0; i < sheet->column_count; i++) {
        const struct column *column = &sheet->columns[i];
        unsigned needed =
            lines_needed(heading_text(xlsx, column), column->width - FILTER_CHARACTERS);

        if (needed > lines)
            lines = needed;
    }
    xlsx_keep(xlsx, worksheet_set_row(worksheet, 0, lines_height(lines) + HEAD_EXTRA_POINTS, NULL));
    for (i = 0; i < sheet->column_count; i++) {
        cell_set_text(&cell, heading_text(xlsx, &sheet->columns[i]));
        cell.style = cell_type_is_number(sheet->columns[i].type) ? STYLE_HEAD_NUMBER : STYLE_HEAD;
        xlsx_write_cell(xlsx, worksheet, 0, (lxw_col_t)i, &cell, /* boxed= */ true,
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

static double page_pixels(void)
{
    return INCH_PIXELS * (house.page_width - 2 * house.margin_side);
}

static size_t printed_columns(const struct sheet *sheet)
{
    return sheet->printed_columns > 0 ? sheet->printed_columns : sheet->column_count;
}

static double printed_pixels(const struct sheet *sheet)
{
    double pixels = 0;
    size_t i;

    for (i = 0; i < printed_columns(sheet); i++)
        if (!sheet->columns[i].is_hidden)
            pixels += width_pixels(sheet->columns[i].width);
    return pixels;
}

/* Where breaks must count nothing may be fitted: so the scale is said instead. */
static void set_scale(lxw_worksheet *worksheet, const struct sheet *sheet)
{
    double scale = floor(100 * page_pixels() / (printed_pixels(sheet) * OTHER_FONT));

    worksheet_set_print_scale(worksheet, (uint16_t)fmin(fmax(scale, 10), 100));
}

static void set_breaks(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    lxw_row_t breaks[XLSX_BREAKS + 1];
    lxw_row_t number = sheet->has_heading ? 1 : 0;
    const struct row *row;
    size_t count = 0;

    for (row = sheet->rows; row; row = row->next, number++)
        if (row->starts_page && number > 0 && count < XLSX_BREAKS)
            breaks[count++] = number;
    breaks[count] = 0;
    if (count > 0)
        xlsx_keep(xlsx, worksheet_set_h_pagebreaks(worksheet, breaks));
}

/* The last row with cells, or that a chart below them covers. */
static lxw_row_t last_printed_row(const struct sheet *sheet)
{
    size_t last = sheet->row_count - 1 + sheet->has_heading;
    const struct chart *chart;

    for (chart = sheet->charts; chart; chart = chart->next) {
        size_t bottom = chart->at_row + chart->height / ROW_PIXELS + 1;

        if (chart->at_column < sheet->printed_columns && bottom > last)
            last = bottom;
    }
    return (lxw_row_t)last;
}

/* A wide table goes over several pages side by side, each with the first columns again. */
static void fit_pages(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    double most = page_pixels() / house.print_least;
    double again = 0; /* the columns that each page after the first repeats */
    uint16_t across = 1;
    size_t i;

    if (!sheet->has_heading)
        worksheet_center_horizontally(worksheet);
    if (sheet->has_pages)
        set_breaks(xlsx, worksheet, sheet);
    if (sheet->has_pages && !sheet->is_one_wide) {
        set_scale(worksheet, sheet);
        return;
    }
    for (i = 0; i < sheet->frozen_columns; i++)
        again += width_pixels(sheet->columns[i].width);
    if (!sheet->is_one_wide)
        while (across < ACROSS_MOST &&
               printed_pixels(sheet) > most * across - again * (across - 1))
            across++;
    worksheet_fit_to_pages(worksheet, across, 0);
    if (across > 1 && sheet->frozen_columns > 0)
        xlsx_keep(xlsx,
                  worksheet_repeat_columns(worksheet, 0, (lxw_col_t)(sheet->frozen_columns - 1)));
    if (sheet->printed_columns > 0)
        xlsx_keep(xlsx, worksheet_print_area(worksheet, 0, 0,
                                             last_printed_row(sheet),
                                             (lxw_col_t)(sheet->printed_columns - 1)));
}

static void set_up_page(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    static const char *const page_of[LANG_COUNT] = {"&RPage &P of &N", "&RPagina &P di &N"};
    const struct book *book = xlsx->book;
    struct buf *out = &xlsx->text;

    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, 9); /* A4 */
    worksheet_set_margins(worksheet, house.margin_side, house.margin_side, house.margin_end,
                          house.margin_end);
    fit_pages(xlsx, worksheet, sheet);
    xlsx_clear(xlsx, out);
    buf_add_text(out, "&L");
    add_header_text(
        out, (struct str){xlsx_title(xlsx, &xlsx->other, book->organization, XLSX_NAME_UNITS),
                          xlsx->other.len});
    if (book->marking.len) {
        buf_add_text(out, "&C&B");
        add_header_text(out, book->marking);
    }
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
double xlsx_row_height(const struct sheet *sheet, const struct row *row)
{
    unsigned most = 1;
    double height;
    size_t i;

    if (row->height > 0)
        return (double)row->height;
    for (i = 0; i < row->cell_count; i++) {
        unsigned lines = 1;

        if (row->cells[i].type == CELL_TEXT && row->cells[i].span > 0)
            lines = lines_needed(cell_text(&row->cells[i]), xlsx_width(sheet, i, &row->cells[i]));
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
    double height = xlsx_row_height(sheet, row);
    /* the sign that opens what is folded away stands in the row above it */
    lxw_row_col_options folded = {.hidden = row->is_detail,
                                  .level = row->is_detail,
                                  .collapsed = !row->is_detail && row->next && row->next->is_detail};
    size_t i;

    if (row->is_detail || folded.collapsed)
        xlsx_keep(xlsx, worksheet_set_row_opt(worksheet, number,
                                              height > 0 ? height : LXW_DEF_ROW_HEIGHT, NULL,
                                              &folded));
    else if (height > 0)
        xlsx_keep(xlsx, worksheet_set_row(worksheet, number, height, NULL));
    for (i = 0; i < row->cell_count; i++)
        if (row->cells[i].span > 0)
            write_cell(xlsx, worksheet, sheet, number, i, &row->cells[i]);
    for (; i < sheet->column_count; i++)
        xlsx_write_cell(xlsx, worksheet, number, (lxw_col_t)i, &blank, sheet->has_heading,
                        /* is_link= */ false);
}

/* Against a slip, not against anybody: no password, and what does not change contents is free. */
static void protect(lxw_worksheet *worksheet)
{
    lxw_protection protection;

    memset(&protection, 0, sizeof protection);
    protection.objects = LXW_TRUE;
    protection.format_cells = LXW_TRUE;
    protection.format_columns = LXW_TRUE;
    protection.format_rows = LXW_TRUE;
    protection.autofilter = LXW_TRUE;
    worksheet_protect(worksheet, NULL, &protection);
}

void xlsx_write_sheet(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    lxw_row_t number = sheet->has_heading ? 1 : 0;
    const struct row *row;
    size_t i;

    xlsx->sheet = sheet;
    xlsx->links = 0;
    xlsx->has_gaps = sheet->has_gaps;
    for (i = 0; i < sheet->column_count; i++) {
        lxw_row_col_options options = {.hidden = sheet->columns[i].is_hidden};

        xlsx_keep(xlsx, worksheet_set_column_opt(worksheet, (lxw_col_t)i, (lxw_col_t)i,
                                                 sheet->columns[i].width, NULL, &options));
    }
    if (sheet->is_protected)
        protect(worksheet);
    set_up_page(xlsx, worksheet, sheet);
    if (sheet->has_heading && sheet->column_count > 0)
        write_heading(xlsx, worksheet, sheet);
    if (sheet->has_details)
        worksheet_outline_settings(worksheet, /* visible= */ LXW_TRUE, /* symbols_below= */ LXW_FALSE,
                                   /* symbols_right= */ LXW_TRUE, /* auto_style= */ LXW_FALSE);
    for (row = sheet->rows; row; row = row->next)
        write_row(xlsx, worksheet, sheet, row, number++);
    if (sheet->has_heading && sheet->column_count > 0)
        define_name(xlsx, sheet->id, sheet, 0, 0, sheet->row_count, sheet->column_count - 1);
    xlsx_add_rules(xlsx, worksheet, sheet);
    xlsx_add_charts(xlsx, worksheet, sheet);
}
