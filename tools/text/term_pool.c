#include "text/term_pool.h"

#include <string.h>

#include "base/mem.h"

enum { SLOTS_LEAST = 64 };

/* The slot of the term, or the free one where it belongs. */
static size_t slot_of(const uint32_t *slots, size_t capacity, uint32_t term)
{
    size_t slot = (term * 2654435769u) & (capacity - 1); /* terms are hashes; spread all the same */

    while (slots[slot] && slots[slot] != term)
        slot = (slot + 1) & (capacity - 1);
    return slot;
}

/* Room for so many more with a third of the slots free. */
static bool make_room(struct term_pool *pool, size_t more)
{
    size_t capacity = pool->capacity ? pool->capacity : SLOTS_LEAST;
    uint32_t *slots;
    size_t i;

    while (capacity / 3 * 2 < pool->count + more)
        capacity *= 2;
    if (capacity == pool->capacity)
        return true;
    slots = mem_alloc(capacity, sizeof *slots);
    if (!slots)
        return false;
    for (i = 0; i < pool->capacity; i++)
        if (pool->slots[i])
            slots[slot_of(slots, capacity, pool->slots[i])] = pool->slots[i];
    mem_free(pool->slots);
    pool->slots = slots;
    pool->capacity = capacity;
    return true;
}

bool term_pool_add(struct term_pool *pool, struct terms terms)
{
    size_t i;

    if (!make_room(pool, terms.count))
        return false;
    for (i = 0; i < terms.count; i++) {
        size_t slot = slot_of(pool->slots, pool->capacity, terms.list[i]);

        pool->has_zero |= terms.list[i] == 0;
        pool->count += pool->slots[slot] != terms.list[i];
        pool->slots[slot] = terms.list[i];
    }
    return true;
}

static bool has(const struct term_pool *pool, uint32_t term)
{
    if (term == 0)
        return pool->has_zero;
    return pool->capacity && pool->slots[slot_of(pool->slots, pool->capacity, term)] == term;
}

size_t term_pool_unseen(const struct term_pool *pool, struct terms terms)
{
    size_t unseen = 0;
    size_t i;

    for (i = 0; i < terms.count; i++)
        unseen += !has(pool, terms.list[i]);
    return unseen;
}

void term_pool_clear(struct term_pool *pool)
{
    if (pool->capacity)
        memset(pool->slots, 0, pool->capacity * sizeof *pool->slots);
    pool->count = 0;
    pool->has_zero = false;
}

void term_pool_done(struct term_pool *pool)
{
    mem_free(pool->slots);
    *pool = (struct term_pool){NULL, 0, 0, false};
}
