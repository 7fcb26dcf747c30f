#include "answer/ladder.h"

#include <math.h>

bool ladder_is_moved(const struct ladder *ladder, const struct figure *figure)
{
    return ladder->has_usual_target && !isnan(figure->target);
}

/*
 * What a number is compared with. Limits and targets are decimals that people write: their sum is
 * rounded to nine places, so that 0.90 - 0.02 is 0.88 and not a hair beside it.
 */
static double step_limit(const struct ladder *ladder, const struct ladder_step *step,
                         const struct figure *figure)
{
    static const double places = 1e9;
    static const double exact_below = 1e6; /* above, the product would lose the ninth place */
    double limit;

    if (!ladder->minus_target && !ladder_is_moved(ladder, figure))
        return step->at;
    limit = figure->target + step->at - (ladder->minus_target ? 0 : ladder->usual_target);
    return fabs(limit) < exact_below ? round(limit * places) / places : limit;
}

/* An interval that is open on one side has no limit there. */
static double interval_end(const struct figure *figure, bool is_high)
{
    double end = is_high ? figure->high : figure->low;

    if (!isnan(end))
        return end;
    if (!figure->method.ptr)
        return figure->value; /* no interval: a count of everything */
    return is_high ? INFINITY : -INFINITY;
}

static double step_number(const struct ladder *ladder, const struct ladder_step *step,
                          const struct figure *figure, enum ladder_end end)
{
    if (step->on == LADDER_ON_LOW)
        return figure->low;
    if (step->on == LADDER_ON_HIGH)
        return figure->high;
    if (end == LADDER_END_NONE)
        return figure->value;
    return interval_end(figure, (end == LADDER_END_FAVOURABLE) == ladder->higher_is_better);
}

int ladder_points(const struct ladder *ladder, const struct figure *figure, enum ladder_end end)
{
    size_t i;

    if (isnan(figure->value) || (ladder->minus_target && isnan(figure->target)))
        return -1;
    for (i = 0; i < ladder->step_count; i++) {
        const struct ladder_step *step = &ladder->steps[i];
        double number = step_number(ladder, step, figure, end);
        double limit = step_limit(ladder, step, figure);

        /* false for a number that does not exist */
        if (ladder->higher_is_better ? number >= limit : number <= limit)
            return step->points;
    }
    return 0;
}

int ladder_step_number(int points)
{
    return points < 4 ? 0 : (points - 2) / 2;
}
