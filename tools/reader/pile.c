#include "reader/pile.h"

#include <string.h>

#include "base/mem.h"

enum { CHUNK = 1 << 18 };

static bool add_chunk(struct pile *pile, size_t need)
{
    size_t size = need > CHUNK ? need : CHUNK;
    char *bytes;

    if (!mem_grow(&pile->chunks, pile->count, &pile->capacity, sizeof *pile->chunks))
        return false;
    bytes = mem_alloc(size, 1);
    if (!bytes)
        return false;
    pile->chunks[pile->count++] = (struct pile_chunk){bytes, size};
    return true;
}

void *pile_take(struct pile *pile, size_t size)
{
    void *taken;

    size = (size + sizeof(void *) - 1) & ~(sizeof(void *) - 1);
    while (pile->current == pile->count || pile->chunks[pile->current].size - pile->used < size) {
        if (pile->current < pile->count)
            pile->current++;
        pile->used = 0;
        if (pile->current == pile->count && !add_chunk(pile, size))
            return NULL;
    }
    taken = pile->chunks[pile->current].bytes + pile->used;
    pile->used += size;
    return taken;
}

struct str pile_str(struct pile *pile, struct str s)
{
    char *copy;

    if (!s.ptr)
        return s;
    copy = pile_take(pile, s.len ? s.len : 1);
    if (!copy)
        return (struct str){NULL, 0};
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return (struct str){copy, s.len};
}

void pile_clear(struct pile *pile)
{
    pile->current = 0;
    pile->used = 0;
}

void pile_done(struct pile *pile)
{
    while (pile->count)
        mem_free(pile->chunks[--pile->count].bytes);
    mem_free(pile->chunks);
    *pile = (struct pile){NULL, 0, 0, 0, 0};
}
