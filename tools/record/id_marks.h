/*
 * Marks of ids that were seen: eight bytes each, to find out whether one came twice.
 *
 * Call: id_marks_add with the hash of each id; id_marks_repeat now and then, and at the end, over
 *       all the lists there are; id_marks_done. Marks that are all zero are empty.
 * Owns: the caller owns the marks.
 * Errors: false when memory is out.
 * Units: bytes.
 * Two ids with the same 64 bits count as one that came twice: among ten million that happens once
 * in some 370,000 runs, and only costs another reading.
 * Own code, because a table in which each id is looked up at once would fetch a line of memory for
 * every row: these are put down one behind the other, and parted into lists that fit into the
 * caches when they are looked through.
 * Threads: one list, one thread.
 */
#ifndef CFAUDIT_RECORD_ID_MARKS_H
#define CFAUDIT_RECORD_ID_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/pool.h"

/* Marks of a chunk: they stay where they are while their number grows. */
enum { MARK_CHUNK = 1 << 15 };

struct id_marks {
    uint64_t **chunks;
    size_t chunk_count;
    size_t chunk_capacity;
    size_t count;
    uint64_t *next; /* where the next one goes, while the last chunk has room */
};

bool id_marks_grow(struct id_marks *marks);

static inline bool id_marks_add(struct id_marks *marks, uint64_t hash)
{
    if (marks->count % MARK_CHUNK == 0 && !id_marks_grow(marks))
        return false;
    *marks->next++ = hash;
    marks->count++;
    return true;
}

/* Whether some mark was added twice, to one of the lists or to two. `pool` may be NULL. */
bool id_marks_repeat(const struct id_marks *const *lists, size_t count, struct pool *pool,
                     bool *ret_repeat);
void id_marks_done(struct id_marks *marks);
size_t id_marks_memory(const struct id_marks *marks);

#endif
