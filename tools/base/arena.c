#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { ARENA_BLOCK_MIN = 4096, ARENA_ALIGN = 16 };

struct arena_block {
    struct arena_block *next;
    size_t size;
    _Alignas(ARENA_ALIGN) char bytes[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){NULL, 0, 0};
}

void arena_done(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *block = arena->blocks;

        arena->blocks = block->next;
        mem_free_pages(block, 1, sizeof *block + block->size);
    }
    arena_init(arena);
}

void arena_clear(struct arena *arena)
{
    arena_done(arena);
}

void arena_join(struct arena *arena, struct arena *from)
{
    struct arena_block **end = &arena->blocks;

    if (!arena->blocks)
        arena->used = from->used;
    while (*end)
        end = &(*end)->next;
    *end = from->blocks; /* behind the newest, whose rest is still used */
    arena->total += from->total;
    arena_init(from);
}

static bool add_block(struct arena *arena, size_t need)
{
    const size_t most = MEM_LARGE_PAGE - sizeof(struct arena_block);
    size_t size = arena->blocks ? arena->blocks->size * 2 : ARENA_BLOCK_MIN;
    struct arena_block *block;
    size_t whole;

    if (size > most)
        size = most;
    if (size < need)
        size = need;
    if (!size_add(size, sizeof *block, &whole))
        return false;
    block = mem_alloc_pages(1, whole);
    if (!block)
        return false;
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used = 0;
    arena->total += whole;
    return true;
}

static char *take(struct arena *arena, size_t size, size_t align)
{
    size_t start = (arena->used + align - 1) & ~(align - 1);

    if (!arena->blocks || start > arena->blocks->size || arena->blocks->size - start < size) {
        if (!add_block(arena, size))
            return NULL;
        start = 0;
    }
    arena->used = start + size;
    return arena->blocks->bytes + start;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;

    if (!size_multiply(count, size, &bytes))
        return NULL;
    return take(arena, bytes ? bytes : 1, ARENA_ALIGN);
}

char *arena_bytes(struct arena *arena, size_t size)
{
    return take(arena, size ? size : 1, 1);
}

struct str arena_str(struct arena *arena, struct str s)
{
    size_t bytes;
    char *copy;

    if (!s.ptr || !size_add(s.len, 1, &bytes))
        return (struct str){NULL, 0};
    copy = arena_bytes(arena, bytes);
    if (!copy)
        return (struct str){NULL, 0};
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return (struct str){copy, s.len};
}

struct str arena_format(struct arena *arena, const char *format, ...)
{
    struct str result = {NULL, 0};
    va_list list;
    char *text;
    int len;

    va_start(list, format);
    len = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (len < 0)
        return result;
    text = arena_bytes(arena, (size_t)len + 1);
    if (!text)
        return result;
    va_start(list, format);
    vsnprintf(text, (size_t)len + 1, format, list);
    va_end(list);
    return (struct str){text, (size_t)len};
}
