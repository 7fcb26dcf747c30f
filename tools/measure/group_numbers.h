/*
 * Numbers of the combinations of a period and breakdown values, so that a loop over many cases
 * looks at one number where there are many values.
 *
 * Call: group_numbers_init; group_number for each case; group_numbers_done.
 * Owns: the numbers own copies of the values.
 * Errors: GROUP_NUMBER_NONE when memory is out.
 * Units: numbers count from 0 in order of first appearance.
 * Threads: one table, one thread.
 */
#ifndef CFAUDIT_MEASURE_GROUP_NUMBERS_H
#define CFAUDIT_MEASURE_GROUP_NUMBERS_H

#include "measure/group_table.h"

static const uint32_t GROUP_NUMBER_NONE = UINT32_MAX;

struct group_numbers {
    size_t key_count; /* the period among them */
    int64_t *values;  /* key_count of each number */
    size_t value_count;
    size_t value_capacity;
    uint32_t count;
    uint32_t *slots; /* number + 1 */
    size_t slot_count;
    uint32_t near[GROUP_NEAR]; /* number + 1, of what was looked for with such a hash */
};

void group_numbers_init(struct group_numbers *numbers, size_t key_count);
void group_numbers_done(struct group_numbers *numbers);
/* The number of values with that hash (group_values_hash), given when they are new. */
uint32_t group_number_find(struct group_numbers *numbers, const int64_t *values, uint64_t hash);

static inline const int64_t *group_number_values(const struct group_numbers *numbers,
                                                 uint32_t number)
{
    return numbers->values + number * numbers->key_count;
}

static inline bool group_number_is(const struct group_numbers *numbers, uint32_t number,
                                   const int64_t *values, size_t key_count)
{
    const int64_t *own = numbers->values + number * key_count;
    size_t i;

    for (i = 0; i < key_count; i++)
        if (own[i] != values[i])
            return false;
    return true;
}

/* key_count is that of the numbers, apart so that loops can know it. */
static inline uint32_t group_number(struct group_numbers *numbers, const int64_t *values,
                                    size_t key_count)
{
    uint64_t hash = group_values_hash(values, key_count);
    uint32_t near = numbers->near[hash >> 32 & (GROUP_NEAR - 1)];

    return near && group_number_is(numbers, near - 1, values, key_count)
               ? near - 1
               : group_number_find(numbers, values, hash);
}

#endif
