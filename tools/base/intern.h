/*
 * Each distinct string once, with a small number.
 *
 * Call: intern_init; intern_id for each string; intern_text; intern_done.
 * Owns: the table owns copies of the strings; views from intern_text live until intern_done.
 * Errors: INTERN_NONE when memory is out or 2^32 - 2 strings are held.
 *         A missing string is the same as an empty one here.
 * Units: ids count from 0 in order of first appearance.
 * Threads: one table, one thread; a table that is shared (intern_share) is used by several, who may
 *          ask for the texts of ids that they got from it themselves.
 */
#ifndef CFAUDIT_BASE_INTERN_H
#define CFAUDIT_BASE_INTERN_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/arena.h"

static const uint32_t INTERN_NONE = 0xFFFFFFFFu;

struct intern_entry {
    struct str text;
    uint64_t hash;
};

/* Entries stay where they are: chunk c holds 64 << c of them. */
enum { INTERN_CHUNKS = 27, INTERN_FIRST_BITS = 6 };

struct intern {
    struct arena arena;
    struct intern_entry *chunks[INTERN_CHUNKS];
    atomic_size_t count;
    atomic_size_t bytes; /* held */
    uint32_t *slots; /* entry number + 1, 0 is free */
    size_t slot_count;
    bool is_shared;
    pthread_mutex_t mutex; /* of a shared table, for all but texts that are there */
};

void intern_init(struct intern *table);
void intern_done(struct intern *table);
/* From now on by several threads. False: no lock can be had. */
bool intern_share(struct intern *table);
uint32_t intern_id(struct intern *table, struct str s);
/* INTERN_NONE when the string was never seen. */
uint32_t intern_find(const struct intern *table, struct str s);
struct str intern_text(const struct intern *table, uint32_t id);
static inline size_t intern_count(const struct intern *table)
{
    return atomic_load_explicit(&table->count, memory_order_relaxed);
}
/* Bytes of memory held. */
size_t intern_memory(const struct intern *table);

#endif
