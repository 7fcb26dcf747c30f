#include "measure/figure.h"

#include <math.h>

#include "stat/discovery.h"
#include "stat/proportion.h"
#include "stat/standing.h"

static void withhold(struct figure *figure)
{
    size_t i;

    if (str_is(figure->verdict, "met") || str_is(figure->verdict, "proven-capable"))
        figure->verdict = STR("not-contradicted");
    for (i = 0; i < figure->breakdown_count; i++)
        withhold(&figure->breakdown[i]);
    for (i = 0; i < figure->series_count; i++)
        withhold(&figure->series[i]);
}

void figure_mark_partial(struct figure *figure)
{
    figure->is_partial = true;
    if (!figure->note.ptr)
        figure->note = STR("partial: a limit of matching was met in a source");
    withhold(figure);
}

double sample_detects(uint64_t population, uint64_t drawn)
{
    return discovery_share(population, drawn, 0.95);
}

void figure_set_share(struct figure *figure, uint64_t k, uint64_t n)
{
    struct interval interval = {NAN, NAN};
    bool is_known = stat_wilson(k, n, &interval);

    figure->n = n;
    figure->k = k;
    figure->value = is_known ? (double)k / (double)n : NAN;
    figure->low = interval.low;
    figure->high = interval.high;
    figure->method = STR("wilson");
    figure->standing = standing_of(n);
}

void figure_set_difference(struct figure *figure, uint64_t k1, uint64_t n1, uint64_t k2,
                           uint64_t n2)
{
    struct interval interval = {NAN, NAN};
    bool is_known = stat_newcombe(k1, n1, k2, n2, &interval);

    figure->value = is_known ? (double)k1 / (double)n1 - (double)k2 / (double)n2 : NAN;
    figure->low = interval.low;
    figure->high = interval.high;
    figure->method = STR("newcombe");
}

struct str standing_of(uint64_t n)
{
    switch (stat_standing(STAT_PROPORTION, n)) {
    case STAT_REFUSED:
        return STR("insufficient");
    case STAT_PROVISIONAL:
        return STR("indicative");
    case STAT_SOUND:
        break;
    }
    return (struct str){NULL, 0};
}

struct str standing_of_quantile(uint64_t n, int quantile)
{
    if ((quantile == QUANTILE_P90 && stat_standing(STAT_P90, n) == STAT_REFUSED) ||
        (quantile == QUANTILE_P95 && stat_standing(STAT_P95, n) == STAT_REFUSED))
        return STR("insufficient");
    return standing_of(n);
}
