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
    size_t c;

    arena_done(&table->arena);
    for (c = 0; c < INTERN_CHUNKS; c++)
        mem_free(table->chunks[c]);
    mem_free(table->slots);
    if (table->is_shared)
        pthread_mutex_destroy(&table->mutex);
    intern_init(table);
}

bool intern_share(struct intern *table)
{
    if (!table->is_shared)
        table->is_shared = pthread_mutex_init(&table->mutex, NULL) == 0;
    return table->is_shared;
}

/* Chunk c begins with entry (64 << c) - 64. */
static unsigned chunk_of(size_t number)
{
    return 63 - INTERN_FIRST_BITS - (unsigned)__builtin_clzll(number + (1ull << INTERN_FIRST_BITS));
}

static size_t chunk_start(unsigned chunk)
{
    return ((size_t)1 << (chunk + INTERN_FIRST_BITS)) - ((size_t)1 << INTERN_FIRST_BITS);
}

static struct intern_entry *entry_at(const struct intern *table, size_t number)
{
    unsigned chunk = chunk_of(number);

    return &table->chunks[chunk][number - chunk_start(chunk)];
}

/* Room for one more entry. */
static bool has_entry(struct intern *table)
{
    unsigned chunk = chunk_of(intern_count(table));

    if (!table->chunks[chunk])
        table->chunks[chunk] =
            mem_alloc((size_t)1 << (chunk + INTERN_FIRST_BITS), sizeof *table->chunks[chunk]);
    return table->chunks[chunk] != NULL;
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
        const struct intern_entry *entry = entry_at(table, table->slots[i] - 1);

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

    if (table->slot_count && (intern_count(table) + 1) * 3 <= table->slot_count * 2)
        return true;
    slots = mem_alloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    for (i = 0; i < intern_count(table); i++) {
        size_t at = (size_t)entry_at(table, i)->hash & (wanted - 1);

        while (slots[at] != 0)
            at = (at + 1) & (wanted - 1);
        slots[at] = (uint32_t)i + 1;
    }
    mem_free(table->slots);
    table->slots = slots;
    table->slot_count = wanted;
    return true;
}

static void lock(struct intern *table)
{
    if (table->is_shared)
        pthread_mutex_lock(&table->mutex);
}

static void unlock(struct intern *table)
{
    if (table->is_shared)
        pthread_mutex_unlock(&table->mutex);
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

/* For who asks while others add. */
static void note_bytes(struct intern *table)
{
    size_t entries = 0;
    unsigned c;

    for (c = 0; c < INTERN_CHUNKS && table->chunks[c]; c++)
        entries += (size_t)1 << (c + INTERN_FIRST_BITS);
    atomic_store_explicit(&table->bytes,
                          table->arena.total + entries * sizeof(struct intern_entry) +
                              table->slot_count * sizeof *table->slots,
                          memory_order_relaxed);
}

static uint32_t add(struct intern *table, struct str s, uint64_t hash)
{
    size_t count = intern_count(table);
    size_t arena_held = table->arena.total;
    size_t slots_held = table->slot_count;
    bool is_new_chunk = count < INTERN_NONE - 1 && !table->chunks[chunk_of(count)];
    struct str copy;
    size_t slot;

    if (count >= INTERN_NONE - 1 || !make_room(table) || !has_entry(table))
        return INTERN_NONE;
    copy = arena_str(&table->arena, s);
    if (!copy.ptr)
        return INTERN_NONE;
    slot = probe(table, copy, hash);
    *entry_at(table, count) = (struct intern_entry){copy, hash};
    table->slots[slot] = (uint32_t)count + 1;
    if (is_new_chunk || table->arena.total != arena_held || table->slot_count != slots_held)
        note_bytes(table);
    atomic_store_explicit(&table->count, count + 1, memory_order_relaxed);
    return (uint32_t)count;
}

uint32_t intern_id(struct intern *table, struct str s)
{
    uint64_t hash = str_hash(s);
    uint32_t id;

    s = present(s);
    lock(table);
    id = table->slot_count ? table->slots[probe(table, s, hash)] : 0;
    id = id ? id - 1 : add(table, s, hash);
    unlock(table);
    return id;
}

struct str intern_text(const struct intern *table, uint32_t id)
{
    BUG_IF(id >= intern_count(table));
    return entry_at(table, id)->text;
}

size_t intern_memory(const struct intern *table)
{
    return atomic_load_explicit(&table->bytes, memory_order_relaxed);
}
