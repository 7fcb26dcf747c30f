#include "measure/group_numbers.h"

#include <string.h>

#include "base/mem.h"

enum { SLOTS_FIRST = 64 };

void group_numbers_init(struct group_numbers *numbers, size_t by_count)
{
    size_t i;

    memset(numbers, 0, sizeof *numbers);
    numbers->step_count = by_count + 1;
    for (i = 0; i < numbers->step_count; i++)
        numbers->steps[i].near.behind = i ? NEAR_BEHIND : 1;
}

void group_numbers_done(struct group_numbers *numbers)
{
    size_t i;

    for (i = 0; i < numbers->step_count; i++) {
        mem_free(numbers->steps[i].slots);
        mem_free(numbers->steps[i].pairs);
    }
    memset(numbers, 0, sizeof *numbers);
}

/* The slot of the pair, or the free one where it belongs. */
static struct number_pair *probe(const struct number_step *step, int64_t value, uint32_t before)
{
    uint64_t hash = ((uint64_t)value + before * 0x9e3779b97f4a7c15u) * GROUP_MIX;
    size_t at = (size_t)(hash >> 32) & (step->slot_count - 1);

    while (step->slots[at].number &&
           (step->slots[at].value != value || step->slots[at].before != before))
        at = (at + 1) & (step->slot_count - 1);
    return &step->slots[at];
}

static bool make_room(struct number_step *step)
{
    struct number_pair *slots;
    size_t i;

    if (!mem_grow(&step->pairs, step->count, &step->capacity, sizeof *step->pairs))
        return false;
    if ((step->count + 1) * 2 <= step->slot_count)
        return true;
    slots = mem_alloc(step->slot_count ? step->slot_count * 2 : SLOTS_FIRST, sizeof *slots);
    if (!slots)
        return false;
    mem_free(step->slots);
    step->slots = slots;
    step->slot_count = step->slot_count ? step->slot_count * 2 : SLOTS_FIRST;
    for (i = 0; i < step->count; i++)
        *probe(step, step->pairs[i].value, step->pairs[i].before) = step->pairs[i];
    return true;
}

uint32_t group_number_find(struct number_step *step, int64_t value, uint32_t before)
{
    struct number_pair *slot;
    size_t place;

    if (before == GROUP_NUMBER_NONE || step->count == GROUP_NUMBER_NONE - 1 || !make_room(step))
        return GROUP_NUMBER_NONE;
    if (step->near.width == 0 && value >= 0) {
        step->near.width = NEAR_NUMBERS / step->near.behind;
        step->near.first = value - step->near.width / 2;
    }
    slot = probe(step, value, before);
    if (!slot->number) {
        *slot = (struct number_pair){value, before, (uint32_t)step->count + 1};
        step->pairs[step->count++] = *slot;
    }
    place = number_place(&step->near, value, before);
    if (place < NEAR_NUMBERS)
        step->near_numbers[place] = slot->number;
    return slot->number - 1;
}

int64_t group_numbers_values(const struct group_numbers *numbers, uint32_t number,
                             int64_t *ret_values)
{
    size_t i = numbers->step_count - 1;
    const struct number_pair *pair = &numbers->steps[i].pairs[number];
    int64_t period = pair->value;

    while (i-- > 0) {
        pair = &numbers->steps[i].pairs[pair->before];
        ret_values[i] = pair->value;
    }
    return period;
}
