#include "measure/shortlist.h"

#include <math.h>
#include <string.h>

struct shortlist_entry shortlist_entry_of(const struct record_case *item, int64_t value,
                                          const char *note)
{
    struct shortlist_entry entry = {.id = item->id,
                                    .source = item->source,
                                    .line = item->line,
                                    .offset = item->offset,
                                    .value = value,
                                    .note = note};

    return entry;
}

static int compare(const struct shortlist_entry *a, const struct shortlist_entry *b)
{
    int order;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    order = memcmp(a->key.bytes, b->key.bytes, sizeof a->key.bytes);
    return order ? order : str_compare(a->id, b->id);
}

bool shortlist_may_take(const struct shortlist *list, int64_t rank)
{
    return list->count < FIGURE_CITATIONS || rank <= list->entries[list->count - 1].rank;
}

void shortlist_offer(struct shortlist *list, const struct shortlist_entry *entry)
{
    size_t at = list->count;

    while (at > 0 && compare(entry, &list->entries[at - 1]) < 0)
        at--;
    if (at == FIGURE_CITATIONS)
        return;
    if (list->count < FIGURE_CITATIONS)
        list->count++;
    memmove(list->entries + at + 1, list->entries + at,
            (list->count - 1 - at) * sizeof *list->entries);
    list->entries[at] = *entry;
}

bool shortlist_keep_ids(struct shortlist *list, struct arena *arena)
{
    size_t i;

    for (i = 0; i < list->count; i++) {
        list->entries[i].id = arena_str(arena, list->entries[i].id);
        if (!list->entries[i].id.ptr)
            return false;
    }
    return true;
}

void shortlist_merge(struct shortlist *list, const struct shortlist *other)
{
    size_t i;

    for (i = 0; i < other->count; i++)
        shortlist_offer(list, &other->entries[i]);
}

bool shortlist_citations(const struct shortlist *list, double scale, struct arena *arena,
                         struct citations *ret_citations)
{
    size_t i;

    ret_citations->count = list->count;
    ret_citations->list = arena_alloc(arena, list->count, sizeof *ret_citations->list);
    if (!ret_citations->list)
        return false;
    for (i = 0; i < list->count; i++) {
        const struct shortlist_entry *entry = &list->entries[i];
        struct citation *citation = &ret_citations->list[i];

        citation->case_id = arena_str(arena, entry->id);
        citation->source = entry->source;
        citation->line = entry->line;
        citation->offset = entry->offset;
        citation->value = entry->value == VALUE_MISSING ? NAN : (double)entry->value / scale;
        citation->note = str_of(entry->note);
        if (!citation->case_id.ptr)
            return false;
    }
    return true;
}
