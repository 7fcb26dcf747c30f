#include "writer/clean_text.h"
#include "writer/write_xlsx.h"

/* Excel takes 8192 characters. */
enum { XLSX_FORMULA_BYTES = 8000 };

void xlsx_add_sheet_name(struct buf *out, const struct sheet *sheet)
{
    buf_add_char(out, '\'');
    buf_add_doubled(out, sheet->name, '\'');
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

/* The part of a reference behind its column: which rows are meant. */
enum rows { ROWS_ALL, ROWS_THIS, ROWS_ABOVE, ROWS_KEY };

static enum rows split_reference(struct str reference, struct str *ret_column, struct str *ret_key)
{
    size_t i;

    *ret_column = reference;
    *ret_key = (struct str){NULL, 0};
    for (i = 0; i < reference.len && reference.ptr[i] != '@'; i++)
        ;
    if (i < reference.len) {
        ret_column->len = i;
        *ret_key = (struct str){reference.ptr + i + 1, reference.len - i - 1};
        return ROWS_KEY;
    }
    if (!str_ends(reference, "!") && !str_ends(reference, "^"))
        return ROWS_ALL;
    ret_column->len--;
    return str_ends(reference, "!") ? ROWS_THIS : ROWS_ABOVE;
}

/* $B7, or $B$7 when it is fixed */
void xlsx_add_place(struct buf *out, size_t row, bool is_fixed, size_t column)
{
    buf_add_char(out, '$');
    add_column(out, column);
    buf_printf(out, is_fixed ? "$%zu" : "%zu", row + 1);
}

static void add_cell(struct buf *out, const struct sheet *from, const struct sheet *sheet,
                     size_t row, bool is_fixed, size_t column)
{
    if (sheet != from) {
        xlsx_add_sheet_name(out, sheet);
        buf_add_char(out, '!');
    }
    xlsx_add_place(out, row, is_fixed, column);
}

static bool add_reference(struct xlsx *xlsx, struct str reference, size_t row, struct buf *out)
{
    const struct sheet *from = xlsx->sheet;
    struct str key;
    struct str rest;
    enum rows rows = split_reference(reference, &rest, &key);
    struct str id = {NULL, 0};
    const struct sheet *sheet;
    size_t column;
    size_t head;

    if (!str_split(&rest, '.', &id) || !rest.ptr)
        return false;
    sheet = str_equal(id, from->id) ? from : book_find_sheet(xlsx->book, id);
    if (!sheet)
        return false;
    column = sheet_find_column(sheet, rest);
    if (column == sheet->column_count || sheet->row_count == 0)
        return false;
    head = sheet->has_heading ? 1 : 0;
    switch (rows) {
    case ROWS_ALL:
        xlsx_add_range(out, sheet, head, column, head + sheet->row_count - 1, column);
        return true;
    case ROWS_KEY:
        if (!book_find_row(xlsx->book, id, key, &row))
            return false;
        add_cell(out, from, sheet, row + head, /* is_fixed= */ true, column);
        return true;
    case ROWS_ABOVE:
        if (row == 0)
            return false;
        row--;
        break;
    case ROWS_THIS:
        break;
    }
    add_cell(out, from, sheet, row, /* is_fixed= */ false, column);
    return true;
}

/* Up to the next reference; what stands in quotes is text and has none. */
static size_t plain_part(struct str formula, bool *in_quotes)
{
    size_t i;

    for (i = 0; i < formula.len; i++) {
        if (formula.ptr[i] == '"')
            *in_quotes = !*in_quotes;
        else if (formula.ptr[i] == '{' && !*in_quotes)
            break;
    }
    return i;
}

/* A longer one would make Excel mend the file: then the value stays without it. */
static bool is_short_enough(const struct buf *formula)
{
    return !formula->failed && formula->len <= XLSX_FORMULA_BYTES;
}

bool xlsx_formula(struct xlsx *xlsx, struct str formula, size_t row, struct buf *out)
{
    bool in_quotes = false;
    struct str part;

    xlsx_clear(xlsx, out);
    while (formula.len > 0) {
        part = (struct str){formula.ptr, plain_part(formula, &in_quotes)};
        clean_text(out, part, /* escape= */ false, /* limit= */ 0, xlsx->book->lang);
        formula.ptr += part.len;
        formula.len -= part.len;
        if (formula.len == 0)
            break;
        formula.ptr++;
        formula.len--;
        if (!str_split(&formula, '}', &part) || !add_reference(xlsx, part, row, out))
            return false;
    }
    return is_short_enough(out);
}
