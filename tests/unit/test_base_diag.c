/* What becomes of diagnostics: counts, hints, limits, merging, words; and odd strings as keys. */
#include "unit.h"

#include <float.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intern.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/ratio.h"

static const struct where here = {{"a.csv", 5}, 3, 7, 90};

static void assert_words(const struct diagnostic *item, const char *expected)
{
    struct buf buf;

    buf_init(&buf, 10000);
    diag_format(item, &buf);
    assert_false(buf.failed);
    assert_string_equal(buf.bytes, expected);
    buf_done(&buf);
}

static void a_hint_belongs_to_the_report_before_it(void **state)
{
    struct diag diag;
    unsigned i;

    (void)state;
    diag_init(&diag);
    diag_hint(&diag, "to nothing");
    for (i = 0; i <= LIMIT_DIAG_KEPT; i++)
        diag_report(&diag, RULE_SOURCE_EMPTY, here, NULL);
    diag_hint(&diag, "to one that is counted only");
    diag_report(&diag, RULE_LIMIT, here, NULL);
    assert_int_equal(diag.count, LIMIT_DIAG_KEPT + 1);
    /* one more of the first rule is counted only; its hint must not go to the one kept before */
    diag_report(&diag, RULE_SOURCE_EMPTY, here, NULL);
    diag_hint(&diag, "to one that is counted only");
    for (i = 0; i <= LIMIT_DIAG_KEPT; i++)
        assert_null(diag.list[i].hint.ptr);
    diag_report(&diag, RULE_USAGE, here, NULL);
    diag_hint(&diag, "%d of %s", 2, "two");
    assert_true(str_is(diag.list[diag.count - 1].hint, "2 of two"));
    assert_int_equal(diag.by_rule[RULE_SOURCE_EMPTY], LIMIT_DIAG_KEPT + 2);
    assert_int_equal(diag.by_severity[SEVERITY_WARNING], LIMIT_DIAG_KEPT + 2);
    assert_int_equal(diag.by_severity[SEVERITY_FATAL], 2);
    diag_done(&diag);
}

static void merging_keeps_order_counts_and_hints(void **state)
{
    struct diag one;
    struct diag two;
    unsigned i;

    (void)state;
    diag_init(&one);
    diag_init(&two);
    for (i = 0; i < LIMIT_DIAG_KEPT - 1; i++)
        diag_report(&one, RULE_SOURCE_EMPTY, here, "one %u", i);
    diag_report(&two, RULE_SOURCE_EMPTY, here, "two 0");
    diag_report(&two, RULE_SOURCE_EMPTY, here, "two 1");
    diag_hint(&two, "is dropped with its report");
    diag_report(&two, RULE_USAGE, WHERE_NONE, "stays");
    diag_hint(&two, "stays too");
    diag_merge(&one, &two);
    diag_done(&two); /* copies were taken */
    assert_int_equal(one.by_rule[RULE_SOURCE_EMPTY], LIMIT_DIAG_KEPT + 1);
    assert_int_equal(one.count, LIMIT_DIAG_KEPT + 1);
    assert_true(str_ends(one.list[LIMIT_DIAG_KEPT - 1].text, "two 0"));
    assert_null(one.list[LIMIT_DIAG_KEPT - 1].hint.ptr);
    assert_words(&one.list[LIMIT_DIAG_KEPT], "fatal: wrong usage: stays [usage]\n    stays too\n");
    diag_hint(&one, "to nothing: what was merged has its hints");
    assert_true(str_is(one.list[LIMIT_DIAG_KEPT].hint, "stays too"));
    diag_done(&one);
}

static void words_are_safe_and_located(void **state)
{
    struct diag diag;
    char name[] = "a.csv";

    (void)state;
    diag_init(&diag);
    diag_report(&diag, RULE_SOURCE_EMPTY, (struct where){{name, 5}, 3, 7, 90}, "'%s'",
                "x\x1B[31m\n");
    memset(name, 'z', 5); /* the sink took its own copy */
    assert_words(&diag.list[0],
                 "a.csv:3:7: warning: file is empty: 'x<U+001B>[31m<U+000A>' [source-empty]\n");
    diag_report(&diag, RULE_SOURCE_EMPTY, (struct where){{"b", 1}, 3, 0, 0}, NULL);
    assert_words(&diag.list[1], "b:3: warning: file is empty [source-empty]\n");
    diag_report(&diag, RULE_SOURCE_EMPTY, (struct where){{"b", 1}, 0, 0, 0}, NULL);
    assert_words(&diag.list[2], "b: warning: file is empty [source-empty]\n");
    diag_report(&diag, RULE_SOURCE_EMPTY, WHERE_NONE, "%5000d", 1);
    assert_int_equal(diag.list[3].text.len, 1999);
    diag_done(&diag);
}

static void without_memory_it_still_counts(void **state)
{
    struct diag diag;
    unsigned i;

    (void)state;
    diag_init(&diag);
    for (i = 0; i < 5; i++) {
        mem_fail_at(1);
        assert_int_equal(diag_no_memory(&diag), STATUS_MEMORY);
    }
    diag_report(&diag, RULE_USAGE, here, NULL);
    mem_fail_at(0);
    assert_int_equal(diag.by_rule[RULE_NO_MEMORY], 1); /* told once */
    assert_int_equal(diag.by_rule[RULE_USAGE], 1);
    assert_true(diag.lost);
    assert_int_equal(diag_limit(&diag, here, "rows", 5), STATUS_LIMIT);
    assert_true(str_ends(diag.list[diag.count - 1].text, "rows is more than 5"));
    diag_done(&diag);
}

static void a_missing_key_is_the_empty_key(void **state)
{
    struct intern table;
    uint32_t empty;

    (void)state;
    intern_init(&table);
    assert_int_equal(intern_find(&table, (struct str){NULL, 0}), INTERN_NONE);
    empty = intern_id(&table, (struct str){NULL, 0});
    assert_int_equal(intern_id(&table, (struct str){NULL, 0}), empty);
    assert_int_equal(intern_id(&table, STR("")), empty);
    assert_int_equal(intern_find(&table, (struct str){NULL, 0}), empty);
    assert_int_equal(table.count, 1);
    assert_true(str_is(intern_text(&table, empty), ""));
    intern_done(&table);
}

static void check_double(double value, const char *expected)
{
    struct buf buf;

    buf_init(&buf, 100);
    buf_add_double(&buf, value);
    assert_string_equal(buf.bytes, expected);
    buf_clear(&buf);
    assert_string_equal(buf.bytes, ""); /* a cleared buffer holds an empty text */
    buf_done(&buf);
}

/* Expected texts by repr() of Python, which writes the shortest. */
static void the_smallest_doubles_are_short_too(void **state)
{
    (void)state;
    check_double(5e-324, "5e-324");
    check_double(1.5e-323, "1.5e-323");
    check_double(2.225073858507201e-308, "2.225073858507201e-308");
    check_double(DBL_MIN, "2.2250738585072014e-308");
    check_double(0.1, "0.1");
    check_double(1.0 / 3, "0.3333333333333333");
}

static void fractions_are_read_strictly(void **state)
{
    static const char *const bad[] = {
        "",   "-",  "/",  "1/",    "/2",    "1/0",   "1/-2", "1/+2", "+1/2", "+1",  ".5",
        "-.5", "5.", "1.2.3", "1/2/3", "1.5/2", " 1", "1 ", "1e2", "0x1", "--1",
        "9223372036854775808",
    };
    struct ratio value;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (ratio_parse(str_of(bad[i]), &value))
            fail_msg("'%s' was read", bad[i]);
    assert_true(ratio_parse(STR("-0.50"), &value));
    assert_int_equal(value.num, -1);
    assert_int_equal(value.den, 2);
    assert_true(ratio_parse(STR("-6/4"), &value));
    assert_int_equal(value.num, -3);
    assert_int_equal(value.den, 2);
}

static void large_fractions_are_written_in_full(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 200);
    ratio_format_decimal(ratio_make(INT64_MAX, 1), 100, 2, &buf);
    assert_string_equal(buf.bytes, "922337203685477580700.00");
    buf_clear(&buf);
    ratio_format_decimal(ratio_make(-INT64_MAX, 2), 1000000000, 9, &buf);
    assert_string_equal(buf.bytes, "-4611686018427387903500000000.000000000");
    buf_done(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hint_belongs_to_the_report_before_it),
        cmocka_unit_test(merging_keeps_order_counts_and_hints),
        cmocka_unit_test(words_are_safe_and_located),
        cmocka_unit_test(without_memory_it_still_counts),
        cmocka_unit_test(a_missing_key_is_the_empty_key),
        cmocka_unit_test(the_smallest_doubles_are_short_too),
        cmocka_unit_test(fractions_are_read_strictly),
        cmocka_unit_test(large_fractions_are_written_in_full),
    };

    return cmocka_run_group_tests_name("base diagnostics", tests, NULL, NULL);
}
