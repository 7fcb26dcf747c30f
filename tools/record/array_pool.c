#include "record/array_pool.h"

#include <string.h>

void array_pool_init(struct array_pool *pool, size_t item)
{
    memset(pool, 0, sizeof *pool);
    arena_init(&pool->arena);
    pool->item = item;
}

void array_pool_done(struct array_pool *pool)
{
    arena_done(&pool->arena);
    array_pool_init(pool, pool->item);
}

void *array_pool_grow(struct array_pool *pool, void *items, uint32_t *capacity)
{
    unsigned size = 0;
    uint32_t wanted;
    void *grown;

    if (*capacity > UINT32_MAX / 2)
        return NULL;
    wanted = *capacity ? *capacity * 2 : 1;
    while (1u << size < wanted)
        size++;
    grown = pool->free[size];
    if (grown)
        memcpy(&pool->free[size], grown, sizeof grown);
    else
        grown = arena_alloc(&pool->arena, wanted, pool->item);
    if (!grown)
        return NULL;
    if (*capacity) {
        memcpy(grown, items, *capacity * pool->item);
        memcpy(items, &pool->free[size - 1], sizeof items);
        pool->free[size - 1] = items;
    }
    *capacity = wanted;
    return grown;
}
