/*
 * Bytes -> rows of named fields with positions.
 *
 * Call: reader_find a kind; rowset_open with the columns wanted; rowset_next until STATUS_END;
 *       rowset_counts; rowset_close.
 * Owns: the rowset borrows the source; cells of a batch live until the next rowset_next.
 * Errors: STATUS_IO, STATUS_MEMORY, STATUS_LIMIT, STATUS_INVALID end reading, reported. A bad row
 *         is a diagnostic of its own rule, counted as read and rejected, and skipped.
 * Units: lines from 1 (physical), offsets in bytes from 0, both of the decompressed stream.
 * Threads: one rowset, one thread.
 */
#ifndef CFAUDIT_READER_READER_H
#define CFAUDIT_READER_READER_H

#include "base/diag.h"
#include "source/source.h"

enum encoding {
    ENCODING_DETECT,
    ENCODING_UTF8,
    ENCODING_UTF16,
    ENCODING_WINDOWS_1252,
    ENCODING_LATIN1,
    ENCODING_LATIN9
};

struct reader_options {
    char delimiter; /* 0: find out */
    enum encoding encoding;
};

/* A column that is wanted, by any of its names. */
struct column_want {
    /* The first that matches wins; compared without case, accents, blanks, _ and BOM. */
    const struct str *names;
    size_t name_count;
    bool required; /* absent from a file with a header: STATUS_INVALID, located */
};

enum { ROW_BATCH = 1024 };

/*
 * Row r, wanted column c: cells[r * width + c]; a cell that the row does not have is missing.
 * A batch may be empty before the end.
 */
struct row_batch {
    size_t count;
    size_t width;
    struct str *cells;
    uint64_t *lines;
    uint64_t *offsets;
    bool *is_case_only; /* no row: a case without events (an empty trace); not counted in rows */
};

struct row_counts {
    uint64_t read;     /* rejected ones included, header excluded */
    uint64_t rejected; /* by the reader itself */
};

/* A row that the reader itself refused; it has been reported. */
struct row_reject {
    enum rule rule;
    uint64_t line;
    uint64_t offset;
};

struct rowset;

struct reader_kind {
    const char *name; /* "delimited", "xes" */
    /* Bits of the first bytes verified as this format; 0: not mine. */
    unsigned (*bid)(struct str head);
    enum status (*open)(struct source *source, const struct reader_options *options,
                        const struct column_want *wants, size_t want_count, struct diag *diag,
                        struct rowset **ret_rowset);
    enum status (*next)(struct rowset *rowset, struct row_batch *ret_batch);
    void (*close)(struct rowset *rowset);
};

extern const struct reader_kind *const reader_kinds[]; /* NULL at the end */

/* Every kind's rowset begins with this. */
struct rowset {
    const struct reader_kind *kind;
    struct row_counts counts;
    struct row_reject *rejects; /* refused during the last rowset_next, STATUS_END included */
    size_t reject_count;
    size_t reject_capacity;
    struct str dialect;  /* "comma, UTF-8, CRLF": one phrase for people; owned by the rowset */
    bool *found;         /* per want: the source has (or, XES, has had) that column */
    struct str *columns; /* header names as written, for "did you mean" and unknown columns */
    size_t column_count;
};

const struct reader_kind *reader_find(struct str name); /* NULL: none of that name */
enum status rowset_next(struct rowset *rowset, struct row_batch *ret_batch);
void rowset_close(struct rowset *rowset); /* accepts NULL */
/* Header names compared as described at struct column_want. */
bool column_name_equal(struct str a, struct str b);

#endif
