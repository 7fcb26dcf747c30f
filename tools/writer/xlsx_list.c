#include <string.h>

#include "base/mem.h"
#include "writer/write_xlsx.h"

/*
 * Lists to choose from stand in a hidden sheet, one a column, and validations refer to its cells:
 * inline lists with accents overflow a buffer of the library.
 */
enum { XLSX_LISTS = 16 };

static const char *const list_sheet_names[LANG_COUNT] = {"Lists", "Elenchi"};

static size_t find_lists(const struct book *book, const struct choice **lists)
{
    const struct sheet *sheet;
    size_t count = 0;
    size_t i;
    size_t k;

    for (sheet = book->sheets; sheet; sheet = sheet->next) {
        for (i = 0; i < sheet->column_count; i++) {
            const struct choice *choice = sheet->columns[i].choice;

            for (k = 0; k < count && lists[k] != choice; k++)
                ;
            if (choice && choice->value_count > 0 && k == count && count < XLSX_LISTS)
                lists[count++] = choice;
        }
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

static void add_validation(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet,
                           size_t column, size_t list, size_t value_count)
{
    static char title[LANG_COUNT][32] = {"Not in the list", "Voce non in elenco"};
    static char message[LANG_COUNT][64] = {"Choose one of the entries of the list.",
                                           "Scegliere una delle voci dell'elenco."};
    enum lang lang = xlsx->book->lang;
    lxw_data_validation validation;
    lxw_row_t head = sheet->has_heading ? 1 : 0;

    memset(&validation, 0, sizeof validation);
    xlsx_clear(xlsx, &xlsx->other);
    buf_printf(&xlsx->other, "=%s!$%c$1:$%c$%zu", list_sheet_names[lang], (char)('A' + list),
               (char)('A' + list), value_count);
    if (xlsx->other.failed || sheet->row_count == 0)
        return;
    validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    validation.value_formula = xlsx->other.bytes;
    validation.error_title = title[lang];
    validation.error_message = message[lang];
    xlsx_keep(xlsx, worksheet_data_validation_range(worksheet, head, (lxw_col_t)column,
                                                    (lxw_row_t)(head + sheet->row_count - 1),
                                                    (lxw_col_t)column, &validation));
}

void xlsx_add_lists(struct xlsx *xlsx, lxw_worksheet *const *worksheets)
{
    const struct choice *lists[XLSX_LISTS];
    size_t count = find_lists(xlsx->book, lists);
    const struct sheet *sheet;
    lxw_worksheet *hidden;
    size_t number = 0;
    size_t i;
    size_t k;

    if (count == 0)
        return;
    hidden = workbook_add_worksheet(xlsx->workbook, list_sheet_names[xlsx->book->lang]);
    if (!hidden) {
        xlsx_keep(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    worksheet_hide(hidden);
    write_lists(xlsx, hidden, lists, count);
    for (sheet = xlsx->book->sheets; sheet; sheet = sheet->next, number++)
        for (i = 0; i < sheet->column_count; i++)
            for (k = 0; k < count; k++)
                if (sheet->columns[i].choice == lists[k])
                    add_validation(xlsx, worksheets[number], sheet, i, k, lists[k]->value_count);
}
