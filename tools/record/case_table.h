/*
 * The cases of a set: fixed-size rows found by id.
 *
 * Call: case_table_init with the stride; case_table_hash, case_table_add; case_table_row.
 * Owns: the table owns rows and ids until case_table_done; rows never move.
 * Errors: NULL when memory is out.
 * Units: bytes.
 * Own code, because a general table would spend more on a case than its data need: an id, a row
 * and eight bytes of index, filled at some ten million rows a second.
 * Threads: one table, one thread.
 */
#ifndef CFAUDIT_RECORD_CASE_TABLE_H
#define CFAUDIT_RECORD_CASE_TABLE_H

#include <string.h>

#include "base/arena.h"

enum { CASE_CHUNK_BITS = 14, CASE_CHUNK = 1 << CASE_CHUNK_BITS };

/* Lengths of most ids: two words, which may look at bytes twice, have them all. */
enum { CASE_ID_LEAST = 8, CASE_ID_MOST = 16 };

static inline uint64_t case_table_hash_usual(struct str id)
{
    uint64_t front;
    uint64_t back;
    uint64_t hash;

    memcpy(&front, id.ptr, 8);
    memcpy(&back, id.ptr + id.len - 8, 8);
    hash = (front ^ id.len) * 0x9fb21c651e98df25u;
    /* the bytes that differ most are the last: where words begin with the low byte, its upper ones */
    hash = (hash ^ hash >> 32 ^ __builtin_bswap64(back)) * 0xd6e8feb86659fd93u;
    return hash ^ hash >> 32;
}

static inline uint64_t case_table_hash(struct str id)
{
    return id.len - CASE_ID_LEAST <= CASE_ID_MOST - CASE_ID_LEAST ? case_table_hash_usual(id)
                                                                  : str_hash(id);
}

/* What every row begins with. */
struct case_row {
    const char *id; /* four bytes of length, then the bytes */
    int64_t last_at;
    uint64_t last_position; /* source << 44 | offset */
    uint32_t last_line;
    int32_t last_sequence;
    uint32_t rows;      /* used */
    uint32_t seen : 21; /* number of the last source that mentioned it, plus one */
    uint32_t rejected : 1;
    uint32_t told : 1;       /* last_* are of a row */
    uint32_t attributed : 1; /* and the slots, since it tells attributes */
    uint32_t fill : 7;       /* number of what it fills (record/fill_list.h), where it tells any */
    uint32_t has_more : 1;   /* rows that fill something else stand in the list of fills */
};

struct case_table {
    struct arena ids;
    unsigned char **chunks;
    size_t chunk_count;
    size_t chunk_capacity;
    size_t count;
    size_t stride;
    uint64_t *slots; /* upper half of the hash, number + 1; 0 is free */
    size_t slot_count;
    unsigned slot_bits; /* slot_count is 2 to the power of this */
};

void case_table_init(struct case_table *table, size_t stride);
void case_table_done(struct case_table *table);
/* Asks the processor to fetch what case_table_add of that hash will look at. */
void case_table_prefetch(const struct case_table *table, uint64_t hash);
/* The row of that id, made zeroed when new. */
struct case_row *case_table_add(struct case_table *table, struct str id, uint64_t hash,
                                bool *ret_is_new);
/* Number of the case; false: none. */
bool case_table_find(const struct case_table *table, struct str id, size_t *ret_number);
bool case_table_has(const struct case_table *table, struct str id, uint64_t hash);
struct case_row *case_table_row(const struct case_table *table, size_t number);
struct str case_row_id(const struct case_row *row);
size_t case_table_memory(const struct case_table *table);

#endif
