#include "time/year.h"

void year_start(struct year_run *run, struct local latest)
{
    *run = (struct year_run){latest.us, INT64_MIN, 0, 0};
}

/* The same day and time in that year; false: that year does not have the day. */
static bool move(struct civil civil, int year, int64_t *ret_us)
{
    civil.year = year;
    if (year < 1 || year > 9999 || !civil_is_valid(&civil))
        return false;
    *ret_us = local_from_civil(&civil).us;
    return true;
}

/* 29 February may be as far as eight years away. */
enum { LEAP_GAP = 8 };
/* What is closer than this in one year is farther away in every other. */
static const int64_t HALF_YEAR_US = 182 * 86400000000;

static bool find_first(const struct year_run *run, const struct civil *civil, int64_t *ret_us)
{
    int year = civil_from_local((struct local){run->latest}).year;
    int back;

    for (back = 0; back <= LEAP_GAP; back++)
        if (move(*civil, year - back, ret_us) && *ret_us <= run->latest)
            return true;
    return false;
}

static uint64_t apart(int64_t a, int64_t b)
{
    return a > b ? (uint64_t)(a - b) : (uint64_t)(b - a);
}

static bool find_next(const struct year_run *run, const struct civil *civil, int64_t *ret_us)
{
    int year = civil_from_local((struct local){run->before}).year;
    bool found = false;
    int64_t us;
    int step;

    if (move(*civil, year, ret_us) && apart(*ret_us, run->before) < HALF_YEAR_US)
        return true;
    for (step = -LEAP_GAP; step <= LEAP_GAP; step++) {
        if (!move(*civil, year + step, &us) ||
            (found && apart(us, run->before) >= apart(*ret_us, run->before)))
            continue;
        *ret_us = us;
        found = true;
    }
    return found;
}

enum year_result year_find(struct year_run *run, struct local local, struct local *ret_local)
{
    struct civil civil = civil_from_local(local);
    bool is_first = run->before == INT64_MIN;
    bool turns;
    int64_t us = 0;

    if (run->latest == INT64_MIN)
        return YEAR_UNKNOWN;
    if (!(is_first ? find_first(run, &civil, &us) : find_next(run, &civil, &us)))
        return YEAR_UNKNOWN;
    turns = !is_first && civil_from_local((struct local){us}).year !=
                             civil_from_local((struct local){run->before}).year;
    if (turns && us > run->before && us > run->latest)
        return YEAR_LATE;
    run->turns += turns;
    run->found++;
    run->before = us;
    ret_local->us = us;
    return YEAR_FOUND;
}
