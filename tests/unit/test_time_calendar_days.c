/* Days of calendars: holidays as published, their shifts, other hours, versions. */
#include "calendar_fixture.h"

#include <stdio.h>

static const struct day_windows closed = {NULL, 0};

static void assert_days(const struct calendar *calendar, int year, const char *expected)
{
    struct calendar_day *days = NULL;
    struct arena arena;
    struct diag diag;
    char text[512] = "";
    size_t len = 0;
    size_t count = 0;
    size_t i;

    diag_init(&diag);
    arena_init(&arena);
    assert_int_equal(calendar_year(calendar, year, &arena, &diag, &days, &count), STATUS_OK);
    for (i = 0; i < count; i++) {
        struct civil civil = civil_from_local((struct local){days[i].date * DAY_US});

        assert_int_equal(civil.year, year);
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%u-%u%s", i ? " " : "",
                                civil.month, civil.day,
                                days[i].is_shifted           ? "!"
                                : days[i].windows.count != 0 ? "+"
                                                             : "");
    }
    assert_string_equal(text, expected);
    arena_done(&arena);
    diag_done(&diag);
}

static void days_of_italy(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);

    (void)state;
    assert_days(calendar, 2025, "1-1 1-6 4-21 4-25 5-1 6-2 8-15 11-1 12-8 12-25 12-26");
    assert_days(calendar, 2026, "1-1 1-6 4-6 4-25 5-1 6-2 8-15 10-4 11-1 12-8 12-25 12-26");
    assert_days(calendar, 2027, "1-1 1-6 3-29 4-25 5-1 6-2 8-15 10-4 11-1 12-8 12-25 12-26");
    /* Easter Monday and 25 April on one day */
    assert_days(calendar, 2011, "1-1 1-6 4-25 5-1 6-2 8-15 11-1 12-8 12-25 12-26");
    calendar_free(calendar);
    zone_free(rome);
}

/* Years 2025 to 2030, and all years against Gauss's rule with the corrections of 1816. */
static void easter(void **state)
{
    static const struct {
        int year;
        unsigned month;
        unsigned day;
    } mondays[] = {{2025, 4, 21}, {2026, 4, 6}, {2027, 3, 29},
                   {2028, 4, 17}, {2029, 4, 2}, {2030, 4, 22}};
    size_t i;
    int year;

    (void)state;
    for (i = 0; i < ARRAY_LEN(mondays); i++)
        assert_int_equal(easter_sunday(mondays[i].year) + 1,
                         civil_days(mondays[i].year, mondays[i].month, mondays[i].day));
    /* the earliest and the latest there are */
    assert_int_equal(easter_sunday(1818), civil_days(1818, 3, 22));
    assert_int_equal(easter_sunday(2038), civil_days(2038, 4, 25));
    for (year = 1583; year <= 9999; year++) {
        int a = year % 19;
        int k = year / 100;
        int m = (15 + k - (13 + 8 * k) / 25 - k / 4) % 30;
        int d = (19 * a + m) % 30;
        int e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + (4 + k - k / 4) % 7) % 7;
        int march = 22 + d + e;

        if (d + e == 35 || (d == 28 && e == 6 && a > 10))
            march -= 7;
        assert_int_equal(easter_sunday(year), civil_days(year, 3, 1) + march - 1);
    }
}

/* Bank holidays of England and Wales as published by the government for each year, without those
   proclaimed for once. */
static void substitute_days_of_england(void **state)
{
    static const struct day_rule rules[] = {
        {FIXED(1, 1), .shift = SHIFT_NEXT_WORKDAY},
        {.kind = DAY_EASTER, .offset = -2},
        {.kind = DAY_EASTER, .offset = 1},
        {.kind = DAY_WEEKDAY, .month = 5, .weekday = 1, .nth = 1},
        {.kind = DAY_WEEKDAY, .month = 5, .weekday = 1, .nth = -1},
        {.kind = DAY_WEEKDAY, .month = 8, .weekday = 1, .nth = -1},
        {FIXED(12, 25), .shift = SHIFT_NEXT_WORKDAY},
        {FIXED(12, 26), .shift = SHIFT_NEXT_WORKDAY},
    };
    static const struct day_window whole = {0, 86400};
    struct calendar_version version = office_week(rules, ARRAY_LEN(rules));
    struct zone *london = zone_named("Europe/London");
    struct calendar *calendar;
    int weekends;

    (void)state;
    for (weekends = 0; weekends < 2; weekends++) { /* the days are those of the law also then */
        if (weekends) {
            version.week[5] = (struct day_windows){&whole, 1};
            version.week[6] = (struct day_windows){&whole, 1};
        }
        calendar = of_version(london, &version);
        assert_days(calendar, 2019, "1-1 4-19 4-22 5-6 5-27 8-26 12-25 12-26");
        assert_days(calendar, 2021, "1-1 4-2 4-5 5-3 5-31 8-30 12-27! 12-28!");
        assert_days(calendar, 2023, "1-2! 4-7 4-10 5-1 5-29 8-28 12-25 12-26");
        assert_days(calendar, 2026, "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28!");
        assert_days(calendar, 2028, "1-3! 4-14 4-17 5-1 5-29 8-28 12-25 12-26");
        calendar_free(calendar);
    }
    zone_free(london);
}

static void christmas_on_a_sunday_goes_behind_boxing_day(void **state)
{
    static const enum day_shift shifts[] = {SHIFT_NEAREST, SHIFT_NEXT_WORKDAY, SHIFT_SUNDAY_MONDAY};
    struct zone *london = zone_named("Europe/London");
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(shifts); i++) {
        struct day_rule rules[2] = {{FIXED(12, 25)}, {FIXED(12, 26)}};
        struct calendar_version version = office_week(rules, ARRAY_LEN(rules));
        struct calendar *calendar;

        rules[0].shift = rules[1].shift = shifts[i];
        calendar = of_version(london, &version);
        assert_days(calendar, 2022, "12-26 12-27!"); /* as published for that year */
        /* on a Saturday and Sunday */
        assert_days(calendar, 2021,
                    shifts[i] == SHIFT_NEAREST        ? "12-24! 12-27!"
                    : shifts[i] == SHIFT_NEXT_WORKDAY ? "12-27! 12-28!"
                                                      : "12-25 12-27!");
        /* on a Friday and Saturday: the Friday is taken */
        assert_days(calendar, 2020,
                    shifts[i] == SHIFT_SUNDAY_MONDAY ? "12-25 12-26" : "12-25 12-28!");
        calendar_free(calendar);
    }
    zone_free(london);
}

/* Federal holidays of the United States as published by the Office of Personnel Management. */
static void nearest_weekdays_of_the_united_states(void **state)
{
    static const struct day_rule rules[] = {
        {FIXED(1, 1), .shift = SHIFT_NEAREST},
        {.kind = DAY_WEEKDAY, .month = 1, .weekday = 1, .nth = 3},
        {.kind = DAY_WEEKDAY, .month = 2, .weekday = 1, .nth = 3},
        {.kind = DAY_WEEKDAY, .month = 5, .weekday = 1, .nth = -1},
        {FIXED(6, 19), .shift = SHIFT_NEAREST, .first_year = 2021},
        {FIXED(7, 4), .shift = SHIFT_NEAREST},
        {.kind = DAY_WEEKDAY, .month = 9, .weekday = 1, .nth = 1},
        {.kind = DAY_WEEKDAY, .month = 10, .weekday = 1, .nth = 2},
        {FIXED(11, 11), .shift = SHIFT_NEAREST},
        {.kind = DAY_WEEKDAY, .month = 11, .weekday = 4, .nth = 4},
        {FIXED(12, 25), .shift = SHIFT_NEAREST},
    };
    struct calendar_version version = office_week(rules, ARRAY_LEN(rules));
    struct zone *zone = zone_named("America/New_York");
    struct calendar *calendar = of_version(zone, &version);

    (void)state;
    assert_days(calendar, 2020, "1-1 1-20 2-17 5-25 7-3! 9-7 10-12 11-11 11-26 12-25");
    /* New Year's Day of 2022 is kept in 2021 */
    assert_days(calendar, 2021,
                "1-1 1-18 2-15 5-31 6-18! 7-5! 9-6 10-11 11-11 11-25 12-24! 12-31!");
    assert_days(calendar, 2022, "1-17 2-21 5-30 6-20! 7-4 9-5 10-10 11-11 11-24 12-26!");
    assert_days(calendar, 2023, "1-2! 1-16 2-20 5-29 6-19 7-4 9-4 10-9 11-10! 11-23 12-25");
    assert_days(calendar, 2026, "1-1 1-19 2-16 5-25 6-19 7-3! 9-7 10-12 11-11 11-26 12-25");
    assert_int_equal(minutes_between(calendar, "2021-12-30T18:00-05:00", "2022-01-03T09:00-05:00"),
                     0);
    calendar_free(calendar);
    zone_free(zone);
}

static void kings_day_is_kept_on_the_saturday(void **state)
{
    static const struct day_rule rules[] = {
        {FIXED(4, 30), .shift = SHIFT_SUNDAY_SATURDAY, .last_year = 2013},
        {FIXED(4, 27), .shift = SHIFT_SUNDAY_SATURDAY, .first_year = 2014},
    };
    struct calendar_version version = office_week(rules, ARRAY_LEN(rules));
    struct zone *zone = zone_named("Europe/Amsterdam");
    struct calendar *calendar = of_version(zone, &version);

    (void)state;
    assert_days(calendar, 2006, "4-29!");
    assert_days(calendar, 2013, "4-30");
    assert_days(calendar, 2014, "4-26!");
    assert_days(calendar, 2019, "4-27"); /* a Saturday stays */
    assert_days(calendar, 2025, "4-26!");
    calendar_free(calendar);
    zone_free(zone);
}

static void days_that_a_year_does_not_have_are_left_out(void **state)
{
    static const struct day_rule rules[] = {
        {FIXED(2, 29)},
        {.kind = DAY_WEEKDAY, .month = 3, .weekday = 1, .nth = 5},
        {.kind = DAY_WEEKDAY, .month = 4, .weekday = 3, .nth = -5},
        {.kind = DAY_WEEKDAY, .month = 12, .weekday = 7, .nth = -1},
    };
    struct calendar_version version = office_week(rules, ARRAY_LEN(rules));
    struct calendar *calendar = of_version(zone_utc(), &version);

    (void)state;
    assert_days(calendar, 2024, "2-29 12-29");
    assert_days(calendar, 2025, "3-31 4-2 12-28");
    assert_days(calendar, 2026, "3-30 4-1 12-27");
    assert_days(calendar, 2100, "3-29 12-26"); /* no leap year, and behind the table */
    assert_days(calendar, 0, "");
    assert_days(calendar, 10000, "");
    assert_int_equal(minutes_between(calendar, "2100-02-26T00:00Z", "2100-03-03T00:00Z"), 3 * 480);
    assert_int_equal(minutes_between(calendar, "2096-02-27T00:00Z", "2096-03-02T00:00Z"), 3 * 480);
    calendar_free(calendar);
}

static void other_hours_open_a_closed_day_only_on_a_single_date(void **state)
{
    static const struct day_window morning = {9 * 3600, 12 * 3600};
    static const struct day_rule rules[] = {
        {FIXED(12, 25)},
        {FIXED(12, 24), .windows = {&morning, 1}},
        {.kind = DAY_SINGLE, .date = 20443, .windows = {&morning, 1}}, /* 2025-12-21 */
        {FIXED(12, 25), .first_year = 2026, .last_year = 2026, .windows = {&morning, 1}},
    };
    struct calendar_version version = office_week(rules, ARRAY_LEN(rules));
    struct calendar *calendar = of_version(zone_utc(), &version);

    (void)state;
    assert_days(calendar, 2025, "12-21+ 12-24+ 12-25"); /* the 21st is a Sunday */
    assert_days(calendar, 2026, "12-24+ 12-25+");       /* later rules win */
    assert_days(calendar, 2027, "12-24+ 12-25");
    assert_days(calendar, 2022, "12-25"); /* 24 December 2022 was a Saturday */
    assert_int_equal(minutes_between(calendar, "2025-12-21T00:00Z", "2025-12-22T00:00Z"), 180);
    assert_int_equal(minutes_between(calendar, "2025-12-24T00:00Z", "2025-12-25T00:00Z"), 180);
    assert_int_equal(minutes_between(calendar, "2022-12-24T00:00Z", "2022-12-25T00:00Z"), 0);
    calendar_free(calendar);
}

static void versions_take_turns_at_midnight(void **state)
{
    static const struct day_window early = {6 * 3600, 14 * 3600};
    static const struct day_window night = {22 * 3600, 28 * 3600};
    static const struct day_rule epiphany = {FIXED(1, 6)};
    struct calendar_version versions[3] = {{.from = 0}, {.from = 0}, {.from = 0}};
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar_spec spec = {STR("versions"), rome, versions, ARRAY_LEN(versions)};
    struct calendar *calendar;
    size_t i;

    (void)state;
    versions[0].from = civil_days(2024, 1, 1);
    versions[1].from = civil_days(2025, 7, 2); /* a Wednesday */
    versions[2].from = civil_days(2026, 1, 1);
    versions[2].rules = &epiphany;
    versions[2].rule_count = 1;
    for (i = 0; i < 5; i++) {
        versions[0].week[i] = (struct day_windows){&night, 1};
        versions[1].week[i] = (struct day_windows){&early, 1};
        versions[2].week[i] = office_day;
    }
    versions[1].week[3] = closed;
    calendar = prepared(&spec);
    /* nothing was worked before the first one */
    assert_int_equal(minutes_between(calendar, "2023-06-01T00:00+02:00", "2024-01-01T22:00+01:00"),
                     0);
    assert_after(calendar, "2023-06-01T00:00+02:00", 1, "2024-01-01T22:01+01:00");
    /* the last night goes on to its end: 4 hours of it, then 8 of the new day */
    assert_int_equal(minutes_between(calendar, "2025-07-02T00:00+02:00", "2025-07-03T00:00+02:00"),
                     12 * 60);
    assert_int_equal(minutes_between(calendar, "2025-07-03T00:00+02:00", "2025-07-04T00:00+02:00"),
                     0);
    /* a holiday of the third version only */
    assert_int_equal(minutes_between(calendar, "2025-01-06T06:00+01:00", "2025-01-07T06:00+01:00"),
                     6 * 60);
    assert_int_equal(minutes_between(calendar, "2026-01-06T00:00+01:00", "2026-01-07T00:00+01:00"),
                     0);
    assert_int_equal(minutes_between(calendar, "2025-12-31T00:00+01:00", "2026-01-03T00:00+01:00"),
                     24 * 60);
    calendar_free(calendar);
    zone_free(rome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_of_italy),
        cmocka_unit_test(easter),
        cmocka_unit_test(substitute_days_of_england),
        cmocka_unit_test(christmas_on_a_sunday_goes_behind_boxing_day),
        cmocka_unit_test(nearest_weekdays_of_the_united_states),
        cmocka_unit_test(kings_day_is_kept_on_the_saturday),
        cmocka_unit_test(days_that_a_year_does_not_have_are_left_out),
        cmocka_unit_test(other_hours_open_a_closed_day_only_on_a_single_date),
        cmocka_unit_test(versions_take_turns_at_midnight),
    };

    return cmocka_run_group_tests_name("days of calendars", tests, NULL, NULL);
}
