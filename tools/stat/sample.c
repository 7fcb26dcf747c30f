#include "stat/sample.h"

#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/mem.h"
#include "stat/stat.h"

/*
 * Counting needs a counter for each value that could occur: worth it while there are not many more
 * of them than values, and while the counters fit into the outer caches. To add up what was counted
 * costs so little that a million of them is always worth it.
 */
enum {
    COUNTERS_ALWAYS = 1 << 20,
    COUNTERS_MOST = 1 << 23,
    COUNTERS_PER_VALUE = 8,
    COUNTED_LEAST = 256,
    BLOCK = 512
};

/* The first chunks of a list are small, because many lists have few values; none is so large that
   its end, which stays empty, counts. */
enum { CHUNK_LEAST = 12, CHUNK_MOST = 4092 };

struct sample_chunk {
    struct sample_chunk *next;
    uint32_t capacity;
    /* but of the first chunk, which is being filled */
    uint32_t count;
    uint32_t most;
    uint32_t millions[];
};

/* --- lists --- */

static size_t chunk_count(const struct sample_list *list, const struct sample_chunk *chunk)
{
    return chunk == list->chunks ? (size_t)(list->next - chunk->millions) : chunk->count;
}

static uint32_t most_of(const uint32_t *millions, size_t count)
{
    uint32_t most = 0;
    size_t i;

    for (i = 0; i < count; i++)
        most = millions[i] > most ? millions[i] : most;
    return most;
}

static uint32_t chunk_most(const struct sample_list *list, const struct sample_chunk *chunk)
{
    return chunk == list->chunks ? most_of(chunk->millions, chunk_count(list, chunk)) : chunk->most;
}

/* No more is put into the first chunk. */
static void close_chunk(struct sample_list *list)
{
    struct sample_chunk *first = list->chunks;

    if (!first)
        return;
    first->count = (uint32_t)chunk_count(list, first);
    first->most = most_of(first->millions, first->count);
}

static bool add_chunk(struct sample_list *list)
{
    struct sample_chunk *first = list->chunks;
    size_t capacity = first ? first->capacity * 2 : CHUNK_LEAST;
    struct sample_chunk *chunk;
    size_t size;

    if (capacity > CHUNK_MOST)
        capacity = CHUNK_MOST;
    size = sizeof *chunk + capacity * sizeof chunk->millions[0];
    chunk = list->memory ? arena_alloc(list->memory, 1, size) : mem_resize(NULL, 1, size);
    if (!chunk)
        return false;
    close_chunk(list);
    chunk->next = first;
    chunk->capacity = (uint32_t)capacity;
    list->chunks = chunk;
    list->next = chunk->millions;
    list->end = chunk->millions + capacity;
    return true;
}

bool sample_list_add_other(struct sample_list *list, int64_t value)
{
    uint64_t millions = (uint64_t)value / SAMPLE_MILLION;

    if (millions <= UINT32_MAX && millions * SAMPLE_MILLION == (uint64_t)value) {
        if (list->next == list->end && !add_chunk(list))
            return false;
        *list->next++ = (uint32_t)millions;
        return true;
    }
    if (!mem_grow(&list->others, list->other_count, &list->other_capacity, sizeof *list->others))
        return false;
    list->others[list->other_count++] = value;
    return true;
}

static bool join_others(struct sample_list *list, const struct sample_list *from)
{
    int64_t *grown;
    size_t wanted;

    if (from->other_count == 0)
        return true;
    if (!size_add(list->other_count, from->other_count, &wanted))
        return false;
    if (wanted > list->other_capacity) {
        grown = mem_resize(list->others, wanted, sizeof *grown);
        if (!grown)
            return false;
        list->others = grown;
        list->other_capacity = wanted;
    }
    memcpy(list->others + list->other_count, from->others,
           from->other_count * sizeof *from->others);
    list->other_count = wanted;
    return true;
}

bool sample_list_join(struct sample_list *list, struct sample_list *from)
{
    struct sample_chunk **link = &list->chunks;

    if (!join_others(list, from))
        return false;
    close_chunk(from);
    if (!list->chunks) {
        list->next = from->next;
        list->end = from->end;
    }
    while (*link)
        link = &(*link)->next;
    *link = from->chunks;
    from->chunks = NULL;
    sample_list_done(from);
    return true;
}

void sample_list_done(struct sample_list *list)
{
    struct sample_chunk *next;

    for (; list->chunks; list->chunks = next) {
        next = list->chunks->next;
        if (!list->memory)
            mem_free(list->chunks);
    }
    mem_free(list->others);
    memset(list, 0, sizeof *list);
}

uint64_t sample_list_count(const struct sample_list *list)
{
    uint64_t count = list->other_count;
    const struct sample_chunk *chunk;

    for (chunk = list->chunks; chunk; chunk = chunk->next)
        count += chunk_count(list, chunk);
    return count;
}

/* --- samples --- */

struct extent {
    uint64_t n;
    uint32_t most; /* of the millions */
    bool has_others;
};

static struct extent extent_of(const struct sample_list *const *lists, size_t list_count)
{
    struct extent extent = {0, 0, false};
    const struct sample_chunk *chunk;
    size_t i;

    for (i = 0; i < list_count; i++) {
        for (chunk = lists[i]->chunks; chunk; chunk = chunk->next) {
            uint32_t most = chunk_most(lists[i], chunk);

            extent.most = most > extent.most ? most : extent.most;
        }
        extent.n += sample_list_count(lists[i]);
        extent.has_others |= lists[i]->other_count > 0;
    }
    return extent;
}

/* Room for that many elements; what was in it is lost. */
static bool make_room(void *array_pointer, size_t *capacity, size_t count, size_t size)
{
    void *array;

    if (count <= *capacity)
        return true;
    memcpy(&array, array_pointer, sizeof array);
    mem_free(array);
    array = mem_resize(NULL, count, size);
    *capacity = array ? count : 0;
    memcpy(array_pointer, &array, sizeof array);
    return array != NULL;
}

static void add_up_blocks(struct sample *sample)
{
    uint64_t upto = 0;
    size_t i;
    size_t k;

    for (i = 0; i < sample->counter_count; i += BLOCK) {
        for (k = i; k < i + BLOCK; k++)
            upto += sample->counters[k];
        sample->upto[i / BLOCK] = upto;
    }
}

static bool by_counting(struct sample *sample, const struct sample_list *const *lists,
                        size_t list_count, uint32_t most)
{
    size_t blocks = most / BLOCK + 1;
    const struct sample_chunk *chunk;
    uint32_t *counters;
    size_t count;
    size_t i;
    size_t k;

    if (!make_room(&sample->counters, &sample->counter_capacity, blocks * BLOCK,
                   sizeof *sample->counters) ||
        !make_room(&sample->upto, &sample->upto_capacity, blocks, sizeof *sample->upto))
        return false;
    counters = sample->counters;
    memset(counters, 0, blocks * BLOCK * sizeof *counters);
    for (i = 0; i < list_count; i++)
        for (chunk = lists[i]->chunks; chunk; chunk = chunk->next)
            for (k = 0, count = chunk_count(lists[i], chunk); k < count; k++)
                counters[chunk->millions[k]]++;
    sample->counter_count = blocks * BLOCK;
    add_up_blocks(sample);
    return true;
}

static bool by_sorting(struct sample *sample, const struct sample_list *const *lists,
                       size_t list_count, size_t n)
{
    const struct sample_chunk *chunk;
    int64_t *values;
    size_t i;
    size_t k;

    if (!make_room(&sample->values, &sample->value_capacity, n, sizeof *sample->values))
        return false;
    values = sample->values;
    for (i = 0; i < list_count; i++) {
        for (chunk = lists[i]->chunks; chunk; chunk = chunk->next)
            for (k = 0; k < chunk_count(lists[i], chunk); k++)
                *values++ = (int64_t)chunk->millions[k] * SAMPLE_MILLION;
        for (k = 0; k < lists[i]->other_count; k++)
            *values++ = lists[i]->others[k];
    }
    return stat_sort_int64(sample->values, n);
}

bool sample_fill(struct sample *sample, const struct sample_list *const *lists, size_t list_count)
{
    struct extent extent = extent_of(lists, list_count);
    bool done;

    sample->n = 0;
    sample->is_counted = !extent.has_others && extent.n >= COUNTED_LEAST &&
                         extent.n <= UINT32_MAX && extent.most < COUNTERS_MOST &&
                         extent.most / COUNTERS_PER_VALUE <= extent.n;
    done = sample->is_counted ? by_counting(sample, lists, list_count, extent.most)
                              : by_sorting(sample, lists, list_count, (size_t)extent.n);
    if (done)
        sample->n = extent.n;
    return done;
}

void sample_clear(struct sample *sample)
{
    sample->n = 0;
    sample->counter_count = 0;
}

/* Counters up to that many; those that were not there are zero. */
static bool more_counters(struct sample *sample, size_t count)
{
    size_t blocks = count / BLOCK;
    uint32_t *counters;
    uint64_t *upto;

    if (count <= sample->counter_count)
        return true;
    if (count > sample->counter_capacity) {
        counters = mem_resize(sample->counters, count, sizeof *counters);
        if (!counters)
            return false;
        sample->counters = counters;
        sample->counter_capacity = count;
    }
    if (blocks > sample->upto_capacity) {
        upto = mem_resize(sample->upto, blocks, sizeof *upto);
        if (!upto)
            return false;
        sample->upto = upto;
        sample->upto_capacity = blocks;
    }
    memset(sample->counters + sample->counter_count, 0,
           (count - sample->counter_count) * sizeof *sample->counters);
    sample->counter_count = count;
    return true;
}

/* The counters that the values of a sample need; 0: it has others than whole millions, or too far. */
static size_t counters_for(const struct sample *sample)
{
    size_t i;

    if (sample->is_counted)
        return sample->counter_count;
    for (i = 0; i < sample->n; i++)
        if (sample->values[i] % SAMPLE_MILLION != 0)
            return 0;
    if (sample->values[0] < 0 || sample->values[sample->n - 1] / SAMPLE_MILLION >= COUNTERS_MOST)
        return 0;
    return ((size_t)(sample->values[sample->n - 1] / SAMPLE_MILLION) / BLOCK + 1) * BLOCK;
}

static void add_block(uint32_t *restrict counters, const uint32_t *restrict more)
{
    size_t k;

    for (k = 0; k < BLOCK; k++)
        counters[k] += more[k];
}

static void add_counts(struct sample *sample, const struct sample *more)
{
    size_t i;

    for (i = 0; more->is_counted && i < more->counter_count; i += BLOCK)
        add_block(sample->counters + i, more->counters + i);
    for (i = 0; !more->is_counted && i < more->n; i++)
        sample->counters[more->values[i] / SAMPLE_MILLION]++;
}

bool sample_add_up(struct sample *sample, const struct sample *more)
{
    size_t wanted = more->n ? counters_for(more) : 0;

    if (more->n == 0)
        return true;
    if (wanted == 0 || sample->n + more->n > UINT32_MAX ||
        (wanted > COUNTERS_ALWAYS && wanted / COUNTERS_PER_VALUE > sample->n + more->n) ||
        !more_counters(sample, wanted)) {
        sample_clear(sample);
        return false;
    }
    add_counts(sample, more);
    sample->n += more->n;
    sample->is_counted = true;
    return true;
}

void sample_added_up(struct sample *sample)
{
    add_up_blocks(sample);
}

void sample_done(struct sample *sample)
{
    mem_free(sample->counters);
    mem_free(sample->upto);
    mem_free(sample->values);
    memset(sample, 0, sizeof *sample);
}

static int64_t counted_at(const struct sample *sample, uint64_t rank)
{
    size_t low = 0;
    size_t high = sample->counter_count / BLOCK;
    uint64_t upto;
    size_t k;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (sample->upto[middle] < rank)
            low = middle + 1;
        else
            high = middle;
    }
    upto = low ? sample->upto[low - 1] : 0;
    for (k = low * BLOCK; (upto += sample->counters[k]) < rank; k++)
        continue;
    return (int64_t)k * SAMPLE_MILLION;
}

int64_t sample_at(const struct sample *sample, uint64_t rank)
{
    BUG_IF(rank == 0 || rank > sample->n);
    return sample->is_counted ? counted_at(sample, rank) : sample->values[rank - 1];
}

static bool next_counted(const struct sample *sample, size_t *place, struct sample_run *ret_run)
{
    size_t k = *place;

    while (k < sample->counter_count && sample->counters[k] == 0)
        k++;
    *place = k + 1;
    if (k >= sample->counter_count)
        return false;
    *ret_run = (struct sample_run){(int64_t)k * SAMPLE_MILLION, sample->counters[k]};
    return true;
}

bool sample_next(const struct sample *sample, size_t *place, struct sample_run *ret_run)
{
    size_t first = *place;
    size_t end = first;

    if (sample->n == 0)
        return false;
    if (sample->is_counted)
        return next_counted(sample, place, ret_run);
    while (end < sample->n && sample->values[end] == sample->values[first])
        end++;
    *place = end;
    if (end == first)
        return false;
    *ret_run = (struct sample_run){sample->values[first], end - first};
    return true;
}
