/* Patterns of times, each with a case that shows it and one beside it that does not. */
#include "unit.h"

#include "service_bench.h"

static void what_was_solved_and_comes_back_is_seen(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    bench_ticket(b, "DAY,2026-01-29T17:00:00Z,solved,,2026-01-29T08:00:00Z,2026-01-29T17:00:00Z,,,,,,");
    bench_ticket(b, "DAY,2026-01-30T17:00:00Z,work,,2026-01-29T08:00:00Z,2026-01-29T17:00:00Z,,,,,,");
    bench_ticket(b, "LATER,2026-01-29T17:00:00Z,solved,,2026-01-29T08:00:00Z,,,,,,,");
    bench_ticket(b, "LATER,2026-01-30T17:00:01Z,work,,2026-01-29T08:00:00Z,,,,,,,");
    bench_ticket(b, "END,2026-01-31T10:15:00Z,solved,,2026-01-29T08:00:00Z,2026-01-31T10:16:00Z,,,,,,");
    bench_ticket(b, "END,2026-01-31T12:00:00Z,closed,,2026-01-29T08:00:00Z,2026-01-31T10:16:00Z,,,,,,");
    bench_ticket(b, "END,2026-02-03T09:00:00Z,work,,2026-01-29T08:00:00Z,2026-01-31T10:16:00Z,,,,,,");
    /* the last day in Rome, the day after it in Greenwich no more */
    bench_ticket(b, "ROME,2026-02-28T22:59:00Z,solved,,2026-01-29T08:00:00Z,,,,,,,");
    bench_ticket(b, "MARCH,2026-02-28T23:00:00Z,solved,,2026-01-29T08:00:00Z,,,,,,,");
    bench_ticket(b, "FRESH,2026-03-31T12:00:00Z,solved,,2026-01-29T08:00:00Z,,,,,,,");
    b->as_of = "2026-03-31T20:00:00Z";
    bench_read(b, b->office.calendar);
    figure = bench_figure(b, "M-61", "reopened-within-a-day");
    assert_int_equal(figure->n, 5);
    assert_int_equal(figure->k, 1);
    assert_non_null(bench_cited(&figure->worst, "DAY"));
    assert_true(str_is(bench_excluded(figure, "FRESH"), "window-not-observed"));
    figure = bench_figure(b, "M-61", "reopened-after-month-end");
    assert_int_equal(figure->n, 3);
    assert_int_equal(figure->k, 1);
    assert_true(bench_cited(&figure->worst, "END")->value == (3 * 24 - 1.25) * 3600);
    assert_true(str_is(bench_excluded(figure, "MARCH"), "not-solved-on-a-last-day"));
    figure = bench_figure(b, "M-61", "solved-on-the-quarter-hour");
    assert_int_equal(figure->n, 2);
    assert_int_equal(figure->k, 1);
}

static void a_target_relaxed_just_in_time_is_seen(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    bench_level(b, "high", SLA_RESOLUTION, "P1", 10 * HOUR_US, &b->always);
    bench_level(b, "low", SLA_RESOLUTION, "P2", 20 * HOUR_US, &b->always);
    bench_ticket(b, "EARLY,2026-01-05T00:00:00Z,work,P1,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "EARLY,2026-01-05T07:59:59Z,work,P2,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "JUST,2026-01-05T00:00:00Z,work,P1,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "JUST,2026-01-05T08:00:00Z,work,P2,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "NONE,2026-01-05T00:00:00Z,work,P1,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "NONE,2026-01-05T10:00:00Z,work,P3,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "LATE,2026-01-05T00:00:00Z,work,P1,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "LATE,2026-01-05T10:00:01Z,work,P2,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "RAISED,2026-01-05T00:00:00Z,work,P2,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "RAISED,2026-01-05T18:00:00Z,work,P1,2026-01-05T00:00:00Z,,,,,,,");
    bench_ticket(b, "OTHER,2026-01-05T00:00:00Z,work,P3,2026-01-05T00:00:00Z,,,,,,,");
    b->as_of = "2026-01-06T12:00:00Z";
    bench_read(b, b->always.calendar);
    figure = bench_figure(b, "M-61", "relaxed-before-breach");
    assert_int_equal(figure->n, 5);
    assert_int_equal(figure->k, 2);
    assert_true(bench_cited(&figure->worst, "JUST")->value == 8 * 3600);
    assert_true(bench_cited(&figure->worst, "NONE")->value == 10 * 3600);
    assert_true(str_is(bench_excluded(figure, "OTHER"), "no-service-level"));
}

static void cases_opened_together_or_too_late_are_seen(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    bench_ticket(b, "A,2026-01-05T09:00:00Z,work,,2026-01-05T09:00:00Z,,,,,Alfa,,");
    bench_ticket(b, "B,2026-01-05T09:00:59Z,work,,2026-01-05T09:00:59Z,,,,,Alfa,,");
    bench_ticket(b, "C,2026-01-05T09:01:00Z,work,,2026-01-05T09:01:00Z,,,,,Alfa,,");
    bench_ticket(b, "D,2026-01-05T09:00:00Z,work,,2026-01-05T09:00:00Z,,,,,Beta,,");
    bench_ticket(b, "E,2026-01-05T09:00:00Z,work,,2026-01-05T09:00:00Z,,,,,,,");
    bench_ticket(b, "F,2026-01-05T09:00:00Z,work,,2026-01-05T09:10:00Z,,,,,Gamma,,");
    bench_read(b, b->always.calendar);
    figure = bench_figure(b, "M-61", "opened-in-the-same-minute");
    assert_int_equal(figure->n, 5);
    assert_int_equal(figure->k, 2);
    assert_non_null(bench_cited(&figure->worst, "A"));
    assert_non_null(bench_cited(&figure->worst, "B"));
    assert_true(str_is(bench_excluded(figure, "E"), "no-customer-or-opening"));
    figure = bench_figure(b, "M-61", "opened-after-its-first-event");
    assert_int_equal(figure->n, 6);
    assert_int_equal(figure->k, 1);
    assert_true(bench_cited(&figure->worst, "F")->value == 600);
}

/* --- first answers --- */

static void case_answered(struct bench *b, const char *id, const char *answered)
{
    buf_printf(&b->lines[0], "%s,2026-01-05T09:00:00Z,2026-01-05T09:00:00Z,work,%s\n", id,
               answered);
}

static void a_program_that_answers_first_is_seen(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    buf_clear(&b->lines[0]);
    buf_add_text(&b->lines[0], "id,at,opened,status,answered\n");
    /* the whole minute, and no more of it */
    case_answered(b, "PROGRAM", "2026-01-05T09:01:00Z");
    bench_message(b, "PROGRAM,2026-01-05T09:01:59.999999Z,bot,public");
    bench_message(b, "PROGRAM,2026-01-05T09:02:00Z,agent,public");
    case_answered(b, "PERSON", "2026-01-05T09:01:00Z");
    bench_message(b, "PERSON,2026-01-05T09:00:30Z,system,public");
    bench_message(b, "PERSON,2026-01-05T09:01:59.999999Z,agent,public");
    /* the whole second */
    case_answered(b, "SECOND", "2026-01-05T09:01:07Z");
    bench_message(b, "SECOND,2026-01-05T09:01:07Z,system,public");
    bench_message(b, "SECOND,2026-01-05T09:01:07.999999Z,boss,public");
    case_answered(b, "EXACT", "2026-01-05T09:01:07.5Z");
    bench_message(b, "EXACT,2026-01-05T09:01:07.5Z,system,public");
    bench_message(b, "EXACT,2026-01-05T09:01:07.500001Z,agent,public");
    case_answered(b, "NOBODY", "2026-01-05T09:01:00Z");
    bench_message(b, "NOBODY,2026-01-05T09:01:00Z,bot,public");
    bench_message(b, "NOBODY,2026-01-05T09:10:00Z,agent,private");
    bench_message(b, "NOBODY,2026-01-05T12:00:00.000001Z,agent,public"); /* after as-of */
    /* what customers, suppliers and notes say answers nobody */
    case_answered(b, "UNSEEN", "2026-01-05T09:05:00Z");
    bench_message(b, "UNSEEN,2026-01-05T09:01:00Z,customer,public");
    bench_message(b, "UNSEEN,2026-01-05T09:02:00Z,partner,public");
    bench_message(b, "UNSEEN,2026-01-05T09:03:00Z,bot,private");
    bench_message(b, "UNSEEN,2026-01-05T09:06:00Z,bot,public");
    case_answered(b, "UNKNOWN", "2026-01-05T09:05:00Z");
    bench_message(b, "UNKNOWN,2026-01-05T09:02:00Z,somebody,public");
    case_answered(b, "SILENT", "");
    /* the agent who opens a case has not answered it */
    case_answered(b, "OPENED", "2026-01-05T09:01:00Z");
    bench_message(b, "OPENED,2026-01-05T09:00:00Z,agent,public");
    bench_message(b, "OPENED,2026-01-05T09:00:01Z,bot,public");
    b->as_of = "2026-01-05T12:00:00Z";
    bench_read(b, b->always.calendar);
    figure = bench_figure(b, "M-61", "answered-by-a-program");
    assert_int_equal(figure->n, 6);
    assert_int_equal(figure->k, 4);
    assert_true(bench_cited(&figure->worst, "PROGRAM")->value == 60);
    assert_true(fabs(bench_cited(&figure->worst, "EXACT")->value - 1e-6) < 1e-12);
    assert_true(bench_cited(&figure->worst, "NOBODY")->value == 179 * 60);
    assert_true(str_is(bench_cited(&figure->worst, "NOBODY")->note, "no person has answered"));
    assert_non_null(bench_cited(&figure->worst, "OPENED"));
    assert_true(str_is(bench_excluded(figure, "UNSEEN"), "response-not-seen"));
    assert_true(str_is(bench_excluded(figure, "UNKNOWN"), "author-unknown"));
    assert_true(str_is(bench_excluded(figure, "SILENT"), "no-first-response"));
}

/* --- promises --- */

static void a_promise_made_after_the_fact_is_seen(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    bench_promise(b, "BEFORE,2026-01-05T09:00:00Z,2026-01-05T12:00:00Z,2026-01-05T12:30:00Z");
    bench_promise(b, "AFTER,2026-01-05T11:10:00Z,2026-01-05T12:00:00Z,2026-01-05T11:00:00Z");
    bench_promise(b, "SAME,2026-01-05T11:00:00.000001Z,,2026-01-05T11:00:00.000001Z");
    bench_promise(b, "JUST,2026-01-05T11:00:00.000001Z,,2026-01-05T11:00:00.000002Z");
    bench_promise(b, "OPEN,2026-01-05T09:00:00Z,2026-01-07T12:00:00Z,");
    bench_promise(b, "UNDATED,,2026-01-05T12:00:00Z,2026-01-05T12:00:00Z");
    bench_promise(b, "NONE,,,2026-01-05T12:00:00Z");
    /* not known yet at the as-of instant */
    bench_promise(b, "LATER,2026-01-06T20:00:00.000001Z,,2026-01-05T12:00:00Z");
    bench_promise(b, "SOON,2026-01-05T12:00:00Z,,2026-01-06T20:00:00.000001Z");
    bench_promise(b, "LAST,2026-01-06T20:00:00Z,,2026-01-06T20:00:00Z");
    b->as_of = "2026-01-06T20:00:00Z";
    bench_read(b, b->always.calendar);
    figure = bench_figure(b, "M-61", "promised-after-the-fact");
    assert_int_equal(figure->n, 5);
    assert_int_equal(figure->k, 3);
    assert_true(bench_cited(&figure->worst, "AFTER")->value == 600);
    assert_true(bench_cited(&figure->worst, "SAME")->value == 0);
    assert_true(bench_cited(&figure->worst, "LAST")->value == 0);
    assert_null(bench_cited(&figure->worst, "JUST"));
    assert_true(str_is(bench_excluded(figure, "OPEN"), "not-fulfilled"));
    assert_true(str_is(bench_excluded(figure, "SOON"), "not-fulfilled"));
    assert_true(str_is(bench_excluded(figure, "UNDATED"), "promise-undated"));
    assert_true(str_is(bench_excluded(figure, "LATER"), "promise-undated"));
    assert_true(str_is(bench_excluded(figure, "NONE"), "no-promise"));
}

static void making_a_promise_is_something_that_happened(void **state)
{
    struct bench *b = *state;

    bench_promise(b, "A,2026-01-05T12:00:00Z,2026-02-01T12:00:00Z,2026-01-05T11:00:00Z");
    bench_read(b, b->always.calendar);
    assert_true(b->context.as_of.us == INT64_C(1767614400000000)); /* date -d 2026-01-05T12Z +%s */
}

static void without_the_moment_of_promises_nothing_is_said(void **state)
{
    struct bench *b = *state;

    bench_promise(b, "A,,2026-01-05T12:00:00Z,2026-01-05T12:00:00Z");
    bench_read(b, b->always.calendar);
    assert_null(bench_figure(b, "M-61", "promised-after-the-fact"));
    bench_clear(b);
    bench_promise(b, "A,2026-01-05T12:00:00Z,2026-01-05T12:00:00Z,");
    bench_read(b, b->always.calendar);
    assert_null(bench_figure(b, "M-61", "promised-after-the-fact"));
}

/* Some second of two hours, or nothing; the moments are so near that many are equal. */
static int random_second(struct bench *b)
{
    return bench_random(b, 6) == 0 ? -1 : (int)bench_random(b, 40) * 180;
}

static void add_moment(struct buf *line, int second)
{
    if (second < 0)
        buf_add_text(line, ",");
    else
        buf_printf(line, ",2026-01-05T%02d:%02d:%02dZ", 9 + second / 3600, second / 60 % 60,
                   second % 60);
}

static void promises_agree_with_counting_them_one_by_one(void **state)
{
    enum { ROUNDS = 20, CASES = 300, AS_OF = 5400 };
    struct bench *b = *state;
    unsigned round;

    for (round = 0; round < ROUNDS; round++) {
        const struct figure *figure;
        size_t i;
        unsigned n = 0;
        unsigned k = 0;
        int longest = -1;

        bench_clear(b);
        for (i = 0; i < CASES; i++) {
            int moments[3] = {random_second(b), random_second(b), random_second(b)};
            size_t m;

            buf_printf(&b->lines[2], "C%zu", i);
            for (m = 0; m < 3; m++)
                add_moment(&b->lines[2], moments[m]);
            buf_add_char(&b->lines[2], '\n');
            if (moments[0] < 0 || moments[0] > AS_OF || moments[2] < 0 || moments[2] > AS_OF)
                continue;
            n++;
            if (moments[0] < moments[2])
                continue;
            k++;
            if (moments[0] - moments[2] > longest)
                longest = moments[0] - moments[2];
        }
        b->as_of = "2026-01-05T10:30:00Z";
        bench_read(b, b->always.calendar);
        figure = bench_figure(b, "M-61", "promised-after-the-fact");
        assert_int_equal(figure->n, n);
        assert_int_equal(figure->k, k);
        assert_true(k > 0 && k < n);
        assert_true(figure->value == (double)k / n);
        assert_true(figure->worst.list[0].value == longest);
    }
}

int main(void)
{
#define BENCH_TEST(name) cmocka_unit_test_setup_teardown(name, bench_set_up, bench_tear_down)
    const struct CMUnitTest tests[] = {
        BENCH_TEST(what_was_solved_and_comes_back_is_seen),
        BENCH_TEST(a_target_relaxed_just_in_time_is_seen),
        BENCH_TEST(cases_opened_together_or_too_late_are_seen),
        BENCH_TEST(a_program_that_answers_first_is_seen),
        BENCH_TEST(a_promise_made_after_the_fact_is_seen),
        BENCH_TEST(making_a_promise_is_something_that_happened),
        BENCH_TEST(without_the_moment_of_promises_nothing_is_said),
        BENCH_TEST(promises_agree_with_counting_them_one_by_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
