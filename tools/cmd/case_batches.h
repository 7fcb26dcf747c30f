/*
 * Cases that come one by one, as batches that pass by (record/record.h, struct record_walk).
 *
 * Call: case_batches_init, before figures are computed.
 * Owns: the batches borrow everything; the gathering borrows them until its figures are there.
 * Errors: STATUS_MEMORY; STATUS_LIMIT where texts alone are more than memory may hold; reported.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_CASE_BATCHES_H
#define CFAUDIT_CMD_CASE_BATCHES_H

#include "cmd/gathering.h"
#include "part/part.h"

struct case_batches {
    struct gathering *gathering;
    enum status (*go)(void *context, part_take *take, void *taker);
    void *context;
    const struct record_share **shares; /* room for one of each source of the audit */
    struct record_walk walk;
};

/*
 * The gathering gets a set without cases that knows the facts, and sets of all other records; `go`
 * hands out every case once, whenever it is asked.
 */
enum status case_batches_init(struct case_batches *batches, struct gathering *gathering,
                              const struct record_facts *facts, const struct part_kind *kinds,
                              enum status (*go)(void *context, part_take *take, void *taker),
                              void *context);

#endif
