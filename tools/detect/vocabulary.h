/*
 * Words by their hash: exact ones, or the beginnings of those with an open end.
 *
 * Call: vocabulary_add; vocabulary_find; vocabulary_done.
 * Owns: the caller owns the struct, all zero at first; texts live in the arena given.
 * Errors: SYMBOL_NONE when memory is out.
 * Units: words by number, in the order in which they were added.
 * Threads: constant once words are looked for.
 */
#ifndef CFAUDIT_DETECT_VOCABULARY_H
#define CFAUDIT_DETECT_VOCABULARY_H

#include "base/arena.h"
#include "base/str.h"

static const uint32_t SYMBOL_NONE = 0xFFFFFFFFu;

struct symbol {
    struct str text;
    uint64_t hash;
    uint64_t slots; /* that have a phrase which begins with it, a bit each */
    uint8_t marks;
    bool is_first; /* some phrase begins with it, not through a slot */
};

struct vocabulary {
    struct symbol *list;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* number + 1 */
    size_t slot_count;
};

/* The number of the word, which is new or not. */
uint32_t vocabulary_add(struct vocabulary *vocabulary, struct arena *arena, struct str text);
void vocabulary_done(struct vocabulary *vocabulary);
/* SYMBOL_NONE: it is none of them. */
static inline uint32_t vocabulary_find(const struct vocabulary *vocabulary, struct str text,
                                       uint64_t hash)
{
    size_t mask = vocabulary->slot_count - 1;
    size_t at = (size_t)hash & mask;

    if (vocabulary->slot_count == 0)
        return SYMBOL_NONE;
    for (; vocabulary->slots[at]; at = (at + 1) & mask) {
        const struct symbol *symbol = &vocabulary->list[vocabulary->slots[at] - 1];

        if (symbol->hash == hash && str_equal(symbol->text, text))
            return vocabulary->slots[at] - 1;
    }
    return SYMBOL_NONE;
}

#endif
