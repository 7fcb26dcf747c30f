/*
 * The history of one case: runs of rows with the same status, group and tracked fields, in order.
 *
 * Call: history_add for every row (or run of another set); history_settle once at the end.
 * Owns: the pool owns the arrays; they live until history_pool_done.
 * Errors: false when memory is out.
 * A row inside a run is not kept. If a row of another state later falls into such a run, which of
 * the rows not kept came after it is unknown: `ambiguous` is set and the sources must be read
 * again with keep_all.
 * Units: microseconds UTC.
 * Threads: one pool, one thread.
 */
#ifndef CFAUDIT_RECORD_HISTORY_H
#define CFAUDIT_RECORD_HISTORY_H

#include "record/array_pool.h"
#include "record/record.h"

struct history_pool {
    struct array_pool arrays;
    bool keep_all;
    bool ambiguous;
};

struct history {
    struct record_event *events;
    uint32_t count;
    uint32_t capacity;
};

void history_pool_init(struct history_pool *pool, bool keep_all);
void history_pool_done(struct history_pool *pool);
bool history_add(struct history_pool *pool, struct history *history,
                 const struct record_event *run);
/* Every row or run in order, none left out. */
void history_order(struct history *history);
void history_settle(struct history *history);

#endif
