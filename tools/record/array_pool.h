/*
 * Small arrays that grow, for the lists that hang on cases: powers of two, given back for others.
 *
 * Call: array_pool_init with the size of an item; array_pool_grow when an array is full;
 *       array_pool_done.
 * Owns: the pool owns all arrays.
 * Errors: NULL when memory is out; the array stays as it was.
 * Units: capacities in items.
 * Own code, because most cases have one or two items: an allocation each would cost more than they.
 * Threads: one pool, one thread.
 */
#ifndef CFAUDIT_RECORD_ARRAY_POOL_H
#define CFAUDIT_RECORD_ARRAY_POOL_H

#include "base/arena.h"

enum { ARRAY_POOL_SIZES = 32 };

struct array_pool {
    struct arena arena;
    size_t item;                   /* bytes, not less than a pointer's */
    void *free[ARRAY_POOL_SIZES];  /* arrays given back, by capacity (power of two) */
};

void array_pool_init(struct array_pool *pool, size_t item);
void array_pool_done(struct array_pool *pool);
/* An array of twice the capacity (1 at first) with the items of the old one, which is given back. */
void *array_pool_grow(struct array_pool *pool, void *items, uint32_t *capacity);

#endif
