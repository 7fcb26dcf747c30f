/*
 * Values of a sample: collected in any order, then looked at in order.
 *
 * Call: sample_list_add for each value; sample_fill from one or more lists; sample_at, or
 *       sample_next from the least on; sample_done; sample_list_done. Lists and samples that are all
 *       zero are empty. sample_add_up makes one sample of several, which is much less than to look at
 *       all values again.
 * Owns: the caller owns lists and samples; a sample holds no part of its lists. Filled again it
 *       uses the memory it has. Lists with a memory are joined with lists whose memory joins theirs.
 * Errors: false when memory is out; a list then holds what it held, a sample nothing.
 * Units: those of the values. Whole millions up to 2^32 of them, which is what durations in
 *        microseconds mostly are, take four bytes in a list instead of eight.
 * Source: where the values lie close together they are counted, not compared: of many millions of
 *         durations only the distinct ones are looked at in order.
 * Threads: one list, one thread; a sample that has been filled is constant.
 */
#ifndef CFAUDIT_STAT_SAMPLE_H
#define CFAUDIT_STAT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct sample_chunk;

struct sample_list {
    uint32_t *next; /* room for whole millions, in the first chunk */
    uint32_t *end;
    struct sample_chunk *chunks;
    struct arena *memory; /* where chunks are made, and whose they are; NULL: the list's own */
    int64_t *others;
    size_t other_count;
    size_t other_capacity;
};

static inline bool sample_list_add(struct sample_list *list, int64_t value);
/* What `from` has goes over to the list. */
bool sample_list_join(struct sample_list *list, struct sample_list *from);
void sample_list_done(struct sample_list *list);
uint64_t sample_list_count(const struct sample_list *list);
static inline bool sample_list_is_empty(const struct sample_list *list)
{
    return !list->chunks && list->other_count == 0;
}


/* What sample_list_add does when the value is no whole million or there is no room. */
bool sample_list_add_other(struct sample_list *list, int64_t value);

/* Where many lists grow side by side, none of them finds its next line of memory in a cache. */
enum { SAMPLE_MILLION = 1000000, SAMPLE_AHEAD = 16 };

static inline bool sample_list_add(struct sample_list *list, int64_t value)
{
    uint64_t millions = (uint64_t)value / SAMPLE_MILLION;

    if (millions > UINT32_MAX || millions * SAMPLE_MILLION != (uint64_t)value ||
        list->next == list->end)
        return sample_list_add_other(list, value);
    __builtin_prefetch(list->next + SAMPLE_AHEAD, /* rw= */ 1);
    *list->next++ = (uint32_t)millions;
    return true;
}

/* How often a value occurs. */
struct sample_run {
    int64_t value;
    uint64_t n;
};

struct sample {
    uint64_t n;
    bool is_counted;
    /* counted: how often each whole million from 0 on occurs, and how many of them and of all before
       there are in each block */
    uint32_t *counters;
    size_t counter_count;
    size_t counter_capacity;
    uint64_t *upto;
    size_t upto_capacity;
    /* else: the values in order */
    int64_t *values;
    size_t value_capacity;
};

bool sample_fill(struct sample *sample, const struct sample_list *const *lists, size_t list_count);
/*
 * The values of `more` come to those of a sample that is empty or was made like that. False: memory
 * is out, or they are such that counting them is not worth it; the sample is empty then.
 */
bool sample_add_up(struct sample *sample, const struct sample *more);
/* Behind the last of them, before anything is looked at. */
void sample_added_up(struct sample *sample);
/* No values, but the memory stays. */
void sample_clear(struct sample *sample);
void sample_done(struct sample *sample);
/* The value of that rank, 1 to n. */
int64_t sample_at(const struct sample *sample, uint64_t rank);
/* The next value, ascending; *place is 0 for the first. False: there is none. */
bool sample_next(const struct sample *sample, size_t *place, struct sample_run *ret_run);

#endif
