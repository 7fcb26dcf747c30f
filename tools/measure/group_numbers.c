#include "measure/group_numbers.h"

#include <string.h>

#include "base/mem.h"

void group_numbers_init(struct group_numbers *numbers, size_t key_count)
{
    memset(numbers, 0, sizeof *numbers);
    numbers->key_count = key_count;
}

void group_numbers_done(struct group_numbers *numbers)
{
    mem_free(numbers->values);
    mem_free(numbers->slots);
    group_numbers_init(numbers, numbers->key_count);
}

static size_t probe(const struct group_numbers *numbers, const int64_t *values, uint64_t hash)
{
    size_t at = (size_t)(hash >> 32) & (numbers->slot_count - 1);

    while (numbers->slots[at] &&
           !group_number_is(numbers, numbers->slots[at] - 1, values, numbers->key_count))
        at = (at + 1) & (numbers->slot_count - 1);
    return at;
}

static bool make_room(struct group_numbers *numbers)
{
    size_t wanted = numbers->slot_count ? numbers->slot_count * 2 : 64;
    uint32_t *slots;
    uint32_t *old = numbers->slots;
    uint32_t n;

    if (numbers->slot_count && ((size_t)numbers->count + 1) * 2 <= numbers->slot_count)
        return true;
    slots = mem_alloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    numbers->slots = slots;
    numbers->slot_count = wanted;
    for (n = 0; n < numbers->count; n++) {
        const int64_t *values = group_number_values(numbers, n);

        slots[probe(numbers, values, group_values_hash(values, numbers->key_count))] = n + 1;
    }
    mem_free(old);
    return true;
}

static bool add_values(struct group_numbers *numbers, const int64_t *values)
{
    size_t i;

    if (numbers->count == GROUP_NUMBER_NONE)
        return false;
    for (i = 0; i < numbers->key_count; i++) {
        if (!mem_grow(&numbers->values, numbers->value_count, &numbers->value_capacity,
                      sizeof *numbers->values)) {
            numbers->value_count -= i;
            return false;
        }
        numbers->values[numbers->value_count++] = values[i];
    }
    numbers->count++;
    return true;
}

uint32_t group_number_find(struct group_numbers *numbers, const int64_t *values, uint64_t hash)
{
    size_t at;

    if (!make_room(numbers))
        return GROUP_NUMBER_NONE;
    at = probe(numbers, values, hash);
    if (numbers->slots[at] == 0) {
        if (!add_values(numbers, values))
            return GROUP_NUMBER_NONE;
        numbers->slots[at] = numbers->count;
    }
    numbers->near[hash >> 32 & (GROUP_NEAR - 1)] = numbers->slots[at];
    return numbers->slots[at] - 1;
}
