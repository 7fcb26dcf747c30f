/*
 * Plain tables read by several threads: pieces of the text at hand become columns and are handed
 * out, each in the lane of the thread that does it; rows that cannot be are left to the one that
 * waits, in their order. Where it can be, that one gathers them while the lanes are already at the
 * next pieces.
 *
 * Call: lanes_new, which makes none where there is nothing to gain; lanes_read while the stream is
 *       on, until it took nothing; lanes_free.
 * Owns: the gatherer owns its lanes.
 * Errors: STATUS_* as record_read.
 * Units: as in record/record.h.
 * What is done does not depend on the number of lanes, but for one case: where a piece turns out
 * not to be regular, those behind it may begin inside of a record. If some of their rows were
 * handed out, everything is read again in one lane, where there are no such pieces.
 * Threads: called by the one that reads.
 */
#ifndef CFAUDIT_RECORD_LANES_H
#define CFAUDIT_RECORD_LANES_H

#include "record/gatherer.h"

struct lanes;

/* *ret_lanes is NULL for a source that is not plain. */
enum status lanes_new(struct gatherer *g, struct lanes **ret_lanes);
void lanes_free(struct lanes *lanes); /* accepts NULL */
/* The rows at hand. *ret_offset is behind them; 0: the next row has to be taken as a batch. */
enum status lanes_read(struct gatherer *g, uint64_t *ret_offset);
/* Rows first .. first + count of a batch; there are no more than PLAIN_ROWS. */
enum status lanes_take_batch(struct gatherer *g, const struct row_batch *batch, size_t first,
                             size_t count);

#endif
