/*
 * Which columns JSON has, once it was read: what `info` tells of it.
 *
 * Call: seen_rows_place on the first bytes, for documents; the reader until its end; seen_columns.
 * Owns: names live in the arena given.
 * Errors: STATUS_MEMORY, not reported.
 * Units: bytes.
 * Threads: values only.
 */
#ifndef CFAUDIT_READER_JSON_SEEN_H
#define CFAUDIT_READER_JSON_SEEN_H

#include "base/arena.h"
#include "reader/reader.h"

/* A name under which a value or a list of values was met, as a source map would write it. */
struct seen_column {
    struct str name;
    uint64_t filled;   /* values that are not null; of a list, lists */
    const char *looks; /* "number", "list of texts"; constant */
};

/* The first array of objects inside of an object at the top; missing: there is none. */
struct str seen_rows_place(struct str head);
/* rowset: of reader json or json-lines, without a pool. In the order in which they were met. */
enum status seen_columns(const struct rowset *rowset, struct arena *arena,
                         struct seen_column **ret_columns, size_t *ret_count);

#endif
