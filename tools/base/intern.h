/*
 * Each distinct string once, with a small number.
 *
 * Call: intern_init; intern_id for each string; intern_text; intern_done.
 * Owns: the table owns copies of the strings; views from intern_text live until intern_done.
 * Errors: INTERN_NONE when memory is out or 2^32 - 2 strings are held.
 *         A missing string is the same as an empty one here.
 * Units: ids count from 0 in order of first appearance.
 * Threads: one table, one thread.
 */
#ifndef CFAUDIT_BASE_INTERN_H
#define CFAUDIT_BASE_INTERN_H

#include <stdint.h>

#include "base/arena.h"

static const uint32_t INTERN_NONE = 0xFFFFFFFFu;

struct intern_entry {
    struct str text;
    uint64_t hash;
};

struct intern {
    struct arena arena;
    struct intern_entry *entries;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* entry number + 1, 0 is free */
    size_t slot_count;
};

void intern_init(struct intern *table);
void intern_done(struct intern *table);
uint32_t intern_id(struct intern *table, struct str s);
/* INTERN_NONE when the string was never seen. */
uint32_t intern_find(const struct intern *table, struct str s);
struct str intern_text(const struct intern *table, uint32_t id);
/* Bytes of memory held. */
size_t intern_memory(const struct intern *table);

#endif
