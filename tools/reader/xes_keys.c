#include "reader/xes_keys.h"

#include <string.h>

#include "base/mem.h"

struct xes_keys {
    struct xes_key *list;
    size_t count;
    struct xes_key **slots; /* the first of each key */
    size_t mask;
};

static inline size_t slot_of(struct str key, bool of_trace)
{
    size_t hash = key.len * 31 + of_trace;

    if (key.len) {
        hash = hash * 31 + (unsigned char)key.ptr[0];
        hash = hash * 31 + (unsigned char)key.ptr[key.len / 2];
        hash = hash * 31 + (unsigned char)key.ptr[key.len - 1];
    }
    return hash;
}

static inline bool is_same(const struct xes_key *entry, struct str key, bool of_trace)
{
    return entry->key.len == key.len && entry->of_trace == of_trace &&
           memcmp(entry->key.ptr, key.ptr, key.len) == 0;
}

const struct xes_key *xes_keys_find(const struct xes_keys *keys, struct str key, bool of_trace)
{
    size_t slot = slot_of(key, of_trace) & keys->mask;

    while (keys->slots[slot] && !is_same(keys->slots[slot], key, of_trace))
        slot = (slot + 1) & keys->mask;
    return keys->slots[slot];
}

static void add(struct xes_keys *keys, struct str name, size_t column, size_t rank)
{
    struct xes_key *entry = &keys->list[keys->count];
    struct xes_key *same;
    size_t slot;

    entry->of_trace = str_starts(name, "case:");
    entry->key = entry->of_trace ? (struct str){name.ptr + 5, name.len - 5} : name;
    entry->column = column;
    entry->rank = rank;
    slot = slot_of(entry->key, entry->of_trace) & keys->mask;
    while (keys->slots[slot] && !is_same(keys->slots[slot], entry->key, entry->of_trace))
        slot = (slot + 1) & keys->mask;
    for (same = keys->slots[slot]; same; same = (struct xes_key *)(uintptr_t)same->next)
        if (same->column == column)
            return; /* one of its own names again: the first rank counts */
    entry->next = keys->slots[slot];
    keys->slots[slot] = entry;
    keys->count++;
}

struct xes_keys *xes_keys_new(const struct column_want *wants, size_t want_count)
{
    struct xes_keys *keys = mem_alloc(1, sizeof *keys);
    size_t names = 0;
    size_t slots = 16;
    size_t w;
    size_t n;

    if (!keys)
        return NULL;
    for (w = 0; w < want_count; w++)
        names += wants[w].name_count;
    while (slots < names * 4)
        slots *= 2;
    keys->mask = slots - 1;
    keys->list = mem_alloc(names, sizeof *keys->list);
    keys->slots = mem_alloc(slots, sizeof *keys->slots);
    if (!keys->list || !keys->slots) {
        xes_keys_free(keys);
        return NULL;
    }
    for (w = 0; w < want_count; w++)
        for (n = 0; n < wants[w].name_count; n++)
            add(keys, wants[w].names[n], w, n);
    return keys;
}

void xes_keys_free(struct xes_keys *keys)
{
    if (!keys)
        return;
    mem_free(keys->list);
    mem_free(keys->slots);
    mem_free(keys);
}
