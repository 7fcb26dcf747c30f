#include "cmd/owner_list.h"

#include <stdlib.h>

#include "base/mem.h"

/* A case of one of the sets; the bytes of its id that are not the same in all come first. */
struct listed {
    uint64_t front;
    struct str id;
    uint32_t owner;
    uint32_t number;
};

struct owner_list {
    struct listed *list;
    size_t count;
    struct part_share *shares; /* room for one case */
    uint32_t *numbers;
};

/* --- order --- */

static int by_id(const void *a, const void *b)
{
    const struct listed *left = a;
    const struct listed *right = b;
    int order;

    if (left->front != right->front)
        return left->front < right->front ? -1 : 1;
    order = str_compare(left->id, right->id);
    return order ? order : (left->owner > right->owner) - (left->owner < right->owner);
}

static size_t same_bytes(struct str a, struct str b, size_t most)
{
    size_t same = 0;

    while (same < most && same < a.len && same < b.len && a.ptr[same] == b.ptr[same])
        same++;
    return same;
}

static uint64_t front_of(struct str id, size_t from)
{
    uint64_t front = 0;
    size_t i;

    for (i = 0; i < 8; i++)
        front = front << 8 | (from + i < id.len ? (unsigned char)id.ptr[from + i] : 0);
    return front;
}

/* Ids mostly begin alike: INC0000001, INC0000002. */
static void put_in_order(struct listed *list, size_t count)
{
    size_t same = count ? list[0].id.len : 0;
    bool is_ordered = true;
    size_t i;

    for (i = 1; i < count; i++)
        same = same_bytes(list[0].id, list[i].id, same);
    for (i = 0; i < count; i++)
        list[i].front = front_of(list[i].id, same);
    for (i = 1; i < count && is_ordered; i++)
        is_ordered = by_id(&list[i - 1], &list[i]) < 0;
    if (!is_ordered)
        qsort(list, count, sizeof *list, by_id);
}

/* --- cases --- */

static bool make_list(struct record_set *const *sets, size_t count, struct owner_list *list)
{
    struct record_share share;
    size_t s;
    size_t i;

    for (s = 0; s < count; s++)
        list->count += sets[s] ? record_case_count(sets[s]) : 0;
    list->list = mem_alloc(list->count, sizeof *list->list);
    list->shares = mem_alloc(count + 1, sizeof *list->shares);
    list->numbers = mem_alloc(count, sizeof *list->numbers);
    if (!list->list || !list->shares || !list->numbers)
        return false;
    list->count = 0;
    for (s = 0; s < count; s++)
        for (i = 0; sets[s] && i < record_case_count(sets[s]); i++)
            list->list[list->count++] = (struct listed){0, record_share_at(sets[s], i, &share),
                                                        (uint32_t)s, (uint32_t)i};
    put_in_order(list->list, list->count);
    return true;
}

/* The case that begins there, of all the sets that have it; the place behind it. */
static size_t gather_case(struct record_set *const *sets, const struct owner_list *list, size_t at,
                          struct owner_case *item)
{
    struct part_case *into = &item->item;

    into->id = list->list[at].id;
    into->shares = list->shares;
    into->count = 0;
    for (; at < list->count && str_equal(list->list[at].id, into->id); at++) {
        const struct listed *listed = &list->list[at];

        list->shares[into->count].owner = listed->owner;
        list->numbers[into->count] = listed->number;
        record_share_at(sets[listed->owner], listed->number, &list->shares[into->count++].share);
    }
    item->numbers = list->numbers;
    return at;
}

enum status owner_list_go(struct record_set *const *sets, size_t count, struct diag *diag,
                          owner_take *take, void *taker)
{
    struct owner_list list = {NULL, 0, NULL, NULL};
    enum status status = make_list(sets, count, &list) ? STATUS_OK : diag_no_memory(diag);
    struct owner_case item;
    size_t at = 0;

    while (status == STATUS_OK && at < list.count) {
        at = gather_case(sets, &list, at, &item);
        status = take(taker, &item);
    }
    mem_free(list.list);
    mem_free(list.shares);
    mem_free(list.numbers);
    return status;
}
