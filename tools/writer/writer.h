/*
 * Books as files: XLSX, aligned text, CSV, HTML.
 *
 * Call: writer_find or writer_for_path; then `write` to a temporary name, or `write_text` into a
 *       buffer. Putting the file in its place, and reading it back first, is the caller's part.
 * Owns: nothing is kept.
 * Errors: STATUS_IO and STATUS_INVALID with one diagnostic; what then stands at the path is waste.
 * Units: as in page/page.h. Workbooks and text show durations in hours, CSV in seconds.
 * Source: ECMA-376 through libxlsxwriter; RFC 4180.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_WRITER_WRITER_H
#define CFAUDIT_WRITER_WRITER_H

#include "base/buf.h"
#include "page/page.h"

/* Takes one file of a folder. */
typedef enum status writer_file(void *context, const char *name, struct str bytes);

struct writer {
    const char *name;   /* "xlsx" */
    const char *ending; /* ".xlsx" */
    const char *about;  /* one line, for lists */
    bool is_sealed;     /* may end with a comment of XML that holds its digest */
    /* exactly one of these two is there */
    enum status (*write)(const struct book *book, const char *path, struct diag *diag);
    enum status (*write_text)(const struct book *book, struct buf *out, struct diag *diag);
    /* all of the book as files of a folder; NULL: this form is one file */
    enum status (*write_folder)(const struct book *book, writer_file *add, void *context,
                                struct diag *diag);
};

extern const struct writer *const writers[]; /* ends with NULL */

/* NULL when there is none. */
const struct writer *writer_find(struct str name);
const struct writer *writer_for_path(struct str path);

/* Columns a terminal needs to show the text: 0 for combining marks, 2 for wide characters. */
size_t text_width(struct str text);
/* Bytes from the start that fit in so many columns. */
size_t text_fit(struct str text, size_t columns);

#endif
