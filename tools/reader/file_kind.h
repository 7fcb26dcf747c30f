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

/* All but FILE_OTHER are letters. */
enum file_form { FILE_OTHER, FILE_TEXT, FILE_XML, FILE_JSON };

struct file_kind {
    const char *phrase; /* "an XLSX or other ZIP package" */
    const char *hint;   /* what to do; may be NULL */
    enum file_form form;
};

/* It begins as an object or an array does; a byte order mark does not count. */
bool file_kind_is_json(struct str head);
/* NULL: nothing that we know; perhaps text. */
const struct file_kind *file_kind_find(struct str head);
/* wanted: "delimited text" */
enum status file_kind_refuse(const struct file_kind *kind, struct str source_name,
                             const char *wanted, struct diag *diag);

#endif
