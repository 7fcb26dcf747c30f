/* Months, weeks and quarters against the C library, day by day, and against recorded keys. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "time/period.h"

static const char *key_of(enum grid grid, int32_t period, struct buf *text)
{
    buf_clear(text);
    period_format(grid, period, text);
    return text->bytes;
}

/* The week as the C library writes it; it pads no year below 1000. */
static void week_of_library(int64_t day, char *out, size_t size)
{
    time_t seconds = (time_t)(day * 86400);
    char year[16];
    char week[8];
    struct tm tm;

    gmtime_r(&seconds, &tm);
    strftime(year, sizeof year, "%G", &tm);
    strftime(week, sizeof week, "%V", &tm);
    snprintf(out, size, "%04ld-W%s", strtol(year, NULL, 10), week);
}

static void weeks_agree_with_the_c_library_on_every_day(void **state)
{
    struct buf text;
    int64_t day = civil_days(1, 1, 1);
    int64_t end = civil_days(9999, 12, 31);
    int32_t last = period_of_day(GRID_WEEK, day) - 1;

    (void)state;
    buf_init(&text, 64);
    for (; day <= end; day++) {
        int32_t week = period_of_day(GRID_WEEK, day);
        int64_t first = period_first_day(GRID_WEEK, week);
        char expected[32];
        int32_t parsed;

        assert_true(first <= day && day < first + 7);
        if (week == last)
            continue;
        assert_int_equal(first, day);
        assert_int_equal(civil_weekday(first), 1);
        assert_int_equal(week, last + 1);
        last = week;
        week_of_library(day, expected, sizeof expected);
        assert_string_equal(key_of(GRID_WEEK, week, &text), expected);
        assert_true(period_parse(GRID_WEEK, buf_str(&text), &parsed));
        assert_int_equal(parsed, week);
    }
    buf_done(&text);
}

static void months_and_quarters_cover_every_day_once(void **state)
{
    struct buf text;
    int64_t day = civil_days(1, 1, 1);
    int64_t end = civil_days(9999, 12, 31);
    int32_t last = period_of_day(GRID_MONTH, day) - 1;

    (void)state;
    buf_init(&text, 64);
    for (; day <= end; day++) {
        int32_t month = period_of_day(GRID_MONTH, day);
        struct civil date = civil_from_local((struct local){day * DAY_US});
        char expected[32];
        int32_t parsed;

        assert_true(month == last + (date.day == 1));
        last = month;
        if (date.day != 1)
            continue;
        assert_int_equal(period_first_day(GRID_MONTH, month), day);
        snprintf(expected, sizeof expected, "%04d-%02u", date.year, date.month);
        assert_string_equal(key_of(GRID_MONTH, month, &text), expected);
        assert_true(period_parse(GRID_MONTH, buf_str(&text), &parsed));
        assert_int_equal(parsed, month);
        month = period_of_day(GRID_QUARTER, day);
        snprintf(expected, sizeof expected, "%04d-Q%u", date.year, (date.month + 2) / 3);
        assert_string_equal(key_of(GRID_QUARTER, month, &text), expected);
        assert_true(period_parse(GRID_QUARTER, buf_str(&text), &parsed));
        assert_int_equal(parsed, month);
        assert_int_equal(period_first_day(GRID_QUARTER, month),
                         civil_days(date.year, (date.month - 1) / 3 * 3 + 1, 1));
    }
    buf_done(&text);
}

/* python3 -c 'import datetime as d; print("%d-W%02d" % d.date(Y, M, D).isocalendar()[:2])' */
static void weeks_at_the_turn_of_years(void **state)
{
    static const struct {
        int year;
        unsigned month;
        unsigned day;
        const char *key;
    } days[] = {
        {2008, 12, 28, "2008-W52"}, {2008, 12, 29, "2009-W01"}, {2009, 12, 31, "2009-W53"},
        {2010, 1, 3, "2009-W53"},   {2010, 1, 4, "2010-W01"},   {2012, 1, 1, "2011-W52"},
        {2014, 12, 29, "2015-W01"}, {2015, 12, 31, "2015-W53"}, {2016, 1, 3, "2015-W53"},
        {2016, 1, 4, "2016-W01"},   {2016, 3, 5, "2016-W09"},   {2017, 1, 1, "2016-W52"},
        {2018, 12, 31, "2019-W01"}, {2020, 12, 31, "2020-W53"}, {2021, 1, 3, "2020-W53"},
        {2024, 12, 30, "2025-W01"}, {2026, 12, 31, "2026-W53"}, {2027, 1, 3, "2026-W53"},
        {1, 1, 1, "0001-W01"},      {9999, 12, 31, "9999-W52"},
    };
    struct buf text;
    size_t i;

    (void)state;
    buf_init(&text, 64);
    for (i = 0; i < sizeof days / sizeof days[0]; i++) {
        int64_t day = civil_days(days[i].year, days[i].month, days[i].day);

        assert_string_equal(key_of(GRID_WEEK, period_of_day(GRID_WEEK, day), &text), days[i].key);
    }
    buf_done(&text);
}

static void what_is_no_key_of_the_grid_is_refused(void **state)
{
    static const struct {
        enum grid grid;
        const char *key;
    } keys[] = {
        {GRID_MONTH, ""},          {GRID_MONTH, "2016"},      {GRID_MONTH, "2016-00"},
        {GRID_MONTH, "2016-13"},   {GRID_MONTH, "2016-3"},    {GRID_MONTH, "2016-003"},
        {GRID_MONTH, "0000-01"},   {GRID_MONTH, "2016/03"},   {GRID_MONTH, "2016-W1"},
        {GRID_MONTH, "2016-Q1"},   {GRID_WEEK, "2016-W00"},   {GRID_WEEK, "2016-W53"},
        {GRID_WEEK, "2015-W54"},   {GRID_WEEK, "2016-W9"},    {GRID_WEEK, "2016-w09"},
        {GRID_WEEK, "2016-03"},    {GRID_WEEK, "2016-W099"},  {GRID_QUARTER, "2016-Q0"},
        {GRID_QUARTER, "2016-Q5"}, {GRID_QUARTER, "2016-q1"}, {GRID_QUARTER, "2016-Q11"},
        {GRID_QUARTER, "201a-Q1"}, {GRID_QUARTER, "2016-01"}, {GRID_MONTH, "2016-03 "},
    };
    int32_t period = 7;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_false(period_parse(keys[i].grid, str_of(keys[i].key), &period));
    assert_int_equal(period, 7);
}

static void grids_have_names(void **state)
{
    enum grid grid;
    int i;

    (void)state;
    for (i = 0; i < GRID_COUNT; i++) {
        assert_true(grid_find(str_of(grid_name((enum grid)i)), &grid));
        assert_int_equal(grid, i);
    }
    assert_false(grid_find(STR("year"), &grid));
}

/* Local midnight, or the first instant after it where a clock change leaves none. */
static void a_period_starts_at_local_midnight(void **state)
{
    static const struct {
        const char *zone;
        enum grid grid;
        const char *key;
        const char *start;
    } starts[] = {
        {"Europe/Rome", GRID_MONTH, "2016-04", "2016-03-31T22:00:00Z"},
        {"Europe/Rome", GRID_QUARTER, "2016-Q1", "2015-12-31T23:00:00Z"},
        {"Europe/Rome", GRID_WEEK, "2015-W53", "2015-12-27T23:00:00Z"},
        {"America/New_York", GRID_MONTH, "2016-12", "2016-12-01T05:00:00Z"},
        {"America/Santiago", GRID_WEEK, "2016-W33", "2016-08-15T03:00:00Z"},
        {"Asia/Beirut", GRID_MONTH, "1975-05", "1975-04-30T22:00:00Z"},
        {"Africa/Cairo", GRID_MONTH, "2016-07", "2016-06-30T22:00:00Z"},
        {"Pacific/Apia", GRID_MONTH, "2012-01", "2011-12-31T10:00:00Z"},
    };
    struct diag diag;
    struct buf text;
    size_t i;

    (void)state;
    diag_init(&diag);
    buf_init(&text, 64);
    for (i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        struct zone *zone = NULL;
        int32_t period;

        assert_int_equal(zone_load(str_of(starts[i].zone), &diag, &zone), STATUS_OK);
        assert_true(period_parse(starts[i].grid, str_of(starts[i].key), &period));
        buf_clear(&text);
        instant_format(period_start(starts[i].grid, period, zone), &text);
        assert_string_equal(text.bytes, starts[i].start);
        zone_free(zone);
    }
    buf_done(&text);
    diag_done(&diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weeks_agree_with_the_c_library_on_every_day),
        cmocka_unit_test(months_and_quarters_cover_every_day_once),
        cmocka_unit_test(weeks_at_the_turn_of_years),
        cmocka_unit_test(what_is_no_key_of_the_grid_is_refused),
        cmocka_unit_test(grids_have_names),
        cmocka_unit_test(a_period_starts_at_local_midnight),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
