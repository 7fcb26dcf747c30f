/*
 * Values of a sample: collected in any order, then looked at in order.
 *
 * Call: sample_list_add for each value; sample_new of one or more lists; sample_at, or the runs;
 *       sample_free; sample_list_done. A list that is all zero is empty.
 * Owns: the caller owns lists and samples; a sample holds no part of its lists.
 * Errors: false when memory is out; a list then holds what it held.
 * Units: those of the values. Whole millions up to 2^32 of them, which is what durations in
 *        microseconds mostly are, take four bytes in a list instead of eight.
 * Source: where the values lie close together they are counted, not compared: of many millions of
 *         durations only the distinct ones are written down in order.
 * Threads: one list, one thread; a sample is constant.
 */
#ifndef CFAUDIT_STAT_SAMPLE_H
#define CFAUDIT_STAT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sample_list {
    uint32_t *millions;
    size_t million_count;
    size_t million_capacity;
    int64_t *others;
    size_t other_count;
    size_t other_capacity;
};

static inline bool sample_list_add(struct sample_list *list, int64_t value);
bool sample_list_join(struct sample_list *list, const struct sample_list *from);
void sample_list_done(struct sample_list *list);
uint64_t sample_list_count(const struct sample_list *list);

/* What sample_list_add does when the value is no whole million or there is no room. */
bool sample_list_add_other(struct sample_list *list, int64_t value);

enum { SAMPLE_MILLION = 1000000 };

static inline bool sample_list_add(struct sample_list *list, int64_t value)
{
    uint64_t millions = (uint64_t)value / SAMPLE_MILLION;

    if (millions > UINT32_MAX || millions * SAMPLE_MILLION != (uint64_t)value ||
        list->million_count == list->million_capacity)
        return sample_list_add_other(list, value);
    list->millions[list->million_count++] = (uint32_t)millions;
    return true;
}

/* Equal values; `upto` counts these and all that are less. */
struct sample_run {
    int64_t value;
    uint64_t upto;
};

struct sample {
    struct sample_run *runs; /* ascending */
    size_t run_count;
    uint64_t n;
};

bool sample_new(const struct sample_list *const *lists, size_t list_count,
                struct sample *ret_sample);
void sample_free(struct sample *sample);
/* The value of that rank, 1 to n. */
int64_t sample_at(const struct sample *sample, uint64_t rank);
/* How often the value of that run occurs. */
uint64_t sample_run_size(const struct sample *sample, size_t run);

#endif
