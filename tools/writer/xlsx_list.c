#include <string.h>

#include "base/mem.h"
#include "writer/write_xlsx.h"

/*
 * What may be filled in. Lists to choose from stand in a hidden sheet, one a column, with names that
 * validations refer to: inline lists with accents overflow a buffer of the library.
 */
enum { XLSX_LISTS = 16, XLSX_PROMPT_TITLE_UNITS = 32, XLSX_PROMPT_UNITS = 255 };

static const char *const list_sheet_names[LANG_COUNT] = {"Lists", "Elenchi"};

static void find_list(const struct choice *choice, const struct choice **lists, size_t *count)
{
    size_t i;

    for (i = 0; i < *count && lists[i] != choice; i++)
        ;
    if (choice && choice->value_count > 0 && i == *count && *count < XLSX_LISTS)
        lists[(*count)++] = choice;
}

static size_t find_lists(const struct book *book, const struct choice **lists)
{
    const struct sheet *sheet;
    const struct row *row;
    size_t count = 0;
    size_t i;

    for (sheet = book->sheets; sheet; sheet = sheet->next) {
        for (i = 0; i < sheet->column_count; i++)
            find_list(sheet->columns[i].choice, lists, &count);
        for (row = sheet->has_heading ? NULL : sheet->rows; row; row = row->next)
            for (i = 0; i < row->cell_count; i++)
                if (row->cells[i].extra)
                    find_list(row->cells[i].extra->choice, lists, &count);
    }
    return count;
}

static void write_value(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct choice *list,
                        lxw_row_t row, lxw_col_t column)
{
    int64_t number = 0;

    if (list->is_number && str_to_int64(list->values[row], &number))
        xlsx_keep(xlsx, worksheet_write_number(worksheet, row, column, (double)number, NULL));
    else
        xlsx_keep(xlsx,
                  worksheet_write_string(worksheet, row, column,
                                         xlsx_text(xlsx, &xlsx->text, list->values[row]), NULL));
}

static void write_lists(struct xlsx *xlsx, lxw_worksheet *worksheet,
                        const struct choice *const *lists, size_t count)
{
    bool more = true;
    size_t row;
    size_t i;

    for (row = 0; more; row++) {
        more = false;
        for (i = 0; i < count; i++) {
            if (row >= lists[i]->value_count)
                continue;
            more = true;
            write_value(xlsx, worksheet, lists[i], (lxw_row_t)row, (lxw_col_t)i);
        }
    }
}

/* Runs of cells of one column, rows first..last of the worksheet. */
struct run {
    size_t column;
    lxw_row_t first;
    lxw_row_t last;
};

static void set_texts(struct xlsx *xlsx, const struct column *column, char *title, char *message,
                      lxw_data_validation *validation)
{
    validation->error_title = title;
    validation->error_message = message;
    if (!column->prompt.ptr)
        return;
    validation->input_title =
        xlsx_title(xlsx, &xlsx->text, column->title, XLSX_PROMPT_TITLE_UNITS);
    validation->input_message = xlsx_title(xlsx, &xlsx->third, column->prompt, XLSX_PROMPT_UNITS);
}

static void validate(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct run *run,
                     lxw_data_validation *validation)
{
    if (!xlsx->other.failed)
        xlsx_keep(xlsx, worksheet_data_validation_range(worksheet, run->first,
                                                        (lxw_col_t)run->column, run->last,
                                                        (lxw_col_t)run->column, validation));
}

static void add_list(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct column *column,
                     const struct choice *choice, const struct run *run)
{
    static char title[LANG_COUNT][32] = {"Not in the list", "Voce non in elenco"};
    static char message[LANG_COUNT][128] = {
        "Choose one of the entries of the list: click the arrow beside the cell.",
        "Scegliere una delle voci dell'elenco: fare clic sulla freccia accanto alla cella."};
    enum lang lang = xlsx->book->lang;
    lxw_data_validation validation;

    memset(&validation, 0, sizeof validation);
    xlsx_clear(xlsx, &xlsx->other);
    buf_add_text(&xlsx->other, "=cf_list_");
    buf_add(&xlsx->other, choice->id);
    validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    validation.value_formula = xlsx->other.bytes;
    set_texts(xlsx, column, title[lang], message[lang], &validation);
    validate(xlsx, worksheet, run, &validation);
}

static void add_day(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct column *column,
                    const struct run *run)
{
    static char title[LANG_COUNT][32] = {"Not a date", "Non è una data"};
    static char message[LANG_COUNT][64] = {"Enter a date, for example 2026-06-30.",
                                           "Inserire una data, per esempio 30/06/2026."};
    enum lang lang = xlsx->book->lang;
    lxw_data_validation validation;

    memset(&validation, 0, sizeof validation);
    validation.validate = LXW_VALIDATION_TYPE_DATE;
    validation.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    validation.minimum_datetime = (lxw_datetime){.year = 1990, .month = 1, .day = 1};
    validation.maximum_datetime = (lxw_datetime){.year = 9999, .month = 12, .day = 31};
    set_texts(xlsx, column, title[lang], message[lang], &validation);
    validate(xlsx, worksheet, run, &validation);
}

/*
 * A formula on a sheet that people sort and filter: protecting the sheet would forbid both, for
 * Excel sorts no range with a locked cell. So nothing can be typed over it instead.
 */
static void add_guard(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct column *column,
                      const struct run *run)
{
    static char title[LANG_COUNT][32] = {"Calculated", "Calcolata"};
    static char message[LANG_COUNT][128] = {
        "This cell is calculated from the others and follows them; it cannot be filled in.",
        "Questa cella è calcolata dalle altre e le segue; non si può compilare."};
    enum lang lang = xlsx->book->lang;
    lxw_data_validation validation;

    memset(&validation, 0, sizeof validation);
    xlsx_clear(xlsx, &xlsx->other);
    buf_add_text(&xlsx->other, "=FALSE");
    validation.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
    validation.value_formula = xlsx->other.bytes;
    set_texts(xlsx, column, title[lang], message[lang], &validation);
    validate(xlsx, worksheet, run, &validation);
}

static bool is_calculated(const struct column *column, const struct row *row, size_t number)
{
    return column->formula.ptr || (number < row->cell_count && row->cells[number].extra &&
                                   row->cells[number].extra->formula.ptr);
}

static void add_run(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct column *column,
                    const struct run *run, bool calculated)
{
    if (calculated)
        add_guard(xlsx, worksheet, column, run);
    else if (column->choice && column->choice->value_count > 0)
        add_list(xlsx, worksheet, column, column->choice, run);
    else if (column->is_input && column->type == CELL_DATE)
        add_day(xlsx, worksheet, column, run);
}

/* Of a table; a page without a heading is protected as a whole. */
static void add_validations(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet,
                            size_t number)
{
    const struct column *column = &sheet->columns[number];
    struct run run = {number, 1, 1};
    bool was_calculated = false;
    const struct row *row;
    lxw_row_t at = 1;

    for (row = sheet->rows; row; row = row->next, at++) {
        bool calculated = is_calculated(column, row, number);

        if (at > 1 && calculated != was_calculated) {
            add_run(xlsx, worksheet, column, &run, was_calculated);
            run.first = at;
        }
        was_calculated = calculated;
        run.last = at;
    }
    if (sheet->rows)
        add_run(xlsx, worksheet, column, &run, was_calculated);
}

/* Of single cells, on a page without a heading. */
static void add_cell_lists(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    const struct row *row;
    struct run run = {0, 0, 0};
    size_t i;

    for (row = sheet->rows; row; row = row->next, run.first++) {
        for (i = 0; i < row->cell_count; i++) {
            const struct cell_extra *extra = row->cells[i].extra;

            run.column = i;
            run.last = run.first;
            if (extra && extra->choice && extra->choice->value_count > 0)
                add_list(xlsx, worksheet, &sheet->columns[i], extra->choice, &run);
        }
    }
}

static void name_list(struct xlsx *xlsx, const struct choice *list, size_t column)
{
    struct str name;

    xlsx_clear(xlsx, &xlsx->third);
    buf_add_text(&xlsx->third, "list-");
    buf_add(&xlsx->third, list->id);
    name = buf_str(&xlsx->third);
    xlsx_clear(xlsx, &xlsx->other);
    buf_printf(&xlsx->other, "=%s!$%c$1:$%c$%zu", list_sheet_names[xlsx->book->lang],
               (char)('A' + column), (char)('A' + column), list->value_count);
    if (!xlsx->other.failed && !xlsx->third.failed)
        xlsx_define_name(xlsx, name, xlsx->other.bytes);
}

/* The hidden sheet. */
static void add_hidden(struct xlsx *xlsx, const struct choice *const *lists, size_t count)
{
    lxw_worksheet *hidden =
        workbook_add_worksheet(xlsx->workbook, list_sheet_names[xlsx->book->lang]);
    size_t i;

    if (!hidden) {
        xlsx_keep(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    worksheet_hide(hidden);
    write_lists(xlsx, hidden, lists, count);
    for (i = 0; i < count; i++)
        name_list(xlsx, lists[i], i);
}

void xlsx_add_lists(struct xlsx *xlsx, lxw_worksheet *const *worksheets)
{
    const struct choice *lists[XLSX_LISTS];
    size_t count = find_lists(xlsx->book, lists);
    const struct sheet *sheet;
    size_t number = 0;
    size_t i;

    if (count > 0)
        add_hidden(xlsx, lists, count);
    for (sheet = xlsx->book->sheets; sheet; sheet = sheet->next, number++) {
        if (!sheet->has_heading)
            add_cell_lists(xlsx, worksheets[number], sheet);
        for (i = 0; sheet->has_heading && !sheet->is_protected && i < sheet->column_count; i++)
            add_validations(xlsx, worksheets[number], sheet, i);
    }
}
