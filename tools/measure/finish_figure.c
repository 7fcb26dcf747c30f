/* What a figure says of a run of groups. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/finish.h"

static const double MILLION = 1e6;

static void clear_numbers(struct figure *figure)
{
    size_t q;

    figure->value = figure->low = figure->high = NAN;
    figure->minimum = figure->maximum = figure->km_median = figure->target = NAN;
    figure->centre = figure->lower = figure->upper = NAN;
    figure->chart.centre = figure->chart.spread = NAN;
    figure->trend.z = figure->trend.p = figure->trend.slope = NAN;
    for (q = 0; q < QUANTILE_COUNT; q++)
        figure->quantiles[q] = figure->quantile_low[q] = figure->quantile_high[q] = NAN;
}

const struct measure_variant *finish_variant_of(const struct finisher *f)
{
    return &f->state->measure->variants[f->variant];
}

double finish_scale(const struct measure_variant *variant)
{
    return kind_is_time(variant->kind)         ? (double)SECOND_US
           : kind_is_millionths(variant->kind) ? MILLION
                                               : 1.0;
}

static const char *unit_of(const struct measure_variant *variant)
{
    switch (variant->kind) {
    case VARIANT_DURATION:
    case VARIANT_P85:
    case VARIANT_P95:
    case VARIANT_SAFE_85:
    case VARIANT_SAFE_95:
        return "s";
    case VARIANT_SHARE:
    case VARIANT_RATIO:
    case VARIANT_PART:
    case VARIANT_MEAN:
        return "1";
    case VARIANT_FACTOR:
    case VARIANT_INDEX:
        return "ratio";
    case VARIANT_SCORE:
    case VARIANT_NET:
        return "points";
    case VARIANT_QUANTITY:
    case VARIANT_COUNT:
        break;
    }
    return "count";
}

/* Of a share, its cases may be cited by what it counts: times, or factors. */
double finish_cited_scale(const struct measure_variant *variant)
{
    const char *unit = variant->cited ? variant->cited : "";

    if (strcmp(unit, "s") == 0)
        return (double)SECOND_US;
    return strcmp(unit, "ratio") == 0 || strcmp(unit, "points") == 0 ? MILLION : finish_scale(variant);
}

static void fill_part(const struct finisher *f, size_t first, size_t end, struct figure *figure)
{
    int64_t part = 0;
    int64_t whole = 0;
    size_t i;

    for (i = first; i < end; i++) {
        part += f->groups[i]->part;
        whole += f->groups[i]->whole;
    }
    if (whole > 0)
        figure->value = (double)part / (double)whole;
}

/* --- one figure --- */

static int compare_reasons(const void *a, const void *b)
{
    const struct exclusion *left = a;
    const struct exclusion *right = b;

    return str_compare(left->reason, right->reason);
}

/* Totals carry the first cases of each reason, rows only the counts. */
bool finish_reasons(const struct finisher *f, const struct reason_table *table,
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
            !shortlist_citations(&table->list[r].first, finish_cited_scale(finish_variant_of(f)),
                                 f->arena, &list[count].first))
            return false;
        count++;
    }
    qsort(list, count, sizeof *list, compare_reasons);
    *ret_list = list;
    *ret_count = count;
    return true;
}

bool finish_figure(const struct finisher *f, size_t first, size_t end, struct figure *figure)
{
    const struct variant_state *variant_state = &f->state->variants[f->variant];
    const struct measure_variant *variant = finish_variant_of(f);
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
        figure->n += kind_has_values(variant->kind) ? sample_list_count(&f->groups[i]->values)
                                                    : f->groups[i]->n;
        figure->k += f->groups[i]->k;
        figure->open += f->groups[i]->open;
        for (r = 0; r < GROUP_REASONS; r++)
            excluded[r] += f->groups[i]->excluded[r];
    }
    if (!finish_reasons(f, &variant_state->excluded, excluded, false, &figure->excluded,
                        &figure->excluded_count))
        return false;
    switch (variant->kind) {
    case VARIANT_DURATION:
    case VARIANT_QUANTITY:
    case VARIANT_FACTOR:
    case VARIANT_MEAN:
    case VARIANT_SCORE:
    case VARIANT_NET:
    case VARIANT_P85:
    case VARIANT_P95:
    case VARIANT_SAFE_85:
    case VARIANT_SAFE_95:
        if (!finish_values(f, first, end, figure))
            return false;
        figure->standing = standing_of(figure->n);
        break;
    case VARIANT_SHARE:
        figure_set_share(figure, figure->k, figure->n);
        break;
    case VARIANT_COUNT:
        figure->value = (double)figure->k;
        break;
    case VARIANT_RATIO:
        if (figure->n)
            figure->value = (double)figure->k / (double)figure->n;
        break;
    case VARIANT_PART:
        fill_part(f, first, end, figure);
        break;
    case VARIANT_INDEX:
        break;
    }
    return true;
}
