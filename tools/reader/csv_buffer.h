/*
 * The text of a delimited file as one moving window that always holds whole records.
 *
 * Call: window_open; window_load when the records at hand are used up; look at text from
 *       `at`; window_skip behind each record; window_close.
 * Owns: the buffer; text stays where it is until the next window_load, or the one after it behind
 *       window_hold_two.
 * Errors: as transcode_next.
 * Units: bytes; `offset` is of the decompressed source, `line` counts from 1.
 * Threads: one buffer, one thread.
 */
#ifndef CFAUDIT_READER_CSV_BUFFER_H
#define CFAUDIT_READER_CSV_BUFFER_H

#include "reader/transcode.h"

/* What a window shows, and the next record in it. */
struct window_place {
    char *data; /* SOURCE_PAD readable bytes behind data + len */
    size_t len;
    size_t at;
    uint64_t offset;
    uint64_t line;
};

struct window {
    struct transcoder text;
    char *data; /* as in window_place */
    size_t len;
    size_t at;       /* the next record */
    bool is_last;    /* no text follows */
    uint64_t offset; /* of the next record */
    uint64_t line;   /* of the next record */
    char *carry;     /* the rest of a block, or a window larger than a block */
    size_t carry_size;
    bool holds_two;    /* the text before the last load lives, too */
    struct window_place before; /* where that is */
    char *other_carry; /* where it may be */
    size_t other_size;
    const struct source_parts *parts; /* of the last block, if they are known */
    size_t parts_at;                  /* where they begin */
};

void window_open(struct window *buffer, struct source *source, enum encoding encoding);
void window_close(struct window *buffer);
/* Right after it was opened, with nothing taken from the source yet. */
void window_hold_two(struct window *buffer);
/* Puts the next block behind the unread rest. STATUS_OK with is_last set when there is none. */
enum status window_load(struct window *buffer, struct diag *diag);
/* Passes over len bytes with that many line ends. */
void window_skip(struct window *buffer, size_t len, uint64_t lines);
/* Shows another place, and returns the one it left. */
struct window_place window_go(struct window *buffer, struct window_place place);
/* The place of that text, which is of this window or, with window_hold_two, of the one before. */
struct window_place window_place_of(const struct window *buffer, struct str text, uint64_t offset,
                                    uint64_t line);
/* The unread text. */
struct str window_rest(const struct window *buffer);

#endif
