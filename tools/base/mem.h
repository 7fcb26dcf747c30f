/*
 * Heap memory with checked sizes.
 *
 * Call: mem_alloc or mem_resize; mem_free.
 * Owns: the caller owns what is returned. mem_free accepts NULL.
 * Errors: NULL when memory is out or the size overflows; the caller reports STATUS_MEMORY.
 * Units: bytes. Memory from mem_alloc is zeroed; what mem_resize adds is not.
 * Threads: any, except mem_fail_at, which is for tests with one thread.
 */
#ifndef CFAUDIT_BASE_MEM_H
#define CFAUDIT_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

void *mem_alloc(size_t count, size_t size);
void *mem_resize(void *memory, size_t count, size_t size);
void mem_free(void *memory);
/*
 * Zeroed, for blocks of megabytes that are used from their start on: memory that has not been used
 * yet takes none of the machine's, and from MEM_LARGE_PAGE on it comes in pages of the largest kind
 * where the system has them. mem_free_pages has to be told the size.
 */
enum { MEM_LARGE_PAGE = 2 << 20 };
void *mem_alloc_pages(size_t count, size_t size);
void mem_free_pages(void *memory, size_t count, size_t size);
/* Gives back to the system what was freed, where the C library keeps it: after something large. */
void mem_trim(void);

/* *ret_sum = a + b, *ret_product = a * b; false on overflow, outputs untouched. */
bool size_add(size_t a, size_t b, size_t *ret_sum);
bool size_multiply(size_t a, size_t b, size_t *ret_product);

/*
 * Room for one more element: doubles *capacity (at least 8) and resizes *array when count ==
 * *capacity. False when memory is out; *array is then still valid.
 */
bool mem_grow(void *array_pointer, size_t count, size_t *capacity, size_t size);

/* The nth allocation from now on fails (1 is the next one); 0 switches this off. */
void mem_fail_at(unsigned long nth);
/* Allocations made since the last mem_fail_at. */
unsigned long mem_count(void);

#endif
