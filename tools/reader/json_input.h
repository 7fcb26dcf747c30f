/*
 * What the readers of JSON have in common: the text at hand and the columns wanted of it.
 *
 * Call: input_open on zeroed storage, input_close whatever it gave.
 * Owns: the caller's storage; the source is borrowed.
 * Errors: STATUS_INVALID, STATUS_MEMORY and those of the source, reported.
 * Units: bytes.
 * Threads: one owner; paths are constant.
 */
#ifndef CFAUDIT_READER_JSON_INPUT_H
#define CFAUDIT_READER_JSON_INPUT_H

#include "reader/csv_buffer.h"
#include "reader/json_members.h"
#include "reader/reader_table.h"

/* Bytes of one row. */
enum { JSON_ROW_BYTES = 16 << 20 };

/* Every rowset of JSON begins with this. */
struct object_input {
    struct rowset base;
    struct diag *diag;
    struct source *source;
    struct str source_name;
    struct window window;
    struct paths *paths;
    size_t width;                   /* wants */
    const struct member_tree *seen; /* what was met; NULL: by several threads, each a part of it */
    char dialect[60];
};

/* name: "JSON lines" */
enum status input_open(struct object_input *input, struct source *source,
                       const struct reader_options *options, const struct column_want *wants,
                       size_t want_count, const char *name, struct diag *diag);
void input_close(struct object_input *input);

#endif
