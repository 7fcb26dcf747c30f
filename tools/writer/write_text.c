/*
 * All sheets of a book as aligned tables for a terminal. Columns are as wide as their content, at
 * most as wide as the page says; longer texts are cut with an ellipsis, numbers never.
 */
#include "writer/cell_text.h"
#include "writer/clean_text.h"
#include "writer/writer.h"

static const char ELLIPSIS[] = "\xE2\x80\xA6";

/* A cell as one line. */
static void add_plain(struct buf *out, const struct cell *cell, enum lang lang)
{
    size_t start = out->len;
    size_t i;

    cell_add_value(out, cell, lang);
    if (cell->type != CELL_TEXT)
        return;
    clean_text(out, cell_text(cell), /* escape= */ false, 0, lang);
    for (i = start; i < out->len; i++)
        if (out->bytes[i] == '\n' || out->bytes[i] == '\t')
            out->bytes[i] = ' ';
}

static void set_plain(struct buf *scratch, const struct cell *cell, enum lang lang)
{
    buf_clear(scratch);
    add_plain(scratch, cell, lang);
}

/* Columns the cell takes when shown in `limit` (texts only are cut). */
static size_t shown_width(const struct cell *cell, size_t limit, struct buf *scratch,
                          enum lang lang)
{
    size_t width;

    set_plain(scratch, cell, lang);
    width = text_width(buf_str(scratch));
    return cell->type == CELL_TEXT && width > limit ? limit : width;
}

static void add_padding(struct buf *out, size_t count)
{
    while (count-- > 0)
        buf_add_char(out, ' ');
}

/* Adds the text in exactly `width` columns; `left` columns of blanks are owed before the next. */
static void add_padded(struct buf *out, struct str text, size_t width, bool right, size_t *owed)
{
    size_t used = text_width(text);
    size_t rest;

    if (used == 0) {
        *owed += width;
        return;
    }
    add_padding(out, *owed);
    if (used > width) {
        size_t bytes = text_fit(text, width > 0 ? width - 1 : 0);

        buf_add(out, (struct str){text.ptr, bytes});
        buf_add_text(out, ELLIPSIS);
        *owed = width - 1 - text_width((struct str){text.ptr, bytes});
        return;
    }
    rest = width - used;
    add_padding(out, right ? rest : 0);
    buf_add(out, text);
    *owed = right ? 0 : rest;
}

/* Widths of all columns: content and heading, texts at most as the page says. */
static void measure(const struct sheet *sheet, size_t *widths, struct buf *scratch, enum lang lang)
{
    const struct row *row;
    size_t i;

    for (i = 0; i < sheet->column_count; i++)
        widths[i] = sheet->has_heading ? text_width(sheet->columns[i].title) : 0;
    for (row = sheet->rows; row; row = row->next) {
        for (i = 0; i < row->cell_count; i++) {
            size_t limit = (size_t)sheet->columns[i].width;
            size_t width = 0;

            if (row->cells[i].span == 1)
                width = shown_width(&row->cells[i], limit > 3 ? limit : 3, scratch, lang);
            if (width > widths[i])
                widths[i] = width;
        }
    }
}

static void add_row(struct buf *out, const struct sheet *sheet, const struct row *row,
                    const size_t *widths, struct buf *scratch, enum lang lang)
{
    size_t owed = 0;
    size_t i;

    if (row->cell_count > 0 && row->cells[0].style == STYLE_SECTION)
        buf_add_char(out, '\n');
    for (i = 0; i < row->cell_count; i++) {
        const struct cell *cell = &row->cells[i];
        size_t width = widths[i];
        size_t under;

        if (cell->span == 0)
            continue;
        for (under = 1; under < cell->span && i + under < sheet->column_count; under++)
            width += widths[i + under] + 2;
        set_plain(scratch, cell, lang);
        out->failed |= scratch->failed;
        if (cell->span > 1 && i + cell->span >= sheet->column_count)
            width = text_width(buf_str(scratch)); /* nothing stands behind it */
        add_padded(out, buf_str(scratch), width,
                   cell->style != STYLE_BIG && cell_type_is_number((enum cell_type)cell->type),
                   &owed);
        owed += 2;
    }
    buf_add_char(out, '\n');
}

static void add_heading(struct buf *out, const struct sheet *sheet, const size_t *widths)
{
    size_t owed = 0;
    size_t i;

    for (i = 0; i < sheet->column_count; i++) {
        add_padded(out, sheet->columns[i].title, widths[i],
                   cell_type_is_number(sheet->columns[i].type), &owed);
        owed += 2;
    }
    buf_add_char(out, '\n');
    for (i = 0; i < sheet->column_count; i++) {
        size_t dashes = widths[i];

        add_padding(out, i ? 2 : 0);
        while (dashes-- > 0)
            buf_add_char(out, '-');
    }
    buf_add_char(out, '\n');
}

static enum status write_text(const struct book *book, struct buf *out, struct diag *diag)
{
    size_t widths[SHEET_COLUMNS];
    const struct sheet *sheet;
    const struct row *row;
    struct buf scratch;

    buf_init(&scratch, SIZE_MAX / 2);
    if (book->marking.len)
        buf_printf(out, "%.*s\n\n", STR_ARG(book->marking));
    for (sheet = book->sheets; sheet; sheet = sheet->next) {
        measure(sheet, widths, &scratch, book->lang);
        if (book->sheet_count > 1)
            buf_printf(out, "%s== %.*s ==\n\n", sheet == book->sheets ? "" : "\n",
                       STR_ARG(sheet->name));
        if (sheet->has_heading)
            add_heading(out, sheet, widths);
        for (row = sheet->rows; row; row = row->next)
            if (!row->is_live)
                add_row(out, sheet, row, widths, &scratch, book->lang);
    }
    buf_done(&scratch);
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}

extern const struct writer writer_text;
const struct writer writer_text = {.name = "text",
                                   .ending = ".txt",
                                   .about = "every sheet as an aligned table",
                                   .write_text = write_text};
