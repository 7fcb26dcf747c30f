#define _DEFAULT_SOURCE /* madvise and MAP_ANONYMOUS, which POSIX does not have */
#include "base/mem.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* From here on pages of the largest kind pay: each that is touched first costs the same. */
static const size_t LARGE_BLOCK = 8u << 20;
static const uintptr_t LARGE_PAGE = MEM_LARGE_PAGE;

#ifdef __GLIBC__
#include <malloc.h>
#endif

static atomic_ulong alloc_count;
static atomic_ulong alloc_fail;

static bool may_allocate(void)
{
    unsigned long fail = atomic_load_explicit(&alloc_fail, memory_order_relaxed);
    unsigned long count = atomic_fetch_add_explicit(&alloc_count, 1, memory_order_relaxed) + 1;

    return fail == 0 || count != fail;
}

bool size_add(size_t a, size_t b, size_t *ret_sum)
{
    if (a > SIZE_MAX - b)
        return false;
    *ret_sum = a + b;
    return true;
}

bool size_multiply(size_t a, size_t b, size_t *ret_product)
{
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *ret_product = a * b;
    return true;
}

/* Only advice: where it is not understood, nothing changes. */
static void *advise(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    uintptr_t start = ((uintptr_t)memory + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
    uintptr_t end = ((uintptr_t)memory + bytes) & ~(LARGE_PAGE - 1);

    if (memory && bytes >= LARGE_BLOCK && start < end)
        madvise((char *)memory + (start - (uintptr_t)memory), end - start, MADV_HUGEPAGE);
#else
    (void)bytes;
#endif
    return memory;
}

void *mem_alloc(size_t count, size_t size)
{
    size_t bytes;

    if (!size_multiply(count, size, &bytes) || !may_allocate())
        return NULL;
    return advise(calloc(1, bytes ? bytes : 1), bytes);
}

void *mem_resize(void *memory, size_t count, size_t size)
{
    size_t bytes;

    if (!size_multiply(count, size, &bytes) || !may_allocate())
        return NULL;
    return advise(realloc(memory, bytes ? bytes : 1), bytes);
}

void mem_free(void *memory)
{
    free(memory);
}

/* A sanitizer knows nothing of memory that the C library has not handed out. */
#if defined(__SANITIZE_ADDRESS__)
#define MAPS_PAGES 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MAPS_PAGES 0
#endif
#endif
#ifndef MAPS_PAGES
#define MAPS_PAGES 1
#endif

static bool is_mapped(size_t bytes)
{
    return MAPS_PAGES && bytes >= MEM_LARGE_PAGE && bytes <= SIZE_MAX / 2;
}

static size_t whole_pages(size_t bytes)
{
    return (bytes + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
}

/* The last whole pages of a room that is one page too large, so that what is mapped next, below
   these, is beside them and the system keeps all as one. */
static void *map_pages(size_t bytes)
{
    size_t wanted = whole_pages(bytes);
    char *room =
        mmap(NULL, wanted + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    size_t before;

    if (room == MAP_FAILED)
        return NULL;
    before = LARGE_PAGE - ((uintptr_t)room & (LARGE_PAGE - 1));
    if (before < LARGE_PAGE)
        munmap(room + before + wanted, LARGE_PAGE - before);
    munmap(room, before);
#ifdef MADV_HUGEPAGE
    madvise(room + before, wanted, MADV_HUGEPAGE);
#endif
    return room + before;
}

void *mem_alloc_pages(size_t count, size_t size)
{
    size_t bytes;

    if (!size_multiply(count, size, &bytes))
        return NULL;
    if (!is_mapped(bytes))
        return mem_alloc(count, size);
    return may_allocate() ? map_pages(bytes) : NULL;
}

void mem_free_pages(void *memory, size_t count, size_t size)
{
    if (memory && is_mapped(count * size))
        munmap(memory, whole_pages(count * size));
    else
        mem_free(memory);
}

bool mem_grow(void *array_pointer, size_t count, size_t *capacity, size_t size)
{
    void *memory;
    void *larger;
    size_t wanted;

    if (count < *capacity)
        return true;
    wanted = *capacity < 8 ? 8 : *capacity;
    if (*capacity >= 8 && !size_multiply(*capacity, 2, &wanted))
        return false;
    memcpy(&memory, array_pointer, sizeof memory);
    larger = mem_resize(memory, wanted, size);
    if (!larger)
        return false;
    memcpy(array_pointer, &larger, sizeof larger);
    *capacity = wanted;
    return true;
}

void mem_fail_at(unsigned long nth)
{
    atomic_store(&alloc_count, 0);
    atomic_store(&alloc_fail, nth);
}

unsigned long mem_count(void)
{
    return atomic_load(&alloc_count);
}

void mem_trim(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
