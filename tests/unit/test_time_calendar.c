/* Working calendars: durations, deadlines and windows by hand, far years, refusals. */
#include "calendar_fixture.h"
#include "time/calendar_table.h"

#include <pthread.h>
#include <string.h>

#include "base/limits.h"

static const struct day_windows closed = {NULL, 0};

/* --- durations and deadlines --- */

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
        {"2026-04-03T17:00+02:00", "2026-04-07T09:30+02:00", 90, 5310}, /* Easter Monday */
        {"2026-03-27T17:00+01:00", "2026-03-30T10:00+02:00", 120, 3840},
        {"2026-10-23T17:00+02:00", "2026-10-26T10:00+01:00", 120, 3960},
        {"2027-10-01T17:00+02:00", "2027-10-05T10:00+02:00", 120, 5340}, /* 4 October */
        {"2026-11-18T12:30+01:00", "2026-11-18T14:30+01:00", 60, 120},
        {"2026-11-18T20:00+01:00", "2026-11-19T07:00+01:00", 0, 660},
    };
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct calendar *always = always_in(rome);
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(vectors); i++) {
        const char *from = vectors[i].from;
        const char *until = vectors[i].until;

        assert_int_equal(minutes_between(calendar, from, until), vectors[i].minutes);
        assert_int_equal(minutes_between(calendar, until, from), -vectors[i].minutes);
        assert_int_equal(minutes_between(always, from, until), vectors[i].wall);
        assert_after(always, from, vectors[i].wall, until);
        if (vectors[i].minutes > 0)
            assert_after(calendar, from, vectors[i].minutes, until);
    }
    calendar_free(always);
    calendar_free(calendar);
    zone_free(rome);
}

static void days_of_change_round_the_clock_have_23_and_25_hours(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *always = always_in(rome);
    struct day_window whole = {0, 86400};
    struct calendar_version sundays = {.from = INT64_MIN};
    struct calendar *calendar;

    (void)state;
    sundays.week[6] = (struct day_windows){&whole, 1};
    calendar = of_version(rome, &sundays);
    assert_true(calendar_is_always(always));
    assert_false(calendar_is_always(calendar));
    assert_int_equal(minutes_between(always, "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"),
                     23 * 60);
    assert_int_equal(minutes_between(always, "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"),
                     25 * 60);
    /* the same through windows: all that was worked from Saturday noon to Monday noon */
    assert_int_equal(minutes_between(calendar, "2026-03-28T12:00+01:00", "2026-03-30T12:00+02:00"),
                     23 * 60);
    assert_int_equal(minutes_between(calendar, "2026-10-24T12:00+02:00", "2026-10-26T12:00+01:00"),
                     25 * 60);
    assert_int_equal(minutes_between(calendar, "2026-10-31T12:00+01:00", "2026-11-02T12:00+01:00"),
                     24 * 60);
    calendar_free(calendar);
    calendar_free(always);
    zone_free(rome);
}

static void a_week_without_gaps_is_always(void **state)
{
    struct day_window whole = {0, 86400};
    struct calendar_version version = {.from = INT64_MIN};
    struct day_rule rule = {FIXED(12, 25)};
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar;
    size_t i;

    (void)state;
    for (i = 0; i < 7; i++)
        version.week[i] = (struct day_windows){&whole, 1};
    calendar = of_version(rome, &version);
    assert_true(calendar_is_always(calendar));
    assert_true(str_is(calendar_name(calendar), "test"));
    assert_ptr_equal(calendar_zone(calendar), rome);
    calendar_free(calendar);
    version.rules = &rule;
    version.rule_count = 1;
    calendar = of_version(rome, &version);
    assert_false(calendar_is_always(calendar));
    assert_int_equal(minutes_between(calendar, "2025-12-24T12:00+01:00", "2025-12-26T12:00+01:00"),
                     24 * 60);
    calendar_free(calendar);
    zone_free(rome);
}

static void deadlines_stay_at_the_end_of_a_window(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);

    (void)state;
    /* four hours from nine are over at one, not at two when work goes on */
    assert_after(calendar, "2026-11-18T09:00+01:00", 240, "2026-11-18T13:00+01:00");
    assert_after(calendar, "2026-11-18T09:00+01:00", 241, "2026-11-18T14:01+01:00");
    /* eight hours on a Friday end on that Friday */
    assert_after(calendar, "2026-11-20T09:00+01:00", 480, "2026-11-20T18:00+01:00");
    /* what comes in at night begins in the morning */
    assert_after(calendar, "2026-11-20T23:00+01:00", 60, "2026-11-23T10:00+01:00");
    /* nothing to do is done at once, or when the doors open */
    assert_after(calendar, "2026-11-18T10:30+01:00", 0, "2026-11-18T10:30+01:00");
    assert_after(calendar, "2026-11-18T18:00+01:00", 0, "2026-11-19T09:00+01:00");
    assert_after(calendar, "2026-11-20T23:00+01:00", 0, "2026-11-23T09:00+01:00");
    assert_after(calendar, "2026-11-20T23:00+01:00", -5, "2026-11-23T09:00+01:00");
    calendar_free(calendar);
    zone_free(rome);
}

static void microseconds_are_kept(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct instant from = at("2026-11-18T12:59:59.999999+01:00");
    struct instant until = at("2026-11-18T14:00:00.000003+01:00");

    (void)state;
    assert_int_equal(calendar_between(calendar, from, until).us, 4);
    assert_int_equal(calendar_after(calendar, from, (struct span){4}).us, until.us);
    assert_int_equal(calendar_after(calendar, from, (struct span){1}).us,
                     at("2026-11-18T13:00+01:00").us);
    calendar_free(calendar);
    zone_free(rome);
}

/* --- windows --- */

static void night_shifts_end_at_a_holidays_midnight(void **state)
{
    static const struct day_window night = {22 * 3600, 30 * 3600};
    static const struct day_rule christmas = {FIXED(12, 25)};
    struct calendar_version version = {.from = INT64_MIN, .rules = &christmas, .rule_count = 1};
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar;
    size_t i;

    (void)state;
    for (i = 0; i < 5; i++)
        version.week[i] = (struct day_windows){&night, 1};
    calendar = of_version(rome, &version);
    /* eight hours, the last of the week on Saturday morning */
    assert_int_equal(minutes_between(calendar, "2025-12-15T12:00+01:00", "2025-12-16T12:00+01:00"),
                     480);
    assert_int_equal(minutes_between(calendar, "2025-12-19T12:00+01:00", "2025-12-20T12:00+01:00"),
                     480);
    assert_int_equal(minutes_between(calendar, "2025-12-20T12:00+01:00", "2025-12-22T12:00+01:00"),
                     0);
    /* Christmas, a Thursday, is closed from midnight to midnight, and nothing else is */
    assert_int_equal(minutes_between(calendar, "2025-12-24T12:00+01:00", "2025-12-25T00:00+01:00"),
                     120);
    assert_int_equal(minutes_between(calendar, "2025-12-25T00:00+01:00", "2025-12-26T00:00+01:00"),
                     0);
    assert_int_equal(minutes_between(calendar, "2025-12-26T00:00+01:00", "2025-12-26T12:00+01:00"),
                     360);
    /* a night of change has an hour more or less */
    assert_int_equal(minutes_between(calendar, "2026-03-27T12:00+01:00", "2026-03-28T12:00+01:00"),
                     480);
    version.week[5] = version.week[0];
    calendar_free(calendar);
    calendar = of_version(rome, &version);
    assert_int_equal(minutes_between(calendar, "2026-03-28T12:00+01:00", "2026-03-29T12:00+02:00"),
                     420);
    assert_int_equal(minutes_between(calendar, "2026-10-24T12:00+02:00", "2026-10-25T12:00+01:00"),
                     540);
    calendar_free(calendar);
    zone_free(rome);
}

static void windows_that_overlap_are_worked_once(void **state)
{
    static const struct day_window monday[] = {
        {8 * 3600, 12 * 3600}, {10 * 3600, 14 * 3600}, {14 * 3600, 15 * 3600},
        {9 * 3600, 11 * 3600}, {20 * 3600, 34 * 3600},
    };
    static const struct day_window tuesday[] = {{6 * 3600, 9 * 3600}, {10 * 3600, 11 * 3600}};
    struct calendar_version version = {.from = INT64_MIN};
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar;

    (void)state;
    version.week[0] = (struct day_windows){monday, ARRAY_LEN(monday)};
    version.week[1] = (struct day_windows){tuesday, ARRAY_LEN(tuesday)};
    calendar = of_version(rome, &version);
    /* Monday 8 to 15 and 20 to 24, Tuesday 0 to 11: the night goes on until the last window */
    assert_int_equal(minutes_between(calendar, "2026-11-16T00:00+01:00", "2026-11-17T00:00+01:00"),
                     11 * 60);
    assert_int_equal(minutes_between(calendar, "2026-11-17T00:00+01:00", "2026-11-18T00:00+01:00"),
                     11 * 60);
    assert_after(calendar, "2026-11-16T08:00+01:00", 11 * 60 + 1, "2026-11-17T00:01+01:00");
    calendar_free(calendar);
    zone_free(rome);
}

static void bounds_in_a_gap_or_a_fold_follow_the_policy(void **state)
{
    static const struct day_window windows[] = {{5400, 9000}, {9000, 12600}}; /* 1:30 2:30 3:30 */
    struct calendar_version version = {.from = INT64_MIN};
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *first;
    struct calendar *second;

    (void)state;
    version.week[6] = (struct day_windows){&windows[0], 1};
    first = of_version(rome, &version);
    version.week[6] = (struct day_windows){&windows[1], 1};
    second = of_version(rome, &version);
    /* 2:30 is not there on 29 March: both take 3:00 instead */
    assert_int_equal(minutes_between(first, "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"),
                     30);
    assert_int_equal(minutes_between(second, "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"),
                     30);
    /* on 25 October it is there twice: the first opens, the second closes */
    assert_int_equal(minutes_between(first, "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"),
                     120);
    assert_after(second, "2026-10-25T00:00+02:00", 0, "2026-10-25T02:30+02:00");
    assert_int_equal(minutes_between(second, "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"),
                     120);
    calendar_free(first);
    calendar_free(second);
    zone_free(rome);
}

static void a_date_that_a_zone_skipped_has_no_work(void **state)
{
    static const struct day_window whole = {0, 86400};
    static const struct day_window office = {9 * 3600, 17 * 3600};
    struct calendar_version version = {.from = INT64_MIN};
    struct zone *apia = zone_named("Pacific/Apia");
    struct calendar *calendar;

    (void)state;
    version.week[4] = (struct day_windows){&whole, 1}; /* Fridays, as 30 December 2011 was */
    version.week[5] = (struct day_windows){&office, 1};
    calendar = of_version(apia, &version);
    /* Thursday 29 was followed by Saturday 31 */
    assert_int_equal(minutes_between(calendar, "2011-12-29T00:00-10:00", "2011-12-31T00:00+14:00"),
                     0);
    assert_int_equal(minutes_between(calendar, "2011-12-29T00:00-10:00", "2012-01-01T00:00+14:00"),
                     480);
    assert_after(calendar, "2011-12-29T12:00-10:00", 60, "2011-12-31T10:00+14:00");
    calendar_free(calendar);
    zone_free(apia);
}

/* --- columns --- */

/* Instants of all kinds: in working time and out of it, of years that no table has, and none. */
static int64_t instant_number(size_t i, size_t of)
{
    int64_t spread = (int64_t)(i * i % 2741) * 3700 * SECOND_US;

    if (i % 29 == 7)
        return INT64_MIN;
    if (i % 31 == 5)
        return at("1950-03-01T10:00Z").us + spread;
    if (i % 37 == 5)
        return at("2099-12-31T22:00Z").us + spread;
    if (i % 41 == 3)
        return i % 2 ? INT64_MAX : INT64_MIN + 1;
    return at("2024-01-05T00:00Z").us + spread + (int64_t)(i % of) - (int64_t)(of / 2);
}

static void check_column(const struct calendar *calendar)
{
    enum { ROWS = 1003 };
    static int64_t starts[ROWS];
    static int64_t ends[ROWS];
    static int64_t elapsed[ROWS];
    size_t i;

    for (i = 0; i < ROWS; i++) {
        starts[i] = instant_number(i, 3);
        ends[i] = i % 11 ? instant_number(i * 7 + 1, 5) : starts[i];
    }
    calendar_elapsed_column(calendar_table(calendar), starts, ends, ROWS, elapsed);
    for (i = 0; i < ROWS; i++)
        assert_int_equal(elapsed[i], starts[i] == INT64_MIN || ends[i] < starts[i]
                                         ? INT64_MIN
                                         : calendar_between(calendar, (struct instant){starts[i]},
                                                            (struct instant){ends[i]})
                                               .us);
}

static void columns_say_what_single_pairs_say(void **state)
{
    static const struct day_window split[] = {{9 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}};
    static const struct day_window three[] = {
        {8 * 3600, 9 * 3600}, {10 * 3600, 11 * 3600}, {20 * 3600, 30 * 3600}};
    static const struct day_windows days[] = {{split, 1}, {split, 2}, {three, 3}};
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = NULL;
    struct diag diag;
    size_t i;
    size_t d;

    (void)state;
    diag_init(&diag);
    for (i = 0; i < ARRAY_LEN(days); i++) {
        struct calendar_version version = {.from = INT64_MIN};
        struct calendar_spec spec = {STR("columns"), rome, &version, 1};

        for (d = 0; d < 5; d++)
            version.week[d] = days[i];
        assert_int_equal(calendar_prepare(&spec, &diag, &calendar), STATUS_OK);
        check_column(calendar);
        calendar_free(calendar);
    }
    assert_int_equal(calendar_always(rome, &diag, &calendar), STATUS_OK);
    check_column(calendar);
    calendar_free(calendar);
    diag_done(&diag);
    zone_free(rome);
}

/* --- years that no ticket has --- */

static void years_outside_the_table_are_counted_exactly(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct instant first = at("0001-01-01T00:00Z");
    struct instant last = at("9999-12-31T23:00Z");
    int64_t whole = calendar_between(calendar, first, last).us;
    int64_t sum = 0;
    int64_t date;
    int64_t us;

    (void)state;
    /* 1950: 260 weekdays, of which 9 are among the holidays: 6 Jan Fri, 10 Apr Mon, 25 Apr Tue,
       1 May Mon, 2 Jun Fri, 15 Aug Tue, 1 Nov Wed, 8 Dec Fri, 25 Dec Mon, 26 Dec Tue: 10 */
    assert_int_equal(minutes_between(calendar, "1950-01-01T00:00+01:00", "1951-01-01T00:00+01:00"),
                     (260 - 10) * 480);
    /* 2150, Easter Monday on 13 April, 4 October a Sunday: 261 weekdays; 1 Jan Thu, 6 Jan Tue,
       13 Apr, 1 May Fri, 2 Jun Tue, 8 Dec Tue, 25 Dec Fri */
    assert_int_equal(minutes_between(calendar, "2150-01-01T00:00+01:00", "2151-01-01T00:00+01:00"),
                     (261 - 7) * 480);
    for (us = first.us; us < last.us; us += 97 * 365 * DAY_US + 12345678901) {
        struct instant middle = {us};
        struct instant next = {us + 97 * 365 * DAY_US + 12345678901};

        next.us = next.us < last.us ? next.us : last.us;
        sum += calendar_between(calendar, middle, next).us;
        if (calendar_between(calendar, middle, next).us > 0) {
            int64_t span = calendar_between(calendar, middle, next).us;
            struct instant deadline = calendar_after(calendar, middle, (struct span){span});

            assert_true(deadline.us <= next.us);
            assert_int_equal(calendar_between(calendar, middle, deadline).us, span);
            assert_true(calendar_between(calendar, middle, (struct instant){deadline.us - 1}).us <
                        span);
        }
    }
    assert_int_equal(sum, whole);
    /* no seam where the table begins and ends */
    for (date = civil_days(1969, 12, 20); date < civil_days(1970, 1, 12); date++)
        assert_int_equal(calendar_between(calendar, (struct instant){date * DAY_US},
                                          (struct instant){(date + 21) * DAY_US})
                             .us,
                         calendar_between(calendar, (struct instant){date * DAY_US},
                                          (struct instant){(date + 7) * DAY_US})
                                 .us +
                             calendar_between(calendar, (struct instant){(date + 7) * DAY_US},
                                              (struct instant){(date + 21) * DAY_US})
                                 .us);
    assert_after(calendar, "1969-12-31T17:00+01:00", 120, "1970-01-02T10:00+01:00");
    assert_after(calendar, "2099-12-31T17:00+01:00", 120, "2100-01-04T10:00+01:00");
    calendar_free(calendar);
    zone_free(rome);
}

static void instants_beyond_the_years_are_taken_for_the_last(void **state)
{
    struct calendar *office = italian_office(zone_utc());
    struct calendar *always = always_in(zone_utc());
    struct instant last = at("9999-12-31T00:00Z");
    struct instant beyond = {INT64_MAX};
    struct pause open = {INSTANT_MISSING, INSTANT_MISSING};

    (void)state;
    assert_int_equal(calendar_between(always, last, beyond).us, DAY_US);
    assert_int_equal(calendar_between(office, last, beyond).us, 8 * HOUR_US); /* a Friday */
    assert_int_equal(calendar_between(office, INSTANT_MISSING, at("0001-01-01T12:00Z")).us, 0);
    assert_int_equal(calendar_between(office, INSTANT_MISSING, at("0001-01-02T12:00Z")).us,
                     3 * HOUR_US);
    /* never */
    assert_true(instant_is_missing(calendar_after(office, last, minutes(481))));
    assert_int_equal(calendar_after(office, last, minutes(480)).us, at("9999-12-31T18:00Z").us);
    assert_true(instant_is_missing(calendar_after(always, last, minutes(1441))));
    assert_true(instant_is_missing(calendar_after(office, last, (struct span){INT64_MAX})));
    assert_true(instant_is_missing(calendar_after(office, INSTANT_MISSING, minutes(1))));
    assert_true(instant_is_missing(calendar_after(office, at("9999-12-31T18:00Z"), minutes(0))));
    assert_true(instant_is_missing(
        calendar_after_without(office, at("2026-01-02T10:00Z"), minutes(60), &open, 1)));
    assert_int_equal(calendar_between_without(office, at("2026-01-02T10:00Z"), beyond, &open, 1).us,
                     0);
    calendar_free(always);
    calendar_free(office);
}

struct far_asker {
    const struct calendar *calendar;
    int64_t us;
};

static void *ask_far(void *context)
{
    struct far_asker *asker = context;

    asker->us = calendar_between(asker->calendar, (struct instant){-62135596800000000},
                                 (struct instant){253402300799999999})
                    .us;
    return NULL;
}

static void threads_that_ask_at_once_get_the_same(void **state)
{
    struct zone *rome = zone_named("Europe/Rome");
    struct calendar *calendar = italian_office(rome);
    struct far_asker askers[4];
    pthread_t threads[ARRAY_LEN(askers)];
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(askers); i++) {
        askers[i].calendar = calendar;
        assert_int_equal(pthread_create(&threads[i], NULL, ask_far, &askers[i]), 0);
    }
    for (i = 0; i < ARRAY_LEN(askers); i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (i = 1; i < ARRAY_LEN(askers); i++)
        assert_int_equal(askers[i].us, askers[0].us);
    calendar_free(calendar);
    zone_free(rome);
}

/* --- refusals --- */

static void assert_refused(const struct calendar_spec *spec, const char *trouble)
{
    struct calendar *calendar = NULL;
    struct diag diag;

    diag_init(&diag);
    assert_int_equal(calendar_prepare(spec, &diag, &calendar), STATUS_INVALID);
    assert_null(calendar);
    assert_int_equal(diag.count, 1);
    assert_int_equal(diag.by_rule[RULE_CALENDAR], 1);
    assert_non_null(strstr(diag.list[0].text.ptr, trouble));
    diag_done(&diag);
}

static void calendars_that_cannot_be_are_refused(void **state)
{
    static const struct {
        struct day_window window;
        const char *trouble;
    } windows[] = {
        {{-1, 3600}, "begin within"},        {{86400, 90000}, "begin within"},
        {{3600, 3600}, "before it begins"},  {{7200, 3600}, "before it begins"},
        {{0, 172801}, "after the next day"},
    };
    static const struct {
        struct day_rule rule;
        const char *trouble;
    } rules[] = {
        {{FIXED(2, 30)}, "in no year"},
        {{FIXED(13, 1)}, "in no year"},
        {{FIXED(4, 0)}, "in no year"},
        {{.kind = DAY_EASTER, .offset = 367}, "from Easter"},
        {{.kind = DAY_WEEKDAY, .month = 0, .weekday = 1, .nth = 1}, "in no year"},
        {{.kind = DAY_WEEKDAY, .month = 1, .weekday = 8, .nth = 1}, "in no year"},
        {{.kind = DAY_WEEKDAY, .month = 1, .weekday = 1, .nth = 0}, "in no year"},
        {{.kind = DAY_WEEKDAY, .month = 1, .weekday = 1, .nth = -6}, "in no year"},
        {{.kind = DAY_SINGLE, .date = INT64_MAX}, "1 to 9999"},
        {{FIXED(1, 1), .first_year = 2020, .last_year = 2019}, "last year before"},
    };
    static const struct day_window crowd[LIMIT_CALENDAR_WINDOWS + 1] = {{0, 1}};
    struct calendar_version versions[2] = {office_week(NULL, 0), office_week(NULL, 0)};
    struct calendar_spec spec = {STR("wrong"), zone_utc(), versions, 1};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(windows); i++) {
        versions[0].week[2] = (struct day_windows){&windows[i].window, 1};
        assert_refused(&spec, windows[i].trouble);
    }
    versions[0].week[2] = (struct day_windows){crowd, ARRAY_LEN(crowd)};
    assert_refused(&spec, "more than 24");
    versions[0].week[2] = closed;
    versions[0].rule_count = 1;
    for (i = 0; i < ARRAY_LEN(rules); i++) {
        versions[0].rules = &rules[i].rule;
        assert_refused(&spec, rules[i].trouble);
    }
    versions[0].rule_count = 0;
    spec.version_count = 2;
    assert_refused(&spec, "out of order"); /* both since ever */
    memset(versions, 0, sizeof versions);
    spec.version_count = 1;
    assert_refused(&spec, "no working time");
    spec.version_count = 0;
    assert_refused(&spec, "no working time");
}

static void memory_may_end_anywhere(void **state)
{
    struct calendar_version version = office_week(italian_days, ARRAY_LEN(italian_days));
    struct calendar_spec spec = {STR("short"), zone_utc(), &version, 1};
    struct calendar *calendar = NULL;
    unsigned long nth;
    int64_t expected;

    (void)state;
    for (nth = 1; !calendar; nth++) {
        struct diag diag;
        enum status status;

        diag_init(&diag);
        mem_fail_at(nth);
        status = calendar_prepare(&spec, &diag, &calendar);
        mem_fail_at(0);
        assert_int_equal(status, calendar ? STATUS_OK : STATUS_MEMORY);
        assert_true(calendar || diag.by_rule[RULE_NO_MEMORY] == 1);
        diag_done(&diag);
    }
    assert_true(nth > 5);
    /* without memory for other years these are counted each time: never asked for before */
    mem_fail_at(1);
    expected = minutes_between(calendar, "1968-01-01T00:00Z", "1969-01-01T00:00Z");
    mem_fail_at(0);
    assert_int_equal(expected, minutes_between(calendar, "1968-01-01T00:00Z", "1969-01-01T00:00Z"));
    calendar_free(calendar);
    calendar_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(office_hours_of_rome),
        cmocka_unit_test(days_of_change_round_the_clock_have_23_and_25_hours),
        cmocka_unit_test(a_week_without_gaps_is_always),
        cmocka_unit_test(deadlines_stay_at_the_end_of_a_window),
        cmocka_unit_test(microseconds_are_kept),
        cmocka_unit_test(night_shifts_end_at_a_holidays_midnight),
        cmocka_unit_test(windows_that_overlap_are_worked_once),
        cmocka_unit_test(bounds_in_a_gap_or_a_fold_follow_the_policy),
        cmocka_unit_test(a_date_that_a_zone_skipped_has_no_work),
        cmocka_unit_test(columns_say_what_single_pairs_say),
        cmocka_unit_test(years_outside_the_table_are_counted_exactly),
        cmocka_unit_test(instants_beyond_the_years_are_taken_for_the_last),
        cmocka_unit_test(threads_that_ask_at_once_get_the_same),
        cmocka_unit_test(calendars_that_cannot_be_are_refused),
        cmocka_unit_test(memory_may_end_anywhere),
    };

    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
