/*
 * The values of a measure by group: every combination of breakdown values and period has a list of
 * its own, so that each value is kept once however many breakdowns there are.
 *
 * Call: group_table_init; group_find; group_table_join; group_table_done.
 * Owns: the table owns the lists.
 * Errors: false when memory is out.
 * Units: values in microseconds or pieces; periods by number (time/period.h), or PERIOD_NONE.
 * Threads: one table, one thread.
 */
#ifndef CFAUDIT_MEASURE_GROUP_TABLE_H
#define CFAUDIT_MEASURE_GROUP_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "stat/sample.h"
#include "time/period.h"

/* Groups that are found again without searching. */
enum { GROUP_NEAR_BITS = 8, GROUP_NEAR = 1 << GROUP_NEAR_BITS };
enum { GROUP_KEYS = 8, GROUP_REASONS = 16 };

struct group_key {
    int32_t period;
    int32_t level; /* number of the service level that governs the case; below 0: none */
    int64_t values[GROUP_KEYS]; /* of the breakdown fields */
};

/* What every observation touches comes first. */
struct group {
    uint64_t n;
    uint64_t k;
    uint64_t open;
    struct sample_list values; /* durations and quantities */
    struct group_key key;
    int64_t part; /* milliseconds */
    int64_t whole;
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
    uint32_t near[GROUP_NEAR]; /* group number + 1, of what was looked for with such a hash */
};

void group_table_init(struct group_table *table, size_t key_count);
void group_table_done(struct group_table *table);
/* The group of that key, made when new; `hash` is group_hash of it. */
struct group *group_find(struct group_table *table, const struct group_key *key, uint64_t hash);
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

static inline uint64_t group_hash(const struct group_key *key, uint64_t values_hash)
{
    return (values_hash ^ (uint32_t)key->period ^ (uint64_t)(uint32_t)key->level << 32) *
           GROUP_MIX;
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
static inline struct group *group_find_near(struct group_table *table,
                                            const struct group_key *key, uint64_t values_hash)
{
    uint64_t hash = group_hash(key, values_hash);
    uint32_t near = table->near[hash >> (64 - GROUP_NEAR_BITS)];

    return near && group_has_key(table, &table->groups[near - 1], key)
               ? &table->groups[near - 1]
               : group_find(table, key, hash);
}

/* Adds a group of another table to the one with the same key. */
bool group_table_join(struct group_table *table, const struct group *from);

#endif
