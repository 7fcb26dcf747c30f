#include "reader/xes_rows.h"

#include <string.h>

#include "base/mem.h"

void xes_rows_init(struct xes_rows *rows, size_t width)
{
    memset(rows, 0, sizeof *rows);
    rows->width = width;
}

void xes_rows_done(struct xes_rows *rows)
{
    mem_free(rows->list);
    pile_done(&rows->piles[0]);
    pile_done(&rows->piles[1]);
    rows->list = NULL;
}

static bool make_row(struct xes_rows *rows, struct xes_row *row, uint64_t line, uint64_t offset)
{
    size_t cells = rows->width * sizeof(struct str);
    char *room = pile_take(&rows->piles[rows->trace_pile], cells + rows->width);

    if (!room)
        return false;
    row->cells = (struct str *)(void *)room;
    row->ranks = (unsigned char *)room + cells;
    memset(room, 0, cells);
    memset(row->ranks, XES_RANK_NONE, rows->width);
    row->line = line;
    row->offset = offset;
    row->is_case_only = false;
    return true;
}

bool xes_rows_begin_trace(struct xes_rows *rows, uint64_t line, uint64_t offset)
{
    rows->in_trace = true;
    rows->trace_first = rows->count;
    rows->trace_pile = rows->next_pile;
    return make_row(rows, &rows->trace, line, offset);
}

bool xes_rows_begin_event(struct xes_rows *rows, uint64_t line, uint64_t offset)
{
    if (!mem_grow(&rows->list, rows->count, &rows->capacity, sizeof *rows->list))
        return false;
    return make_row(rows, &rows->list[rows->count++], line, offset);
}

struct xes_row *xes_rows_event(struct xes_rows *rows)
{
    return &rows->list[rows->count - 1];
}

void xes_rows_drop_event(struct xes_rows *rows)
{
    rows->count--;
}

bool xes_rows_fill(struct xes_rows *rows, struct xes_row *row, size_t column, size_t rank,
                   struct str value)
{
    if (rank >= XES_RANK_NONE)
        rank = XES_RANK_NONE - 1;
    if (rank >= row->ranks[column])
        return true;
    row->ranks[column] = (unsigned char)rank;
    row->cells[column] = pile_str(&rows->piles[rows->trace_pile], value);
    return row->cells[column].ptr != NULL;
}

static void share_cells(const struct xes_rows *rows, struct xes_row *row)
{
    size_t c;

    for (c = 0; c < rows->width; c++)
        if (rows->trace.ranks[c] < row->ranks[c])
            row->cells[c] = rows->trace.cells[c];
}

bool xes_rows_end_trace(struct xes_rows *rows)
{
    size_t i;

    if (rows->count == rows->trace_first) {
        if (!mem_grow(&rows->list, rows->count, &rows->capacity, sizeof *rows->list))
            return false;
        rows->trace.is_case_only = true;
        rows->list[rows->count++] = rows->trace;
    }
    for (i = rows->trace_first; i < rows->count; i++)
        share_cells(rows, &rows->list[i]);
    rows->in_trace = false;
    return true;
}

void xes_rows_drop_trace(struct xes_rows *rows)
{
    rows->count = rows->trace_first;
    rows->in_trace = false;
}

size_t xes_rows_ready(const struct xes_rows *rows)
{
    return (rows->in_trace ? rows->trace_first : rows->count) - rows->taken;
}

size_t xes_rows_take(struct xes_rows *rows, struct row_batch *batch)
{
    size_t count = xes_rows_ready(rows);
    size_t i;

    if (count > ROW_BATCH)
        count = ROW_BATCH;
    for (i = 0; i < count; i++) {
        const struct xes_row *row = &rows->list[rows->taken + i];

        if (rows->width)
            memcpy(batch->cells + i * rows->width, row->cells, rows->width * sizeof *row->cells);
        batch->lines[i] = row->line;
        batch->offsets[i] = row->offset;
        batch->is_case_only[i] = row->is_case_only;
    }
    rows->taken += count;
    return count;
}

void xes_rows_turn(struct xes_rows *rows)
{
    if (xes_rows_ready(rows))
        return;
    if (rows->taken)
        memmove(rows->list, rows->list + rows->taken,
                (rows->count - rows->taken) * sizeof *rows->list);
    rows->count -= rows->taken;
    rows->trace_first = 0;
    rows->taken = 0;
    /* all that lives is the open trace: whatever the other pile holds was handed out */
    rows->next_pile = rows->in_trace ? !rows->trace_pile : 0;
    pile_clear(&rows->piles[rows->next_pile]);
}
