/* Years of times that are written without one. */
#include "unit.h"

#include "base/buf.h"
#include "time/format.h"
#include "time/year.h"

static struct local local_of(const char *text, const char *format)
{
    struct time_format compiled;
    struct time_text time;
    size_t bad;

    assert_true(time_format_compile(str_of(format), &compiled, &bad));
    assert_true(time_format_read(&compiled, DATE_ORDER_UNKNOWN, str_of(text), &time));
    return time.local;
}

static void check(const char *latest, const char *const *texts, const char *const *wanted,
                  uint64_t turns)
{
    struct year_run run;
    size_t i;

    year_start(&run, local_of(latest, "%Y-%m-%d %H:%M"));
    for (i = 0; texts[i]; i++) {
        struct local found;

        assert_int_equal(year_find(&run, local_of(texts[i], "%b %e %H:%M"), &found), YEAR_FOUND);
        if (found.us != local_of(wanted[i], "%Y-%m-%d %H:%M").us)
            fail_msg("'%s' is not %s", texts[i], wanted[i]);
    }
    assert_int_equal(run.turns, turns);
    assert_int_equal(run.found, i);
}

static void the_first_is_the_latest_that_is_not_after_the_end(void **state)
{
    (void)state;
    check("2025-03-10 12:00", (const char *const[]){"Mar 10 12:00", NULL},
          (const char *const[]){"2025-03-10 12:00"}, 0);
    check("2025-03-10 12:00", (const char *const[]){"Mar 10 12:01", NULL},
          (const char *const[]){"2024-03-10 12:01"}, 0);
    check("2025-03-10 12:00", (const char *const[]){"Feb 29 08:00", NULL},
          (const char *const[]){"2024-02-29 08:00"}, 0);
    check("1907-03-10 12:00", (const char *const[]){"Feb 29 08:00", NULL},
          (const char *const[]){"1904-02-29 08:00"}, 0);
}

static void the_new_year_comes_and_late_entries_do_not_bring_it(void **state)
{
    (void)state;
    check("2025-07-01 00:00",
          (const char *const[]){"Dec 31 23:59", "Dec 30 10:00", "Jan  1 00:01", "Dec 31 23:58",
                                "Jan  2 00:00", "Feb 28 00:00", "Mar  1 00:00", NULL},
          (const char *const[]){"2024-12-31 23:59", "2024-12-30 10:00", "2025-01-01 00:01",
                                "2024-12-31 23:58", "2025-01-02 00:00", "2025-02-28 00:00",
                                "2025-03-01 00:00"},
          3);
    /* what stands far apart goes forward all the same */
    check("2025-12-31 00:00",
          (const char *const[]){"Mar  1 00:00", "Dec 24 00:00", NULL},
          (const char *const[]){"2025-03-01 00:00", "2025-12-24 00:00"}, 0);
}

static void a_file_of_more_than_a_year_is_not_guessed(void **state)
{
    struct year_run run;
    struct local found;

    (void)state;
    year_start(&run, local_of("2026-06-30 00:00", "%Y-%m-%d %H:%M"));
    assert_int_equal(year_find(&run, local_of("Mar 1 10:00", "%b %e %H:%M"), &found), YEAR_FOUND);
    assert_int_equal(year_find(&run, local_of("Sep 1 10:00", "%b %e %H:%M"), &found), YEAR_FOUND);
    assert_int_equal(year_find(&run, local_of("Feb 1 10:00", "%b %e %H:%M"), &found), YEAR_LATE);
    year_start(&run, (struct local){INT64_MIN});
    assert_int_equal(year_find(&run, local_of("Mar 1 10:00", "%b %e %H:%M"), &found), YEAR_UNKNOWN);
}

/* Days in order, of five years with a leap year among them: each has the year it was made of. */
static void every_day_of_a_long_run_of_short_files(void **state)
{
    int64_t first = civil_days(2022, 1, 1);
    int64_t day;

    (void)state;
    for (day = 0; day < 5 * 365; day += 3) {
        struct civil end = civil_from_local((struct local){(first + day + 300) * DAY_US});
        struct year_run run;
        int64_t step;

        year_start(&run, local_from_civil(&end));
        for (step = 0; step <= 300; step += 20) {
            struct civil civil = civil_from_local((struct local){(first + day + step) * DAY_US});
            struct local made = local_from_civil(&civil);
            struct local found;

            civil.year = 2000;
            assert_int_equal(year_find(&run, local_from_civil(&civil), &found), YEAR_FOUND);
            assert_true(found.us == made.us);
        }
    }
}

static void counts_since_1970(void **state)
{
    static const struct {
        const char *format;
        const char *text;
        int64_t us; /* -1: refused */
    } cases[] = {
        {"%s", "0", 0},
        {"%s", "1741593600", 1741593600000000},
        {"%s.%f", "1741593600.25", 1741593600250000},
        {"%Q", "1741593600123", 1741593600123000},
        {"%u", "1741593600123456", 1741593600123456},
        {"[%s]", "[5]", 5000000},
        {"%s", "", -1},
        {"%s", "-1", -1},
        {"%s", "1.5", -1},
        {"%s", "253402300800", -1},
        {"%s", "99999999999999999999", -1},
        {"%u", "18446744073709551616", -1},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct time_format compiled;
        struct time_text time;
        size_t bad;
        bool done;

        assert_true(time_format_compile(str_of(cases[i].format), &compiled, &bad));
        done = time_format_read(&compiled, DATE_ORDER_UNKNOWN, str_of(cases[i].text), &time);
        if (done != (cases[i].us >= 0))
            fail_msg("'%s' by %s", cases[i].text, cases[i].format);
        if (done)
            assert_true(time.has_offset && time.instant.us == cases[i].us);
    }
}

static void days_with_a_blank_for_a_leading_zero(void **state)
{
    static const char *const yes[] = {"Mar  5", "Mar 5", "Mar 05", "Mar 15"};
    static const char *const no[] = {"Mar   5", "Mar  15", "Mar ", "Mar 0", "Mar 155", "Mar x5"};
    struct time_format compiled;
    struct time_text time;
    size_t bad;
    size_t i;

    (void)state;
    assert_true(time_format_compile(STR("%b %e"), &compiled, &bad));
    assert_true(compiled.lacks_year);
    for (i = 0; i < sizeof yes / sizeof yes[0]; i++)
        assert_true(time_format_read(&compiled, DATE_ORDER_UNKNOWN, str_of(yes[i]), &time));
    for (i = 0; i < sizeof no / sizeof no[0]; i++)
        if (time_format_read(&compiled, DATE_ORDER_UNKNOWN, str_of(no[i]), &time))
            fail_msg("'%s'", no[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_is_the_latest_that_is_not_after_the_end),
        cmocka_unit_test(the_new_year_comes_and_late_entries_do_not_bring_it),
        cmocka_unit_test(a_file_of_more_than_a_year_is_not_guessed),
        cmocka_unit_test(every_day_of_a_long_run_of_short_files),
        cmocka_unit_test(counts_since_1970),
        cmocka_unit_test(days_with_a_blank_for_a_leading_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
