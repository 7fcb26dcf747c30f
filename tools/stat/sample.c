#include "stat/sample.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "stat/stat.h"

/*
 * Counting needs a counter for each value that could occur: worth it while there are not many more
 * of them than values, and while the counters fit into the outer caches.
 */
enum { COUNTERS_MOST = 1 << 23, COUNTERS_PER_VALUE = 8, COUNTED_LEAST = 256 };

/* --- lists --- */

bool sample_list_add_other(struct sample_list *list, int64_t value)
{
    uint64_t millions = (uint64_t)value / SAMPLE_MILLION;

    if (millions <= UINT32_MAX && millions * SAMPLE_MILLION == (uint64_t)value)
        return mem_grow(&list->millions, list->million_count, &list->million_capacity,
                        sizeof *list->millions) &&
               sample_list_add(list, value);
    if (!mem_grow(&list->others, list->other_count, &list->other_capacity, sizeof *list->others))
        return false;
    list->others[list->other_count++] = value;
    return true;
}

/* Room for more elements behind the others. */
static bool make_room(void *array_pointer, size_t count, size_t more, size_t *capacity, size_t size)
{
    void *array;
    void *grown;
    size_t wanted;

    if (!size_add(count, more, &wanted))
        return false;
    if (wanted <= *capacity)
        return true;
    memcpy(&array, array_pointer, sizeof array);
    grown = mem_resize(array, wanted, size);
    if (!grown)
        return false;
    memcpy(array_pointer, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}

bool sample_list_join(struct sample_list *list, const struct sample_list *from)
{
    if (!make_room(&list->millions, list->million_count, from->million_count,
                   &list->million_capacity, sizeof *list->millions) ||
        !make_room(&list->others, list->other_count, from->other_count, &list->other_capacity,
                   sizeof *list->others))
        return false;
    if (from->million_count)
        memcpy(list->millions + list->million_count, from->millions,
               from->million_count * sizeof *list->millions);
    if (from->other_count)
        memcpy(list->others + list->other_count, from->others,
               from->other_count * sizeof *list->others);
    list->million_count += from->million_count;
    list->other_count += from->other_count;
    return true;
}

void sample_list_done(struct sample_list *list)
{
    mem_free(list->millions);
    mem_free(list->others);
    memset(list, 0, sizeof *list);
}

uint64_t sample_list_count(const struct sample_list *list)
{
    return (uint64_t)list->million_count + list->other_count;
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
    size_t i;
    size_t k;

    for (i = 0; i < list_count; i++) {
        uint32_t most = 0;

        for (k = 0; k < lists[i]->million_count; k++)
            most = lists[i]->millions[k] > most ? lists[i]->millions[k] : most;
        extent.most = most > extent.most ? most : extent.most;
        extent.n += sample_list_count(lists[i]);
        extent.has_others |= lists[i]->other_count > 0;
    }
    return extent;
}

static bool make_runs(struct sample *sample, size_t count)
{
    sample->runs = mem_alloc(count, sizeof *sample->runs);
    return sample->runs != NULL;
}

static bool by_counting(const struct sample_list *const *lists, size_t list_count, uint32_t most,
                        struct sample *sample)
{
    size_t counter_count = (size_t)most + 1;
    uint32_t *counters = mem_alloc(counter_count, sizeof *counters);
    size_t runs = 0;
    uint64_t upto = 0;
    size_t i;
    size_t k;

    if (!counters)
        return false;
    for (i = 0; i < list_count; i++)
        for (k = 0; k < lists[i]->million_count; k++)
            counters[lists[i]->millions[k]]++;
    for (k = 0; k < counter_count; k++)
        runs += counters[k] != 0;
    if (!make_runs(sample, runs)) {
        mem_free(counters);
        return false;
    }
    for (k = 0; k < counter_count; k++) {
        if (counters[k] == 0)
            continue;
        upto += counters[k];
        sample->runs[sample->run_count++] = (struct sample_run){(int64_t)k * SAMPLE_MILLION, upto};
    }
    mem_free(counters);
    return true;
}

static void copy_all(const struct sample_list *const *lists, size_t list_count, int64_t *values)
{
    size_t i;
    size_t k;

    for (i = 0; i < list_count; i++) {
        for (k = 0; k < lists[i]->million_count; k++)
            *values++ = (int64_t)lists[i]->millions[k] * SAMPLE_MILLION;
        for (k = 0; k < lists[i]->other_count; k++)
            *values++ = lists[i]->others[k];
    }
}

static bool by_sorting(const struct sample_list *const *lists, size_t list_count,
                       struct sample *sample)
{
    size_t n = (size_t)sample->n;
    int64_t *values = mem_alloc(n, sizeof *values);
    size_t runs = 0;
    size_t k;

    if (!values)
        return false;
    copy_all(lists, list_count, values);
    if (!stat_sort_int64(values, n)) {
        mem_free(values);
        return false;
    }
    for (k = 0; k < n; k++)
        runs += k == 0 || values[k] != values[k - 1];
    if (!make_runs(sample, runs)) {
        mem_free(values);
        return false;
    }
    for (k = 0; k < n; k++) {
        sample->run_count += k == 0 || values[k] != values[k - 1];
        sample->runs[sample->run_count - 1] = (struct sample_run){values[k], k + 1};
    }
    mem_free(values);
    return true;
}

bool sample_new(const struct sample_list *const *lists, size_t list_count,
                struct sample *ret_sample)
{
    struct extent extent = extent_of(lists, list_count);

    *ret_sample = (struct sample){.n = extent.n};
    if (!extent.has_others && extent.n >= COUNTED_LEAST && extent.n <= UINT32_MAX &&
        extent.most < COUNTERS_MOST && extent.most / COUNTERS_PER_VALUE <= extent.n)
        return by_counting(lists, list_count, extent.most, ret_sample);
    return by_sorting(lists, list_count, ret_sample);
}

void sample_free(struct sample *sample)
{
    mem_free(sample->runs);
    *sample = (struct sample){NULL, 0, 0};
}

int64_t sample_at(const struct sample *sample, uint64_t rank)
{
    size_t low = 0;
    size_t high = sample->run_count;

    BUG_IF(rank == 0 || rank > sample->n);
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (sample->runs[middle].upto < rank)
            low = middle + 1;
        else
            high = middle;
    }
    return sample->runs[low].value;
}

uint64_t sample_run_size(const struct sample *sample, size_t run)
{
    return sample->runs[run].upto - (run ? sample->runs[run - 1].upto : 0);
}
