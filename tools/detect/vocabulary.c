#include "detect/vocabulary.h"

#include "base/mem.h"

static bool grow_index(struct vocabulary *vocabulary)
{
    size_t wanted = vocabulary->slot_count ? vocabulary->slot_count * 2 : 256;
    uint32_t *slots;
    size_t i;

    if ((vocabulary->count + 1) * 2 <= vocabulary->slot_count)
        return true;
    slots = mem_alloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    for (i = 0; i < vocabulary->count; i++) {
        size_t at = (size_t)vocabulary->list[i].hash & (wanted - 1);

        while (slots[at])
            at = (at + 1) & (wanted - 1);
        slots[at] = (uint32_t)i + 1;
    }
    mem_free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_count = wanted;
    return true;
}

uint32_t vocabulary_add(struct vocabulary *vocabulary, struct arena *arena, struct str text)
{
    uint64_t hash = str_hash(text);
    uint32_t found = vocabulary_find(vocabulary, text, hash);
    struct symbol *symbol;
    size_t at;

    if (found != SYMBOL_NONE)
        return found;
    if (!grow_index(vocabulary) || !mem_grow(&vocabulary->list, vocabulary->count,
                                             &vocabulary->capacity, sizeof *vocabulary->list))
        return SYMBOL_NONE;
    symbol = &vocabulary->list[vocabulary->count];
    *symbol = (struct symbol){.text = arena_str(arena, text), .hash = hash};
    if (!symbol->text.ptr)
        return SYMBOL_NONE;
    at = (size_t)hash & (vocabulary->slot_count - 1);
    while (vocabulary->slots[at])
        at = (at + 1) & (vocabulary->slot_count - 1);
    vocabulary->slots[at] = (uint32_t)++vocabulary->count;
    return (uint32_t)vocabulary->count - 1;
}

void vocabulary_done(struct vocabulary *vocabulary)
{
    mem_free(vocabulary->list);
    mem_free(vocabulary->slots);
}
