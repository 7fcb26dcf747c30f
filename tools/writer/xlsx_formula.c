#include <string.h>

#include "writer/write_xlsx.h"

void xlsx_add_sheet_name(struct buf *out, const struct sheet *sheet)
{
    size_t i;

    buf_add_char(out, '\'');
    for (i = 0; i < sheet->name.len; i++) {
        if (sheet->name.ptr[i] == '\'')
            buf_add_char(out, '\'');
        buf_add_char(out, sheet->name.ptr[i]);
    }
    buf_add_char(out, '\'');
}

static void add_column(struct buf *out, size_t column)
{
    char letters[4];
    size_t count = 0;

    do {
        letters[count++] = (char)('A' + column % 26);
        column = column / 26;
    } while (column-- > 0);
    while (count > 0)
        buf_add_char(out, letters[--count]);
}

void xlsx_add_range(struct buf *out, const struct sheet *sheet, size_t first_row,
                    size_t first_column, size_t last_row, size_t last_column)
{
    xlsx_add_sheet_name(out, sheet);
    buf_add_text(out, "!$");
    add_column(out, first_column);
    buf_printf(out, "$%zu:$", first_row + 1);
    add_column(out, last_column);
    buf_printf(out, "$%zu", last_row + 1);
}

/* "sheet.column" or "sheet.column!" */
static bool add_reference(struct xlsx *xlsx, struct str reference, size_t row, struct buf *out)
{
    bool this_row = str_ends(reference, "!");
    struct str rest = reference;
    struct str id = {NULL, 0};
    const struct sheet *sheet;
    size_t column;
    size_t head;

    if (this_row)
        rest.len--;
    if (!str_split(&rest, '.', &id) || !rest.ptr)
        return false;
    sheet = book_find_sheet(xlsx->book, id);
    if (!sheet)
        return false;
    column = sheet_find_column(sheet, rest);
    if (column == sheet->column_count || sheet->row_count == 0)
        return false;
    head = sheet->has_heading ? 1 : 0;
    if (this_row) {
        buf_add_char(out, '$');
        add_column(out, column);
        buf_printf(out, "%zu", row + 1);
    } else {
        xlsx_add_range(out, sheet, head, column, head + sheet->row_count - 1, column);
    }
    return true;
}

bool xlsx_formula(struct xlsx *xlsx, struct str formula, size_t row, struct buf *out)
{
    size_t i;

    xlsx_clear(xlsx, out);
    for (i = 0; i < formula.len; i++) {
        const char *end =
            formula.ptr[i] == '{' ? memchr(formula.ptr + i, '}', formula.len - i) : NULL;

        if (end) {
            struct str reference = {formula.ptr + i + 1, (size_t)(end - formula.ptr) - i - 1};

            if (!add_reference(xlsx, reference, row, out))
                return false;
            i += reference.len + 1;
        } else {
            buf_add_char(out, formula.ptr[i]);
        }
    }
    return !out->failed;
}
