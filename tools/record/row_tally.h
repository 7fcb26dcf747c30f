/*
 * Why rows of a source were left out or refused, with the first places of each reason.
 *
 * Call: row_tally_init; row_tally_add.
 * Owns: everything lives in the arena given.
 * Errors: false when memory is out.
 * Units: lines from 1, offsets in bytes from 0.
 * Threads: one tally, one thread.
 */
#ifndef CFAUDIT_RECORD_ROW_TALLY_H
#define CFAUDIT_RECORD_ROW_TALLY_H

#include "base/arena.h"
#include "base/diag.h"
#include "record/accounting.h"

enum { TALLY_REASONS = 64 };

struct row_tally {
    struct arena *arena;
    struct accounting_reason *reasons;
    size_t count;
};

bool row_tally_init(struct row_tally *tally, struct arena *arena);
bool row_tally_add(struct row_tally *tally, struct str reason, bool is_reject, uint64_t line,
                   uint64_t offset, struct str text);
/* Rows of that many more, without places. */
bool row_tally_add_many(struct row_tally *tally, struct str reason, bool is_reject, uint64_t n);
/* Reasons in the order of their first places, whatever the order in which rows were looked at. */
void row_tally_order(struct row_tally *tally);

#endif
