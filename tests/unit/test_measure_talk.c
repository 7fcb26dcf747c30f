/*
 * Answers, waits, promises and silences of cases that can be worked out on paper. The calendar is
 * the office of the bench, in Rome: 9 to 13 and 14 to 18.
 */
#include "unit.h"

#include "close.h"
#include "service_bench.h"

static const struct figure *figure_of(struct bench *b, const char *measure, const char *variant)
{
    const struct figure *figure = bench_figure(b, measure, variant);

    if (!figure)
        fail_msg("%s %s: no figure", measure, variant);
    return figure;
}

/* Seconds of the case in the figure; fails when it is left out. */
static double seconds(struct bench *b, const char *measure, const char *variant, const char *id)
{
    const struct figure *figure = figure_of(b, measure, variant);
    const struct citation *cited = bench_cited(&figure->sample, id);

    if (!cited)
        fail_msg("%s %s: %s is left out: %.*s", measure, variant, id,
                 STR_ARG(bench_excluded(figure, id)));
    return cited->value;
}

#define assert_seconds(b, measure, variant, id, expected)                                          \
    assert_close(seconds(b, measure, variant, id), expected, 1e-12)

static void assert_out(struct bench *b, const char *measure, const char *variant, const char *id,
                       const char *reason)
{
    struct str found = bench_excluded(figure_of(b, measure, variant), id);

    if (!str_is(found, reason))
        fail_msg("%s %s: %s is left out as '%.*s'", measure, variant, id, STR_ARG(found));
}

static void ticket(struct bench *b, const char *id, const char *at, const char *status,
                   const char *opened)
{
    buf_printf(&b->lines[0], "%s,%s,%s,,%s,,,,,,,\n", id, at, status, opened);
}

static void says(struct bench *b, const char *id, const char *at, const char *author,
                 const char *seen_by)
{
    buf_printf(&b->lines[1], "%s,%s,%s,%s\n", id, at, author, seen_by);
}

/* --- first answers --- */

static void only_a_person_that_customers_can_see_answers(void **state)
{
    struct bench *b = *state;

    ticket(b, "A", "2026-03-02T09:00+01:00", "work", "2026-03-02T09:00+01:00");
    says(b, "A", "2026-03-02T09:00+01:00", "customer", "public");
    says(b, "A", "2026-03-02T09:01+01:00", "bot", "public");
    says(b, "A", "2026-03-02T09:02+01:00", "system", "public");
    says(b, "A", "2026-03-02T09:20+01:00", "agent", "private");
    says(b, "A", "2026-03-02T09:30+01:00", "partner", "public");
    says(b, "A", "2026-03-02T15:00+01:00", "agent", "public");
    says(b, "A", "2026-03-02T15:30+01:00", "agent", "public");
    /* a superior is a person of the organization */
    ticket(b, "B", "2026-03-02T09:00+01:00", "work", "2026-03-02T09:00+01:00");
    says(b, "B", "2026-03-02T09:45+01:00", "boss", "public");
    bench_read(b, b->office.calendar);
    assert_seconds(b, "M-01", "by-messages", "A", 5 * 3600);
    assert_seconds(b, "M-01", "by-messages", "B", 45 * 60);
}

static void what_an_agent_opened_the_case_with_is_no_answer(void **state)
{
    struct bench *b = *state;

    ticket(b, "CALL", "2026-03-02T10:00+01:00", "work", "2026-03-02T10:00+01:00");
    says(b, "CALL", "2026-03-02T10:00+01:00", "agent", "public");
    says(b, "CALL", "2026-03-02T10:30+01:00", "agent", "public");
    /* at once, but to a customer who wrote first */
    ticket(b, "CHAT", "2026-03-02T10:00+01:00", "work", "2026-03-02T10:00+01:00");
    says(b, "CHAT", "2026-03-02T10:00+01:00", "customer", "public");
    says(b, "CHAT", "2026-03-02T10:00+01:00", "agent", "public");
    /* the first message, but after the request: exports that keep the request elsewhere */
    ticket(b, "WEB", "2026-03-02T10:00+01:00", "work", "2026-03-02T10:00+01:00");
    says(b, "WEB", "2026-03-02T10:00:01+01:00", "agent", "public");
    bench_read(b, b->office.calendar);
    assert_seconds(b, "M-01", "by-messages", "CALL", 30 * 60);
    assert_seconds(b, "M-01", "by-messages", "CHAT", 0);
    assert_seconds(b, "M-01", "by-messages", "WEB", 1);
}

static void the_first_answer_is_not_put_off_by_a_pause(void **state)
{
    struct bench *b = *state;

    ticket(b, "P", "2026-03-02T09:00+01:00", "work", "2026-03-02T09:00+01:00");
    ticket(b, "P", "2026-03-02T09:10+01:00", "ask", "2026-03-02T09:00+01:00");
    ticket(b, "P", "2026-03-02T09:30+01:00", "hold", "2026-03-02T09:00+01:00");
    ticket(b, "P", "2026-03-02T09:50+01:00", "work", "2026-03-02T09:00+01:00");
    says(b, "P", "2026-03-02T10:00+01:00", "agent", "public");
    bench_read(b, b->office.calendar);
    assert_seconds(b, "M-01", "by-messages", "P", 3600);
}

static void whoever_waits_still_counts_by_now(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    b->as_of = "2026-03-02T15:00+01:00";
    ticket(b, "A", "2026-03-02T09:00+01:00", "work", "2026-03-02T09:00+01:00");
    says(b, "A", "2026-03-02T10:00+01:00", "agent", "public");
    ticket(b, "B", "2026-03-02T10:00+01:00", "work", "2026-03-02T10:00+01:00");
    says(b, "B", "2026-03-02T15:00:01+01:00", "agent", "public"); /* after the as-of instant */
    ticket(b, "C", "2026-03-02T09:00+01:00", "work", "2026-03-02T09:00+01:00");
    ticket(b, "C", "2026-03-02T11:00+01:00", "solved", "2026-03-02T09:00+01:00");
    ticket(b, "D", "2026-03-02T16:00+01:00", "work", "2026-03-02T16:00+01:00");
    ticket(b, "E", "2026-03-02T09:00+01:00", "cancelled", "2026-03-02T09:00+01:00");
    says(b, "E", "2026-03-02T09:30+01:00", "agent", "public");
    bench_read(b, b->office.calendar);
    figure = figure_of(b, "M-01", "by-messages");
    assert_int_equal(figure->n, 1);
    assert_out(b, "M-01", "by-messages", "B", "not-answered");
    assert_out(b, "M-01", "by-messages", "C", "ended-unanswered");
    assert_out(b, "M-01", "by-messages", "D", "opened-later");
    assert_out(b, "M-01", "by-messages", "E", "cancelled");
    /* answered after 1 hour; waiting since 4: half are left at 1 hour */
    assert_close(figure->km_median, 3600, 1e-12);
}

static void an_author_of_an_unknown_kind_makes_a_wait_unknown(void **state)
{
    struct bench *b = *state;

    ticket(b, "A", "2026-03-02T09:00+01:00", "work", "2026-03-02T09:00+01:00");
    says(b, "A", "2026-03-02T09:10+01:00", "trainee", "public");
    says(b, "A", "2026-03-02T10:00+01:00", "agent", "public");
    says(b, "A", "2026-03-02T11:00+01:00", "customer", "public");
    says(b, "A", "2026-03-02T12:00+01:00", "agent", "public");
    ticket(b, "B", "2026-03-02T09:00+01:00", "work", "2026-03-02T09:00+01:00");
    says(b, "B", "2026-03-02T09:10+01:00", "trainee", "private");
    says(b, "B", "2026-03-02T10:00+01:00", "agent", "public");
    says(b, "B", "2026-03-02T10:30+01:00", "trainee", "public"); /* after the answer */
    bench_read(b, b->office.calendar);
    assert_int_equal(b->diag.by_rule[RULE_RECORD_ACTOR], 3);
    assert_out(b, "M-01", "by-messages", "A", "author-unknown");
    assert_seconds(b, "M-01", "by-messages", "B", 3600);
    assert_seconds(b, "M-02", "by-messages", "A", 3600); /* the later wait is clear */
    assert_out(b, "M-32", "longest", "A", "author-unknown");
}

static void the_sources_own_word_on_the_first_answer(void **state)
{
    struct bench *b = *state;

    buf_clear(&b->lines[0]);
    buf_add_text(&b->lines[0], "id,status,opened,answered\n");
    bench_ticket(b, "A,work,2026-03-02T12:30+01:00,2026-03-02T14:30+01:00"); /* over lunch */
    bench_ticket(b, "B,work,2026-03-02T12:00+01:00,");
    bench_ticket(b, "C,closed,2026-03-02T12:00+01:00,");
    bench_ticket(b, "D,work,2026-03-02T12:00+01:00,2026-03-02T11:00+01:00");
    bench_ticket(b, "E,work,,2026-03-02T11:00+01:00");
    b->as_of = "2026-03-02T18:00+01:00";
    bench_read(b, b->office.calendar);
    assert_null(bench_figure(b, "M-01", "by-messages"));
    assert_seconds(b, "M-01", "reported", "A", 3600);
    assert_out(b, "M-01", "reported", "B", "not-answered");
    assert_out(b, "M-01", "reported", "C", "ended-unanswered");
    assert_out(b, "M-01", "reported", "D", "end-before-start");
    assert_out(b, "M-01", "reported", "E", "no-opening-time");
}

static void waiting_longer_than_agreed_for_the_first_answer(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    bench_level(b, "answer", SLA_FIRST_RESPONSE, "P1", 2 * HOUR_US, &b->office);
    b->as_of = "2026-03-02T15:00+01:00";
    bench_ticket(b, "LATE,2026-03-02T09:00+01:00,work,P1,2026-03-02T09:00+01:00,,,,,,,");
    bench_ticket(b, "EXACT,2026-03-02T12:00+01:00,work,P1,2026-03-02T12:00+01:00,,,,,,,");
    bench_ticket(b, "DONE,2026-03-02T09:00+01:00,work,P1,2026-03-02T09:00+01:00,,,,,,,");
    says(b, "DONE", "2026-03-02T14:30+01:00", "agent", "public");
    bench_ticket(b, "KEPT,2026-03-02T09:00+01:00,work,P1,2026-03-02T09:00+01:00,,,,,,,");
    says(b, "KEPT", "2026-03-02T11:00+01:00", "agent", "public");
    bench_ticket(b, "OTHER,2026-03-02T09:00+01:00,work,P2,2026-03-02T09:00+01:00,,,,,,,");
    bench_ticket(b, "GONE,2026-03-02T09:00+01:00,cancelled,P1,2026-03-02T09:00+01:00,,,,,,,");
    bench_read(b, b->office.calendar);
    figure = figure_of(b, "M-01", "unanswered-past-target");
    assert_int_equal(figure->n, 2);
    assert_int_equal(figure->k, 1);
    assert_seconds(b, "M-01", "unanswered-past-target", "LATE", 3 * 3600);
    assert_seconds(b, "M-01", "unanswered-past-target", "EXACT", 0);
    assert_out(b, "M-01", "unanswered-past-target", "DONE", "no-longer-waiting");
    assert_out(b, "M-01", "unanswered-past-target", "OTHER", "no-service-level");
    assert_out(b, "M-01", "unanswered-past-target", "GONE", "cancelled");
    figure = figure_of(b, "M-01", "within-target");
    assert_int_equal(figure->n, 3); /* kept, ended late, and late by now */
    assert_int_equal(figure->k, 1);
    assert_seconds(b, "M-01", "within-target", "KEPT", 2 * 3600);
    assert_seconds(b, "M-01", "within-target", "DONE", 4 * 3600 + 1800);
    assert_out(b, "M-01", "within-target", "EXACT", "not-answered");
    assert_out(b, "M-01", "within-target", "OTHER", "no-service-level");
    assert_out(b, "M-01", "within-target", "GONE", "cancelled");
}

/* --- later answers --- */

static void messages_in_a_row_are_one_wait(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    b->as_of = "2026-03-02T17:00Z";
    ticket(b, "A", "2026-03-02T09:00Z", "work", "2026-03-02T09:00Z");
    says(b, "A", "2026-03-02T09:00Z", "customer", "public");
    says(b, "A", "2026-03-02T10:00Z", "agent", "public");
    says(b, "A", "2026-03-02T12:00Z", "customer", "public");
    says(b, "A", "2026-03-02T12:30Z", "customer", "private"); /* heard all the same */
    says(b, "A", "2026-03-02T14:00Z", "bot", "public");
    says(b, "A", "2026-03-02T14:30Z", "agent", "private");
    says(b, "A", "2026-03-02T15:00Z", "agent", "public");
    says(b, "A", "2026-03-02T15:10Z", "agent", "public");
    says(b, "A", "2026-03-02T16:00Z", "customer", "public");
    ticket(b, "B", "2026-03-02T09:00Z", "solved", "2026-03-02T09:00Z");
    says(b, "B", "2026-03-02T09:30Z", "customer", "public"); /* thanks */
    ticket(b, "C", "2026-03-02T09:00Z", "work", "2026-03-02T09:00Z");
    bench_read(b, b->always.calendar);
    figure = figure_of(b, "M-02", "by-messages");
    assert_int_equal(figure->n, 2);
    assert_close(figure->minimum, 3600, 1e-12);
    assert_close(figure->maximum, 3 * 3600, 1e-12);
    /* 1 and 3 hours, and one of more than 1: a third has ended by 1, all by 3 */
    assert_close(figure->km_median, 3 * 3600, 1e-12);
    assert_out(b, "M-02", "by-messages", "A", "not-answered");
    assert_out(b, "M-02", "by-messages", "B", "ended-unanswered");
    assert_out(b, "M-02", "by-messages", "C", "no-messages");
}

/* --- statuses --- */

static void each_waits_in_classes_of_its_own(void **state)
{
    struct bench *b = *state;

    ticket(b, "A", "2026-03-02T09:00Z", "work", "2026-03-02T09:00Z");
    ticket(b, "A", "2026-03-02T10:00Z", "ask", "2026-03-02T09:00Z");
    ticket(b, "A", "2026-03-02T12:00Z", "parts", "2026-03-02T09:00Z");
    ticket(b, "A", "2026-03-02T13:00Z", "work", "2026-03-02T09:00Z");
    ticket(b, "A", "2026-03-02T14:00Z", "solved", "2026-03-02T09:00Z");
    ticket(b, "A", "2026-03-02T16:00Z", "work", "2026-03-02T09:00Z");
    ticket(b, "A", "2026-03-02T16:30Z", "solved", "2026-03-02T09:00Z");
    ticket(b, "A", "2026-03-02T19:00Z", "closed", "2026-03-02T09:00Z");
    bench_read(b, b->always.calendar);
    assert_seconds(b, "M-04", "requester-wait", "A", 3.5 * 3600);
    assert_seconds(b, "M-04", "agent-work", "A", 2.5 * 3600);
    assert_seconds(b, "M-04", "agent-wait", "A", 2 * 3600);
}

/* A case may come in paused, or ended; from pending it may go to hold. */
static void a_pause_goes_on_through_its_statuses(void **state)
{
    struct bench *b = *state;

    ticket(b, "PAUSED", "2026-03-02T09:00Z", "ask", "2026-03-02T09:00Z");
    ticket(b, "PAUSED", "2026-03-02T10:00Z", "hold", "2026-03-02T09:00Z");
    ticket(b, "PAUSED", "2026-03-02T11:00Z", "ask", "2026-03-02T09:00Z");
    ticket(b, "PAUSED", "2026-03-02T11:30Z", "", "2026-03-02T09:00Z"); /* says nothing */
    ticket(b, "PAUSED", "2026-03-02T12:00Z", "solved", "2026-03-02T09:00Z");
    ticket(b, "ENDED", "2026-03-02T09:00Z", "closed", "2026-03-02T09:00Z");
    ticket(b, "LATER", "2026-03-02T11:00Z", "ask", "2026-03-02T09:00Z");
    ticket(b, "LATER", "2026-03-02T12:00Z", "solved", "2026-03-02T09:00Z");
    ticket(b, "ODD", "2026-03-02T09:00Z", "dreaming", "2026-03-02T09:00Z");
    ticket(b, "ODD", "2026-03-02T12:00Z", "solved", "2026-03-02T09:00Z");
    ticket(b, "OPEN", "2026-03-02T09:00Z", "hold", "2026-03-02T09:00Z");
    bench_read(b, b->always.calendar);
    assert_seconds(b, "M-04", "agent-wait", "PAUSED", 2 * 3600);
    assert_seconds(b, "M-04", "requester-wait", "PAUSED", 3600);
    assert_seconds(b, "M-04", "requester-wait", "ENDED", 0);
    assert_seconds(b, "M-04", "agent-work", "LATER", 2 * 3600);
    assert_out(b, "M-04", "agent-work", "ODD", "status-not-classed");
    assert_out(b, "M-04", "agent-work", "OPEN", "still-open");
}

static void the_reported_end_counts_where_no_status_ends_the_case(void **state)
{
    struct bench *b = *state;

    bench_ticket(b, "A,2026-03-02T09:00Z,work,,2026-03-02T09:00Z,2026-03-02T11:00Z,,,,,,");
    bench_ticket(b, "A,2026-03-02T15:00Z,work,,2026-03-02T09:00Z,2026-03-02T11:00Z,,,,,,");
    /* the statuses know better than the report */
    bench_ticket(b, "B,2026-03-02T09:00Z,work,,2026-03-02T09:00Z,2026-03-02T11:00Z,,,,,,");
    bench_ticket(b, "B,2026-03-02T12:00Z,solved,,2026-03-02T09:00Z,2026-03-02T11:00Z,,,,,,");
    bench_read(b, b->always.calendar);
    assert_seconds(b, "M-04", "agent-work", "A", 2 * 3600);
    assert_seconds(b, "M-04", "agent-work", "B", 3 * 3600);
}

/* --- promises --- */

static void what_was_announced_and_what_came(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    b->as_of = "2026-03-02T12:00Z";
    bench_ticket(b, "EARLY,,work,,,,,,,,2026-03-02T10:00Z,2026-03-02T09:40Z");
    bench_ticket(b, "EXACT,,work,,,,,,,,2026-03-02T10:00Z,2026-03-02T10:00Z");
    bench_ticket(b, "LATE,,work,,,,,,,,2026-03-02T10:00Z,2026-03-02T10:30Z");
    bench_ticket(b, "NEVER,,work,,,,,,,,2026-03-02T10:00Z,");
    bench_ticket(b, "SOON,,work,,,,,,,,2026-03-02T14:00Z,2026-03-02T13:00Z"); /* after as-of */
    bench_ticket(b, "NOW,,work,,,,,,,,2026-03-02T12:00Z,");
    bench_ticket(b, "NONE,,work,,,,,,,,,2026-03-02T10:00Z");
    bench_ticket(b, "GONE,,cancelled,,,,,,,,2026-03-02T10:00Z,");
    bench_read(b, b->office.calendar);
    figure = figure_of(b, "M-20", "distance");
    assert_int_equal(figure->n, 3);
    assert_close(figure->value, 20 * 60, 1e-12);
    assert_out(b, "M-20", "distance", "NEVER", "not-fulfilled");
    figure = figure_of(b, "M-20", "on-time");
    assert_int_equal(figure->n, 4);
    assert_int_equal(figure->k, 2);
    assert_seconds(b, "M-20", "on-time", "NEVER", 2 * 3600);
    assert_out(b, "M-20", "on-time", "SOON", "promise-not-due");
    assert_out(b, "M-20", "on-time", "NOW", "promise-not-due");
    assert_out(b, "M-20", "on-time", "NONE", "no-promise");
    assert_out(b, "M-20", "on-time", "GONE", "cancelled");
}

static void a_microsecond_late_is_late(void **state)
{
    struct bench *b = *state;

    bench_ticket(b, "A,,work,,,,,,,,2026-03-02T10:00:00.500001Z,2026-03-02T10:00:00.500001Z");
    bench_ticket(b, "B,,work,,,,,,,,2026-03-02T10:00:00.500001Z,2026-03-02T10:00:00.500002Z");
    bench_read(b, b->always.calendar);
    assert_int_equal(figure_of(b, "M-20", "on-time")->k, 1);
    assert_seconds(b, "M-20", "distance", "B", 1e-6);
}

/* --- silence --- */

static void silence_stops_while_the_case_is_solved(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    ticket(b, "A", "2026-03-02T09:00Z", "work", "2026-03-02T09:00Z");
    says(b, "A", "2026-03-02T10:00Z", "agent", "public");
    says(b, "A", "2026-03-02T10:40Z", "agent", "private");
    says(b, "A", "2026-03-02T11:00Z", "bot", "public");
    says(b, "A", "2026-03-02T11:30Z", "agent", "public");
    ticket(b, "A", "2026-03-02T12:00Z", "solved", "2026-03-02T09:00Z");
    says(b, "A", "2026-03-02T15:00Z", "customer", "public");
    ticket(b, "A", "2026-03-02T15:00Z", "work", "2026-03-02T09:00Z");
    says(b, "A", "2026-03-02T17:00Z", "agent", "public");
    ticket(b, "A", "2026-03-02T17:30Z", "solved", "2026-03-02T09:00Z");
    bench_read(b, b->always.calendar);
    assert_seconds(b, "M-32", "between-messages", "A", 2.5 * 3600);
    assert_seconds(b, "M-32", "longest", "A", 2.5 * 3600);
    figure = figure_of(b, "M-32", "proactive");
    assert_int_equal(figure->n, 3);
    assert_int_equal(figure->k, 1);
}

static void no_message_at_all_is_one_silence(void **state)
{
    struct bench *b = *state;

    b->as_of = "2026-03-03T10:00+01:00";
    ticket(b, "MUTE", "2026-03-02T09:00+01:00", "work", "2026-03-02T09:00+01:00");
    ticket(b, "ONE", "2026-03-02T09:00+01:00", "work", "2026-03-02T09:00+01:00");
    says(b, "ONE", "2026-03-02T10:00+01:00", "agent", "public");
    ticket(b, "ONE", "2026-03-02T11:30+01:00", "solved", "2026-03-02T09:00+01:00");
    says(b, "ONE", "2026-03-02T18:00+01:00", "agent", "public"); /* nothing was awaited */
    bench_read(b, b->office.calendar);
    assert_seconds(b, "M-32", "longest", "MUTE", 9 * 3600); /* a day of 8 hours and one more */
    assert_seconds(b, "M-32", "longest", "ONE", 1.5 * 3600);
    assert_out(b, "M-32", "between-messages", "ONE", "fewer-than-two-messages");
    assert_out(b, "M-32", "between-messages", "MUTE", "fewer-than-two-messages");
}

static void an_update_that_nobody_waited_for_is_proactive(void **state)
{
    struct bench *b = *state;
    const struct figure *figure;

    ticket(b, "CALL", "2026-03-02T09:00Z", "work", "2026-03-02T09:00Z");
    says(b, "CALL", "2026-03-02T09:00Z", "agent", "public"); /* the words of the caller */
    says(b, "CALL", "2026-03-02T10:00Z", "agent", "public"); /* proactive */
    says(b, "CALL", "2026-03-02T11:00Z", "customer", "public");
    says(b, "CALL", "2026-03-02T11:05Z", "bot", "public");
    says(b, "CALL", "2026-03-02T12:00Z", "agent", "public"); /* asked for */
    says(b, "CALL", "2026-03-02T13:00Z", "agent", "public"); /* proactive */
    ticket(b, "WEB", "2026-03-02T09:00Z", "work", "2026-03-02T09:00Z");
    says(b, "WEB", "2026-03-02T10:00Z", "agent", "public"); /* asked for by the request */
    bench_read(b, b->always.calendar);
    figure = figure_of(b, "M-32", "proactive");
    assert_int_equal(figure->n, 4);
    assert_int_equal(figure->k, 2);
}

/* --- messages alone --- */

static void a_list_of_messages_is_enough(void **state)
{
    struct bench *b = *state;

    says(b, "A", "2026-03-02T09:00Z", "customer", "public");
    says(b, "A", "2026-03-02T10:00Z", "agent", "public");
    says(b, "B", "2026-03-02T09:00Z", "agent", "public");
    says(b, "B", "2026-03-02T11:00Z", "agent", "public");
    bench_read(b, b->always.calendar);
    assert_seconds(b, "M-01", "by-messages", "A", 3600);
    assert_seconds(b, "M-01", "by-messages", "B", 2 * 3600);
    assert_seconds(b, "M-02", "by-messages", "A", 3600);
    assert_seconds(b, "M-32", "between-messages", "B", 2 * 3600);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_set_up, bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_a_person_that_customers_can_see_answers),
        TEST(what_an_agent_opened_the_case_with_is_no_answer),
        TEST(the_first_answer_is_not_put_off_by_a_pause),
        TEST(whoever_waits_still_counts_by_now),
        TEST(an_author_of_an_unknown_kind_makes_a_wait_unknown),
        TEST(the_sources_own_word_on_the_first_answer),
        TEST(waiting_longer_than_agreed_for_the_first_answer),
        TEST(messages_in_a_row_are_one_wait),
        TEST(each_waits_in_classes_of_its_own),
        TEST(a_pause_goes_on_through_its_statuses),
        TEST(the_reported_end_counts_where_no_status_ends_the_case),
        TEST(what_was_announced_and_what_came),
        TEST(a_microsecond_late_is_late),
        TEST(silence_stops_while_the_case_is_solved),
        TEST(no_message_at_all_is_one_silence),
        TEST(an_update_that_nobody_waited_for_is_proactive),
        TEST(a_list_of_messages_is_enough),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
