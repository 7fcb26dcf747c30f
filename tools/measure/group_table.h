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

enum { GROUP_KEYS = 8, GROUP_REASONS = 16 };

struct group_key {
    int64_t values[GROUP_KEYS]; /* of the breakdown fields */
    int32_t period;
    int32_t level; /* number of the service level that governs the case; below 0: none */
};

struct group {
    struct group_key key;
    uint64_t n;
    uint64_t k;
    uint64_t open;
    uint64_t excluded[GROUP_REASONS];
    struct sample_list values;   /* durations and quantities */
    struct sample_list censored; /* durations that are still running */
};

struct group_table {
    struct group *groups;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* group number + 1 */
    size_t slot_count;
    size_t key_count;
    size_t last; /* the group found last: neighbours in a log often agree */
};

void group_table_init(struct group_table *table, size_t key_count);
void group_table_done(struct group_table *table);
struct group *group_find(struct group_table *table, const struct group_key *key);
/* Adds a group of another table to the one with the same key. */
bool group_table_join(struct group_table *table, const struct group *from);

#endif
