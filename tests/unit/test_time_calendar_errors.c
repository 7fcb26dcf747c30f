/*
 * What has gone wrong with business hours in other programs, each with a test that would have shown
 * it. Errors of tickets rather than calendars are shown where tickets are.
 */
#include "calendar_fixture.h"

/* Old tickets were counted with the offset of the day of the report. */
static void a_ticket_of_the_other_season_has_the_hours_of_its_own(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);

    (void)state;
    assert_int_equal(minutes_between(calendar, "2026-07-15T06:00Z", "2026-07-15T08:00Z"), 60);
    assert_int_equal(minutes_between(calendar, "2026-01-15T07:00Z", "2026-01-15T09:00Z"), 60);
    assert_int_equal(minutes_between(calendar, "2026-07-15T16:00Z", "2026-07-15T17:00Z"), 0);
    assert_int_equal(minutes_between(calendar, "2026-01-15T16:00Z", "2026-01-15T17:00Z"), 60);
    calendar_free(calendar);
    zone_free(rome);
}

/* A gate of business hours stood an hour off after the clock was changed. */
static void the_doors_open_by_the_wall_on_both_sides_of_a_change(void **state)
{
    struct zone *zone = zone_named("America/Los_Angeles");
    struct calendar_version version = office_week(NULL, 0);
    struct calendar *calendar = of_version(zone, &version);

    (void)state;
    assert_after(calendar, "2026-03-06T18:00-08:00", 0, "2026-03-09T09:00-07:00");
    assert_after(calendar, "2026-10-30T18:00-07:00", 0, "2026-11-02T09:00-08:00");
    assert_after(calendar, "2026-03-09T08:59-07:00", 0, "2026-03-09T09:00-07:00");
    assert_after(calendar, "2026-03-09T09:01-07:00", 0, "2026-03-09T09:01-07:00");
    calendar_free(calendar);
    zone_free(zone);
}

/* Waiting over a night or weekend was taken off whole, closed hours included. */
static void a_pause_counts_only_where_work_is_done(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct pause pause = {at("2026-11-20T17:00+01:00"), at("2026-11-23T10:00+01:00")};

    (void)state;
    /* Thursday 9:00 to Monday 18:00 are 24 hours of work, of which 2 were waited */
    assert_int_equal(calendar_between_without(calendar, at("2026-11-19T09:00+01:00"),
                                              at("2026-11-23T18:00+01:00"), &pause, 1)
                         .us,
                     22 * HOUR_US);
    /* so two days of work end two hours later */
    assert_int_equal(
        calendar_after_without(calendar, at("2026-11-19T09:00+01:00"), minutes(960), &pause, 1).us,
        at("2026-11-23T11:00+01:00").us);
    calendar_free(calendar);
    zone_free(rome);
}

/* Hold time was added to the creation as wall time, so that deadlines fell on holidays. */
static void a_deadline_after_a_pause_over_easter_is_in_working_time(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct pause pause = {at("2026-04-02T11:00+02:00"), at("2026-04-06T15:00+02:00")};

    (void)state;
    /* two of four hours are left when the pause ends, on Easter Monday: Tuesday from nine */
    assert_int_equal(
        calendar_after_without(calendar, at("2026-04-02T09:00+02:00"), minutes(240), &pause, 1).us,
        at("2026-04-07T11:00+02:00").us);
    calendar_free(calendar);
    zone_free(rome);
}

/* A pause that begins on a holiday did not stop the clock. */
static void a_pause_that_begins_on_a_holiday_is_a_pause(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct pause pause = {at("2026-12-08T10:00+01:00"), at("2026-12-09T11:00+01:00")};

    (void)state;
    assert_int_equal(calendar_between_without(calendar, at("2026-12-07T17:00+01:00"),
                                              at("2026-12-09T12:00+01:00"), &pause, 1)
                         .us,
                     2 * HOUR_US);
    assert_int_equal(
        calendar_after_without(calendar, at("2026-12-07T17:00+01:00"), minutes(90), &pause, 1).us,
        at("2026-12-09T11:30+01:00").us);
    calendar_free(calendar);
    zone_free(rome);
}

/* A week with work on some days only never ended, or skipped the wrong days. */
static void a_week_of_some_days_works_on_these(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar_version version = {.from = INT64_MIN};
    struct calendar *calendar;

    (void)state;
    version.week[1] = version.week[3] = office_day; /* Tuesday and Thursday */
    calendar = of_version(rome, &version);
    assert_after(calendar, "2026-11-16T10:00+01:00", 60, "2026-11-17T10:00+01:00");
    assert_after(calendar, "2026-11-17T17:00+01:00", 120, "2026-11-19T10:00+01:00");
    assert_after(calendar, "2026-11-19T17:00+01:00", 120, "2026-11-24T10:00+01:00");
    assert_int_equal(minutes_between(calendar, "2026-11-16T00:00+01:00", "2026-11-30T00:00+01:00"),
                     4 * 480);
    calendar_free(calendar);
    zone_free(rome);
}

/* What came in outside the hours had no resolution time at all. */
static void a_ticket_of_the_night_counts_from_the_morning(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);

    (void)state;
    assert_int_equal(minutes_between(calendar, "2026-11-21T15:00+01:00", "2026-11-23T11:00+01:00"),
                     120);
    assert_int_equal(minutes_between(calendar, "2026-11-23T03:00+01:00", "2026-11-23T11:00+01:00"),
                     120);
    /* zero only when it was solved in the same night */
    assert_int_equal(minutes_between(calendar, "2026-11-21T15:00+01:00", "2026-11-22T11:00+01:00"),
                     0);
    calendar_free(calendar);
    zone_free(rome);
}

/* A case that was paused or closed when it began kept running. */
static void a_pause_from_before_the_beginning_holds_from_the_beginning(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct instant from = at("2026-11-18T09:00+01:00");
    struct instant until = at("2026-11-18T18:00+01:00");
    struct pause pauses[] = {
        {at("2026-11-10T09:00+01:00"), at("2026-11-18T11:00+01:00")},
        {INSTANT_MISSING, at("2026-11-18T11:00+01:00")},
    };
    struct pause whole = {from, INSTANT_MISSING};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(pauses); i++) {
        assert_int_equal(calendar_between_without(calendar, from, until, &pauses[i], 1).us,
                         6 * HOUR_US);
        assert_int_equal(calendar_after_without(calendar, from, minutes(60), &pauses[i], 1).us,
                         at("2026-11-18T12:00+01:00").us);
        assert_int_equal(calendar_after_without(calendar, from, minutes(0), &pauses[i], 1).us,
                         at("2026-11-18T11:00+01:00").us);
    }
    assert_int_equal(calendar_between_without(calendar, from, until, &whole, 1).us, 0);
    assert_true(instant_is_missing(calendar_after_without(calendar, from, minutes(60), &whole, 1)));
    calendar_free(calendar);
    zone_free(rome);
}

/* From pending to on hold the pause began anew, or counted twice. */
static void pauses_that_touch_or_overlap_are_one(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct instant from = at("2026-11-18T09:00+01:00");
    struct instant until = at("2026-11-19T18:00+01:00");
    struct pause pauses[] = {
        {at("2026-11-19T09:30+01:00"), at("2026-11-19T10:00+01:00")}, /* within the next */
        {at("2026-11-18T15:00+01:00"), at("2026-11-19T11:00+01:00")},
        {at("2026-11-18T12:00+01:00"), at("2026-11-18T15:00+01:00")}, /* touches it */
        {at("2026-11-19T12:00+01:00"), at("2026-11-19T12:00+01:00")}, /* empty */
        {at("2026-11-19T13:30+01:00"), at("2026-11-19T12:30+01:00")}, /* backwards: empty */
        {at("2026-11-18T14:30+01:00"), at("2026-11-18T17:00+01:00")}, /* over both */
    };

    (void)state;
    /* 16 hours, without 12:00 to 13:00, 14:00 to 18:00 and 9:00 to 11:00 */
    assert_int_equal(calendar_between_without(calendar, from, until, pauses, ARRAY_LEN(pauses)).us,
                     9 * HOUR_US);
    assert_int_equal(calendar_between_without(calendar, until, from, pauses, ARRAY_LEN(pauses)).us,
                     -9 * HOUR_US);
    assert_int_equal(
        calendar_after_without(calendar, from, minutes(540), pauses, ARRAY_LEN(pauses)).us,
        until.us);
    /* three hours are over when the pause begins, and stay so */
    assert_int_equal(
        calendar_after_without(calendar, from, minutes(180), pauses, ARRAY_LEN(pauses)).us,
        at("2026-11-18T12:00+01:00").us);
    calendar_free(calendar);
    zone_free(rome);
}

/* Wall time was held against a target in business hours. */
static void a_weekend_does_not_break_a_target_in_business_hours(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct calendar *always = always_in(rome);
    struct instant from = at("2026-11-20T17:30+01:00");
    struct instant reply = at("2026-11-23T09:30+01:00");

    (void)state;
    assert_true(reply.us <= calendar_after(calendar, from, minutes(60)).us);
    assert_true(calendar_between(calendar, from, reply).us <= HOUR_US);
    assert_true(reply.us > calendar_after(always, from, minutes(60)).us);
    calendar_free(always);
    calendar_free(calendar);
    zone_free(rome);
}

/* Observances of a feed, on which people work, were taken for holidays. */
static void days_that_are_only_observed_are_worked(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);

    (void)state;
    /* St Martin and the Day of the Dead; 4 October before it was a holiday */
    assert_int_equal(minutes_between(calendar, "2026-11-11T00:00+01:00", "2026-11-12T00:00+01:00"),
                     480);
    assert_int_equal(minutes_between(calendar, "2026-11-02T00:00+01:00", "2026-11-03T00:00+01:00"),
                     480);
    assert_int_equal(minutes_between(calendar, "2024-10-04T00:00+02:00", "2024-10-05T00:00+02:00"),
                     480);
    calendar_free(calendar);
    zone_free(rome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticket_of_the_other_season_has_the_hours_of_its_own),
        cmocka_unit_test(the_doors_open_by_the_wall_on_both_sides_of_a_change),
        cmocka_unit_test(a_pause_counts_only_where_work_is_done),
        cmocka_unit_test(a_deadline_after_a_pause_over_easter_is_in_working_time),
        cmocka_unit_test(a_pause_that_begins_on_a_holiday_is_a_pause),
        cmocka_unit_test(a_week_of_some_days_works_on_these),
        cmocka_unit_test(a_ticket_of_the_night_counts_from_the_morning),
        cmocka_unit_test(a_pause_from_before_the_beginning_holds_from_the_beginning),
        cmocka_unit_test(pauses_that_touch_or_overlap_are_one),
        cmocka_unit_test(a_weekend_does_not_break_a_target_in_business_hours),
        cmocka_unit_test(days_that_are_only_observed_are_worked),
    };

    return cmocka_run_group_tests_name("errors of other calendars", tests, NULL, NULL);
}
