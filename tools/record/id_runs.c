#include "record/id_runs.h"

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

/* 1: b is later, -1: b is earlier, 0: they are the same. */
static int step(struct str a, struct str b)
{
    int order;

    if (a.len != b.len)
        return a.len < b.len ? 1 : -1;
    order = a.len ? memcmp(a.ptr, b.ptr, a.len) : 0;
    return (order < 0) - (order > 0);
}

/* --- one run --- */

static struct str text_of(const struct id_end *end)
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
    return id.ptr && id.len <= ID_RUN_LEN;
}

/*
 * How many of the ids, from the first on, are of its length and rise by their words; those that
 * fall, if the words are taken for their complements. The two words may share bytes.
 */
static size_t count_by_words(const struct str *ids, size_t count, uint64_t complement)
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

/* How many of the ids are in order from the first one on; none of them is missing. */
static size_t run_len(const struct str *ids, size_t count, int *ret_direction)
{
    int direction = count > 1 && ids[1].ptr ? step(ids[0], ids[1]) : 0;
    size_t k = 1;

    *ret_direction = direction;
    if (direction == 0)
        return k;
    if (ids[0].len - WORD <= WORDS_MOST - WORD)
        k = count_by_words(ids, count, direction > 0 ? 0 : ~0ull);
    while (k < count && ids[k].ptr && step(ids[k - 1], ids[k]) == direction)
        k++;
    return k;
}

/* The direction of both as one run; 0: they are none. */
static int common_direction(const struct id_run *run, const struct id_run *next)
{
    int direction = step(text_of(&run->last), text_of(&next->first));

    return (run->direction == 0 || run->direction == direction) &&
                   (next->direction == 0 || next->direction == direction)
               ? direction
               : 0;
}

/* --- several --- */

static void add_run(struct id_runs *runs, const struct id_run *next)
{
    struct id_run *last = runs->count ? &runs->list[runs->count - 1] : NULL;
    int direction = last ? common_direction(last, next) : 0;

    if (direction) {
        last->direction = direction;
        last->last = next->last;
    } else if (runs->count < ID_RUNS_MOST) {
        runs->list[runs->count++] = *next;
    } else {
        runs->is_broken = true;
    }
}

void id_runs_add(struct id_runs *runs, const struct str *ids, size_t count)
{
    size_t k = 0;

    while (k < count && !runs->is_broken) {
        struct id_run run;
        size_t len;

        if (!ids[k].ptr) {
            runs->is_broken = true;
            return;
        }
        len = run_len(ids + k, count - k, &run.direction);
        if (!is_usable(ids[k]) || !is_usable(ids[k + len - 1])) {
            runs->is_broken = true;
            return;
        }
        run.first = end_of(ids[k]);
        run.last = end_of(ids[k + len - 1]);
        add_run(runs, &run);
        k += len;
    }
}

bool id_runs_go_on(const struct id_runs *runs, const struct id_runs *next)
{
    if (runs->is_broken || next->is_broken || runs->count > 1 || next->count > 1)
        return false;
    return runs->count == 0 || next->count == 0 ||
           common_direction(&runs->list[0], &next->list[0]) != 0;
}

void id_runs_join(struct id_runs *runs, const struct id_runs *next)
{
    size_t i;

    runs->is_broken |= next->is_broken;
    for (i = 0; i < next->count && !runs->is_broken; i++)
        add_run(runs, &next->list[i]);
}

static bool overlap(const struct id_run *a, const struct id_run *b)
{
    struct str a_low = text_of(a->direction < 0 ? &a->last : &a->first);
    struct str a_high = text_of(a->direction < 0 ? &a->first : &a->last);
    struct str b_low = text_of(b->direction < 0 ? &b->last : &b->first);
    struct str b_high = text_of(b->direction < 0 ? &b->first : &b->last);

    return step(a_high, b_low) <= 0 && step(b_high, a_low) <= 0;
}

bool id_runs_are_apart(const struct id_runs *runs)
{
    size_t i;
    size_t j;

    for (i = 0; i < runs->count; i++)
        for (j = 0; j < i; j++)
            if (overlap(&runs->list[i], &runs->list[j]))
                return false;
    return !runs->is_broken;
}
