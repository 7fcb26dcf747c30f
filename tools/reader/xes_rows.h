/*
 * Rows of an event log, held from the start of their trace until they are handed out.
 *
 * Call: xes_rows_init; begin_trace, begin_event, fill, reject..., end_event, end_trace as the
 *       elements come; xes_rows_take batches; xes_rows_turn before more is read; xes_rows_done.
 * Owns: the rows; what a batch shows lives until xes_rows_turn.
 * Errors: false when memory is out.
 * A trace is held whole, because its attributes may stand behind its events.
 * Threads: one owner, one thread.
 */
#ifndef CFAUDIT_READER_XES_ROWS_H
#define CFAUDIT_READER_XES_ROWS_H

#include "reader/pile.h"
#include "reader/reader.h"

enum { XES_RANK_NONE = 255 };

/* One event, or the trace itself. */
struct xes_row {
    struct str *cells;
    unsigned char *ranks; /* by which of its names a cell was found; XES_RANK_NONE: not */
    uint64_t line;
    uint64_t offset;
    bool is_case_only;
};

struct xes_rows {
    size_t width;
    struct xes_row *list; /* of finished traces, then of the open one */
    size_t count;
    size_t capacity;
    size_t taken; /* handed out */
    bool in_trace;
    size_t trace_first; /* where the open trace's rows begin */
    struct xes_row trace;
    /* Each trace lies in one of two piles; the other one may be thrown away meanwhile. */
    struct pile piles[2];
    unsigned trace_pile;
    unsigned next_pile;
};

void xes_rows_init(struct xes_rows *rows, size_t width);
void xes_rows_done(struct xes_rows *rows);
bool xes_rows_begin_trace(struct xes_rows *rows, uint64_t line, uint64_t offset);
bool xes_rows_begin_event(struct xes_rows *rows, uint64_t line, uint64_t offset);
/* The row of the open event. */
struct xes_row *xes_rows_event(struct xes_rows *rows);
/* Takes the open event back. */
void xes_rows_drop_event(struct xes_rows *rows);
/* A value for a cell of a row of the open trace; the lowest rank stays. */
bool xes_rows_fill(struct xes_rows *rows, struct xes_row *row, size_t column, size_t rank,
                   struct str value);
/* Gives the trace's cells to its rows; without any it becomes a row of its own. */
bool xes_rows_end_trace(struct xes_rows *rows);
void xes_rows_drop_trace(struct xes_rows *rows);
/* Rows of finished traces, at most ROW_BATCH of them. */
size_t xes_rows_take(struct xes_rows *rows, struct row_batch *batch);
size_t xes_rows_ready(const struct xes_rows *rows);
/* What was handed out goes. */
void xes_rows_turn(struct xes_rows *rows);

#endif
