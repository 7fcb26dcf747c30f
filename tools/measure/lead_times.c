#include "measure/lead_times.h"

#include <stdlib.h>

#include "base/mem.h"
#include "measure/observe.h"
#include "stat/stat.h"

struct lead {
    int64_t end;
    int64_t length;
    uint32_t place; /* by length */
    int64_t known;  /* the quantile once it had ended */
};

struct lead_times {
    struct lead *list; /* in order of end */
    size_t count;
};

static int compare_lengths(const void *a, const void *b)
{
    const struct lead *left = a;
    const struct lead *right = b;

    return (left->length > right->length) - (left->length < right->length);
}

static int compare_ends(const void *a, const void *b)
{
    const struct lead *left = a;
    const struct lead *right = b;

    if (left->end != right->end)
        return left->end < right->end ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

static void list_leads(struct lead_times *times, const struct record_set *tickets)
{
    size_t i;

    for (i = 0; i < record_case_count(tickets); i++) {
        struct record_case ticket = record_case_at(tickets, i);
        int64_t opened = ticket.is_empty ? VALUE_MISSING : record_value(&ticket, SLOT_OPENED);
        int64_t end = ticket.is_empty ? VALUE_MISSING : case_end(&ticket);

        if (opened == VALUE_MISSING || end == VALUE_MISSING || end < opened)
            continue;
        times->list[times->count].end = end;
        times->list[times->count++].length = end - opened;
    }
}

/* --- how many of each length have ended: a tree of sums --- */

static void tree_add(uint32_t *tree, size_t count, size_t place)
{
    size_t i;

    for (i = place + 1; i <= count; i += i & (~i + 1))
        tree[i]++;
}

/* Place of the value of that rank, from 1. */
static size_t tree_find(const uint32_t *tree, size_t count, uint64_t rank)
{
    size_t place = 0;
    size_t step = 1;

    while (step * 2 <= count)
        step *= 2;
    for (; step; step /= 2)
        if (place + step <= count && tree[place + step] < rank) {
            place += step;
            rank -= tree[place];
        }
    return place;
}

/* Lengths by place are kept apart, because the list goes by end. */
static bool fill_known(struct lead_times *times, unsigned percent)
{
    uint32_t *tree = mem_alloc(times->count + 1, sizeof *tree);
    int64_t *lengths = mem_alloc(times->count, sizeof *lengths);
    bool done = tree && lengths;
    size_t i;

    for (i = 0; done && i < times->count; i++)
        lengths[i] = times->list[i].length;
    if (done)
        qsort(times->list, times->count, sizeof *times->list, compare_ends);
    for (i = 0; done && i < times->count; i++) {
        tree_add(tree, times->count, times->list[i].place);
        times->list[i].known =
            i + 1 < LEAD_TIMES_LEAST
                ? VALUE_MISSING
                : lengths[tree_find(tree, times->count, stat_rank(i + 1, percent, 100))];
    }
    mem_free(tree);
    mem_free(lengths);
    return done;
}

static bool fill(struct lead_times *times, const struct record_set *tickets, unsigned percent)
{
    size_t count = record_case_count(tickets);
    size_t i;

    times->list = mem_alloc(count, sizeof *times->list);
    if (!times->list)
        return false;
    list_leads(times, tickets);
    if (times->count == 0)
        return true;
    qsort(times->list, times->count, sizeof *times->list, compare_lengths);
    for (i = 0; i < times->count; i++)
        times->list[i].place = (uint32_t)i;
    return fill_known(times, percent);
}

enum status lead_times_new(const struct record_set *tickets, unsigned percent, struct diag *diag,
                           struct lead_times **ret_times)
{
    struct lead_times *times = mem_alloc(1, sizeof *times);

    if (!times || (tickets && record_case_count(tickets) && !fill(times, tickets, percent))) {
        lead_times_free(times);
        return diag_no_memory(diag);
    }
    *ret_times = times;
    return STATUS_OK;
}

void lead_times_free(struct lead_times *times)
{
    if (!times)
        return;
    mem_free(times->list);
    mem_free(times);
}

int64_t lead_times_known(const struct lead_times *times, int64_t at)
{
    size_t low = 0;
    size_t high = times->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (times->list[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? VALUE_MISSING : times->list[low - 1].known;
}
