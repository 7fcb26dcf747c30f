/* Rows that are the last to fill some slots of a case: their order, and what is left of them. */
#include "base/mem.h"
#include "record/share.h"

int record_told_compare(const struct record_told *a, const struct record_told *b)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(a->filled.bits); i++)
        if (a->filled.bits[i] != b->filled.bits[i])
            return a->filled.bits[i] < b->filled.bits[i] ? -1 : 1;
    return 0;
}

bool record_told_is_later(const struct record_told *a, const struct record_told *b)
{
    if (a->is_attributed != b->is_attributed)
        return a->is_attributed;
    if (a->at != b->at)
        return a->at > b->at;
    if (a->sequence != b->sequence)
        return a->sequence > b->sequence;
    return a->position > b->position;
}

/* What a later one fills, too, is not of this one; false: nothing is left. */
static bool leave(struct record_told *told, const struct slot_set *later)
{
    int slot;

    told->filled.bits[0] &= ~later->bits[0];
    told->filled.bits[1] &= ~later->bits[1];
    for (slot = 0; slot < SLOT_END; slot++)
        if (!slot_set_has(&told->filled, slot))
            told->values[slot] = VALUE_MISSING;
    return told->filled.bits[0] || told->filled.bits[1];
}

/* Both are of one row. */
static void merge(struct record_told *into, const struct record_told *told)
{
    int slot;

    for (slot = 0; slot < SLOT_END; slot++)
        if (slot_set_has(&told->filled, slot))
            into->values[slot] = told->values[slot];
    into->filled.bits[0] |= told->filled.bits[0];
    into->filled.bits[1] |= told->filled.bits[1];
}

typedef int told_order(const struct record_told *a, const struct record_told *b);

static int by_time(const struct record_told *a, const struct record_told *b)
{
    return record_told_is_later(a, b) ? -1 : record_told_is_later(b, a);
}

/* There are few. */
static void order(struct record_told *list, size_t count, told_order *compare)
{
    size_t i;

    for (i = 1; i < count; i++) {
        const struct record_told told = list[i];
        size_t at = i;

        for (; at > 0 && compare(&told, &list[at - 1]) < 0; at--)
            list[at] = list[at - 1];
        list[at] = told;
    }
}

size_t record_told_settle(struct record_told *list, size_t count)
{
    struct slot_set later = {{0, 0}};
    size_t kept = 0;
    size_t i;

    order(list, count, by_time);
    for (i = 0; i < count; i++) {
        bool has_any = leave(&list[i], &later);

        if (i > 0 && !has_any)
            continue;
        later.bits[0] |= list[i].filled.bits[0];
        later.bits[1] |= list[i].filled.bits[1];
        if (kept && by_time(&list[kept - 1], &list[i]) == 0)
            merge(&list[kept - 1], &list[i]);
        else
            list[kept++] = list[i];
    }
    order(list, kept, record_told_compare);
    return kept;
}
