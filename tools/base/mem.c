#define _DEFAULT_SOURCE /* madvise, which POSIX does not have */
#include "base/mem.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* From here on pages of the largest kind pay: each that is touched first costs the same. */
static const size_t LARGE_BLOCK = 8u << 20;
static const uintptr_t LARGE_PAGE = 2u << 20;

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
