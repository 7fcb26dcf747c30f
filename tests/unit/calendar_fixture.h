/* Calendars and instants for tests; an office that works 9:00 to 13:00 and 14:00 to 18:00. */
#ifndef CFAUDIT_TESTS_CALENDAR_FIXTURE_H
#define CFAUDIT_TESTS_CALENDAR_FIXTURE_H

#include "unit.h"

#include "base/mem.h"
#include "time/calendar.h"

static inline struct zone *zone_named(const char *name)
{
    struct zone *zone = NULL;
    struct diag diag;

    diag_init(&diag);
    if (zone_load(str_of(name), &diag, &zone) != STATUS_OK)
        fail_msg("%s: %s", name, diag.count ? diag.list[0].text.ptr : "no diagnostic");
    diag_done(&diag);
    return zone;
}

static inline struct calendar *prepared(const struct calendar_spec *spec)
{
    struct calendar *calendar = NULL;
    struct diag diag;

    diag_init(&diag);
    if (calendar_prepare(spec, &diag, &calendar) != STATUS_OK)
        fail_msg("%s", diag.count ? diag.list[0].text.ptr : "no diagnostic");
    assert_int_equal(diag.count, 0);
    diag_done(&diag);
    return calendar;
}

static inline struct calendar *always_in(const struct zone *zone)
{
    struct calendar *calendar = NULL;
    struct diag diag;

    diag_init(&diag);
    assert_int_equal(calendar_always(zone, &diag, &calendar), STATUS_OK);
    diag_done(&diag);
    return calendar;
}

static const struct day_window office_hours[] = {{9 * 3600, 13 * 3600}, {14 * 3600, 18 * 3600}};
static const struct day_windows office_day = {office_hours, ARRAY_LEN(office_hours)};

#define FIXED(m, d) .kind = DAY_FIXED, .month = (m), .day = (d)

static const struct day_rule italian_days[] = {
    {FIXED(1, 1)},
    {FIXED(1, 6)},
    {.kind = DAY_EASTER, .offset = 1},
    {FIXED(4, 25)},
    {FIXED(5, 1)},
    {FIXED(6, 2)},
    {FIXED(8, 15)},
    {FIXED(10, 4), .first_year = 2026},
    {FIXED(11, 1)},
    {FIXED(12, 8)},
    {FIXED(12, 25)},
    {FIXED(12, 26)},
};

static inline struct calendar_version office_week(const struct day_rule *rules, size_t count)
{
    struct calendar_version version = {.from = INT64_MIN, .rules = rules, .rule_count = count};
    size_t i;

    for (i = 0; i < 5; i++)
        version.week[i] = office_day;
    return version;
}

static inline struct calendar *of_version(const struct zone *zone,
                                          const struct calendar_version *version)
{
    struct calendar_spec spec = {STR("test"), zone, version, 1};

    return prepared(&spec);
}

static inline struct calendar *italian_office(const struct zone *zone)
{
    struct calendar_version version = office_week(italian_days, ARRAY_LEN(italian_days));

    return of_version(zone, &version);
}

static inline struct instant at(const char *text)
{
    struct instant instant;
    unsigned dropped;

    if (!instant_parse(str_of(text), &instant, &dropped))
        fail_msg("'%s' is no instant", text);
    return instant;
}

static inline struct span minutes(int64_t count)
{
    return (struct span){count * MINUTE_US};
}

static inline int64_t minutes_between(const struct calendar *calendar, const char *from,
                                      const char *until)
{
    return calendar_between(calendar, at(from), at(until)).us / MINUTE_US;
}

static inline void assert_after(const struct calendar *calendar, const char *from, int64_t count,
                                const char *expected)
{
    assert_int_equal(calendar_after(calendar, at(from), minutes(count)).us, at(expected).us);
}

#endif
