/*
 * The text of a delimited file as one moving window that always holds whole records.
 *
 * Call: csv_buffer_open; csv_buffer_load when the records at hand are used up; look at text from
 *       `at`; csv_buffer_skip behind each record; csv_buffer_close.
 * Owns: the buffer; text stays where it is until the next csv_buffer_load.
 * Errors: as text_next.
 * Units: bytes; `offset` is of the decompressed source, `line` counts from 1.
 * Threads: one buffer, one thread.
 */
#ifndef CFAUDIT_READER_CSV_BUFFER_H
#define CFAUDIT_READER_CSV_BUFFER_H

#include "reader/text_stream.h"

struct csv_buffer {
    struct text text;
    char *data; /* SOURCE_PAD readable bytes behind data + len */
    size_t len;
    size_t at;       /* the next record */
    bool is_last;    /* no text follows */
    uint64_t offset; /* of the next record */
    uint64_t line;   /* of the next record */
    char *carry;     /* the rest of a block, or a window larger than a block */
    size_t carry_size;
};

void csv_buffer_open(struct csv_buffer *buffer, struct source *source, enum encoding encoding);
void csv_buffer_close(struct csv_buffer *buffer);
/* Puts the next block behind the unread rest. STATUS_OK with is_last set when there is none. */
enum status csv_buffer_load(struct csv_buffer *buffer, struct diag *diag);
/* Passes over len bytes with that many line ends. */
void csv_buffer_skip(struct csv_buffer *buffer, size_t len, uint64_t lines);
/* The unread text. */
struct str csv_buffer_rest(const struct csv_buffer *buffer);

#endif
