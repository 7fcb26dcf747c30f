/*
 * The header row: names of the columns, and which of them are wanted.
 *
 * Call: header_read on the first record that is not blank.
 * Owns: names live in the arena.
 * Errors: STATUS_INVALID with csv-header or csv-column-missing, STATUS_LIMIT with csv-columns.
 * Units: columns of the table count from 0 here.
 * Threads: values only.
 */
#ifndef CFAUDIT_READER_CSV_HEADER_H
#define CFAUDIT_READER_CSV_HEADER_H

#include "reader/csv_record.h"
#include "reader/reader.h"

struct delimited_header {
    struct str *names; /* trimmed, as written */
    size_t count;
};

/* text: the record's bytes, where: its place. */
enum status header_read(struct arena *arena, struct str text, const struct delimited_cell *cells,
                        size_t count, struct where where, struct diag *diag,
                        struct delimited_header *ret_header);
/* ret_columns[w]: the column of want w or COLUMN_NONE; ret_found[w]: whether there is one. */
enum status header_match(const struct delimited_header *header, const struct column_want *wants,
                         size_t want_count, struct where where, struct diag *diag,
                         size_t *ret_columns, bool *ret_found);

#endif
