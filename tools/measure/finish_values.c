/* Values of a run of groups: quantiles, mean, survival. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/finish.h"
#include "stat/agree.h"
#include "stat/stat.h"

static const unsigned quantile_percent[QUANTILE_COUNT] = {50, 85, 90, 95};

static int compare_addresses(const void *a, const void *b)
{
    uintptr_t left = (uintptr_t)*(const struct sample_list *const *)a;
    uintptr_t right = (uintptr_t)*(const struct sample_list *const *)b;

    return (left > right) - (left < right);
}

static double at_rank(const struct sample *sample, uint64_t rank, double scale)
{
    return rank == 0 ? NAN : (double)sample_at(sample, rank) / scale;
}

static void fill_quantiles(struct figure *figure, const struct sample *sample, double scale)
{
    size_t q;

    for (q = 0; q < QUANTILE_COUNT; q++) {
        uint64_t low;
        uint64_t high;

        figure->quantiles[q] =
            at_rank(sample, stat_rank(sample->n, quantile_percent[q], 100), scale);
        stat_rank_interval(sample->n, quantile_percent[q], 100, &low, &high);
        figure->quantile_low[q] = at_rank(sample, low, scale);
        figure->quantile_high[q] = at_rank(sample, high, scale);
    }
    figure->minimum = at_rank(sample, 1, scale);
    figure->maximum = at_rank(sample, sample->n, scale);
}

/* The lists of a run of groups that have values, by address; NULL: memory is out. */
static const struct sample_list **list_values(const struct finisher *f, size_t first, size_t end,
                                              bool censored, size_t *ret_count)
{
    const struct sample_list **lists = mem_alloc(end - first, sizeof *lists);
    size_t count = 0;
    size_t i;

    for (i = first; lists && i < end; i++) {
        const struct sample_list *list =
            censored ? &f->groups[i]->censored : &f->groups[i]->values;

        if (!sample_list_is_empty(list))
            lists[count++] = list;
    }
    if (lists)
        qsort(lists, count, sizeof *lists, compare_addresses);
    *ret_count = count;
    return lists;
}

/* Variants that share their values look at the same ones in turn. */
static bool fill_values(struct finish_samples *samples, const struct sample_list *const *lists,
                        size_t count)
{
    if (count && count == samples->filled_count &&
        memcmp(lists, samples->filled, count * sizeof *lists) == 0)
        return true;
    samples->filled_count = 0;
    while (samples->filled_capacity < count)
        if (!mem_grow(&samples->filled, samples->filled_capacity, &samples->filled_capacity,
                      sizeof *samples->filled))
            return false;
    if (!sample_fill(&samples->values, lists, count))
        return false;
    if (count)
        memcpy(samples->filled, lists, count * sizeof *lists);
    samples->filled_count = count;
    return true;
}

static uint64_t count_of(const struct sample_list *const *lists, size_t count)
{
    uint64_t n = 0;
    size_t i;

    for (i = 0; i < count; i++)
        n += sample_list_count(lists[i]);
    return n;
}

/* What the parts of the total have is added up, so that the total need not be counted again. */
static void add_part(struct sample *total, const struct sample *part)
{
    if (!sample_add_up(total, part))
        sample_clear(total); /* the total will be counted */
}

/* The values of a run of groups as one sample; NULL: memory is out. */
static const struct sample *gather(const struct finisher *f, size_t first, size_t end,
                                   bool censored)
{
    struct finish_samples *samples = f->samples;
    struct sample *sample = censored ? &samples->censored : &samples->values;
    struct sample *total = censored ? &f->totals->censored : &f->totals->values;
    size_t count;
    const struct sample_list **lists = list_values(f, first, end, censored, &count);
    bool done = true;

    if (!lists)
        return NULL;
    if (f->is_total && total->n > 0 && total->n == count_of(lists, count)) {
        sample = total;
        sample_added_up(total);
    } else if (censored) {
        done = sample_fill(sample, lists, count);
    } else {
        done = fill_values(samples, lists, count);
    }
    if (done && f->is_part)
        add_part(total, sample);
    mem_free(lists);
    return done ? sample : NULL;
}

/*
 * Edges that people read: 15 min, 30 min, 1 h, 2 h, 4 h, 8 h, 1 d, 2 d, 3 d, 1 w, 2 w, 30 d, 90 d. The
 * same for every figure, so that distributions can be laid side by side.
 */
static bool fill_bins(const struct finisher *f, const struct sample *sample, struct figure *figure)
{
    static const int64_t minutes[] = {15,   30,   60,    120,   240,   480,  1440,
                                      2880, 4320, 10080, 20160, 43200, 129600};
    size_t count = ARRAY_LEN(minutes) + 1;
    struct figure_bin *bins = arena_alloc(f->arena, count, sizeof *bins);
    struct sample_run run;
    size_t place = 0;
    size_t b = 0;
    size_t i;

    if (!bins)
        return false;
    for (i = 0; i < count; i++) {
        bins[i].from = i ? (double)minutes[i - 1] * 60 : 0;
        bins[i].until = i + 1 < count ? (double)minutes[i] * 60 : NAN;
    }
    while (sample_next(sample, &place, &run)) {
        while (b + 1 < count && run.value >= minutes[b] * MINUTE_US)
            b++;
        bins[b].n += run.n;
    }
    figure->bins = bins;
    figure->bin_count = count;
    return true;
}

/* Survival median: the ended and the still running together. */
static bool fill_survival(const struct finisher *f, size_t first, size_t end,
                          const struct sample *ended, struct figure *figure)
{
    const struct sample *running = gather(f, first, end, true);
    int64_t median;

    if (!running)
        return false;
    if (stat_km_median(ended, running, &median))
        figure->km_median = (double)median / finish_scale(finish_variant_of(f));
    return true;
}

/* Mean with a normal interval; sums of integers are exact up to 2^53. */
static void fill_mean(struct figure *figure, const struct sample *sample, double scale)
{
    double n = (double)sample->n;
    double sum = 0;
    double squares = 0;
    double mean;
    double half;
    struct sample_run run;
    size_t place = 0;

    while (sample_next(sample, &place, &run))
        sum += (double)run.value * (double)run.n;
    mean = sum / n;
    for (place = 0; sample_next(sample, &place, &run);) {
        double off = (double)run.value - mean;

        squares += off * off * (double)run.n;
    }
    figure->value = mean / scale;
    figure->method = STR("normal");
    if (sample->n < 2)
        return;
    half = 1.959963984540054 * sqrt(squares / (n - 1) / n);
    figure->low = (mean - half) / scale;
    figure->high = (mean + half) / scale;
}

/* Of answers that are all +100, 0 or -100. */
static void fill_net(struct figure *figure, const struct sample *sample)
{
    uint64_t counts[3] = {0, 0, 0}; /* against, neither, for */
    struct net_promoter net;
    struct sample_run run;
    size_t place = 0;

    while (sample_next(sample, &place, &run))
        counts[run.value < 0 ? 0 : run.value > 0 ? 2 : 1] += run.n;
    figure->method = STR("normal");
    if (!stat_net_promoter(counts[2], counts[1], counts[0], &net))
        return;
    figure->value = net.score;
    figure->low = net.limits.low;
    figure->high = net.limits.high;
}

/* A mean of shares lies between 0 and 1. */
static void keep_within_one(struct figure *figure)
{
    figure->low = figure->low < 0 ? 0 : figure->low;
    figure->high = figure->high > 1 ? 1 : figure->high;
}

static void take_quantile(struct figure *figure, size_t quantile)
{
    figure->value = figure->quantiles[quantile];
    figure->low = figure->quantile_low[quantile];
    figure->high = figure->quantile_high[quantile];
    figure->method = STR("order-statistic");
}

/* The value at the first rank whose share of the sample is proven to reach `wanted`; NAN: none. */
static double safe_value(const struct sample *sample, double wanted, double scale)
{
    uint64_t low = 0; /* not enough */
    uint64_t high = sample->n + 1;
    struct interval interval;

    while (low + 1 < high) {
        uint64_t middle = low + (high - low) / 2;

        if (stat_wilson(middle, sample->n, &interval) && interval.low >= wanted)
            high = middle;
        else
            low = middle;
    }
    return high > sample->n ? NAN : at_rank(sample, high, scale);
}

bool finish_values(const struct finisher *f, size_t first, size_t end, struct figure *figure)
{
    const struct measure_variant *variant = finish_variant_of(f);
    const struct sample *sample = gather(f, first, end, false);

    if (!sample)
        return false;
    if (sample->n > 0 && variant->kind != VARIANT_NET)
        fill_quantiles(figure, sample, finish_scale(variant));
    switch (variant->kind) {
    case VARIANT_QUANTITY:
    case VARIANT_MEAN:
        if (sample->n > 0)
            fill_mean(figure, sample, finish_scale(variant));
        if (variant->kind == VARIANT_MEAN)
            keep_within_one(figure);
        break;
    case VARIANT_NET:
        fill_net(figure, sample);
        break;
    case VARIANT_SAFE_85:
    case VARIANT_SAFE_95:
        figure->value = safe_value(sample, variant->kind == VARIANT_SAFE_85 ? 0.85 : 0.95,
                                   finish_scale(variant));
        break;
    default:
        take_quantile(figure, variant->kind == VARIANT_P85   ? QUANTILE_P85
                              : variant->kind == VARIANT_P95 ? QUANTILE_P95
                                                             : QUANTILE_P50);
        break;
    }
    return variant->kind != VARIANT_DURATION ||
           (fill_survival(f, first, end, sample, figure) &&
            (!f->is_total || sample->n == 0 || fill_bins(f, sample, figure)));
}
