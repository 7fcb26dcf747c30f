/*
 * Memory of one stage: many small pieces, released at once.
 *
 * Call: arena_init; arena_alloc, arena_str ...; arena_done (or arena_clear to use it again).
 * Owns: everything handed out belongs to the arena and lives until arena_done or arena_clear.
 * Errors: NULL or a missing str when memory is out.
 * Units: bytes; memory is zeroed and aligned for any type.
 * Threads: one arena, one thread.
 */
#ifndef CFAUDIT_BASE_ARENA_H
#define CFAUDIT_BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* of the newest block */
    size_t total;               /* bytes held in all blocks */
};

void arena_init(struct arena *arena);
void arena_done(struct arena *arena);
void arena_clear(struct arena *arena);
/* What `from` owns belongs to the arena from now on; `from` is empty. */
void arena_join(struct arena *arena, struct arena *from);
void *arena_alloc(struct arena *arena, size_t count, size_t size);
/* Unaligned bytes, not zeroed: for string data. */
char *arena_bytes(struct arena *arena, size_t size);
/* A copy, terminated with a zero byte that the length does not count. A missing string stays missing. */
struct str arena_str(struct arena *arena, struct str s);
/* printf into the arena; a missing str when memory is out. */
struct str arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
