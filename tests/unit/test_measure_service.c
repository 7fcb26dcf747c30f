/*
 * Measures built on what was agreed and on what cases wait for, against sums on paper.
 */
#include "unit.h"

#include "service_bench.h"

/* A ticket of one row in UTC: opened on the first of a month, solved so many minutes later. */
static void ticket(struct bench *b, const char *id, int month, int minutes)
{
    char line[200];

    snprintf(line, sizeof line,
             "%s,2026-%02d-02T%02d:%02d:00Z,solved,,2026-%02d-02T00:00:00Z,2026-%02d-02T%02d:%02d:00Z,"
             ",,,,,",
             id, month, minutes / 60, minutes % 60, month, month, minutes / 60, minutes % 60);
    bench_ticket(b, line);
}

/* --- M-08 and M-09 --- */

static const struct audit_target nine_of_ten[] = {
    {.measure = {"M-07", 4}, .value = 0.9, .source = TARGET_CONTRACT}};

/* Ten tickets a month, of which so many take half an hour and the others three. */
static void seven_months(struct bench *b)
{
    static const int kept[] = {10, 9, 8, 10, 8, 8, 10};
    char id[32];
    int m;
    int i;

    for (m = 0; m < 7; m++)
        for (i = 0; i < 10; i++) {
            snprintf(id, sizeof id, "T%d-%d", m, i);
            ticket(b, id, m + 1, i < kept[m] ? 30 : 180);
        }
    for (i = 0; i < 5; i++) {
        snprintf(id, sizeof id, "T7-%d", i);
        ticket(b, id, 8, 30);
    }
    bench_level(b, "hour", SLA_RESOLUTION, NULL, HOUR_US, &b->always);
    bench_read(b, b->always.calendar);
    b->context.as_of.us = INT64_C(1788220800) * SECOND_US; /* 1 September: August is over */
}

static void periods_are_kept_or_missed(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    seven_months(b);
    b->context.targets = nine_of_ten;
    b->context.target_count = 1;
    figure = bench_figure(b, "M-08", "computed");
    assert_int_equal(figure->n, 7);
    assert_int_equal(figure->k, 4);
    assert_true(figure->value == 4.0 / 7.0);
    assert_true(isnan(figure->low));
    assert_true(str_is(figure->note, "missed: 2026-03, 2026-05, 2026-06"));
    assert_int_equal(figure->excluded_count, 1);
    assert_true(str_is(figure->excluded[0].reason, "too-few-cases"));
    assert_int_equal(figure->excluded[0].n, 1);
    assert_true(bench_figure(b, "M-08", "computed-longest-miss")->value == 2);
    assert_null(bench_figure(b, "M-08", "reported"));
    assert_true(bench_row_of(figure, "level", "hour")->value == 4.0 / 7.0);
    b->context.as_of.us -= 32 * DAY_US; /* 31 July: nobody knows how July and August end */
    figure = bench_figure(b, "M-08", "computed");
    assert_int_equal(figure->n, 6);
    assert_int_equal(figure->k, 3);
    assert_int_equal(figure->excluded_count, 0);
}

static void levels_alone_say_what_a_period_must_reach(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    seven_months(b);
    b->levels[0].share = 0.85;
    figure = bench_figure(b, "M-08", "computed");
    assert_true(figure->value == 4.0 / 7.0);
    b->levels[0].share = 0.8;
    assert_true(bench_figure(b, "M-08", "computed")->value == 1);
    assert_true(bench_figure(b, "M-08", "computed-longest-miss")->value == 0);
    b->levels[0].kind = SLA_SPECIFIC;
    assert_true(bench_figure(b, "M-08", "computed")->value == 3.0 / 7.0);
}

static void a_few_periods_are_no_consistency(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;
    char id[32];
    int i;

    for (i = 0; i < 50; i++) {
        snprintf(id, sizeof id, "T%d", i);
        ticket(b, id, 1 + i / 10, 30);
    }
    bench_level(b, "hour", SLA_RESOLUTION, NULL, HOUR_US, &b->always);
    bench_read(b, b->always.calendar);
    b->context.as_of.us = INT64_C(1780272000) * SECOND_US; /* 1 June */
    figure = bench_figure(b, "M-08", "computed");
    assert_int_equal(figure->n, 5);
    assert_true(isnan(figure->value));
    assert_true(str_is(figure->note, "fewer than 6 periods with enough cases"));
}

static void breaches_are_measured_in_targets(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    ticket(b, "KEPT", 1, 60);
    ticket(b, "A", 1, 90);
    ticket(b, "B", 1, 120);
    ticket(b, "C", 1, 150);
    ticket(b, "D", 1, 180);
    ticket(b, "E", 1, 210);
    bench_level(b, "hour", SLA_RESOLUTION, NULL, HOUR_US, &b->always);
    bench_read(b, b->always.calendar);
    figure = bench_figure(b, "M-09", "elapsed-per-target");
    assert_true(str_is(figure->unit, "ratio"));
    assert_int_equal(figure->n, 5);
    assert_true(figure->value == 2.5);
    assert_true(figure->quantiles[QUANTILE_P90] == 3.5);
    assert_true(bench_cited(&figure->sample, "A")->value == 1.5);
    assert_true(str_is(bench_excluded(figure, "KEPT"), "deadline-kept"));
    assert_int_equal(bench_figure(b, "M-09", "over-twice")->k, 3);
    assert_true(bench_cited(&bench_figure(b, "M-09", "over-twice")->worst, "E")->value == 3.5);
    assert_int_equal(bench_figure(b, "M-09", "over-three-times")->k, 1);
    assert_true(bench_cited(&bench_figure(b, "M-09", "over-three-times")->worst, "E")->value ==
                3.5);
    assert_int_equal(bench_row_of(figure, "level", "hour")->n, 5);
}

static void a_deadline_of_the_source_gives_its_working_time(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    /* two hours were given, of which the lunch is none; the end is five hours after the opening */
    bench_ticket(b, "A,2026-11-16T18:00+01:00,solved,,2026-11-16T12:00+01:00,2026-11-16T18:00+01:00"
                    ",,2026-11-16T15:00+01:00,,,,");
    bench_ticket(b, "B,2026-11-16T18:00+01:00,solved,,2026-11-16T13:00+01:00,2026-11-16T18:00+01:00"
                    ",,2026-11-16T14:00+01:00,,,,");
    bench_read(b, b->office.calendar);
    figure = bench_figure(b, "M-09", "elapsed-per-target");
    assert_int_equal(figure->n, 1);
    assert_true(figure->value == 2.5);
    assert_true(str_is(bench_excluded(figure, "B"), "no-time-given"));
}

/* --- M-36 --- */

static void history_says_what_to_expect(void **state)
{
    static const int hours[] = {3, 7, 8, 12, 15, 21, 22, 30, 47, 120};
    struct bench *b = *state;
    char line[200];
    size_t i;

    for (i = 0; i < ARRAY_LEN(hours); i++) {
        snprintf(line, sizeof line,
                 "T%zu,2026-01-%02dT%02d:00:00Z,solved,,2026-01-01T00:00:00Z,,,,,,,", i,
                 1 + hours[i] / 24, hours[i] % 24);
        bench_ticket(b, line);
    }
    bench_ticket(b, "OPEN,2026-01-20T00:00:00Z,work,,2026-01-01T00:00:00Z,,,,,,,");
    bench_read(b, b->always.calendar);
    assert_true(bench_figure(b, "M-36", "p85")->value == 47 * 3600);
    assert_true(bench_figure(b, "M-36", "p95")->value == 120 * 3600);
    assert_true(isnan(bench_figure(b, "M-36", "p95")->high));
    assert_true(str_is(bench_figure(b, "M-36", "p85")->method, "order-statistic"));
    assert_true(isnan(bench_figure(b, "M-36", "supportable-85")->value));
    assert_true(str_is(bench_excluded(bench_figure(b, "M-36", "p85"), "OPEN"), "not-ended"));
}

/* The low end of Wilson's interval reaches a share p just when k/n >= p + z sqrt(p(1-p)/n). */
static int enough(int n, double p)
{
    int k = 0;

    while (k <= n && (double)k / n < p + 1.959963984540054 * sqrt(p * (1 - p) / n))
        k++;
    return k;
}

static void a_target_is_supportable_when_chance_is_counted(void **state)
{
    struct bench *b = *state;
    int n;

    for (n = 15; n <= 120; n += 7) {
        char id[32];
        int i;
        int p;

        bench_clear(b);
        for (i = 1; i <= n; i++) {
            snprintf(id, sizeof id, "T%d", i);
            ticket(b, id, 1 + i % 3, i);
        }
        bench_read(b, b->always.calendar);
        for (p = 85; p <= 95; p += 10) {
            const struct figure *figure =
                bench_figure(b, "M-36", p == 85 ? "supportable-85" : "supportable-95");
            int k = enough(n, p / 100.0);

            if (k > n)
                assert_true(isnan(figure->value));
            else
                assert_true(figure->value == k * 60);
        }
    }
    assert_int_equal(enough(100, 0.85), 92);
    assert_int_equal(enough(100, 0.95), 100);
}

/* --- M-05 and M-06 --- */

static void hold_is_a_part_of_working_time(void **state)
{
    struct bench *b = *state;

    /* two hours of work, one for the customer, two on hold around lunch, two of work */
    bench_ticket(b, "A,2026-11-16T09:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T11:00+01:00,ask,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T12:00+01:00,hold,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T15:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T17:00+01:00,solved,,2026-11-16T09:00+01:00,,,,,,,");
    /* eight hours of work, the first one before its first row */
    bench_ticket(b, "B,2026-11-16T10:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-16T18:00+01:00,solved,,2026-11-16T09:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    assert_true(bench_figure(b, "M-05", "waiting")->value == 3.0 / 15.0);
    assert_true(bench_figure(b, "M-05", "for-the-customer")->value == 1.0 / 15.0);
    assert_true(bench_figure(b, "M-05", "for-others")->value == 2.0 / 15.0);
    assert_int_equal(bench_figure(b, "M-05", "above-40-percent")->k, 1);
    assert_int_equal(bench_figure(b, "M-05", "above-40-percent")->n, 2);
}

static void logs_without_pauses_have_no_hold_share(void **state)
{
    struct bench *b = *state;

    ticket(b, "A", 1, 60);
    bench_read(b, b->always.calendar);
    assert_null(bench_figure(b, "M-05", "waiting"));
    assert_null(bench_figure(b, "M-06", "ended-by-solution"));
}

static void a_pause_for_the_customer_needs_a_question(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    /* asked a minute before, and asked a minute after */
    bench_ticket(b, "BEFORE,2026-11-16T10:00+01:00,ask,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "BEFORE,2026-11-16T12:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "BEFORE,2026-11-16T09:59+01:00,agent,public");
    bench_ticket(b, "AFTER,2026-11-16T10:00+01:00,ask,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "AFTER,2026-11-16T12:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "AFTER,2026-11-16T10:01+01:00,agent,public");
    /* only a note, only a machine, answered before */
    bench_ticket(b, "NOTE,2026-11-16T10:00+01:00,ask,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "NOTE,2026-11-16T12:00+01:00,solved,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "NOTE,2026-11-16T09:59+01:00,agent,private");
    bench_ticket(b, "BOT,2026-11-16T10:00+01:00,ask,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "BOT,2026-11-16T12:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "BOT,2026-11-16T10:01+01:00,bot,public");
    bench_ticket(b, "DONE,2026-11-16T10:00+01:00,ask,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "DONE,2026-11-16T12:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "DONE,2026-11-16T09:30+01:00,agent,public");
    bench_message(b, "DONE,2026-11-16T09:45+01:00,customer,public");
    /* two pauses, of which the second goes on; hold is not for the customer */
    bench_ticket(b, "TWICE,2026-11-16T10:00+01:00,ask,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "TWICE,2026-11-16T11:00+01:00,hold,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "TWICE,2026-11-16T12:00+01:00,ask,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "TWICE,2026-11-16T11:30+01:00,agent,public");
    bench_ticket(b, "HOLD,2026-11-16T11:00+01:00,hold,,2026-11-16T09:00+01:00,,,,,,,");
    bench_read(b, b->always.calendar);
    figure = bench_figure(b, "M-06", "without-question");
    assert_int_equal(figure->n, 7);
    assert_int_equal(figure->k, 4);
    assert_non_null(bench_cited(&figure->worst, "NOTE"));
    assert_non_null(bench_cited(&figure->worst, "BOT"));
    assert_non_null(bench_cited(&figure->worst, "DONE"));
    assert_non_null(bench_cited(&figure->worst, "TWICE"));
    assert_true(str_is(bench_excluded(figure, "HOLD"), "no-pause"));
    figure = bench_figure(b, "M-06", "ended-by-solution");
    assert_int_equal(figure->n, 5); /* TWICE and HOLD are still waiting */
    assert_int_equal(figure->k, 1);
    assert_true(str_is(bench_excluded(figure, "TWICE"), "still-waiting"));
    assert_null(bench_figure(b, "M-06", "in-last-tenth"));
}

static void a_pause_just_before_the_deadline_is_seen(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    bench_level(b, "ten", SLA_RESOLUTION, NULL, 10 * HOUR_US, &b->always)->pauses_pending = true;
    bench_ticket(b, "EARLY,2026-11-16T08:59:59Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "EARLY,2026-11-16T12:00:00Z,solved,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "LATE,2026-11-16T09:00:00Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "LATE,2026-11-16T12:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "LATE,2026-11-16T12:30:00Z,solved,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "SAID,2026-11-16T10:00:00Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "SAID,2026-11-16T12:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_message(b, "SAID,2026-11-16T11:00:00Z,customer,public");
    bench_ticket(b, "PAST,2026-11-16T10:00:01Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "PAST,2026-11-16T12:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    /* the clock stood still before: 9 of 14 hours */
    bench_ticket(b, "STOOD,2026-11-16T02:00:00Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "STOOD,2026-11-16T07:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "STOOD,2026-11-16T14:00:00Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "STOOD,2026-11-16T15:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_read(b, b->always.calendar);
    figure = bench_figure(b, "M-06", "in-last-tenth");
    assert_int_equal(figure->n, 6);
    assert_int_equal(figure->k, 3);
    assert_non_null(bench_cited(&figure->worst, "LATE"));
    assert_non_null(bench_cited(&figure->worst, "SAID"));
    assert_non_null(bench_cited(&figure->worst, "STOOD"));
    figure = bench_figure(b, "M-06", "in-last-tenth-unanswered");
    assert_int_equal(figure->k, 2);
    assert_null(bench_cited(&figure->worst, "SAID"));
    figure = bench_figure(b, "M-06", "three-or-more-pauses");
    assert_int_equal(figure->n, 5);
    assert_int_equal(figure->k, 0);
    /* nobody asked anything in any of them, not even where the customer wrote */
    figure = bench_figure(b, "M-06", "without-reason");
    assert_int_equal(figure->n, 6);
    assert_int_equal(figure->k, 6);
}

static void a_question_is_a_reason_unless_the_pause_comes_late(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    bench_level(b, "ten", SLA_RESOLUTION, NULL, 10 * HOUR_US, &b->always)->pauses_pending = true;
    bench_ticket(b, "EARLY,2026-11-16T02:00:00Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_message(b, "EARLY,2026-11-16T01:59:00Z,agent,public");
    bench_ticket(b, "EARLY,2026-11-16T12:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "LATE,2026-11-16T09:30:00Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_message(b, "LATE,2026-11-16T09:29:00Z,agent,public");
    bench_ticket(b, "LATE,2026-11-16T12:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "SAID,2026-11-16T09:30:00Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_message(b, "SAID,2026-11-16T09:29:00Z,agent,public");
    bench_ticket(b, "SAID,2026-11-16T12:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_message(b, "SAID,2026-11-16T11:00:00Z,customer,public");
    /* on hold in the last tenth: nobody waits for the customer */
    bench_ticket(b, "HOLD,2026-11-16T09:30:00Z,hold,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "HOLD,2026-11-16T12:00:00Z,solved,,2026-11-16T00:00:00Z,,,,,,,");
    bench_read(b, b->always.calendar);
    figure = bench_figure(b, "M-06", "without-reason");
    assert_int_equal(figure->n, 3);
    assert_int_equal(figure->k, 1);
    assert_non_null(bench_cited(&figure->worst, "LATE"));
    assert_true(str_is(bench_excluded(figure, "HOLD"), "no-pause"));
    assert_int_equal(bench_figure(b, "M-06", "without-question")->k, 0);
}

/* Two signs before one, and three pauses of which nothing is said behind them. */
static void cases_with_pauses_to_look_at_are_listed(void **state)
{
    struct bench *b = *state;
    const struct figure_table *table;

    bench_ticket(b, "ONE,2026-11-16T02:00:00Z,hold,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "ONE,2026-11-16T05:00:00Z,solved,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "TWO,2026-11-16T02:00:00Z,ask,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "TWO,2026-11-16T05:00:00Z,solved,,2026-11-16T00:00:00Z,,,,,,,");
    bench_message(b, "TWO,2026-11-16T03:00:00Z,customer,public");
    bench_ticket(b, "NONE,2026-11-16T02:00:00Z,hold,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "NONE,2026-11-16T05:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "MANY,2026-11-16T02:00:00Z,hold,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "MANY,2026-11-16T03:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "MANY,2026-11-16T04:00:00Z,hold,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "MANY,2026-11-16T05:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "MANY,2026-11-16T06:00:00Z,hold,,2026-11-16T00:00:00Z,,,,,,,");
    bench_ticket(b, "MANY,2026-11-16T07:00:00Z,work,,2026-11-16T00:00:00Z,,,,,,,");
    bench_read(b, b->always.calendar);
    table = figure_table_find(bench_figure(b, "M-06", "ended-by-solution"), "pauses");
    assert_non_null(table);
    assert_int_equal(table->row_count, 3);
    assert_true(str_is(table->rows[0].place.case_id, "TWO"));
    assert_true(table->rows[0].cells[2].number == 2);
    assert_true(table->rows[0].cells[4].number == 1);
    assert_true(isnan(table->rows[0].cells[5].number)); /* no target */
    assert_true(table->rows[0].cells[6].number == 1);
    assert_true(table->rows[0].cells[7].number == 3 * 3600);
    assert_true(str_is(table->rows[1].place.case_id, "ONE"));
    assert_true(table->rows[1].cells[2].number == 1);
    assert_true(str_is(table->rows[2].place.case_id, "MANY"));
    assert_true(table->rows[2].cells[2].number == 0);
    assert_true(table->rows[2].cells[3].number == 3);
}

int main(void)
{
#define BENCH_TEST(name) cmocka_unit_test_setup_teardown(name, bench_set_up, bench_tear_down)
    const struct CMUnitTest tests[] = {
        BENCH_TEST(periods_are_kept_or_missed),
        BENCH_TEST(levels_alone_say_what_a_period_must_reach),
        BENCH_TEST(a_few_periods_are_no_consistency),
        BENCH_TEST(breaches_are_measured_in_targets),
        BENCH_TEST(a_deadline_of_the_source_gives_its_working_time),
        BENCH_TEST(history_says_what_to_expect),
        BENCH_TEST(a_target_is_supportable_when_chance_is_counted),
        BENCH_TEST(hold_is_a_part_of_working_time),
        BENCH_TEST(logs_without_pauses_have_no_hold_share),
        BENCH_TEST(a_pause_for_the_customer_needs_a_question),
        BENCH_TEST(a_pause_just_before_the_deadline_is_seen),
        BENCH_TEST(a_question_is_a_reason_unless_the_pause_comes_late),
        BENCH_TEST(cases_with_pauses_to_look_at_are_listed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
