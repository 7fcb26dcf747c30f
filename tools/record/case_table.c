#include "record/case_table.h"

#include <string.h>

#include "base/mem.h"

enum { CHUNKS_AT_ONCE = 8 };

void case_table_init(struct case_table *table, size_t stride)
{
    memset(table, 0, sizeof *table);
    arena_init(&table->ids);
    table->stride = stride;
}

/* Of a small table the first chunk only; as many as there are, up to eight, come to the others. */
static size_t chunks_at_once(size_t count)
{
    if (count == 0)
        return 1;
    return count < CHUNKS_AT_ONCE ? count : CHUNKS_AT_ONCE;
}

static size_t chunk_size(const struct case_table *table)
{
    return CASE_CHUNK * table->stride;
}

void case_table_done(struct case_table *table)
{
    size_t i;

    for (i = 0; i < table->chunk_count; i += chunks_at_once(i))
        mem_free_pages(table->chunks[i], chunks_at_once(i), chunk_size(table));
    mem_free(table->chunks);
    mem_free_pages(table->slots, table->slot_count, sizeof *table->slots);
    arena_done(&table->ids);
    case_table_init(table, table->stride);
}

/*
 * The upper half of the hash stands in the index as a tag, and its highest bits are the place: so
 * the index grows without a look at the rows, from one end to the other.
 */
static uint64_t tag_of(uint64_t hash)
{
    return hash & 0xFFFFFFFF00000000u;
}

static size_t place_of(const struct case_table *table, uint64_t hash)
{
    return (size_t)(hash >> (64 - table->slot_bits));
}

void case_table_prefetch(const struct case_table *table, uint64_t hash)
{
    if (table->slot_count)
        __builtin_prefetch(&table->slots[place_of(table, hash)]);
}

struct case_row *case_table_row(const struct case_table *table, size_t number)
{
    unsigned char *chunk = table->chunks[number >> CASE_CHUNK_BITS];

    return (void *)(chunk + (number & (CASE_CHUNK - 1)) * table->stride);
}

struct str case_row_id(const struct case_row *row)
{
    uint32_t len;

    memcpy(&len, row->id, sizeof len);
    return (struct str){row->id + sizeof len, len};
}

/* Doubles at three quarters. */
static bool make_room(struct case_table *table)
{
    size_t before = table->slot_count;
    size_t wanted = before ? before * 2 : 1024;
    uint64_t *slots;
    size_t i;

    if (table->slot_count && (table->count + 1) * 4 <= table->slot_count * 3)
        return true;
    slots = mem_alloc_pages(wanted, sizeof *slots);
    if (!slots)
        return false;
    table->slot_bits = before ? table->slot_bits + 1 : 10;
    for (i = 0; i < before; i++) {
        size_t at = place_of(table, table->slots[i]);

        if (table->slots[i] == 0)
            continue;
        while (slots[at] != 0)
            at = (at + 1) & (wanted - 1);
        slots[at] = table->slots[i];
    }
    mem_free_pages(table->slots, before, sizeof *slots);
    table->slots = slots;
    table->slot_count = wanted;
    return true;
}

static size_t probe(const struct case_table *table, struct str id, uint64_t hash)
{
    size_t mask = table->slot_count - 1;
    size_t at = place_of(table, hash);

    while (table->slots[at] != 0) {
        if (tag_of(table->slots[at]) == tag_of(hash)) {
            size_t number = (size_t)(uint32_t)table->slots[at] - 1;

            if (str_equal(case_row_id(case_table_row(table, number)), id))
                break;
        }
        at = (at + 1) & mask;
    }
    return at;
}

bool case_table_has(const struct case_table *table, struct str id, uint64_t hash)
{
    return table->slot_count != 0 && table->slots[probe(table, id, hash)] != 0;
}

bool case_table_find(const struct case_table *table, struct str id, size_t *ret_number)
{
    size_t at;

    if (table->slot_count == 0)
        return false;
    at = probe(table, id, case_table_hash(id));
    if (table->slots[at] == 0)
        return false;
    *ret_number = (size_t)(uint32_t)table->slots[at] - 1;
    return true;
}

static bool add_chunks(struct case_table *table)
{
    size_t count = chunks_at_once(table->chunk_count);
    unsigned char *memory;
    size_t i;

    for (i = 0; i < count; i++)
        if (!mem_grow(&table->chunks, table->chunk_count + i, &table->chunk_capacity,
                      sizeof *table->chunks))
            return false;
    memory = mem_alloc_pages(count, chunk_size(table));
    if (!memory)
        return false;
    for (i = 0; i < count; i++)
        table->chunks[table->chunk_count++] = memory + i * chunk_size(table);
    return true;
}

static struct case_row *new_row(struct case_table *table, struct str id)
{
    struct case_row *row;
    uint32_t len = (uint32_t)id.len;
    char *bytes;

    if (table->count >= UINT32_MAX - 1 || id.len > UINT32_MAX - 8)
        return NULL;
    if (table->count == table->chunk_count * CASE_CHUNK && !add_chunks(table))
        return NULL;
    bytes = arena_bytes(&table->ids, sizeof len + id.len);
    if (!bytes)
        return NULL;
    memcpy(bytes, &len, sizeof len);
    if (len)
        memcpy(bytes + sizeof len, id.ptr, len);
    row = case_table_row(table, table->count++);
    /* zero already, but a page that is read before it is written is made twice */
    memset(row, 0, table->stride);
    row->id = bytes;
    return row;
}

struct case_row *case_table_add(struct case_table *table, struct str id, uint64_t hash,
                                bool *ret_is_new)
{
    struct case_row *row;
    size_t at;

    if (!make_room(table))
        return NULL;
    at = probe(table, id, hash);
    if (table->slots[at] != 0) {
        *ret_is_new = false;
        return case_table_row(table, (size_t)(uint32_t)table->slots[at] - 1);
    }
    /* a chunk left half made by a failure is not reused: the caller gives up */
    row = new_row(table, id);
    if (!row)
        return NULL;
    table->slots[at] = tag_of(hash) | table->count;
    *ret_is_new = true;
    return row;
}

size_t case_table_memory(const struct case_table *table)
{
    size_t begun = (table->count + CASE_CHUNK - 1) / CASE_CHUNK;

    return table->ids.total + begun * chunk_size(table) + table->slot_count * sizeof *table->slots;
}
