#include "base/intern.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"

void intern_init(struct intern *table)
{
    memset(table, 0, sizeof *table);
    arena_init(&table->arena);
}

void intern_done(struct intern *table)
{
    arena_done(&table->arena);
    mem_free(table->entries);
    mem_free(table->slots);
    intern_init(table);
}

/* A missing string is held as an empty one. */
static struct str present(struct str s)
{
    return s.ptr ? s : STR("");
}

static size_t probe(const struct intern *table, struct str s, uint64_t hash)
{
    size_t mask = table->slot_count - 1;
    size_t i = (size_t)hash & mask;

    while (table->slots[i] != 0) {
        const struct intern_entry *entry = &table->entries[table->slots[i] - 1];

        if (entry->hash == hash && str_equal(entry->text, s))
            break;
        i = (i + 1) & mask;
    }
    return i;
}

/* Keeps the load at or below two thirds. */
static bool make_room(struct intern *table)
{
    size_t wanted = table->slot_count ? table->slot_count * 2 : 64;
    uint32_t *slots;
    size_t i;

    if (table->slot_count && (table->count + 1) * 3 <= table->slot_count * 2)
        return true;
    slots = mem_alloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    for (i = 0; i < table->count; i++) {
        size_t at = (size_t)table->entries[i].hash & (wanted - 1);

        while (slots[at] != 0)
            at = (at + 1) & (wanted - 1);
        slots[at] = (uint32_t)i + 1;
    }
    mem_free(table->slots);
    table->slots = slots;
    table->slot_count = wanted;
    return true;
}

uint32_t intern_find(const struct intern *table, struct str s)
{
    size_t slot;

    if (table->slot_count == 0)
        return INTERN_NONE;
    s = present(s);
    slot = probe(table, s, str_hash(s));
    return table->slots[slot] ? table->slots[slot] - 1 : INTERN_NONE;
}

uint32_t intern_id(struct intern *table, struct str s)
{
    uint64_t hash = str_hash(s);
    struct str copy;
    size_t slot;

    s = present(s);
    if (table->slot_count) {
        slot = probe(table, s, hash);
        if (table->slots[slot])
            return table->slots[slot] - 1;
    }
    if (table->count >= INTERN_NONE - 1 || !make_room(table) ||
        !mem_grow(&table->entries, table->count, &table->capacity, sizeof *table->entries))
        return INTERN_NONE;
    copy = arena_str(&table->arena, s);
    if (!copy.ptr)
        return INTERN_NONE;
    slot = probe(table, copy, hash);
    table->entries[table->count] = (struct intern_entry){copy, hash};
    table->slots[slot] = (uint32_t)++table->count;
    return (uint32_t)table->count - 1;
}

struct str intern_text(const struct intern *table, uint32_t id)
{
    BUG_IF(id >= table->count);
    return table->entries[id].text;
}

size_t intern_memory(const struct intern *table)
{
    return table->arena.total + table->capacity * sizeof *table->entries +
           table->slot_count * sizeof *table->slots;
}
