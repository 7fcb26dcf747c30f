/*
 * Rows that a lane made of a chunk, to be given as batches by the thread that reads.
 *
 * Call: chunk_rows_room for the cells of one more row, then chunk_rows_add where it becomes one;
 *       chunk_rows_place once where the chunk begins; chunk_rows_next until a batch is empty;
 *       chunk_rows_done. chunk_rows_clear comes first, with the cells that a row will have; a zeroed
 *       struct is empty.
 * Owns: the rows own their memory, which chunk_rows_clear keeps; cells borrow their text.
 * Errors: NULL when memory is out.
 * Units: lines and offsets from the start of the chunk, behind chunk_rows_place of the source.
 * Threads: one at a time.
 */
#ifndef CFAUDIT_READER_CHUNK_ROWS_H
#define CFAUDIT_READER_CHUNK_ROWS_H

#include "reader/reader.h"

struct chunk_rows {
    struct str *cells;
    uint64_t *lines;
    uint64_t *offsets;
    size_t width;
    size_t count;
    size_t capacity;
    size_t given; /* of them */
};

struct str *chunk_rows_room(struct chunk_rows *rows);
void chunk_rows_add(struct chunk_rows *rows, uint64_t line, uint64_t offset);
void chunk_rows_place(struct chunk_rows *rows, uint64_t line, uint64_t offset);
/* At most ROW_BATCH of those that were not given; `case_only`: ROW_BATCH times false. */
struct row_batch chunk_rows_next(struct chunk_rows *rows, bool *case_only);
void chunk_rows_clear(struct chunk_rows *rows, size_t width);
void chunk_rows_done(struct chunk_rows *rows);

#endif
