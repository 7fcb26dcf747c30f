/* Values of a run of groups: quantiles, mean, survival. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "measure/finish.h"
#include "stat/stat.h"

static const unsigned quantile_percent[QUANTILE_COUNT] = {50, 85, 90, 95};

static double at_rank(const int64_t *sorted, uint64_t rank, double scale)
{
    return rank == 0 ? NAN : (double)sorted[rank - 1] / scale;
}

static void fill_quantiles(struct figure *figure, const int64_t *sorted, uint64_t n, double scale)
{
    size_t q;

    for (q = 0; q < QUANTILE_COUNT; q++) {
        uint64_t low;
        uint64_t high;

        figure->quantiles[q] = at_rank(sorted, stat_rank(n, quantile_percent[q], 100), scale);
        stat_rank_interval(n, quantile_percent[q], 100, &low, &high);
        figure->quantile_low[q] = at_rank(sorted, low, scale);
        figure->quantile_high[q] = at_rank(sorted, high, scale);
    }
    figure->minimum = at_rank(sorted, 1, scale);
    figure->maximum = at_rank(sorted, n, scale);
}

/* Copies the values of a run of groups into one list. */
static int64_t *gather(const struct finisher *f, size_t first, size_t end, bool censored,
                       size_t *ret_n)
{
    int64_t *all;
    size_t n = 0;
    size_t i;

    for (i = first; i < end; i++)
        n += (censored ? &f->groups[i]->censored : &f->groups[i]->values)->count;
    all = mem_alloc(n, sizeof *all);
    if (!all)
        return NULL;
    *ret_n = n;
    for (n = 0, i = first; i < end; i++) {
        const struct value_list *list = censored ? &f->groups[i]->censored : &f->groups[i]->values;

        if (list->count)
            memcpy(all + n, list->values, list->count * sizeof *all);
        n += list->count;
    }
    return all;
}

/* Survival median: the ended and the still running together. */
static bool fill_survival(const struct finisher *f, size_t first, size_t end, const int64_t *sorted,
                          size_t n, struct figure *figure)
{
    int64_t *running;
    int64_t median;
    size_t running_count = 0;

    running = gather(f, first, end, true, &running_count);
    if (!running || !stat_sort_int64(running, running_count)) {
        mem_free(running);
        return false;
    }
    if (stat_km_median(sorted, n, running, running_count, &median))
        figure->km_median = (double)median / finish_scale(finish_variant_of(f));
    mem_free(running);
    return true;
}

/* Mean with a normal interval; sums of integers are exact up to 2^63. */
static void fill_mean(struct figure *figure, const int64_t *sorted, size_t n)
{
    double sum = 0;
    double squares = 0;
    double half;
    size_t i;

    for (i = 0; i < n; i++)
        sum += (double)sorted[i];
    figure->value = sum / (double)n;
    for (i = 0; i < n; i++) {
        double off = (double)sorted[i] - figure->value;

        squares += off * off;
    }
    figure->method = STR("normal");
    if (n < 2)
        return;
    half = 1.959963984540054 * sqrt(squares / (double)(n - 1) / (double)n);
    figure->low = figure->value - half;
    figure->high = figure->value + half;
}

bool finish_values(const struct finisher *f, size_t first, size_t end, struct figure *figure)
{
    const struct measure_variant *variant = finish_variant_of(f);
    int64_t *sorted;
    size_t n = 0;
    bool done = true;

    sorted = gather(f, first, end, false, &n);
    if (!sorted || !stat_sort_int64(sorted, n)) {
        mem_free(sorted);
        return false;
    }
    if (n > 0)
        fill_quantiles(figure, sorted, n, finish_scale(variant));
    if (variant->kind == VARIANT_DURATION) {
        figure->value = figure->quantiles[QUANTILE_P50];
        figure->low = figure->quantile_low[QUANTILE_P50];
        figure->high = figure->quantile_high[QUANTILE_P50];
        figure->method = STR("order-statistic");
        done = fill_survival(f, first, end, sorted, n, figure);
    } else if (n > 0) {
        fill_mean(figure, sorted, n);
    }
    mem_free(sorted);
    return done;
}
