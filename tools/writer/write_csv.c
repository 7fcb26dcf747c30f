/*
 * Tables of a book as comma-separated values: RFC 4180, UTF-8, no byte order mark. The
 * heading has the fixed ids of the columns. Numbers have a point and all their digits, shares are
 * 0..1, durations seconds, times ISO 8601 of the book's zone. A text that a spreadsheet could take
 * for a formula gets a leading apostrophe (OWASP ASVS 4.0, 5.3.10).
 */
#include <math.h>

#include "writer/cell_text.h"
#include "writer/clean_text.h"
#include "writer/csv_folder.h"
#include "writer/writer.h"

/* Text of a spreadsheet cell ends here; CSV is mostly read by one. */
static const size_t CSV_CELL_UNITS = 32767;

static void add_quoted(struct buf *out, struct str text, struct buf *scratch, enum lang lang)
{
    bool is_formula;
    bool quote;
    size_t i;

    buf_clear(scratch);
    clean_text(scratch, text, /* escape= */ false, CSV_CELL_UNITS, lang);
    out->failed |= scratch->failed;
    /* only now: what cleaning dropped may have hidden the sign */
    is_formula = text_looks_like_formula(buf_str(scratch));
    quote = false;
    for (i = 0; i < scratch->len && !quote; i++)
        quote = scratch->bytes[i] == '"' || scratch->bytes[i] == ',' || scratch->bytes[i] == '\n';
    if (!quote) {
        buf_add_text(out, is_formula ? "'" : "");
        buf_add(out, buf_str(scratch));
        return;
    }
    buf_add_text(out, is_formula ? "\"'" : "\"");
    buf_add_doubled(out, buf_str(scratch), '"');
    buf_add_char(out, '"');
}

static void add_cell(struct buf *out, const struct cell *cell, struct buf *scratch, enum lang lang)
{
    switch ((enum cell_type)cell->type) {
    case CELL_TEXT:
    case CELL_UNIT:
        add_quoted(out, cell_text(cell), scratch, lang);
        break;
    case CELL_INTEGER:
    case CELL_POINTS:
        buf_printf(out, "%.0f", cell->is.number);
        break;
    case CELL_NUMBER:
    case CELL_SHARE:
    case CELL_DURATION:
        buf_add_double(out, cell->is.number);
        break;
    case CELL_DATE:
    case CELL_INSTANT:
        cell_add_iso(out, cell->is.time, cell->type == CELL_INSTANT);
        break;
    case CELL_BLANK:
    case CELL_TYPE_COUNT:
        break;
    }
}

void csv_add_sheet(const struct book *book, const struct sheet *sheet, struct buf *out)
{
    const struct row *row;
    const char *before = "";
    struct buf scratch;
    size_t i;

    buf_init(&scratch, SIZE_MAX / 2);
    for (i = 0; i < sheet->column_count; i++) {
        if (sheet->columns[i].is_hidden)
            continue;
        buf_add_text(out, before);
        buf_add(out, sheet->columns[i].id);
        before = ",";
    }
    buf_add_text(out, "\r\n");
    for (row = sheet->rows; row; row = row->next) {
        if (row->is_live)
            continue;
        before = "";
        for (i = 0; i < sheet->column_count; i++) {
            if (sheet->columns[i].is_hidden)
                continue;
            buf_add_text(out, before);
            if (i < row->cell_count)
                add_cell(out, &row->cells[i], &scratch, book->lang);
            before = ",";
        }
        buf_add_text(out, "\r\n");
    }
    buf_done(&scratch);
}

static enum status write_csv(const struct book *book, struct buf *out, struct diag *diag)
{
    const struct sheet *sheet = book_main_sheet(book);

    if (sheet)
        csv_add_sheet(book, sheet, out);
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}

extern const struct writer writer_csv;
const struct writer writer_csv = {
    .name = "csv",
    .ending = ".csv",
    .about = "the main table, comma-separated; all tables into a folder: -f csv:DIR/",
    .write_text = write_csv,
    .write_folder = csv_write_folder,
};
