/*
 * How a delimited file is written: delimiter, line ends, a `sep=` line.
 *
 * Call: dialect_find on the first text of the file.
 * Owns: nothing.
 * Errors: STATUS_INVALID with csv-dialect when two delimiters fit about equally well.
 * Units: bytes.
 * Source: the delimiters are scored on whole records with their quotes; the names of wanted
 *         columns in the header count more than regular rows, regular rows more than any order
 *         of preference, and there is no such order.
 * Threads: values only.
 */
#ifndef CFAUDIT_READER_CSV_DIALECT_H
#define CFAUDIT_READER_CSV_DIALECT_H

#include "reader/csv_record.h"
#include "reader/reader.h"

struct delimited_dialect {
    struct delimited_syntax syntax;
    size_t skip;           /* bytes of the sep= line */
    const char *line_ends; /* "LF", "CRLF", "CR" */
};

/* asked: the delimiter of the options, or 0. is_last: the sample is the whole file. */
enum status dialect_find(struct str sample, bool is_last, char asked,
                         const struct column_want *wants, size_t want_count, struct str source_name,
                         struct diag *diag, struct delimited_dialect *ret_dialect);
/* "comma", "semicolon" ...; NULL for one without a name */
const char *delimiter_name(char delimiter);

#endif
