#include "stat/compare.h"

#include <math.h>
#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "stat/select.h"

bool stat_sort_double(double *values, size_t n)
{
    int64_t *keys = mem_alloc(n, sizeof *keys);
    bool is_sorted;
    size_t i;

    if (!keys)
        return false;
    /* keys of doubles ascend without sign */
    for (i = 0; i < n; i++)
        keys[i] = (int64_t)(double_to_key(values[i]) ^ UINT64_C(1) << 63);
    is_sorted = stat_sort_int64(keys, n);
    for (i = 0; i < n && is_sorted; i++)
        values[i] = double_of_key((uint64_t)keys[i] ^ UINT64_C(1) << 63);
    mem_free(keys);
    return is_sorted;
}

/* Values up to `value` in an ascending list. */
static size_t count_up_to(const double *ascending, size_t n, double value)
{
    size_t low = 0;
    size_t high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (ascending[middle] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The least of count p / rank over all p from this one up, from the largest p down. */
bool stat_false_discovery(const double *p, size_t count, double *ret_adjusted)
{
    double *ascending = mem_alloc(count, sizeof *ascending);
    double *adjusted = mem_alloc(count, sizeof *adjusted);
    bool is_done = false;
    double least = 1;
    size_t i;

    if (!ascending || !adjusted)
        goto out;
    for (i = 0; i < count; i++) {
        BUG_IF(!(p[i] >= 0 && p[i] <= 1));
        ascending[i] = p[i];
    }
    if (!stat_sort_double(ascending, count))
        goto out;
    for (i = count; i > 0; i--) {
        least = fmin(least, ascending[i - 1] * (double)count / (double)i);
        adjusted[i - 1] = least;
    }
    for (i = 0; i < count; i++)
        ret_adjusted[i] = adjusted[count_up_to(ascending, count, p[i]) - 1];
    is_done = true;
out:
    mem_free(ascending);
    mem_free(adjusted);
    return is_done;
}
