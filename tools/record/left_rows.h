/*
 * Rows that are not handed out because their case is kept: put by in one thread, gathered in order
 * by the one that changes the set.
 *
 * Call: left_rows_clear; left_rows_add; left_rows_gather; left_rows_done. All zero is empty.
 * Owns: the list owns its rows and their text, but not the cells of a row that is odd: those point
 *       into the piece it was found in, which has to stay while there are any.
 * Errors: false, or STATUS_MEMORY with a diagnostic.
 * Units: as in record/record.h.
 * Threads: one list, one thread at a time; adding changes nothing else.
 */
#ifndef CFAUDIT_RECORD_LEFT_ROWS_H
#define CFAUDIT_RECORD_LEFT_ROWS_H

#include "reader/pile.h"
#include "record/gatherer.h"

struct left_row;

struct left_rows {
    struct left_row *list;
    size_t count;
    size_t capacity;
    bool has_cells;   /* some row is odd */
    bool has_values;  /* some row is not */
    struct pile room; /* of cells, values and ids */
};

void left_rows_clear(struct left_rows *left);
/* Row r of the view, which is row k of the table; `text`: what the piece holds. */
bool left_rows_add(struct left_rows *left, const struct gatherer *g, struct str text,
                   const struct row_view *view, size_t r, const struct plain_table *plain,
                   size_t k);
enum status left_rows_gather(struct left_rows *left, struct gatherer *g);
void left_rows_done(struct left_rows *left);

#endif
