/* Rules held against themselves by the plainest way: what is told, and what is not. */
#include "unit.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/mem.h"
#include "text/rules_check.h"

#define HOSTILE "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n"

static void list(const char *const *patterns, size_t count, struct rule_pattern *ret_list)
{
    size_t i;

    for (i = 0; i < count; i++)
        ret_list[i] = (struct rule_pattern){str_of(patterns[i]), 0};
}

/* The set made of some patterns, held against others; "": no difference. */
static const char *held(const char *const *patterns, const char *const *others, size_t count,
                        const uint32_t *limits, struct str log, char *room)
{
    static const uint32_t none[8] = {0};
    struct rule_pattern given[8];
    struct rule_pattern plain[8];
    struct rules_difference difference;
    struct rules_check *check;
    struct rules *rules = NULL;
    struct regex_error error;
    size_t wrong;

    list(patterns, count, given);
    list(others, count, plain);
    assert_int_equal(rules_new(given, count, &rules, &wrong, &error), STATUS_OK);
    check = rules_check_new(rules, plain, count, rules_path_best());
    assert_non_null(check);
    room[0] = '\0';
    if (rules_check_block(check, limits ? limits : none, log, NULL, 0, &difference))
        snprintf(room, 64, "rule %zu, entry %zu, byte %zu", difference.rule, difference.entry,
                 difference.start);
    assert_false(rules_check_failed(check));
    rules_check_free(check);
    rules_free(rules);
    return room;
}

static void what_is_equal_is_not_told(void **state)
{
    static const char *const patterns[] = {"^(\\w+) (?:opened|closed)$", "(?>x|xy)z", "[0-9]{3}"};
    struct str log = STR("desk opened\n\nxyz\nxz 17\n\xFF 123\nno\nno\ndesk closed\r\nlast 456");
    char room[64];

    (void)state;
    assert_string_equal(held(patterns, patterns, 3, NULL, log, room), "");
    assert_string_equal(held(patterns, patterns, 3, NULL, STR(""), room), "");
}

static void the_first_difference_is_told(void **state)
{
    static const char *const patterns[] = {"opened$", "(closed)"};
    static const char *const fewer[] = {"opened now$", "(closed)"};
    static const char *const more[] = {"opened$", "(closed|moved)"};
    static const char *const other_group[] = {"opened$", "clos(ed)"};
    struct str log = STR("one\ntwo opened\nthree closed\nfour moved\n");
    char room[64];

    (void)state;
    assert_string_equal(held(patterns, fewer, 2, NULL, log, room), "rule 0, entry 1, byte 4");
    assert_string_equal(held(patterns, more, 2, NULL, log, room), "rule 1, entry 3, byte 28");
    assert_string_equal(held(patterns, other_group, 2, NULL, log, room), "rule 1, entry 2, byte 15");
}

/* Steps are counted differently: who meets a limit says nothing about the other. */
static void a_limit_is_no_difference(void **state)
{
    static const char *const patterns[] = {"^(a+)+$", "b"};
    static const char *const easy[] = {"^a++$", "b"};
    static const uint32_t stopped[] = {LIMIT_RULE_STOPS, 0};
    static const uint32_t almost[] = {LIMIT_RULE_STOPS - 1, 0};
    struct str log = STR(HOSTILE HOSTILE "aaa\nb\nc\n");
    char room[64];

    (void)state;
    assert_string_equal(held(patterns, patterns, 2, NULL, log, room), "");
    assert_string_equal(held(patterns, easy, 2, NULL, log, room), "");
    assert_string_equal(held(easy, patterns, 2, almost, log, room), "");
    assert_string_equal(held(patterns, easy, 2, almost, log, room), "");
    assert_string_equal(held(patterns, patterns, 2, stopped, log, room), "");
}

static void entries_of_several_lines_are_held_too(void **state)
{
    static const struct rules_entry entries[] = {{0, 7}, {8, 15}};
    const struct rule_pattern given = {STR_INIT("a\\nb"), 0};
    const struct rule_pattern other = {STR_INIT("a\\nb 2"), 0};
    static const uint32_t none[1] = {0};
    struct str log = STR("x a\nb 1\ny a\nb 2\n");
    struct rules_difference difference;
    struct rules_check *check;
    struct rules *rules = NULL;
    struct regex_error error;
    size_t wrong;

    (void)state;
    assert_int_equal(rules_new(&given, 1, &rules, &wrong, &error), STATUS_OK);
    check = rules_check_new(rules, &other, 1, rules_path_best());
    assert_non_null(check);
    assert_true(rules_check_block(check, none, log, entries, 2, &difference));
    assert_int_equal(difference.entry, 0);
    assert_int_equal(difference.start, 0);
    rules_check_free(check);
    check = rules_check_new(rules, &given, 1, rules_path_best());
    assert_false(rules_check_block(check, none, log, entries, 2, &difference));
    rules_check_free(check);
    rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_equal_is_not_told),
        cmocka_unit_test(the_first_difference_is_told),
        cmocka_unit_test(a_limit_is_no_difference),
        cmocka_unit_test(entries_of_several_lines_are_held_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
