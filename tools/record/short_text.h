/*
 * Numbers of short texts, which is what priorities and statuses are: found by their bytes as one
 * word, without hashing and comparing.
 *
 * Call: short_text_find; when it is not there, make the number and short_text_keep it.
 * Owns: plain data; a table that is all zero is empty.
 * Errors: INTERN_NONE: not there, or too long to be.
 * Units: bytes.
 * Threads: one table, one thread.
 */
#ifndef CFAUDIT_RECORD_SHORT_TEXT_H
#define CFAUDIT_RECORD_SHORT_TEXT_H

#include <string.h>

#include "base/intern.h"

enum { SHORT_TEXT = 16, SHORT_SLOTS = 64 };

struct short_word {
    uint64_t low;
    uint64_t high;
};

struct short_texts {
    struct short_word words[SHORT_SLOTS];
    uint32_t texts[SHORT_SLOTS];
    uint8_t lens[SHORT_SLOTS]; /* 0: free */
};

/* Two words that, with the length, stand for just these 1 to 16 bytes. */
static inline struct short_word short_word_of(struct str cell)
{
    const unsigned char *p = (const unsigned char *)cell.ptr;
    struct short_word word = {0, 0};
    uint32_t first;
    uint32_t last;

    if (cell.len >= sizeof word.low) {
        memcpy(&word.low, p, sizeof word.low);
        memcpy(&word.high, p + cell.len - sizeof word.high, sizeof word.high);
    } else if (cell.len >= sizeof first) {
        memcpy(&first, p, sizeof first);
        memcpy(&last, p + cell.len - sizeof last, sizeof last);
        word.low = first | (uint64_t)last << 32;
    } else {
        word.low = p[0] | (uint64_t)p[cell.len / 2] << 8 | (uint64_t)p[cell.len - 1] << 16;
    }
    return word;
}

static inline size_t short_slot_of(struct short_word word, size_t len)
{
    return (size_t)((word.low ^ (word.high << 1) ^ len) * 0x9e3779b97f4a7c15u >> 58);
}

static inline uint32_t short_text_find(const struct short_texts *table, struct str cell)
{
    struct short_word word;
    size_t slot;

    if (cell.len - 1 >= SHORT_TEXT)
        return INTERN_NONE;
    word = short_word_of(cell);
    slot = short_slot_of(word, cell.len);
    return table->lens[slot] == cell.len && table->words[slot].low == word.low &&
                   table->words[slot].high == word.high
               ? table->texts[slot]
               : INTERN_NONE;
}

/* A text whose place is taken displaces the one that is there. */
static inline void short_text_keep(struct short_texts *table, struct str cell, uint32_t text)
{
    struct short_word word;
    size_t slot;

    if (cell.len - 1 >= SHORT_TEXT)
        return;
    word = short_word_of(cell);
    slot = short_slot_of(word, cell.len);
    table->words[slot] = word;
    table->texts[slot] = text;
    table->lens[slot] = (uint8_t)cell.len;
}

#endif
