/*
 * Bytes that pile up and are thrown away together, again and again.
 *
 * Call: pile_take ...; pile_clear; pile_take ...; pile_done. A zeroed struct is an empty pile.
 * Owns: what is taken belongs to the pile and stays where it is until pile_clear, which keeps the
 *       memory for the next round (an arena gives it back).
 * Errors: NULL when memory is out.
 * Units: bytes, not zeroed, aligned for pointers.
 * Threads: one pile, one thread.
 */
#ifndef CFAUDIT_READER_PILE_H
#define CFAUDIT_READER_PILE_H

#include "base/str.h"

struct pile_chunk {
    char *bytes;
    size_t size;
};

struct pile {
    struct pile_chunk *chunks;
    size_t count;
    size_t capacity;
    size_t current;
    size_t used; /* of the current chunk */
};

void *pile_take(struct pile *pile, size_t size);
/* A copy; of a missing string a missing one, so check ptr only where s.ptr was set. */
struct str pile_str(struct pile *pile, struct str s);
void pile_clear(struct pile *pile);
void pile_done(struct pile *pile);

#endif
