#include "text/term_set.h"

#include <stdlib.h>

/* FNV-1a, Fowler, Noll and Vo. */
static const uint32_t HASH_START = 2166136261u;
static const uint32_t HASH_FACTOR = 16777619u;

static uint32_t hash_bytes(uint32_t hash, const char *bytes, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * HASH_FACTOR;
    return hash;
}

/* Bytes that the first so many characters of UTF-8 take. */
static size_t bytes_of(struct str word, size_t characters)
{
    size_t seen = 0;
    size_t i;

    for (i = 0; i < word.len; i++)
        if (((unsigned char)word.ptr[i] & 0xC0) != 0x80 && seen++ == characters)
            break;
    return i;
}

uint32_t term_word(struct str word, size_t characters)
{
    return hash_bytes(HASH_START, word.ptr, characters ? bytes_of(word, characters) : word.len);
}

uint32_t term_gram(const uint32_t *words, size_t count)
{
    uint32_t hash = HASH_START;
    size_t i;
    unsigned shift;

    for (i = 0; i < count; i++) {
        for (shift = 0; shift < 32; shift += 8) {
            char byte = (char)(unsigned char)(words[i] >> shift);

            hash = hash_bytes(hash, &byte, 1);
        }
    }
    return hash;
}

static int compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

size_t terms_settle(uint32_t *list, size_t count)
{
    size_t kept = 0;
    size_t i;

    if (count > 1)
        qsort(list, count, sizeof *list, compare);
    for (i = 0; i < count; i++)
        if (kept == 0 || list[i] != list[kept - 1])
            list[kept++] = list[i];
    return kept;
}

bool terms_have(struct terms terms, uint32_t term)
{
    size_t low = 0;
    size_t high = terms.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (terms.list[middle] < term)
            low = middle + 1;
        else
            high = middle;
    }
    return low < terms.count && terms.list[low] == term;
}

struct overlap terms_overlap(struct terms a, struct terms b)
{
    struct overlap overlap = {0, a.count, b.count};
    size_t i = 0;
    size_t j = 0;

    while (i < a.count && j < b.count) {
        uint32_t left = a.list[i];
        uint32_t right = b.list[j];

        overlap.shared += left == right;
        i += left <= right;
        j += right <= left;
    }
    return overlap;
}

static size_t all_of(struct overlap overlap)
{
    return overlap.first + overlap.second - overlap.shared;
}

static size_t smaller_of(struct overlap overlap)
{
    return overlap.first < overlap.second ? overlap.first : overlap.second;
}

bool overlap_jaccard_reaches(struct overlap overlap, unsigned percent)
{
    return overlap.shared && overlap.shared * 100 >= percent * all_of(overlap);
}

bool overlap_containment_reaches(struct overlap overlap, unsigned percent)
{
    return overlap.shared && overlap.shared * 100 >= percent * smaller_of(overlap);
}

double overlap_jaccard(struct overlap overlap)
{
    return overlap.shared ? (double)overlap.shared / (double)all_of(overlap) : 0;
}

double overlap_containment(struct overlap overlap)
{
    return overlap.shared ? (double)overlap.shared / (double)smaller_of(overlap) : 0;
}
