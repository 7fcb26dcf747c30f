/*
 * The insides of a reader of delimited text, for its files: the rows, what is refused, the pieces.
 *
 * Call: the functions of csv_refuse.c on the record at the front of the window.
 * Owns: see reader/reader.h.
 * Errors: what is refused has been reported and noted; memory that was out on the way is told by
 *         no_memory.
 * Units: positions in bytes from the front of the window.
 * Threads: one reader, one thread.
 */
#ifndef CFAUDIT_READER_CSV_STATE_H
#define CFAUDIT_READER_CSV_STATE_H

#include "reader/csv_buffer.h"
#include "reader/csv_record.h"
#include "reader/csv_view.h"

/* Bytes of one record: sixteen of the largest cells. */
enum { RECORD_BYTES = 16 << 20 };

struct csv {
    struct rowset base;
    struct diag *diag;
    struct str source_name;
    struct source *source;
    struct arena arena; /* names of the columns */
    struct window buffer;
    struct delimited_syntax syntax;
    const char *line_ends;
    char dialect[80];
    size_t width;    /* columns of the table */
    size_t wanted;   /* columns wanted */
    size_t *columns; /* of the table, by want */
    size_t *present; /* wants whose column the table has; the cells of others stay missing */
    size_t present_count;
    struct delimited_cell *cells;
    struct delimited_views views;
    struct row_scan *scan; /* of the views */
    size_t scan_start;     /* in the buffer: what the positions of the scan count from */
    size_t scan_row;       /* the next row of the scan; all are used: no scan at hand */
    size_t scan_inner;     /* the next line end inside quotes */
    size_t limit;          /* of rowset_hold, in the buffer; 0: none */
    struct window_place behind; /* where to go on when it is over */
    bool is_uneven;        /* the scan was found to be no view */
    bool is_empty;         /* no header: no rows */
    bool no_memory;        /* a rejected row could not be noted */
    bool skipping;         /* the rest of a rejected line is passed over */
    char *scratch;         /* cells whose doubled quotes were made single, of this batch */
    size_t scratch_size;
    size_t scratch_len;
    struct str *batch_cells;
    uint64_t batch_lines[ROW_BATCH];
    uint64_t batch_offsets[ROW_BATCH];
    bool batch_case_only[ROW_BATCH];
};

/* The place of the byte `at` of the record at the front of the window. */
struct where delimited_place(const struct csv *csv, size_t at);
void refuse_row(struct csv *csv, enum rule rule, size_t at, const char *detail);
void refuse_ragged(struct csv *csv, size_t found, size_t at);
/* A fault of quotes or size: only the line where the cell opens is lost, and passed over. */
void refuse_fault(struct csv *csv, enum record_state state, const struct record *record);
void refuse_long(struct csv *csv);
/* Reports what makes the text of a row no text; true when there was something. */
bool refuse_bytes(struct csv *csv, struct str text);
/* Passes over the rest of a line; false when it does not end in what is at hand. */
bool skip_line(struct csv *csv);

static inline bool delimited_has_scan(const struct csv *csv)
{
    return csv->scan_row < csv->scan->row_count;
}

/* The scan is of the text from here on, and none of its rows has been used. */
void delimited_hold_scan(struct csv *csv);
enum status delimited_load(struct csv *csv);

/* Of csv_pieces.c; reader.h says what they are. */
enum status delimited_view(struct rowset *rowset, struct row_view *ret_view);
enum status delimited_pieces(struct rowset *rowset, size_t size, struct row_piece *pieces,
                             size_t most, size_t *ret_count);
void delimited_took(struct rowset *rowset, uint64_t rows);
void delimited_hold(struct rowset *rowset, const struct row_piece *piece);
bool delimited_release(struct rowset *rowset);
struct piece_reader *delimited_piece_reader(const struct rowset *rowset);

#endif
