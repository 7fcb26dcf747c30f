/* Working calendars: vectors worked out by hand, and what has gone wrong in other programs. */
#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "time/calendar.h"

static const struct day_window office_hours[] = {{9 * 3600, 13 * 3600}, {14 * 3600, 18 * 3600}};
static const struct day_windows office_day = {office_hours, ARRAY_LEN(office_hours)};

#define FIXED(m, d) {.kind = DAY_FIXED, .month = (m), .day = (d)}

static const struct day_rule italian_days[] = {
    FIXED(1, 1),
    FIXED(1, 6),
    {.kind = DAY_EASTER, .offset = 1},
    FIXED(4, 25),
    FIXED(5, 1),
    FIXED(6, 2),
    FIXED(8, 15),
    {.kind = DAY_FIXED, .month = 10, .day = 4, .first_year = 2026},
    FIXED(11, 1),
    FIXED(12, 8),
    FIXED(12, 25),
    FIXED(12, 26),
};

static struct zone *zone_named(const char *name)
{
    struct zone *zone = NULL;
    struct diag diag;

    diag_init(&diag);
    assert_int_equal(zone_load(str_of(name), &diag, &zone), STATUS_OK);
    diag_done(&diag);
    return zone;
}

static struct calendar *prepared(const struct calendar_spec *spec)
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

static struct calendar_version italian_office(void)
{
    struct calendar_version version = {.from = INT64_MIN,
                                       .rules = italian_days,
                                       .rule_count = ARRAY_LEN(italian_days)};
    size_t i;

    for (i = 0; i < 5; i++)
        version.week[i] = office_day;
    return version;
}

static struct calendar *italian_calendar(const struct zone *zone)
{
    struct calendar_version version = italian_office();
    struct calendar_spec spec = {STR("office"), zone, &version, 1};

    return prepared(&spec);
}

static struct instant at(const char *text)
{
    struct instant instant;
    unsigned dropped;

    if (!instant_parse(str_of(text), &instant, &dropped))
        fail_msg("'%s' is no instant", text);
    return instant;
}

static int64_t minutes_between(const struct calendar *calendar, const char *from, const char *until)
{
    return calendar_between(calendar, at(from), at(until)).us / MINUTE_US;
}

static void office_hours_of_rome(void **state)
{
    static const struct {
        const char *from;
        const char *until;
        int64_t minutes;
        int64_t wall;
    } vectors[] = {
        {"2026-11-20T16:30+01:00", "2026-11-23T10:00+01:00", 150, 3930},
        {"2026-12-24T17:00+01:00", "2027-01-07T09:30+01:00", 2970, 19710},
        {"2026-04-03T17:00+02:00", "2026-04-07T09:30+02:00", 90, 5310},
        {"2026-03-27T17:00+01:00", "2026-03-30T10:00+02:00", 120, 3840},
        {"2026-10-23T17:00+02:00", "2026-10-26T10:00+01:00", 120, 3960},
        {"2027-10-01T17:00+02:00", "2027-10-05T10:00+02:00", 120, 5340},
        {"2026-11-18T12:30+01:00", "2026-11-18T14:30+01:00", 60, 120},
        {"2026-11-18T20:00+01:00", "2026-11-19T07:00+01:00", 0, 660},
    };
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_calendar(rome);
    struct calendar *always = NULL;
    struct diag diag;
    size_t i;

    (void)state;
    diag_init(&diag);
    assert_int_equal(calendar_always(rome, &diag, &always), STATUS_OK);
    for (i = 0; i < ARRAY_LEN(vectors); i++) {
        assert_int_equal(minutes_between(calendar, vectors[i].from, vectors[i].until),
                         vectors[i].minutes);
        assert_int_equal(minutes_between(calendar, vectors[i].until, vectors[i].from),
                         -vectors[i].minutes);
        assert_int_equal(minutes_between(always, vectors[i].from, vectors[i].until),
                         vectors[i].wall);
        if (vectors[i].minutes > 0)
            assert_int_equal(
                calendar_after(calendar, at(vectors[i].from),
                               (struct span){vectors[i].minutes * MINUTE_US}).us,
                at(vectors[i].until).us);
    }
    calendar_free(always);
    calendar_free(calendar);
    zone_free(rome);
    diag_done(&diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(office_hours_of_rome),
    };

    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
