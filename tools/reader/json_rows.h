/*
 * Rows of JSON documents: the batch, what is refused, where things stand.
 *
 * Call: rows_open; rows_begin, then rows_take or rows_refuse for each row; rows_close.
 * Owns: see reader/reader.h.
 * Errors: STATUS_INVALID, STATUS_MEMORY and those of the source, reported; memory that was out on
 *         the way is told by no_memory.
 * Units: bytes and characters, as everywhere.
 * Threads: one reader, one thread.
 */
#ifndef CFAUDIT_READER_JSON_ROWS_H
#define CFAUDIT_READER_JSON_ROWS_H

#include "reader/json_input.h"
#include "reader/json_object.h"
#include "reader/json_page.h"
#include "reader/json_walk.h"

struct object_rows {
    struct object_input in;
    struct object_reader reader;
    struct pile pile; /* of the batch */
    bool has_reader;
    uint64_t repaired; /* byte arrays that were no UTF-8 and have been told */
    bool no_memory;
    uint64_t column;    /* characters of the line that were passed */
    enum status status; /* that ended the reading */
    struct str *cells;
    uint64_t lines[ROW_BATCH];
    uint64_t offsets[ROW_BATCH];
    bool case_only[ROW_BATCH];
    struct paths *row_paths; /* NULL: none */
    struct page_form *page_form;
    struct walk walk;
    uint64_t page_line;
    uint64_t page_column;
    uint64_t page_offset;
};

enum status rows_open(struct source *source, const struct reader_options *options,
                      const struct column_want *wants, size_t want_count, struct diag *diag,
                      struct object_rows **ret_rows);
void rows_close(struct object_rows *rows);

struct row_batch rows_begin(struct object_rows *rows);
bool rows_is_full(const struct object_rows *rows, const struct row_batch *batch);
/* The cells of the next row. */
struct str *rows_cells(const struct object_rows *rows, const struct row_batch *batch);
/* The row that begins where the window is is kept. */
void rows_take(struct object_rows *rows, struct row_batch *batch);
/* The place of a byte of the text at hand. */
struct where rows_where(const struct object_rows *rows, const char *at);
/* The row that begins where the window is is refused. */
void rows_refuse(struct object_rows *rows, const struct flaw *flaw);
/* Passes over text, counting its lines. */
void rows_pass(struct object_rows *rows, size_t len);
enum status rows_load(struct object_rows *rows);

#endif
