/* The time of rules: by clocks that stand still but when they are told, or go on at each look. */
#include "unit.h"

#include "base/buf.h"
#include "text/rules.h"

enum { MICRO = 1000, MILLI = 1000 * MICRO };

struct hands {
    uint64_t wall;
    uint64_t processor;
    uint64_t step;      /* that each look takes */
    unsigned wall_looks;
    unsigned processor_looks;
};

static uint64_t look_at_wall(void *context)
{
    struct hands *hands = context;

    hands->wall_looks++;
    return hands->wall += hands->step;
}

static uint64_t look_at_processor(void *context)
{
    struct hands *hands = context;

    hands->processor_looks++;
    return hands->processor;
}

static struct rule_clock *clock_of(struct hands *hands)
{
    const struct time_source source = {look_at_wall, look_at_processor, hands};
    struct rule_clock *clock = rule_clock_new(3, &source);

    assert_non_null(clock);
    return clock;
}

/* A match with a text of so many bytes. */
static void match(struct rule_clock *clock, struct hands *hands, size_t rule, size_t *place,
                  size_t len, uint64_t wall, uint64_t processor)
{
    rule_clock_before(clock, *place);
    hands->wall += wall;
    hands->processor += processor;
    *place += len;
    rule_clock_behind(clock, rule, *place);
}

static void check_spent(const struct rule_clock *clock, uint64_t a, uint64_t b, uint64_t c)
{
    assert_int_equal(clock->spent[0], a);
    assert_int_equal(clock->spent[1], b);
    assert_int_equal(clock->spent[2], c);
}

static void slow_rules_are_told_from_one_another(void **state)
{
    struct hands hands = {.step = 0};
    struct rule_clock *clock = clock_of(&hands);
    size_t place = 0;
    int i;

    (void)state;
    for (i = 0; i < 500; i++) {
        match(clock, &hands, 0, &place, 50, MILLI, MILLI);
        match(clock, &hands, 2, &place, 50, 3 * MILLI, 3 * MILLI);
        hands.wall += MILLI; /* of the caller: no rule's */
        hands.processor += MILLI;
    }
    rule_clock_end(clock, place);
    check_spent(clock, 500ull * MILLI, 0, 1500ull * MILLI);
    rule_clock_free(clock);
}

/* Half of the time another program had the processor. */
static void what_the_processor_did_not_do_is_not_told(void **state)
{
    struct hands hands = {.step = 0};
    struct rule_clock *clock = clock_of(&hands);
    size_t place = 0;
    int i;

    (void)state;
    for (i = 0; i < 640; i++)
        match(clock, &hands, (size_t)i % 2, &place, 100, 4 * MILLI, 2 * MILLI);
    check_spent(clock, 640ull * MILLI, 640ull * MILLI, 0);
    rule_clock_free(clock);
}

/* Only the first window is timed; then there are two looks a window, none at the processor. */
static void quick_rules_are_left_alone(void **state)
{
    struct hands hands = {.step = 0};
    struct rule_clock *clock = clock_of(&hands);
    size_t place = 0;
    int i;

    (void)state;
    for (i = 0; i < RULE_CLOCK_WINDOW; i++)
        match(clock, &hands, 1, &place, 100, MICRO, MICRO);
    check_spent(clock, 0, (uint64_t)RULE_CLOCK_WINDOW * MICRO, 0);
    hands.wall_looks = hands.processor_looks = 0;
    for (i = 0; i < 100 * RULE_CLOCK_WINDOW; i++)
        match(clock, &hands, 1, &place, 100, MICRO, MICRO);
    assert_int_equal(hands.wall_looks, 200);
    assert_int_equal(hands.processor_looks, 0);
    check_spent(clock, 0, (uint64_t)RULE_CLOCK_WINDOW * MICRO, 0);
    rule_clock_free(clock);
}

/* 20 MB/s: 64 matches of 100 bytes in 320 us; a microsecond more is slow. */
static void a_window_is_slow_by_its_bytes(void **state)
{
    struct hands hands = {.step = 0};
    struct rule_clock *clock = clock_of(&hands);
    size_t place = 0;
    int i;

    (void)state;
    for (i = 0; i < RULE_CLOCK_WINDOW; i++)
        match(clock, &hands, 0, &place, 100, 5 * MICRO, 5 * MICRO);
    assert_false(clock->is_timed);
    for (i = 0; i < RULE_CLOCK_WINDOW; i++)
        match(clock, &hands, 0, &place, 100, 5 * MICRO + (i == 0) * MICRO, 5 * MICRO);
    assert_true(clock->is_timed);
    /* what is short is nothing, however few its bytes */
    rule_clock_begin(clock);
    place = 0;
    match(clock, &hands, 0, &place, 0, 5 * MICRO, 5 * MICRO);
    rule_clock_end(clock, place);
    assert_false(clock->is_timed);
    rule_clock_free(clock);
}

/* A clock that goes back, a block that is left in the middle, one without any match. */
static void odd_ends_are_nothing(void **state)
{
    struct hands hands = {.wall = 100ull * MILLI, .processor = 100ull * MILLI};
    struct rule_clock *clock = clock_of(&hands);
    size_t place = 0;

    (void)state;
    rule_clock_end(clock, 1000);
    assert_int_equal(hands.wall_looks, 0);
    match(clock, &hands, 0, &place, 10, MILLI, MILLI);
    rule_clock_begin(clock);
    check_spent(clock, 0, 0, 0);
    rule_clock_before(clock, 0);
    hands.wall = hands.processor = 0;
    rule_clock_behind(clock, 0, 10);
    rule_clock_end(clock, 10);
    check_spent(clock, 0, 0, 0);
    assert_false(clock->is_timed);
    rule_clock_free(clock);
}

/* --- scans --- */

/* The hits of a scan by such clocks; the times of the rules. */
static unsigned scan_hits(const struct rules *rules, uint64_t step, struct str log,
                          uint64_t *ret_spent)
{
    struct rules_scan *scan = rules_scan_new(rules, RULES_FIRST, rules_path_best());
    struct hands hands = {.step = step};
    const struct time_source source = {look_at_wall, look_at_wall, &hands};
    struct rules_hit hit;
    unsigned hits = 0;
    size_t i;

    assert_non_null(scan);
    assert_int_equal(rules_scan_spent(scan, 0), 0);
    assert_true(rules_scan_take_time(scan, &source));
    rules_scan_lines(scan, log);
    while (rules_scan_next(scan, &hit))
        hits = hits * 31 + (unsigned)(hit.outcome + 7 * hit.rule + 11 * hit.entry + hit.count);
    for (i = 0; i < rules_count(rules); i++)
        ret_spent[i] = rules_scan_spent(scan, i);
    rules_scan_free(scan);
    return hits;
}

static void a_scan_times_what_it_asks(void **state)
{
    /* the first is asked on every line, the second where its word stands, the third never */
    static const struct rule_pattern patterns[] = {
        {STR_INIT("^\\S+$"), 0}, {STR_INIT("opened$"), 0}, {STR_INIT("reopened!"), 0}};
    struct rules *rules = NULL;
    struct regex_error error;
    uint64_t quick[3];
    uint64_t slow[3];
    struct buf log;
    size_t wrong;
    int i;

    (void)state;
    buf_init(&log, 1 << 20);
    for (i = 0; i < 3000; i++)
        buf_printf(&log, "a line of the log %d is %s\n", i, i % 3 ? "closed" : "opened");
    assert_int_equal(rules_new(patterns, 3, &rules, &wrong, &error), STATUS_OK);
    assert_int_equal(scan_hits(rules, 0, buf_str(&log), quick),
                     scan_hits(rules, MILLI, buf_str(&log), slow));
    assert_int_equal(quick[0], 0);
    assert_int_equal(slow[0], 3000ull * MILLI);
    assert_int_equal(slow[1], 1000ull * MILLI);
    assert_int_equal(slow[2], 0);
    rules_free(rules);
    buf_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slow_rules_are_told_from_one_another),
        cmocka_unit_test(what_the_processor_did_not_do_is_not_told),
        cmocka_unit_test(quick_rules_are_left_alone),
        cmocka_unit_test(a_window_is_slow_by_its_bytes),
        cmocka_unit_test(odd_ends_are_nothing),
        cmocka_unit_test(a_scan_times_what_it_asks),
    };

    return cmocka_run_group_tests_name("text, time of rules", tests, NULL, NULL);
}
