/*
 * The text of a log cut into pieces of whole entries.
 *
 * Call: log_entries_open; behind each window_load log_entries_loaded, then log_entries_cut until it
 *       is false; log_entries_close.
 * Owns: the caller's storage; pieces live as long as the text of the window.
 * Errors: as transcode_next, and STATUS_MEMORY. An entry that cannot be looked at is a piece with a
 *         fault; it has not been reported.
 * Units: bytes of the text.
 * Lines end with LF; one CR before it does not count. Every byte is in one piece. Which entries
 * there are does not depend on how the text is loaded or cut.
 * Threads: one owner, one thread.
 */
#ifndef CFAUDIT_READER_LOG_ENTRIES_H
#define CFAUDIT_READER_LOG_ENTRIES_H

#include "reader/csv_buffer.h"
#include "reader/entry_list.h"

enum log_piece_kind {
    LOG_PIECE_ENTRIES, /* whole ones, from the beginning of the first */
    LOG_PIECE_LONG,    /* the beginning of one that is too long */
    LOG_PIECE_LOST,    /* the rest of one that is too long */
    LOG_PIECE_CUT      /* one that breaks off with the data */
};

struct log_piece {
    enum log_piece_kind kind;
    struct str text;
};

struct log_entries {
    struct source *source;
    struct window window;
    struct log_boundary boundary;
    struct entry_list lines; /* asked one by one */
    size_t known;            /* entries end there, in the window; 0: not looked for yet */
    bool is_line_lost;       /* the rest of a line that is too long */
    bool is_entry_lost;      /* lines up to the next beginning of an entry */
    bool no_memory;
};

enum status log_entries_open(struct log_entries *entries, struct source *source,
                             const struct reader_options *options, struct diag *diag);
void log_entries_close(struct log_entries *entries);
/* The window has got more text. */
void log_entries_loaded(struct log_entries *entries);
/* A piece of about `size` bytes, passed over but for its lines. False: more text is needed, or
   no_memory is set. */
bool log_entries_cut(struct log_entries *entries, size_t size, struct log_piece *ret_piece);

#endif
