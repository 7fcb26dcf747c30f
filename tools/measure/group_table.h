/*
 * The values of a measure by group: every combination of breakdown values and period has a list of
 * its own, so that each value is kept once however many breakdowns there are.
 *
 * Call: group_table_init; group_find; group_table_join; group_table_done.
 * Owns: the table owns the lists, whose values are kept in the caller's arena.
 * Errors: false when memory is out.
 * Units: values in microseconds or pieces; periods by number (time/period.h), or PERIOD_NONE.
 * Threads: one table, one thread.
 */
#ifndef CFAUDIT_MEASURE_GROUP_TABLE_H
#define CFAUDIT_MEASURE_GROUP_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "stat/sample.h"
#include "time/period.h"

/* Groups that are found again without searching. */
enum { GROUP_NEAR = 512 };
enum { GROUP_KEYS = 8, GROUP_REASONS = 16 };

struct group_key {
    int32_t period;
    int32_t level; /* number of the service level that governs the case; below 0: none */
    int64_t values[GROUP_KEYS]; /* of the breakdown fields */
};

/* What every observation touches comes first. */
struct group {
    struct sample_list values; /* durations and quantities */
    uint64_t n;                /* of variants without values */
    uint64_t k;
    uint64_t open;
    int64_t part; /* milliseconds */
    int64_t whole;
    struct group_key key;
    uint64_t excluded[GROUP_REASONS];
    struct sample_list censored; /* durations that are still running */
};

struct group_table {
    struct group *groups;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* group number + 1 */
    size_t slot_count;
    size_t key_count;
    struct arena *memory;
    uint32_t near[GROUP_NEAR]; /* group number + 1, by group_near */
    uint32_t
        *numbered; /* group number + 1, by the number that its key has elsewhere; 0: none yet */
    size_t numbered_count;
};

void group_table_init(struct group_table *table, size_t key_count, struct arena *memory);
void group_table_done(struct group_table *table);
/* The group of that key, made when new; `values_hash` is group_values_hash of its values. */
struct group *group_find(struct group_table *table, const struct group_key *key,
                         uint64_t values_hash);
static const uint64_t GROUP_MIX = 0x9fb21c651e98df25u;

/* Of the breakdown fields; once a case. */
static inline uint64_t group_values_hash(const int64_t *values, size_t count)
{
    uint64_t hash = 0;
    size_t i;

    for (i = 0; i < count; i++)
        hash = (hash ^ (uint64_t)values[i]) * GROUP_MIX;
    return hash;
}

/* Periods come one after the other, wherever those of some values begin. */
enum { GROUP_STEP = 123 };

static inline size_t group_near(uint64_t values, int32_t level, int32_t period)
{
    return (size_t)(values + (uint64_t)level * GROUP_STEP + (uint64_t)period) & (GROUP_NEAR - 1);
}

static inline bool group_has_key(const struct group_table *table, const struct group *group,
                                 const struct group_key *key)
{
    size_t i;

    if (group->key.period != key->period || group->key.level != key->level)
        return false;
    for (i = 0; i < table->key_count; i++)
        if (group->key.values[i] != key->values[i])
            return false;
    return true;
}

/* Months and priorities come again and again: most groups are where they were found before. */
static inline struct group *group_find_near(struct group_table *table, const struct group_key *key,
                                            uint64_t values_hash)
{
    uint32_t near = table->near[group_near(values_hash >> 32, key->level, key->period)];

    return near && group_has_key(table, &table->groups[near - 1], key)
               ? &table->groups[near - 1]
               : group_find(table, key, values_hash);
}

/* Room for that number and all below. False: memory is out. */
bool group_table_number(struct group_table *table, size_t number);
/* From now on group_numbered gives that group. False: memory is out. */
bool group_set_number(struct group_table *table, size_t number, const struct group *group);

/* NULL: none has that number yet. */
static inline struct group *group_numbered(const struct group_table *table, size_t number)
{
    return number < table->numbered_count && table->numbered[number]
               ? &table->groups[table->numbered[number] - 1]
               : NULL;
}

/* What a group of another table has goes over to the one with the same key; that table's arena has
   to be joined to this one's. */
bool group_table_join(struct group_table *table, struct group *from);

#endif
