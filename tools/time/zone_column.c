#include "time/zone_column.h"

/* No clock is ever set by more. */
static const int64_t LARGEST_CHANGE_US = 2 * 86400000000;

void zone_column_init(struct zone_column *column, const struct zone *zone)
{
    size_t i;

    column->zone = zone;
    /* of no local time */
    for (i = 0; i < ZONE_COLUMN_MONTHS; i++)
        column->months[i] = (struct zone_month){INT64_MAX, ZONE_MONTH_CHANGES};
}

void zone_column_learn(const struct zone_column *column, int64_t number,
                       struct zone_month *ret_month)
{
    const int64_t len = (int64_t)1 << ZONE_COLUMN_BITS;
    struct local start = {number * len};
    struct local end = {start.us + len};
    struct zone_stretch stretch;
    struct instant first;
    struct instant last;
    struct instant later;
    int64_t offset;

    *ret_month = (struct zone_month){number, ZONE_MONTH_CHANGES};
    zone_to_instant(column->zone, start, &first, &later);
    zone_to_instant(column->zone, end, &last, &later);
    if (instant_is_missing(first) || instant_is_missing(last))
        return;
    stretch = zone_stretch(column->zone, first);
    offset = stretch.offset * SECOND_US;
    if (start.us - offset >= stretch.from + LARGEST_CHANGE_US &&
        end.us - offset <= stretch.until - LARGEST_CHANGE_US)
        ret_month->offset = offset;
}
