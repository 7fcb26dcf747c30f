#include "reader/chunk_rows.h"

#include "base/mem.h"

static bool grow(void *array, size_t count, size_t capacity, size_t size)
{
    return mem_grow(array, count, &capacity, size);
}

/* All arrays grow together. */
struct str *chunk_rows_room(struct chunk_rows *rows)
{
    size_t count = rows->count;
    size_t capacity = rows->capacity;
    size_t row = (rows->width + 1) * sizeof *rows->cells;

    if (!grow(&rows->cells, count, capacity, row) ||
        !grow(&rows->lines, count, capacity, sizeof *rows->lines) ||
        !mem_grow(&rows->offsets, count, &rows->capacity, sizeof *rows->offsets))
        return NULL;
    return rows->cells + count * rows->width;
}

void chunk_rows_add(struct chunk_rows *rows, uint64_t line, uint64_t offset)
{
    rows->lines[rows->count] = line;
    rows->offsets[rows->count++] = offset;
}

void chunk_rows_place(struct chunk_rows *rows, uint64_t line, uint64_t offset)
{
    size_t i;

    for (i = 0; i < rows->count; i++) {
        rows->lines[i] += line;
        rows->offsets[i] += offset;
    }
}

struct row_batch chunk_rows_next(struct chunk_rows *rows, bool *case_only)
{
    size_t at = rows->given;
    struct row_batch batch = {0, rows->width, NULL, NULL, NULL, case_only};

    if (at == rows->count)
        return batch;
    batch.count = rows->count - at < ROW_BATCH ? rows->count - at : ROW_BATCH;
    batch.cells = rows->cells + at * rows->width;
    batch.lines = rows->lines + at;
    batch.offsets = rows->offsets + at;
    rows->given += batch.count;
    return batch;
}

void chunk_rows_clear(struct chunk_rows *rows, size_t width)
{
    rows->width = width;
    rows->count = rows->given = 0;
}

void chunk_rows_done(struct chunk_rows *rows)
{
    mem_free(rows->cells);
    mem_free(rows->lines);
    mem_free(rows->offsets);
}
