/*
 * What the first bytes of a file look like, when they are not what was asked for.
 *
 * Call: file_kind_find; file_kind_refuse to report it.
 * Owns: constant strings.
 * Errors: file_kind_refuse gives STATUS_INVALID with source-kind.
 * Source: the formats' own signatures.
 * Threads: values only.
 */
#ifndef CFAUDIT_READER_FILE_KIND_H
#define CFAUDIT_READER_FILE_KIND_H

#include "base/diag.h"

struct file_kind {
    const char *phrase; /* "an XLSX or other ZIP package" */
    const char *hint;   /* what to do; may be NULL */
    bool is_xml;
    bool is_text; /* letters, be it of a format of its own */
};

/* NULL: nothing that we know; perhaps text. */
const struct file_kind *file_kind_find(struct str head);
/* wanted: "delimited text" */
enum status file_kind_refuse(const struct file_kind *kind, struct str source_name,
                             const char *wanted, struct diag *diag);

#endif
