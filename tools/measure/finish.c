/* From the groups of a state to figures: totals, breakdowns, months. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/mem.h"
#include "measure/state.h"
#include "stat/stat.h"

static const unsigned quantile_percent[QUANTILE_COUNT] = {50, 85, 90, 95};

struct finisher {
    const struct measure_state *state;
    size_t variant;
    struct arena *arena;
    struct diag *diag;
    const struct group **groups; /* sorted as the step needs */
    size_t group_count;
};

static void clear_numbers(struct figure *figure)
{
    size_t q;

    figure->value = figure->low = figure->high = NAN;
    figure->minimum = figure->maximum = figure->km_median = figure->target = NAN;
    for (q = 0; q < QUANTILE_COUNT; q++)
        figure->quantiles[q] = figure->quantile_low[q] = figure->quantile_high[q] = NAN;
}

static const struct measure_variant *variant_of(const struct finisher *f)
{
    return &f->state->measure->variants[f->variant];
}

static double scale_of(const struct measure_variant *variant)
{
    return variant->kind == VARIANT_DURATION ? (double)SECOND_US : 1.0;
}

static const char *unit_of(const struct measure_variant *variant)
{
    switch (variant->kind) {
    case VARIANT_DURATION:
        return "s";
    case VARIANT_SHARE:
    case VARIANT_RATIO:
        return "1";
    case VARIANT_QUANTITY:
    case VARIANT_COUNT:
        break;
    }
    return "count";
}

static double cited_scale(const struct measure_variant *variant)
{
    return variant->cited && strcmp(variant->cited, "s") == 0 ? (double)SECOND_US
                                                             : scale_of(variant);
}

/* --- quantiles --- */

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
        const struct value_list *list =
            censored ? &f->groups[i]->censored : &f->groups[i]->values;

        if (list->count)
            memcpy(all + n, list->values, list->count * sizeof *all);
        n += list->count;
    }
    return all;
}

/* Survival median: the ended and the still running together. */
static bool fill_survival(const struct finisher *f, size_t first, size_t end,
                          const int64_t *sorted, size_t n, struct figure *figure)
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
        figure->km_median = (double)median / scale_of(variant_of(f));
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

static bool fill_values(const struct finisher *f, size_t first, size_t end, struct figure *figure)
{
    const struct measure_variant *variant = variant_of(f);
    int64_t *sorted;
    size_t n = 0;
    bool done = true;

    sorted = gather(f, first, end, false, &n);
    if (!sorted || !stat_sort_int64(sorted, n)) {
        mem_free(sorted);
        return false;
    }
    if (n > 0)
        fill_quantiles(figure, sorted, n, scale_of(variant));
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

static void fill_share(struct figure *figure)
{
    struct interval interval;

    figure->method = STR("wilson");
    if (!stat_wilson(figure->k, figure->n, &interval))
        return;
    figure->value = (double)figure->k / (double)figure->n;
    figure->low = interval.low;
    figure->high = interval.high;
}

/* --- targets --- */

static void fill_verdict(const struct finisher *f, struct figure *figure)
{
    const struct measure_variant *variant = variant_of(f);
    bool lower_is_better = variant->kind != VARIANT_SHARE || variant->counts_bad;
    const struct measure_context *context = f->state->context;
    static const char *const sources[] = {"default", "policy", "contract", "law"};
    double worse;
    double better;
    double sign = lower_is_better ? -1 : 1;
    size_t i;

    for (i = 0; i < context->target_count; i++) {
        const struct audit_target *target = &context->targets[i];

        if (!str_is(target->measure, f->state->measure->id) ||
            (target->variant.ptr && !str_is(target->variant, variant->name)))
            continue;
        figure->target = target->value;
        figure->target_source = str_of(sources[target->source]);
        figure->target_document = target->document;
    }
    if (isnan(figure->target) || isnan(figure->value))
        return;
    worse = lower_is_better ? figure->high : figure->low;
    better = lower_is_better ? figure->low : figure->high;
    if (!isnan(worse) && sign * worse >= sign * figure->target)
        figure->verdict = STR("proven-capable");
    else if (sign * figure->value >= sign * figure->target)
        figure->verdict = STR("met");
    else if (!isnan(better) && sign * better < sign * figure->target)
        figure->verdict = STR("proven-incapable");
    else
        figure->verdict = STR("breached");
}

/* --- one figure --- */

static int compare_reasons(const void *a, const void *b)
{
    const struct exclusion *left = a;
    const struct exclusion *right = b;

    return str_compare(left->reason, right->reason);
}

/* Totals carry the first cases of each reason, rows only the counts. */
static bool fill_reasons(const struct finisher *f, const struct reason_table *table,
                         const uint64_t *counts, bool with_cases, struct exclusion **ret_list,
                         size_t *ret_count)
{
    struct exclusion *list = arena_alloc(f->arena, table->count, sizeof *list);
    size_t count = 0;
    size_t r;

    if (!list)
        return false;
    for (r = 0; r < table->count; r++) {
        uint64_t n = counts ? counts[r] : table->list[r].n;

        if (n == 0)
            continue;
        list[count].reason = str_of(table->list[r].reason);
        list[count].n = n;
        if (with_cases && f->state->context->seed.ptr &&
            !shortlist_citations(&table->list[r].first, cited_scale(variant_of(f)), f->arena,
                                 &list[count].first))
            return false;
        count++;
    }
    qsort(list, count, sizeof *list, compare_reasons);
    *ret_list = list;
    *ret_count = count;
    return true;
}

static bool fill(const struct finisher *f, size_t first, size_t end, bool is_total,
                 struct figure *figure)
{
    const struct variant_state *variant_state = &f->state->variants[f->variant];
    const struct measure_variant *variant = variant_of(f);
    uint64_t excluded[GROUP_REASONS] = {0};
    size_t i;
    size_t r;

    clear_numbers(figure);
    figure->measure = str_of(f->state->measure->id);
    figure->name = str_of(f->state->measure->name);
    figure->variant = str_of(variant->name);
    figure->unit = str_of(unit_of(variant));
    figure->cited_unit = str_of(variant->cited);
    figure->population = str_of(variant->population);
    for (i = first; i < end; i++) {
        figure->n += f->groups[i]->n;
        figure->k += f->groups[i]->k;
        for (r = 0; r < GROUP_REASONS; r++)
            excluded[r] += f->groups[i]->excluded[r];
    }
    if (!fill_reasons(f, &variant_state->excluded, excluded, is_total, &figure->excluded,
                      &figure->excluded_count))
        return false;
    switch (variant->kind) {
    case VARIANT_DURATION:
    case VARIANT_QUANTITY:
        if (!fill_values(f, first, end, figure))
            return false;
        break;
    case VARIANT_SHARE:
        fill_share(figure);
        break;
    case VARIANT_COUNT:
        figure->value = (double)figure->k;
        break;
    case VARIANT_RATIO:
        if (figure->n)
            figure->value = (double)figure->k / (double)figure->n;
        break;
    }
    fill_verdict(f, figure);
    return true;
}

/* --- rows of a breakdown --- */

struct keyed_group {
    struct str key;
    const struct group *group;
};

static int compare_keys(const void *a, const void *b)
{
    const struct keyed_group *left = a;
    const struct keyed_group *right = b;

    return str_compare(left->key, right->key);
}

static struct str key_text(const struct finisher *f, int slot, int64_t value)
{
    enum field_type type = slot >= SLOT_COUNT ? FIELD_TEXT : slot_type(slot);
    struct instant instant = {value};
    struct str text;
    struct buf buf;

    if (value == VALUE_MISSING)
        return STR("");
    if (slot == SLOT_GROUP && value == KEY_MERGED)
        return STR("groups of fewer than five people");
    switch (type) {
    case FIELD_TEXT:
    case FIELD_PERSON:
        return arena_str(f->arena, record_text(f->state->context->set, value));
    case FIELD_BOOLEAN:
        return value ? STR("true") : STR("false");
    case FIELD_INTEGER:
        return arena_format(f->arena, "%lld", (long long)value);
    case FIELD_INSTANT:
        break;
    }
    buf_init(&buf, 64);
    instant_format(instant, &buf);
    text = arena_str(f->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

/* Groups in order of their key, one row for each key; appended to the figure's breakdown. */
static bool break_down(struct finisher *f, size_t by, struct figure *figure)
{
    const struct measure_context *context = f->state->context;
    struct keyed_group *keyed = mem_alloc(f->group_count, sizeof *keyed);
    struct figure *rows;
    size_t keys = 0;
    size_t first;
    size_t i;

    if (!keyed)
        return false;
    for (i = 0; i < f->group_count; i++) {
        keyed[i].group = f->groups[i];
        keyed[i].key = key_text(f, context->by_slots[by], f->groups[i]->key.values[by]);
        if (!keyed[i].key.ptr) {
            mem_free(keyed);
            return false;
        }
    }
    qsort(keyed, f->group_count, sizeof *keyed, compare_keys);
    for (i = 0; i < f->group_count; i++) {
        f->groups[i] = keyed[i].group;
        keys += i == 0 || !str_equal(keyed[i - 1].key, keyed[i].key);
    }
    rows = arena_alloc(f->arena, figure->breakdown_count + keys, sizeof *rows);
    if (rows && figure->breakdown_count)
        memcpy(rows, figure->breakdown, figure->breakdown_count * sizeof *rows);
    figure->breakdown = rows;
    for (first = 0; rows && first < f->group_count; first = i) {
        struct figure *row = &rows[figure->breakdown_count];

        for (i = first + 1; i < f->group_count && str_equal(keyed[i].key, keyed[first].key); i++)
            continue;
        if (!fill(f, first, i, false, row))
            break;
        row->key = keyed[first].key;
        row->by = context->by[by];
        figure->breakdown_count++;
    }
    mem_free(keyed);
    return rows && first >= f->group_count;
}

static int compare_months(const void *a, const void *b)
{
    int32_t left = (*(const struct group *const *)a)->key.month;
    int32_t right = (*(const struct group *const *)b)->key.month;

    return (left > right) - (left < right);
}

/* Every month between the first and the last, also those without a case. */
static bool by_month(struct finisher *f, struct figure *figure)
{
    size_t first = 0;
    size_t end;
    int32_t month;

    if (f->group_count == 0)
        return true;
    qsort(f->groups, f->group_count, sizeof *f->groups, compare_months);
    while (first < f->group_count && f->groups[first]->key.month == NO_MONTH)
        first++;
    if (first == f->group_count)
        return true;
    figure->series_count = (size_t)(f->groups[f->group_count - 1]->key.month -
                                    f->groups[first]->key.month + 1);
    figure->series = arena_alloc(f->arena, figure->series_count, sizeof *figure->series);
    if (!figure->series)
        return false;
    for (month = f->groups[first]->key.month; first < f->group_count; month++) {
        struct figure *row =
            &figure->series[month - (f->groups[f->group_count - 1]->key.month -
                                     (int32_t)figure->series_count + 1)];

        for (end = first; end < f->group_count && f->groups[end]->key.month == month; end++)
            continue;
        if (!fill(f, first, end, false, row))
            return false;
        row->by = STR("month");
        row->key = arena_format(f->arena, "%04d-%02d", (int)(month / 12), (int)(month % 12 + 1));
        if (!row->key.ptr)
            return false;
        first = end;
    }
    return true;
}

static bool finish_variant(struct finisher *f, struct figure *figure)
{
    const struct variant_state *variant_state = &f->state->variants[f->variant];
    const struct group_table *table = &variant_state->groups;
    double scale = cited_scale(variant_of(f));
    bool done;
    size_t i;

    f->group_count = table->count;
    f->groups = mem_alloc(table->count, sizeof *f->groups);
    if (!f->groups)
        return false;
    for (i = 0; i < table->count; i++)
        f->groups[i] = &table->groups[i];
    done = fill(f, 0, table->count, true, figure) &&
           fill_reasons(f, &variant_state->differences, NULL, true, &figure->differences,
                        &figure->difference_count);
    for (i = 0; done && i < f->state->context->by_count; i++)
        done = break_down(f, i, figure);
    if (done && variant_of(f)->has_series)
        done = by_month(f, figure);
    if (done && f->state->context->seed.ptr)
        done = shortlist_citations(&variant_state->worst, scale, f->arena, &figure->worst) &&
               shortlist_citations(&variant_state->sample, scale, f->arena, &figure->sample);
    mem_free(f->groups);
    return done;
}

enum status measure_finish(struct measure_state *state, struct arena *arena, struct diag *diag,
                           struct figure **ret_figures, size_t *ret_count)
{
    struct finisher f = {.state = state, .arena = arena, .diag = diag};
    struct figure *figures = arena_alloc(arena, MEASURE_VARIANTS, sizeof *figures);
    size_t count = 0;

    if (!figures || state->failed)
        return diag_no_memory(diag);
    for (f.variant = 0; f.variant < state->measure->variant_count; f.variant++)
        if (state->applies >> f.variant & 1 && !finish_variant(&f, &figures[count++]))
            return diag_no_memory(diag);
    *ret_figures = figures;
    *ret_count = count;
    return STATUS_OK;
}

enum status measure_all(const struct measure *measure, const struct measure_context *context,
                        struct arena *arena, struct diag *diag, struct figure **ret_figures,
                        size_t *ret_count)
{
    struct measure_state *state = NULL;
    size_t count = record_case_count(context->set);
    enum status status = measure_init(measure, context, diag, &state);
    size_t i;

    for (i = 0; status == STATUS_OK && i < count; i++) {
        struct record_case item = record_case_at(context->set, i);

        measure_add(state, &item);
    }
    if (status == STATUS_OK)
        status = measure_finish(state, arena, diag, ret_figures, ret_count);
    measure_free(state);
    return status;
}
