#include "record/row_tally.h"

bool row_tally_init(struct row_tally *tally, struct arena *arena)
{
    tally->arena = arena;
    tally->count = 0;
    tally->reasons = arena_alloc(arena, TALLY_REASONS, sizeof *tally->reasons);
    return tally->reasons != NULL;
}

static struct accounting_reason *find(struct row_tally *tally, struct str reason, bool is_reject)
{
    struct accounting_reason *item;
    size_t i;

    for (i = 0; i < tally->count; i++)
        if (str_equal(tally->reasons[i].reason, reason))
            return &tally->reasons[i];
    if (tally->count == TALLY_REASONS)
        return NULL;
    item = &tally->reasons[tally->count];
    item->reason = arena_str(tally->arena, reason);
    item->is_reject = is_reject;
    if (!item->reason.ptr)
        return NULL;
    tally->count++;
    return item;
}

bool row_tally_add_many(struct row_tally *tally, struct str reason, bool is_reject, uint64_t n)
{
    struct accounting_reason *item = find(tally, reason, is_reject);

    if (!item)
        return false;
    item->n += n;
    return true;
}

bool row_tally_add(struct row_tally *tally, struct str reason, bool is_reject, uint64_t line,
                   uint64_t offset, struct str text)
{
    struct accounting_reason *item = find(tally, reason, is_reject);
    struct accounting_place *place;

    if (!item)
        return false;
    item->n++;
    if (item->first_count == ACCOUNTING_FIRST)
        return true;
    place = &item->first[item->first_count++];
    *place = (struct accounting_place){line, offset, {NULL, 0}};
    if (!text.ptr)
        return true;
    if (text.len > 80)
        text.len = 80;
    place->text = arena_str(tally->arena, text);
    return place->text.ptr != NULL;
}

static bool comes_first(const struct accounting_reason *a, const struct accounting_reason *b)
{
    if (a->first_count == 0 || b->first_count == 0)
        return a->first_count > b->first_count;
    if (a->first[0].offset != b->first[0].offset)
        return a->first[0].offset < b->first[0].offset;
    return str_compare(a->reason, b->reason) < 0;
}

void row_tally_order(struct row_tally *tally)
{
    size_t i;

    for (i = 1; i < tally->count; i++) {
        struct accounting_reason item = tally->reasons[i];
        size_t at;

        for (at = i; at > 0 && comes_first(&item, &tally->reasons[at - 1]); at--)
            tally->reasons[at] = tally->reasons[at - 1];
        tally->reasons[at] = item;
    }
}
