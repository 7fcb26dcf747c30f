#include "measure/group_table.h"

#include <string.h>

#include "base/mem.h"

void group_table_init(struct group_table *table, size_t key_count, struct arena *memory)
{
    memset(table, 0, sizeof *table);
    table->key_count = key_count;
    table->memory = memory;
}

void group_table_done(struct group_table *table)
{
    size_t i;

    for (i = 0; i < table->count; i++) {
        sample_list_done(&table->groups[i].values);
        sample_list_done(&table->groups[i].censored);
    }
    mem_free(table->groups);
    mem_free(table->slots);
    mem_free(table->numbered);
    group_table_init(table, table->key_count, table->memory);
}

static uint64_t group_hash(const struct group_key *key, uint64_t values_hash)
{
    return (values_hash ^ (uint32_t)key->period ^ (uint64_t)(uint32_t)key->level << 32) * GROUP_MIX;
}

static size_t probe(const struct group_table *table, const struct group_key *key,
                    uint64_t values_hash)
{
    size_t at = (size_t)(group_hash(key, values_hash) >> 32) & (table->slot_count - 1);

    while (table->slots[at] && !group_has_key(table, &table->groups[table->slots[at] - 1], key))
        at = (at + 1) & (table->slot_count - 1);
    return at;
}

static uint64_t values_hash_of(const struct group_table *table, const struct group_key *key)
{
    return group_values_hash(key->values, table->key_count);
}

static bool make_room(struct group_table *table)
{
    size_t wanted = table->slot_count ? table->slot_count * 2 : 64;
    uint32_t *slots;
    uint32_t *old = table->slots;
    size_t i;

    if (table->slot_count && (table->count + 1) * 2 <= table->slot_count)
        return true;
    slots = mem_alloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    table->slots = slots;
    table->slot_count = wanted;
    for (i = 0; i < table->count; i++) {
        const struct group_key *key = &table->groups[i].key;

        slots[probe(table, key, values_hash_of(table, key))] = (uint32_t)i + 1;
    }
    mem_free(old);
    return true;
}

struct group *group_find(struct group_table *table, const struct group_key *key,
                         uint64_t values_hash)
{
    struct group *group;
    size_t at;

    if (!make_room(table))
        return NULL;
    at = probe(table, key, values_hash);
    if (table->slots[at] == 0) {
        if (!mem_grow(&table->groups, table->count, &table->capacity, sizeof *table->groups))
            return NULL;
        group = &table->groups[table->count++];
        memset(group, 0, sizeof *group);
        group->key = *key;
        group->values.memory = table->memory;
        group->censored.memory = table->memory;
        table->slots[at] = (uint32_t)table->count;
    }
    table->near[group_near(values_hash >> 32, key->level, key->period)] = table->slots[at];
    return &table->groups[table->slots[at] - 1];
}

bool group_table_number(struct group_table *table, size_t number)
{
    size_t count = table->numbered_count ? table->numbered_count : 64;
    uint32_t *numbered;

    if (number < table->numbered_count)
        return true;
    while (count <= number)
        count *= 2;
    numbered = mem_resize(table->numbered, count, sizeof *numbered);
    if (!numbered)
        return false;
    memset(numbered + table->numbered_count, 0, (count - table->numbered_count) * sizeof *numbered);
    table->numbered = numbered;
    table->numbered_count = count;
    return true;
}

bool group_set_number(struct group_table *table, size_t number, const struct group *group)
{
    if (!group_table_number(table, number))
        return false;
    table->numbered[number] = (uint32_t)(group - table->groups) + 1;
    return true;
}

static bool join(struct group *group, struct group *from)
{
    size_t i;

    group->n += from->n;
    group->k += from->k;
    group->open += from->open;
    group->part += from->part;
    group->whole += from->whole;
    for (i = 0; i < GROUP_REASONS; i++)
        group->excluded[i] += from->excluded[i];
    return sample_list_join(&group->values, &from->values) &&
           sample_list_join(&group->censored, &from->censored);
}

bool group_table_join(struct group_table *table, struct group *from)
{
    struct group *group = group_find(table, &from->key, values_hash_of(table, &from->key));

    return group && join(group, from);
}
