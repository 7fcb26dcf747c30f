/*
 * Runs of regular rows as views on the text, without a state that goes from one run to the next.
 *
 * Call: views_init; views_run at the start of a record; views_done.
 * Owns: the caller's storage; a view lives until the next run.
 * Errors: false when memory is out.
 * Units: as in reader/reader.h.
 * Threads: each thread has its own.
 */
#ifndef CFAUDIT_READER_CSV_VIEW_H
#define CFAUDIT_READER_CSV_VIEW_H

#include "reader/pile.h"
#include "reader/reader.h"
#include "reader/row_scan.h"
#include "reader/transcode.h"

struct view_room {
    struct pile cells;
    bool no_memory;
};

struct delimited_views {
    struct row_scan *scan;
    const struct transcoder *stored; /* which the text came from */
    const size_t *columns;           /* by want */
    size_t width;                    /* wants */
    size_t stride;                   /* columns of the table */
    struct view_room room;
};

/* Text and columns must outlive the views. */
bool views_init(struct delimited_views *views, const struct delimited_syntax *syntax,
                const struct transcoder *stored, size_t stride, const size_t *columns,
                size_t width);
void views_done(struct delimited_views *views);
/*
 * Scans the start of the piece. True: all rows that the scan found, one at least, are in the view,
 * and *ret_end is behind them. False: the rows of the scan have to be looked at one by one.
 */
bool views_run(struct delimited_views *views, const struct row_piece *piece,
               struct row_view *ret_view, size_t *ret_end);
/* For pieces of the same table; NULL: memory is out. */
struct piece_reader *views_piece_reader(const struct delimited_views *like);

#endif
