#include "measure/work_days.h"

#include "record/record.h"

/* Days that are looked at before it is said that none works. */
enum { DAYS_MOST = 2000 };

static int64_t day_of(const struct calendar *calendar, int64_t at)
{
    int64_t local = zone_local(calendar_zone(calendar), (struct instant){at}).us;

    return local / DAY_US - (local % DAY_US < 0);
}

/* The first instant of a local day. */
static struct instant start_of(const struct calendar *calendar, int64_t day)
{
    struct instant first;
    struct instant later;

    zone_to_instant(calendar_zone(calendar), (struct local){day * DAY_US}, &first, &later);
    return first;
}

static bool has_work(const struct calendar *calendar, int64_t day)
{
    return calendar_between(calendar, start_of(calendar, day), start_of(calendar, day + 1)).us > 0;
}

int64_t work_days_after(const struct calendar *calendar, int64_t from, unsigned days)
{
    int64_t day = day_of(calendar, from);
    int64_t last = day + DAYS_MOST;

    while (days > 0) {
        if (++day > last)
            return VALUE_MISSING;
        days -= has_work(calendar, day);
    }
    return start_of(calendar, day + 1).us;
}

int64_t calendar_days_after(const struct calendar *calendar, int64_t from, unsigned days)
{
    return start_of(calendar, day_of(calendar, from) + (int64_t)days + 1).us;
}

/* The working time left that day, from its beginning, ends where the work ends. */
int64_t work_day_end(const struct calendar *calendar, int64_t at)
{
    int64_t day = day_of(calendar, at);
    struct instant start = start_of(calendar, day);
    struct instant end = start_of(calendar, day + 1);
    struct span work = calendar_between(calendar, start, end);

    return work.us > 0 ? calendar_after(calendar, start, work).us : end.us;
}
