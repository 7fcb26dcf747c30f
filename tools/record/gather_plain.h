/*
 * The way of a row that a plain table has converted, and whose case is kept: its values need not be
 * taken from the cells again.
 *
 * Call: plain_row_values in the lane of the table; gather_plain by the one that reads.
 * Owns: the caller owns the row; its id and values live until gather_plain is done with them.
 * Errors: STATUS_MEMORY with a diagnostic.
 * Units: as in record/record.h.
 * What such rows say about the set is told by plain_table_facts.
 */
#ifndef CFAUDIT_RECORD_GATHER_PLAIN_H
#define CFAUDIT_RECORD_GATHER_PLAIN_H

#include "record/gatherer.h"

struct plain_row {
    struct str id;
    uint64_t hash; /* of the id */
    uint64_t line;
    uint64_t offset;
    int64_t *values;
};

/* How many values a row has. */
size_t plain_row_width(const struct gatherer *g);
/* Of row k of the table, which is not odd. */
void plain_row_values(const struct gatherer *g, const struct plain_table *table, size_t k,
                      int64_t *ret_values);
enum status gather_plain(struct gatherer *g, const struct plain_row *row);

#endif
