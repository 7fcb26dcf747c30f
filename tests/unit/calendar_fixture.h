/* Calendars and instants for tests. */
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

#endif
