/*
 * Values of cells of up to eight bytes, which is what priorities and statuses are: found by the
 * bytes as one word, without comparing texts.
 *
 * Call: word_cache_init; word_cache_word of a cell; word_cache_find; when it is not there, make the
 *       value and word_cache_keep it.
 * Owns: plain data.
 * Errors: none.
 * Units: bytes. Text has no zero bytes, so that a word stands for one text alone.
 * Threads: one cache, one thread.
 */
#ifndef CFAUDIT_RECORD_WORD_CACHE_H
#define CFAUDIT_RECORD_WORD_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { WORD_CACHE_BITS = 7, WORD_CACHE_WAYS = 4, WORD_CACHE_LEN = 8 };

struct word_cache {
    uint64_t words[1 << WORD_CACHE_BITS];
    int64_t values[1 << WORD_CACHE_BITS];
};

/* An empty cell is the word 0, which has the place 0 for itself; elsewhere 0 is a free place. */
static inline void word_cache_init(struct word_cache *cache, int64_t empty)
{
    memset(cache, 0, sizeof *cache);
    cache->values[0] = empty;
}

/* Eight bytes must be readable, of which the first `len` are the cell. */
static inline uint64_t word_cache_word(const char *cell, size_t len)
{
    static const unsigned char kept[2 * WORD_CACHE_LEN] = {255, 255, 255, 255, 255, 255, 255, 255};
    uint64_t word;
    uint64_t mask;

    memcpy(&word, cell, sizeof word);
    memcpy(&mask, kept + WORD_CACHE_LEN - len, sizeof mask);
    return word & mask;
}

static inline size_t word_cache_slot(uint64_t word)
{
    return (size_t)(word * 0x9e3779b97f4a7c15u >> (64 - WORD_CACHE_BITS));
}

/* In one of the places beside the first. */
static inline bool word_cache_look(const struct word_cache *cache, uint64_t word,
                                   int64_t *ret_value)
{
    size_t slot = word_cache_slot(word);
    size_t way;

    for (way = 1; way < WORD_CACHE_WAYS; way++)
        if (cache->words[slot ^ way] == word) {
            *ret_value = cache->values[slot ^ way];
            return true;
        }
    return false;
}

static inline bool word_cache_find(const struct word_cache *cache, uint64_t word,
                                   int64_t *ret_value)
{
    size_t slot = word_cache_slot(word);

    if (cache->words[slot] != word)
        return word_cache_look(cache, word, ret_value);
    *ret_value = cache->values[slot];
    return true;
}

/* A word that is not there takes a free place of its four, or displaces another. */
static inline void word_cache_keep(struct word_cache *cache, uint64_t word, int64_t value)
{
    size_t slot = word_cache_slot(word);
    size_t at = slot ? slot : 1;
    size_t way;

    for (way = 0; way < WORD_CACHE_WAYS; way++)
        if ((slot ^ way) != 0 && cache->words[slot ^ way] == 0) {
            at = slot ^ way;
            break;
        }
    cache->words[at] = word;
    cache->values[at] = value;
}

#endif
