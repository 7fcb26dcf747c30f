/* The periods of a series. */
#include <stdlib.h>

#include "base/buf.h"
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
    key = arena_str(f->arena, buf_str(&buf));
    buf_done(&buf);
    return key;
}

bool finish_series(struct finisher *f, struct figure *figure)
{
    size_t first = 0;
    size_t end;
    int32_t period;
    struct figure *row;

    qsort(f->groups, f->group_count, sizeof *f->groups, compare_periods);
    while (first < f->group_count && f->groups[first]->key.period == PERIOD_NONE)
        first++;
    if (first == f->group_count)
        return true;
    period = f->groups[first]->key.period;
    figure->series_count = (size_t)(f->groups[f->group_count - 1]->key.period - period + 1);
    figure->series = arena_alloc(f->arena, figure->series_count, sizeof *figure->series);
    if (!figure->series)
        return false;
    for (row = figure->series; first < f->group_count; period++, row++) {
        for (end = first; end < f->group_count && f->groups[end]->key.period == period; end++)
            continue;
        if (!finish_figure(f, first, end, row))
            return false;
        finish_verdict(f, true, row);
        row->by = str_of(grid_name(f->state->context->grid));
        row->key = key_of(f, period);
        if (!row->key.ptr)
            return false;
        first = end;
    }
    return true;
}
