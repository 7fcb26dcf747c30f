#include "record/id_order.h"

#include <string.h>

/* Lengths of ids that are compared as two words. */
enum { WORD = 8, WORDS_MOST = 2 * WORD };

static uint64_t word_at(const char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Less than 0: a comes first. */
static int compare(struct str a, struct str b)
{
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    if (a.len - WORD <= WORDS_MOST - WORD) {
        uint64_t left = word_at(a.ptr);
        uint64_t right = word_at(b.ptr);

        /* the second words may share bytes with the first, which are the same by then */
        if (left == right) {
            left = word_at(a.ptr + a.len - WORD);
            right = word_at(b.ptr + b.len - WORD);
        }
        return (left > right) - (left < right);
    }
    return a.len ? memcmp(a.ptr, b.ptr, a.len) : 0;
}

/* 1: b is later, -1: b is earlier, 0: they are the same. */
static int step(struct str a, struct str b)
{
    int order = compare(a, b);

    return (order < 0) - (order > 0);
}

static struct str str_of_end(const struct id_end *end)
{
    return (struct str){end->bytes, end->len};
}

static struct id_end end_of(struct str id)
{
    struct id_end end = {.len = id.len};

    memcpy(end.bytes, id.ptr, id.len);
    return end;
}

static bool is_usable(struct str id)
{
    return id.ptr && id.len <= ID_ORDER_LEN;
}

/*
 * How many of the ids, from the first on, are of its length and rise by their words; those that
 * fall, if the words are taken for their complements.
 */
static size_t count_rising(const struct str *ids, size_t count, uint64_t complement)
{
    size_t len = ids[0].len;
    uint64_t front = word_at(ids[0].ptr) ^ complement;
    uint64_t back = word_at(ids[0].ptr + len - WORD) ^ complement;
    size_t k;

    for (k = 1; k < count && ids[k].ptr && ids[k].len == len; k++) {
        uint64_t next_front = word_at(ids[k].ptr) ^ complement;
        uint64_t next_back = word_at(ids[k].ptr + len - WORD) ^ complement;

        if (next_front < front || (next_front == front && next_back <= back))
            break;
        front = next_front;
        back = next_back;
    }
    return k;
}

/* Whether all steps are of the direction of the first. */
static bool are_in_order(const struct str *ids, size_t count, int direction)
{
    size_t k = 1;

    if (ids[0].len - WORD <= WORDS_MOST - WORD && direction != 0)
        k = count_rising(ids, count, direction > 0 ? 0 : ~0ull);
    for (; k < count; k++)
        if (!ids[k].ptr || step(ids[k - 1], ids[k]) != direction)
            return false;
    return direction != 0 || count == 1;
}

void id_order_add(struct id_order *order, const struct str *ids, size_t count)
{
    struct id_order run = {.has_ids = true};

    if (order->is_broken || count == 0)
        return;
    if (!is_usable(ids[0]) || !is_usable(ids[count - 1]) || (count > 1 && !ids[1].ptr)) {
        order->is_broken = true;
        return;
    }
    run.first = end_of(ids[0]);
    run.last = end_of(ids[count - 1]);
    run.direction = count > 1 ? step(ids[0], ids[1]) : 0;
    run.is_broken = !are_in_order(ids, count, run.direction);
    id_order_join(order, &run);
}

bool id_order_goes_on(const struct id_order *order, const struct id_order *next)
{
    int direction;

    if (order->is_broken || next->is_broken)
        return false;
    if (!order->has_ids || !next->has_ids)
        return true;
    direction = step(str_of_end(&order->last), str_of_end(&next->first));
    return direction != 0 && (order->direction == 0 || order->direction == direction) &&
           (next->direction == 0 || next->direction == direction);
}

void id_order_join(struct id_order *order, const struct id_order *next)
{
    if (!id_order_goes_on(order, next)) {
        order->is_broken = true;
        return;
    }
    if (!next->has_ids)
        return;
    if (!order->has_ids) {
        *order = *next;
        return;
    }
    order->direction = step(str_of_end(&order->last), str_of_end(&next->first));
    order->last = next->last;
}
