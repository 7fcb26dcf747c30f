#include "measure/figure.h"

#include "stat/discovery.h"
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
