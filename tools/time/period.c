#include "time/period.h"

#include "base/buf.h"

static const char *const names[GRID_COUNT] = {"month", "week", "quarter"};

/* The first year of the calendar begins on a Monday: weeks of year 1 count from there. */
static const int64_t FIRST_MONDAY = -719162;

const char *grid_name(enum grid grid)
{
    return names[grid];
}

bool grid_find(struct str name, enum grid *ret_grid)
{
    int i;

    for (i = 0; i < GRID_COUNT; i++)
        if (str_is(name, names[i])) {
            *ret_grid = (enum grid)i;
            return true;
        }
    return false;
}

static struct civil date_of(int64_t days)
{
    return civil_from_local((struct local){days * DAY_US});
}

/* Months from January of year 0 on. */
static int32_t month_of(int64_t days)
{
    struct civil date = date_of(days);

    return date.year * 12 + (int32_t)date.month - 1;
}

int32_t period_of_day(enum grid grid, int64_t days)
{
    switch (grid) {
    case GRID_WEEK:
        return (int32_t)((days - FIRST_MONDAY) / 7 - ((days - FIRST_MONDAY) % 7 < 0));
    case GRID_QUARTER:
        return month_of(days) / 3;
    case GRID_MONTH:
    case GRID_COUNT:
        break;
    }
    return month_of(days);
}

int64_t period_first_day(enum grid grid, int32_t period)
{
    int32_t month = grid == GRID_QUARTER ? period * 3 : period;

    if (grid == GRID_WEEK)
        return FIRST_MONDAY + (int64_t)period * 7;
    return civil_days(month / 12, (unsigned)(month % 12) + 1, 1);
}

struct instant period_start(enum grid grid, int32_t period, const struct zone *zone)
{
    struct instant start;
    struct instant later;

    zone_to_instant(zone, (struct local){period_first_day(grid, period) * DAY_US}, &start, &later);
    return start;
}

/* --- keys --- */

/* The year of a week is that of its Thursday. */
static int year_of_week(int32_t week)
{
    return date_of(period_first_day(GRID_WEEK, week) + 3).year;
}

/* The week with 4 January. */
static int32_t first_week(int year)
{
    return period_of_day(GRID_WEEK, civil_days(year, 1, 4));
}

void period_format(enum grid grid, int32_t period, struct buf *out)
{
    int year;

    switch (grid) {
    case GRID_WEEK:
        year = year_of_week(period);
        buf_printf(out, "%04d-W%02d", year, (int)(period - first_week(year)) + 1);
        return;
    case GRID_QUARTER:
        buf_printf(out, "%04d-Q%d", (int)(period / 4), (int)(period % 4) + 1);
        return;
    case GRID_MONTH:
    case GRID_COUNT:
        break;
    }
    buf_printf(out, "%04d-%02d", (int)(period / 12), (int)(period % 12) + 1);
}

/* Digits only, as many as are asked for. */
static bool take_number(struct str key, size_t at, size_t digits, int *ret_number)
{
    int number = 0;
    size_t i;

    if (key.len < at + digits)
        return false;
    for (i = at; i < at + digits; i++) {
        if (key.ptr[i] < '0' || key.ptr[i] > '9')
            return false;
        number = number * 10 + (key.ptr[i] - '0');
    }
    *ret_number = number;
    return true;
}

bool period_parse(enum grid grid, struct str key, int32_t *ret_period)
{
    int year;
    int number;

    if (!take_number(key, 0, 4, &year) || year == 0 || key.len < 7 || key.ptr[4] != '-')
        return false;
    switch (grid) {
    case GRID_WEEK:
        if (key.len != 8 || key.ptr[5] != 'W' || !take_number(key, 6, 2, &number) || number < 1 ||
            year_of_week(first_week(year) + number - 1) != year)
            return false;
        *ret_period = first_week(year) + number - 1;
        return true;
    case GRID_QUARTER:
        if (key.len != 7 || key.ptr[5] != 'Q' || !take_number(key, 6, 1, &number) || number < 1 ||
            number > 4)
            return false;
        *ret_period = year * 4 + number - 1;
        return true;
    case GRID_MONTH:
    case GRID_COUNT:
        break;
    }
    if (key.len != 7 || !take_number(key, 5, 2, &number) || number < 1 || number > 12)
        return false;
    *ret_period = year * 12 + number - 1;
    return true;
}
