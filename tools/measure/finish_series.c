/* The periods of a series. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "measure/finish.h"

static int compare_periods(const void *a, const void *b)
{
    int32_t left = (*(const struct group *const *)a)->key.period;
    int32_t right = (*(const struct group *const *)b)->key.period;

    return (left > right) - (left < right);
}

static struct str key_of(const struct finisher *f, int32_t period)
{
    struct str key;
    struct buf buf;

    buf_init(&buf, 32);
    period_format(f->state->context->grid, period, &buf);
    key = buf.failed ? (struct str){NULL, 0} : arena_str(f->arena, buf_str(&buf));
    buf_done(&buf);
    return key;
}

/* People who mean the end of a day write its last minute or second. */
static bool is_over(const struct measure_context *context, struct instant end)
{
    return instant_is_missing(context->as_of) || end.us - context->as_of.us <= MINUTE_US;
}

/* Not over at the as-of instant, or cut by the period of the audit. */
static bool is_partial(const struct measure_context *context, int32_t period)
{
    struct instant start = period_start(context->grid, period, context->zone);
    struct instant end = period_start(context->grid, period + 1, context->zone);

    return (!instant_is_missing(context->period_start) && start.us < context->period_start.us) ||
           (!instant_is_missing(context->period_end) && end.us > context->period_end.us) ||
           !is_over(context, end);
}

bool series_begin(struct finisher *f, struct figure *figure, struct series_walk *ret_walk)
{
    size_t first = 0;
    size_t count;

    *ret_walk = (struct series_walk){0, 0, 0};
    qsort(f->groups, f->group_count, sizeof *f->groups, compare_periods);
    while (first < f->group_count && f->groups[first]->key.period == PERIOD_NONE)
        first++;
    if (first == f->group_count)
        return true;
    ret_walk->first = first;
    ret_walk->period = f->groups[first]->key.period;
    count = (size_t)(f->groups[f->group_count - 1]->key.period - ret_walk->period + 1);
    if (count > LIMIT_PERIODS) {
        figure->note = STR("no series: the first and the last period lie too far apart");
        return true;
    }
    figure->series_count = count;
    figure->series = arena_alloc(f->arena, figure->series_count, sizeof *figure->series);
    return figure->series != NULL;
}

bool series_next(const struct finisher *f, struct series_walk *walk, struct figure *figure)
{
    struct figure *row = &figure->series[walk->row];
    size_t end = walk->first;

    while (end < f->group_count && f->groups[end]->key.period == walk->period)
        end++;
    if (!finish_figure(f, walk->first, end, row))
        return false;
    finish_verdict(f, true, row);
    row->is_partial = is_partial(f->state->context, walk->period);
    row->by = str_of(grid_name(f->state->context->grid));
    row->key = key_of(f, walk->period);
    walk->first = end;
    walk->period++;
    walk->row++;
    return row->key.ptr != NULL;
}

bool finish_series(struct finisher *f, struct figure *figure)
{
    struct series_walk walk;

    if (!series_begin(f, figure, &walk))
        return false;
    while (series_has_next(&walk, figure))
        if (!series_next(f, &walk, figure))
            return false;
    return true;
}
