#include "time/year.h"

void year_start(struct year_run *run, struct local latest)
{
    *run = (struct year_run){latest.us, INT64_MIN, 0, 0};
}

void year_go_on(struct year_run *run, int64_t before)
{
    run->before = before;
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
/* What is farther behind the time before than this did not come late: it is of the next year. */
static const int64_t LATE_US = 31 * 86400000000;
/* As far ahead as that, the year before is farther behind. */
static const int64_t AHEAD_US = 330 * 86400000000;

static bool find_first(const struct year_run *run, const struct civil *civil, int64_t *ret_us)
{
    int year = civil_from_local((struct local){run->latest}).year;
    int back;

    for (back = 0; back <= LEAP_GAP; back++)
        if (move(*civil, year - back, ret_us) && *ret_us <= run->latest)
            return true;
    return false;
}

/* The first one that is not too far behind the time before. */
static bool find_next(const struct year_run *run, const struct civil *civil, int64_t *ret_us)
{
    int year = civil_from_local((struct local){run->before}).year;
    int step;

    if (move(*civil, year, ret_us) && *ret_us >= run->before - LATE_US &&
        *ret_us < run->before + AHEAD_US)
        return true;
    for (step = -1; step <= LEAP_GAP; step++)
        if (move(*civil, year + step, ret_us) && *ret_us >= run->before - LATE_US)
            return true;
    return false;
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
    run->turns += turns && run->found > 0; /* from one source to the next is no turn of either */
    run->found++;
    run->before = us;
    ret_local->us = us;
    return YEAR_FOUND;
}
