#include "measure/working_day.h"

enum { DAYS_LOOKED_AT = 366 }; /* for one with work */

static bool has_work(const struct calendar *calendar, struct local midnight)
{
    const struct zone *zone = calendar_zone(calendar);
    struct local next = {midnight.us + DAY_US};
    struct instant from;
    struct instant until;
    struct instant later;

    zone_to_instant(zone, midnight, &from, &later);
    zone_to_instant(zone, next, &until, &later);
    return calendar_between(calendar, from, until).us > 0;
}

int64_t working_days_after(const struct calendar *calendar, int64_t instant, unsigned days)
{
    const struct zone *zone = calendar_zone(calendar);
    struct local local = zone_local(zone, (struct instant){instant});
    struct instant later;
    struct instant then;
    int64_t of_day;
    unsigned idle = 0;

    if (local.us == INSTANT_MISSING.us)
        return VALUE_MISSING;
    of_day = local.us % DAY_US;
    if (of_day < 0)
        of_day += DAY_US;
    while (days > 0) {
        local.us += DAY_US;
        if (has_work(calendar, (struct local){local.us - of_day})) {
            days--;
            idle = 0;
        } else if (++idle == DAYS_LOOKED_AT) {
            return VALUE_MISSING;
        }
    }
    zone_to_instant(zone, local, &then, &later);
    return then.us;
}
