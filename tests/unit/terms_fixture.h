/* Sets of terms made by hand. */
#ifndef CFAUDIT_TESTS_TERMS_FIXTURE_H
#define CFAUDIT_TESTS_TERMS_FIXTURE_H

#include <stdlib.h>

#include "base/str.h"
#include "text/term_set.h"

/* The first so many bytes of the word, 0: all of it. */
static inline uint32_t term_word(struct str word, size_t bytes)
{
    if (bytes && word.len > bytes)
        word.len = bytes;
    return (uint32_t)(str_hash(word) >> 32);
}

static inline uint32_t term_gram(const uint32_t *words, size_t count)
{
    uint64_t hash = 0;
    size_t i;

    for (i = 0; i < count; i++)
        hash = (hash ^ words[i]) * 0x9fb21c651e98df25u + i;
    return (uint32_t)(hash >> 32);
}

static inline int terms_compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

/* In order, each once; returns how many are left. */
static inline size_t terms_settle(uint32_t *list, size_t count)
{
    size_t kept = 0;
    size_t i;

    qsort(list, count, sizeof *list, terms_compare);
    for (i = 0; i < count; i++)
        if (kept == 0 || list[i] != list[kept - 1])
            list[kept++] = list[i];
    return kept;
}

#endif
