#include "stat/stat.h"

#include <string.h>

#include "base/mem.h"

/*
 * Below INSERTION_MOST values shifting is fastest; below RADIX_LEAST merging, because clearing and
 * adding up the counts of a radix pass costs as much as thousands of comparisons.
 */
enum { INSERTION_MOST = 24, RADIX_LEAST = 1500, RADIX_BITS = 8, RADIX = 1 << RADIX_BITS };

static void sort_by_insertion(int64_t *values, size_t n)
{
    size_t i;
    size_t j;

    for (i = 1; i < n; i++) {
        int64_t value = values[i];

        for (j = i; j > 0 && values[j - 1] > value; j--)
            values[j] = values[j - 1];
        values[j] = value;
    }
}

static void merge(const int64_t *left, const int64_t *middle, const int64_t *right, int64_t *out)
{
    const int64_t *a = left;
    const int64_t *b = middle;

    while (a < middle && b < right)
        *out++ = *a <= *b ? *a++ : *b++;
    memcpy(out, a, (size_t)(middle - a) * sizeof *a);
    out += middle - a;
    memcpy(out, b, (size_t)(right - b) * sizeof *b);
}

/* Runs of INSERTION_MOST, then pairs of runs from one array to the other and back. */
static void sort_by_merging(int64_t *values, int64_t *scratch, size_t n)
{
    int64_t *from = values;
    int64_t *to = scratch;
    size_t run;
    size_t i;

    for (i = 0; i < n; i += INSERTION_MOST)
        sort_by_insertion(values + i, n - i < INSERTION_MOST ? n - i : INSERTION_MOST);
    for (run = INSERTION_MOST; run < n; run *= 2) {
        int64_t *spare = from;

        for (i = 0; i < n; i += 2 * run) {
            size_t middle = n - i < run ? n : i + run;
            size_t end = n - i < 2 * run ? n : i + 2 * run;

            merge(from + i, from + middle, from + end, to + i);
        }
        from = to;
        to = spare;
    }
    if (from != values)
        memcpy(values, from, n * sizeof *values);
}

/* Whole seconds or minutes are common in exports; dividing them out saves passes. */
static uint64_t common_unit(const int64_t *values, size_t n, int64_t least)
{
    static const uint64_t units[] = {60000000, 1000000, 1000};
    size_t unit;
    size_t i;

    for (unit = 0; unit < ARRAY_LEN(units); unit++) {
        for (i = 0; i < n; i++)
            if (((uint64_t)values[i] - (uint64_t)least) % units[unit] != 0)
                break;
        if (i == n)
            return units[unit];
    }
    return 1;
}

/* Least significant digit first, on the distance from the least value. */
static void sort_by_radix(int64_t *values, int64_t *scratch, size_t n)
{
    static const unsigned digits_most = 64 / RADIX_BITS;
    size_t counts[64 / RADIX_BITS][RADIX];
    uint64_t *from = (uint64_t *)values;
    uint64_t *to = (uint64_t *)scratch;
    int64_t least = values[0];
    int64_t most = values[0];
    uint64_t unit;
    uint64_t range;
    unsigned digits = 0;
    unsigned digit;
    size_t i;

    for (i = 1; i < n; i++) {
        least = values[i] < least ? values[i] : least;
        most = values[i] > most ? values[i] : most;
    }
    unit = common_unit(values, n, least);
    range = ((uint64_t)most - (uint64_t)least) / unit;
    while (digits < digits_most && range >> (digits * RADIX_BITS) != 0)
        digits++;
    memset(counts, 0, sizeof counts);
    for (i = 0; i < n; i++) {
        uint64_t key = ((uint64_t)values[i] - (uint64_t)least) / unit;

        from[i] = key;
        for (digit = 0; digit < digits; digit++)
            counts[digit][key >> (digit * RADIX_BITS) & (RADIX - 1)]++;
    }
    for (digit = 0; digit < digits; digit++) {
        size_t *place = counts[digit];
        uint64_t *spare = from;
        size_t at = 0;

        for (i = 0; i < RADIX; i++) {
            size_t count = place[i];

            place[i] = at;
            at += count;
        }
        for (i = 0; i < n; i++)
            to[place[from[i] >> (digit * RADIX_BITS) & (RADIX - 1)]++] = from[i];
        from = to;
        to = spare;
    }
    for (i = 0; i < n; i++)
        values[i] = (int64_t)(from[i] * unit + (uint64_t)least);
}

bool stat_sort_int64(int64_t *values, size_t n)
{
    int64_t *scratch;

    if (n <= INSERTION_MOST) {
        sort_by_insertion(values, n);
        return true;
    }
    scratch = mem_alloc(n, sizeof *scratch);
    if (!scratch)
        return false;
    if (n < RADIX_LEAST)
        sort_by_merging(values, scratch, n);
    else
        sort_by_radix(values, scratch, n);
    mem_free(scratch);
    return true;
}
