/*
 * The clock of a case under a service level: what service desks are known to get wrong, each by
 * its behaviour.
 */
#include "unit.h"

#include "measure/attainment_flag.h"
#include "service_bench.h"

/* What the figure says of one case: seconds beyond the target, or why it is left out. */
static void expect(struct bench *b, const char *variant, const char *id, double late, bool is_open)
{
    const struct figure *figure = bench_figure(b, "M-07", variant);
    const struct citation *cited;

    assert_non_null(figure);
    if (bench_excluded(figure, id).ptr)
        fail_msg("%s is left out: %.*s", id, STR_ARG(bench_excluded(figure, id)));
    cited = bench_cited(&figure->sample, id);
    assert_non_null(cited);
    if (cited->value != late)
        fail_msg("%s: %.0f seconds beyond the target instead of %.0f", id, cited->value, late);
    assert_int_equal(bench_cited(&figure->worst, id) != NULL, late > 0);
    assert_int_equal(str_is(cited->note, "still open"), is_open);
}

static void expect_out(struct bench *b, const char *variant, const char *id, const char *reason)
{
    const struct figure *figure = bench_figure(b, "M-07", variant);

    assert_non_null(figure);
    assert_true(str_is(bench_excluded(figure, id), reason));
}

/* One level of `hours` for everything, standing still in pending and hold. */
static struct service_level *one_level(struct bench *b, double hours)
{
    struct service_level *level = bench_level(b, "only", SLA_RESOLUTION, NULL,
                                              (int64_t)(hours * (double)HOUR_US), &b->office);

    level->pauses_pending = level->pauses_hold = true;
    return level;
}

static void the_offset_is_that_of_the_tickets_own_days(void **state)
{
    struct bench *b = *state;

    one_level(b, 2);
    bench_ticket(b, "SPRING,2026-03-27T17:00+01:00,work,,2026-03-27T17:00+01:00,,,,,,,");
    bench_ticket(b, "SPRING,2026-03-30T10:00+02:00,solved,,2026-03-27T17:00+01:00,,,,,,,");
    bench_ticket(b, "AUTUMN,2026-10-23T17:00+02:00,work,,2026-10-23T17:00+02:00,,,,,,,");
    bench_ticket(b, "AUTUMN,2026-10-26T10:01+01:00,solved,,2026-10-23T17:00+02:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "SPRING", 0, false);
    expect(b, "computed", "AUTUMN", 60, false);
}

static void closed_hours_are_no_waiting_time(void **state)
{
    struct bench *b = *state;

    one_level(b, 3);
    /* two hours of work, asked over night, one more hour of work */
    bench_ticket(b, "A,2026-11-16T10:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T12:00+01:00,ask,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T11:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T12:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 0, false);
}

/* Written after hours on Wednesday, held from Thursday until Monday, with Christmas between. */
static void hold_over_christmas(struct bench *b, char id, const char *solved)
{
    static const char *const steps[][2] = {{"2026-12-23T20:00+01:00", "work"},
                                           {"2026-12-24T10:00+01:00", "hold"},
                                           {"2026-12-28T10:00+01:00", "work"}};
    char line[128];
    size_t i;

    for (i = 0; i <= ARRAY_LEN(steps); i++) {
        bool is_over = i == ARRAY_LEN(steps);

        snprintf(line, sizeof line, "%c,%s,%s,,%s,,,,,,,", id, is_over ? solved : steps[i][0],
                 is_over ? "solved" : steps[i][1], steps[0][0]);
        bench_ticket(b, line);
    }
}

/* An hour on Thursday, three on Monday morning and two more after lunch. */
static void hold_over_a_holiday_moves_the_deadline_by_its_working_time(void **state)
{
    struct bench *b = *state;

    one_level(b, 6);
    hold_over_christmas(b, 'A', "2026-12-28T15:00+01:00");
    hold_over_christmas(b, 'B', "2026-12-28T16:00+01:00");
    hold_over_christmas(b, 'C', "2026-12-28T16:01+01:00");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", -3600, false);
    expect(b, "computed", "B", 0, false);
    expect(b, "computed", "C", 60, false);
}

/* Each story that a flag and the clock can tell differently has a name of its own. */
static void differences_are_named_after_both_stories(void **state)
{
    static const struct {
        enum clock_standing standing;
        const char *when_met;
        const char *when_missed;
        const char *when_none;
    } stories[] = {
        {CLOCK_MET, NULL, "flag-missed-but-ended-in-time", "no-flag-ended-in-time"},
        {CLOCK_ENDED_LATE, "flag-met-but-ended-late", NULL, "no-flag-ended-late"},
        {CLOCK_OPEN_LATE, "flag-met-but-open-past-deadline", NULL, "no-flag-open-past-deadline"},
        {CLOCK_RUNNING, "flag-met-before-due", "flag-missed-before-due", NULL},
        {CLOCK_NO_LEVEL, "flag-met-without-deadline", "flag-missed-without-deadline", NULL},
        {CLOCK_BACKWARDS, "flag-met-but-end-before-start", "flag-missed-but-end-before-start",
         NULL},
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(stories); i++) {
        const struct attainment attainment = {.standing = stories[i].standing};
        const char *told[] = {attainment_difference(1, &attainment),
                              attainment_difference(0, &attainment),
                              attainment_difference(VALUE_MISSING, &attainment)};

        assert_true(str_equal(str_of(told[0]), str_of(stories[i].when_met)));
        assert_true(str_equal(str_of(told[1]), str_of(stories[i].when_missed)));
        assert_true(str_equal(str_of(told[2]), str_of(stories[i].when_none)));
    }
}

static void a_pause_outlives_a_change_of_level(void **state)
{
    struct bench *b = *state;
    size_t i;

    bench_level(b, "high", SLA_RESOLUTION, "P1", 2 * HOUR_US, &b->office);
    bench_level(b, "low", SLA_RESOLUTION, "P2", 8 * HOUR_US, &b->office);
    for (i = 0; i < 2; i++)
        b->levels[i].pauses_pending = true;
    /* one hour of work, then asked; raised while asked; half an hour of work */
    bench_ticket(b, "A,2026-11-16T10:00+01:00,work,P2,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T11:00+01:00,ask,P2,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T15:00+01:00,ask,P1,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T10:00+01:00,work,P1,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T10:30+01:00,solved,P1,2026-11-16T10:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 1.5 * 3600 - 2 * 3600, false);
    assert_non_null(bench_row_of(bench_figure(b, "M-07", "computed"), "level", "high"));
}

static void time_between_solved_and_reopened_is_left_out(void **state)
{
    struct bench *b = *state;

    one_level(b, 3);
    bench_ticket(b, "A,2026-11-16T10:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T11:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-18T09:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-18T11:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 0, false);
}

static void a_reopened_ticket_may_run_on(void **state)
{
    struct bench *b = *state;

    one_level(b, 3)->reopen = SLA_RUN_ON;
    /* one hour of work, six solved, two of work */
    bench_ticket(b, "A,2026-11-16T10:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T11:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T09:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T11:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", (1 + 6 + 2 - 3) * 3600, false);
}

static void a_new_cycle_has_a_clock_of_its_own(void **state)
{
    struct bench *b = *state;

    one_level(b, 2)->reopen = SLA_NEW_CYCLE;
    /* cycles of one hour, of three hours and of an hour that runs: the second is late */
    bench_ticket(b, "A,2026-11-16T10:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T11:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T09:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T12:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-18T09:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    /* three cycles of an hour: kept, though together they are not */
    bench_ticket(b, "B,2026-11-16T10:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-16T11:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-17T09:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-17T10:00+01:00,closed,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-18T09:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-18T10:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 3600, false);
    expect(b, "computed", "B", -3600, false);
}

static void a_ticket_of_the_night_waits_for_the_morning(void **state)
{
    struct bench *b = *state;

    one_level(b, 1);
    bench_ticket(b, "A,2026-11-14T10:00+01:00,work,,2026-11-14T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T10:30+01:00,solved,,2026-11-14T10:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 1800, false);
    assert_true(bench_figure(b, "M-03", "by-events")->value == 1.5 * 3600);
}

static void what_is_created_closed_or_paused_does_not_run(void **state)
{
    struct bench *b = *state;

    one_level(b, 1);
    bench_ticket(b, "CLOSED,2026-11-16T10:00+01:00,closed,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "PAUSED,2026-11-16T10:00+01:00,ask,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "BEFORE,2026-11-16T09:00+01:00,ask,,2026-11-16T10:00+01:00,,,,,,,");
    b->as_of = "2026-11-20T12:00+01:00";
    bench_read(b, b->office.calendar);
    expect(b, "computed", "CLOSED", -3600, false);
    expect_out(b, "computed", "PAUSED", "open-before-deadline");
    expect_out(b, "computed", "BEFORE", "open-before-deadline");
}

static void from_pending_to_hold_is_one_pause(void **state)
{
    struct bench *b = *state;

    one_level(b, 2);
    bench_ticket(b, "A,2026-11-16T10:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T11:00+01:00,ask,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T15:00+01:00,hold,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T16:00+01:00,ask,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T09:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T10:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 0, false);
}

static void office_hours_are_no_wall_clock(void **state)
{
    struct bench *b = *state;

    one_level(b, 4);
    bench_ticket(b, "A,2026-11-20T16:30+01:00,work,,2026-11-20T16:30+01:00,,,,,,,");
    b->as_of = "2026-11-23T11:30+01:00"; /* 67 hours later, of which four are worked */
    bench_read(b, b->office.calendar);
    expect_out(b, "computed", "A", "open-before-deadline");
    b->context.as_of.us += MINUTE_US;
    expect(b, "computed", "A", 60, true);
}

static void a_hold_begun_on_a_holiday_holds_the_day_after(void **state)
{
    struct bench *b = *state;

    one_level(b, 2);
    bench_ticket(b, "A,2026-04-03T17:00+02:00,work,,2026-04-03T17:00+02:00,,,,,,,");
    bench_ticket(b, "A,2026-04-06T12:00+02:00,hold,,2026-04-03T17:00+02:00,,,,,,,");
    bench_ticket(b, "A,2026-04-07T17:00+02:00,work,,2026-04-03T17:00+02:00,,,,,,,");
    bench_ticket(b, "A,2026-04-07T18:00+02:00,solved,,2026-04-03T17:00+02:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 0, false);
}

static void a_pause_without_end_lasts_until_now(void **state)
{
    struct bench *b = *state;

    one_level(b, 2);
    bench_ticket(b, "A,2026-11-16T10:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T11:00+01:00,ask,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-16T10:00+01:00,work,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-16T15:00+01:00,ask,,2026-11-16T10:00+01:00,,,,,,,");
    b->as_of = "2026-12-16T11:00+01:00";
    bench_read(b, b->office.calendar);
    expect_out(b, "computed", "A", "open-before-deadline");
    expect(b, "computed", "B", 2 * 3600, true);
}

static void pauses_are_those_that_the_level_names(void **state)
{
    struct bench *b = *state;
    static struct str parts[] = {STR_INIT("Parts")};
    struct service_level *level = bench_level(b, "only", SLA_RESOLUTION, NULL, HOUR_US, &b->office);

    level->pause_statuses = parts;
    level->pause_status_count = 1;
    bench_ticket(b, "A,2026-11-16T10:00+01:00,hold,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T11:00+01:00,parts,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T16:00+01:00,ask,,2026-11-16T10:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T17:00+01:00,solved,,2026-11-16T10:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 3600, false);
}

/* One hour as P2 of eight, then P1 of two hours; solved after three hours more, or one. */
static void change(struct bench *b, enum sla_change policy)
{
    bench_clear(b);
    bench_level(b, "high", SLA_RESOLUTION, "P1", 2 * HOUR_US, &b->office)->change = policy;
    bench_level(b, "low", SLA_RESOLUTION, "P2", 8 * HOUR_US, &b->office)->change = policy;
    bench_ticket(b, "A,2026-11-16T09:00+01:00,work,P2,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T10:00+01:00,work,P1,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T13:00+01:00,solved,P1,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-16T09:00+01:00,work,P2,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-16T15:00+01:00,work,P1,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "B,2026-11-16T16:00+01:00,solved,P1,2026-11-16T09:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
}

static void the_level_that_is_left_says_what_happens(void **state)
{
    struct bench *b = *state;

    change(b, SLA_CARRY);
    expect(b, "computed", "A", 2 * 3600, false);
    expect(b, "computed", "B", 4 * 3600, false);
    change(b, SLA_RESTART);
    expect(b, "computed", "A", 3600, false);
    expect(b, "computed", "B", -3600, false);
    change(b, SLA_AS_OF_OPEN);
    expect(b, "computed", "A", -4 * 3600, false);
    expect(b, "computed", "B", -2 * 3600, false);
    assert_null(bench_row_of(bench_figure(b, "M-07", "computed"), "level", "high"));
}

static void each_stretch_is_counted_by_its_own_calendar(void **state)
{
    struct bench *b = *state;

    bench_level(b, "high", SLA_RESOLUTION, "P1", 10 * HOUR_US, &b->always);
    bench_level(b, "low", SLA_RESOLUTION, "P2", 8 * HOUR_US, &b->office);
    /* two hours of the office, then ten round the clock */
    bench_ticket(b, "A,2026-11-16T16:00+01:00,work,P2,2026-11-16T16:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-16T18:30+01:00,work,P1,2026-11-16T16:00+01:00,,,,,,,");
    bench_ticket(b, "A,2026-11-17T04:30+01:00,solved,P1,2026-11-16T16:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 2 * 3600, false);
}

static void the_first_level_that_holds_counts(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    bench_level(b, "inner", SLA_RESOLUTION, "P1", HOUR_US, &b->office)->type = SLA_OPERATIONAL;
    bench_level(b, "old", SLA_RESOLUTION, "P1", HOUR_US, &b->office)->valid_until =
        civil_days(2026, 11, 15);
    bench_level(b, "new", SLA_RESOLUTION, "P1", 2 * HOUR_US, &b->office)->kind = SLA_SPECIFIC;
    bench_level(b, "late", SLA_RESOLUTION, "P1", 3 * HOUR_US, &b->office);
    bench_ticket(b, "OLD,2026-11-15T23:59+01:00,work,P1,2026-11-15T23:59+01:00,,,,,,,");
    bench_ticket(b, "OLD,2026-11-16T11:00+01:00,solved,P1,2026-11-15T23:59+01:00,,,,,,,");
    bench_ticket(b, "NEW,2026-11-16T00:00+01:00,work,P1,2026-11-16T00:00+01:00,,,,,,,");
    bench_ticket(b, "NEW,2026-11-16T11:00+01:00,solved,P1,2026-11-16T00:00+01:00,,,,,,,");
    bench_ticket(b, "NONE,2026-11-16T00:00+01:00,work,P2,2026-11-16T00:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "OLD", 3600, false);
    expect(b, "computed", "NEW", 0, false);
    expect_out(b, "computed", "NONE", "no-service-level");
    figure = bench_figure(b, "M-07", "computed");
    assert_true(bench_row_of(figure, "level", "old")->target == 0.9);
    assert_true(str_is(bench_row_of(figure, "level", "old")->verdict, "breached"));
    assert_true(bench_row_of(figure, "level", "new")->target == 1);
    assert_true(str_is(bench_row_of(figure, "level", "new")->verdict, "met"));
    assert_int_equal(figure->breakdown_count, 2);
}

static void the_deadline_of_the_source_counts_where_no_level_does(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    bench_level(b, "high", SLA_RESOLUTION, "P1", HOUR_US, &b->office);
    bench_ticket(
        b,
        "A,2026-11-16T09:00+01:00,work,P1,2026-11-16T09:00+01:00,,,2026-11-16T18:00+01:00,true,,,");
    bench_ticket(b, "A,2026-11-16T11:00+01:00,solved,P1,2026-11-16T09:00+01:00,,,2026-11-16T18:00+"
                    "01:00,true,,,");
    bench_ticket(
        b,
        "B,2026-11-16T09:00+01:00,work,P2,2026-11-16T09:00+01:00,,,2026-11-16T10:00+01:00,true,,,");
    bench_ticket(b, "B,2026-11-16T11:00+01:00,solved,P2,2026-11-16T09:00+01:00,,,2026-11-16T10:00+"
                    "01:00,true,,,");
    bench_ticket(b, "C,2026-11-16T09:00+01:00,cancelled,P1,2026-11-16T09:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    expect(b, "computed", "A", 3600, false);
    expect(b, "computed", "B", 3600, false);
    expect_out(b, "computed", "C", "cancelled");
    figure = bench_figure(b, "M-07", "computed");
    assert_int_equal(bench_row_of(figure, "level", "high")->n, 1);
    assert_int_equal(figure->difference_count, 1);
    assert_true(str_is(figure->differences[0].reason, "flag-met-but-ended-late"));
    assert_int_equal(figure->differences[0].n, 2);
}

static void only_a_persons_public_word_is_an_answer(void **state)
{
    struct bench *b = *state;
    struct service_level *level =
        bench_level(b, "answer", SLA_FIRST_RESPONSE, NULL, HOUR_US, &b->office);

    level->pauses_pending = true; /* says nothing for an answer */
    bench_ticket(b, "A,2026-11-16T09:00+01:00,ask,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "A,2026-11-16T09:00+01:00,agent,public"); /* opens the ticket */
    bench_message(b, "A,2026-11-16T09:01+01:00,bot,public");
    bench_message(b, "A,2026-11-16T09:10+01:00,agent,private");
    bench_message(b, "A,2026-11-16T09:20+01:00,customer,public");
    bench_message(b, "A,2026-11-16T11:00+01:00,agent,public");
    bench_ticket(b, "B,2026-11-16T09:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "B,2026-11-16T09:00+01:00,customer,public");
    bench_message(b, "B,2026-11-16T09:00+01:00,agent,public");
    bench_ticket(b, "C,2026-11-16T09:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "D,2026-11-16T09:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "D,2026-11-16T09:30+01:00,solved,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "E,2026-11-16T09:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "E,2026-11-16T10:30+01:00,solved,,2026-11-16T09:00+01:00,,,,,,,");
    bench_ticket(b, "F,2026-11-16T14:00+01:00,work,,2026-11-16T14:00+01:00,,,,,,,");
    b->as_of = "2026-11-16T14:30+01:00";
    bench_read(b, b->office.calendar);
    expect(b, "computed-first-response", "A", 3600, false);
    expect(b, "computed-first-response", "B", -3600, false);
    expect(b, "computed-first-response", "C", 3.5 * 3600, true);
    expect_out(b, "computed-first-response", "D", "no-answer-due");
    expect(b, "computed-first-response", "E", 1800, false);
    expect_out(b, "computed-first-response", "F", "unanswered-before-deadline");
}

static void the_longest_wait_for_a_further_answer_counts(void **state)
{
    struct bench *b = *state;

    bench_level(b, "answer", SLA_NEXT_RESPONSE, NULL, HOUR_US, &b->office);
    bench_ticket(b, "A,2026-11-16T09:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "A,2026-11-16T09:00+01:00,customer,public");
    bench_message(b, "A,2026-11-16T12:00+01:00,customer,public"); /* still the first question */
    bench_message(b, "A,2026-11-16T15:00+01:00,agent,public");
    bench_message(b, "A,2026-11-16T15:10+01:00,customer,public");
    bench_message(b, "A,2026-11-16T15:20+01:00,customer,public"); /* the same wait */
    bench_message(b, "A,2026-11-16T15:30+01:00,agent,private");
    bench_message(b, "A,2026-11-16T16:30+01:00,agent,public");
    bench_message(b, "A,2026-11-16T16:40+01:00,customer,public");
    bench_message(b, "A,2026-11-16T16:50+01:00,agent,public");
    bench_ticket(b, "B,2026-11-16T09:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "B,2026-11-16T09:30+01:00,agent,public");
    bench_ticket(b, "C,2026-11-16T09:00+01:00,work,,2026-11-16T09:00+01:00,,,,,,,");
    bench_message(b, "C,2026-11-16T09:30+01:00,agent,public");
    bench_message(b, "C,2026-11-16T10:00+01:00,customer,public");
    b->as_of = "2026-11-16T17:00+01:00";
    bench_read(b, b->office.calendar);
    expect(b, "computed-next-response", "A", 1200, false);
    expect_out(b, "computed-next-response", "B", "no-answer-due");
    expect(b, "computed-next-response", "C", 5 * 3600, true);
}

/* An end before the opening leaves no time to measure, whoever judges it. */
static void what_ends_before_it_begins_has_no_duration(void **state)
{
    struct bench *b = *state;
    struct service_level *level;

    level = bench_level(b, "high", SLA_RESOLUTION, "P1", HOUR_US, &b->office);
    level->pauses_pending = true;
    /* by the level: what was reported, what closed it, and the status of the only row */
    bench_ticket(b, "R,,,P1,2026-11-16T10:00Z,2026-11-16T09:59Z,,,,,,");
    bench_ticket(b, "C,,,P1,2026-11-16T10:00Z,,2026-11-16T09:00Z,,,,,");
    bench_ticket(b, "S,2026-11-16T09:00Z,solved,P1,2026-11-16T10:00Z,,,,,,,");
    bench_ticket(b, "SAME,,,P1,2026-11-16T10:00Z,2026-11-16T10:00Z,,,,,,");
    /* by the deadline of the source; a flag says nothing of time */
    bench_ticket(b, "D,,,P2,2026-11-16T10:00Z,2026-11-16T09:00Z,,2026-11-16T12:00Z,true,,,");
    bench_ticket(b, "L,,,P2,2026-11-16T10:00Z,2026-11-16T09:00Z,,2026-11-16T08:00Z,false,,,");
    bench_ticket(b, "X,,cancelled,P1,2026-11-16T10:00Z,2026-11-16T09:00Z,,,,,,");
    b->as_of = "2026-11-16T17:00Z";
    bench_read(b, b->office.calendar);
    expect_out(b, "computed", "R", "end-before-start");
    expect_out(b, "computed", "C", "end-before-start");
    expect_out(b, "computed", "S", "end-before-start");
    expect(b, "computed", "SAME", -3600, false);
    expect_out(b, "computed", "D", "end-before-start");
    expect_out(b, "computed", "L", "end-before-start");
    expect_out(b, "computed", "X", "cancelled");
    assert_int_equal(bench_figure(b, "M-07", "computed")->n, 1);
    assert_int_equal(bench_figure(b, "M-07", "reported")->n, 2);
    assert_int_equal(bench_figure(b, "M-09", "over-twice")->n, 0);
}

int main(void)
{
#define BENCH_TEST(name) cmocka_unit_test_setup_teardown(name, bench_set_up, bench_tear_down)
    const struct CMUnitTest tests[] = {
        BENCH_TEST(the_offset_is_that_of_the_tickets_own_days),
        BENCH_TEST(closed_hours_are_no_waiting_time),
        BENCH_TEST(hold_over_a_holiday_moves_the_deadline_by_its_working_time),
        cmocka_unit_test(differences_are_named_after_both_stories),
        BENCH_TEST(a_pause_outlives_a_change_of_level),
        BENCH_TEST(time_between_solved_and_reopened_is_left_out),
        BENCH_TEST(a_reopened_ticket_may_run_on),
        BENCH_TEST(a_new_cycle_has_a_clock_of_its_own),
        BENCH_TEST(a_ticket_of_the_night_waits_for_the_morning),
        BENCH_TEST(what_is_created_closed_or_paused_does_not_run),
        BENCH_TEST(from_pending_to_hold_is_one_pause),
        BENCH_TEST(office_hours_are_no_wall_clock),
        BENCH_TEST(a_hold_begun_on_a_holiday_holds_the_day_after),
        BENCH_TEST(a_pause_without_end_lasts_until_now),
        BENCH_TEST(pauses_are_those_that_the_level_names),
        BENCH_TEST(the_level_that_is_left_says_what_happens),
        BENCH_TEST(each_stretch_is_counted_by_its_own_calendar),
        BENCH_TEST(the_first_level_that_holds_counts),
        BENCH_TEST(the_deadline_of_the_source_counts_where_no_level_does),
        BENCH_TEST(what_ends_before_it_begins_has_no_duration),
        BENCH_TEST(only_a_persons_public_word_is_an_answer),
        BENCH_TEST(the_longest_wait_for_a_further_answer_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
