/*
 * Terms that were met before, in a set that grows.
 *
 * Call: a pool of zeros is empty; term_pool_add, term_pool_unseen; term_pool_clear before another
 *       text; term_pool_done.
 * Owns: the pool owns its slots.
 * Errors: false when memory is out; the pool is then as it was.
 * Units: none.
 * Threads: one pool, one thread.
 */
#ifndef CFAUDIT_TEXT_TERM_POOL_H
#define CFAUDIT_TEXT_TERM_POOL_H

#include "text/term_set.h"

struct term_pool {
    uint32_t *slots; /* 0: free */
    size_t capacity; /* 0 or a power of two */
    size_t count;    /* slots that are taken */
    bool has_zero;   /* the term that looks like a free slot */
};

bool term_pool_add(struct term_pool *pool, struct terms terms);
/* How many of these it does not have. */
size_t term_pool_unseen(const struct term_pool *pool, struct terms terms);
void term_pool_clear(struct term_pool *pool);
void term_pool_done(struct term_pool *pool);

#endif
