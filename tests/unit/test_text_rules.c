/* One regular expression and many of them: what is promised at the doors, by hand. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/limits.h"
#include "base/mem.h"
#include "text/needed_bytes.h"
#include "text/rules.h"
#include "text/utf8_repair.h"

static struct regex *compiled(const char *pattern, unsigned options)
{
    struct regex_error error;
    struct regex *regex = NULL;

    assert_int_equal(regex_new(str_of(pattern), options, &regex, &error), STATUS_OK);
    return regex;
}

static enum regex_answer answer_of(const char *pattern, unsigned options, struct str text)
{
    struct regex *regex = compiled(pattern, options);
    struct regex_run *run = regex_run_new(regex_groups(regex));
    enum regex_answer answer;

    assert_non_null(run);
    answer = regex_match(regex, run, text, 0);
    regex_run_free(run);
    regex_free(regex);
    return answer;
}

static void groups_have_names_and_places(void **state)
{
    struct regex *regex = compiled("(?<user>\\w+)(-(?<rest>x))? (\\d+)", 0);
    struct regex_run *run = regex_run_new(7);
    const struct regex_span *spans = regex_spans(run);

    (void)state;
    assert_int_equal(regex_groups(regex), 4);
    assert_int_equal(regex_group(regex, STR("user")), 1);
    assert_int_equal(regex_group(regex, STR("rest")), 3);
    assert_int_equal(regex_group(regex, STR("nobody")), 0);
    assert_true(str_is(regex_group_name(regex, 3), "rest"));
    assert_null(regex_group_name(regex, 4).ptr);
    assert_int_equal(regex_match(regex, run, STR("..anna 17"), 0), REGEX_YES);
    assert_int_equal(spans[0].start, 2);
    assert_int_equal(spans[0].end, 9);
    assert_int_equal(spans[1].end, 6);
    assert_int_equal(spans[3].start, REGEX_UNSET);
    assert_int_equal(spans[4].start, 7);
    /* from a later place on */
    assert_int_equal(regex_match(regex, run, STR("..anna 17"), 5), REGEX_YES);
    assert_int_equal(spans[1].start, 5);
    regex_run_free(run);
    regex_free(regex);
}

static void a_wrong_pattern_is_explained_at_its_place(void **state)
{
    static const struct {
        const char *pattern;
        size_t column;
        const char *message;
    } cases[] = {
        {"ab(c", 5, "missing closing parenthesis"},
        {"\xC3\xA9\xC3\xA9(?<1>x)", 6, "subpattern name must start with a non-digit"},
        {"x{3,1}", 6, "numbers out of order in {} quantifier"},
        {"\\Cx", 3, "using \\C is disabled by the application"},
        {"(?J)(?<n>a)", 0, "(?J) is not allowed: a name is of one group"},
        {"(?<n>a)(?<n>b)", 13, "two named subpatterns have the same name (PCRE2_DUPNAMES not set)"},
        {"\xFF", 1, "UTF-8 error: illegal byte (0xfe or 0xff)"},
    };
    struct regex_error error;
    struct regex *regex;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(regex_new(str_of(cases[i].pattern), 0, &regex, &error), STATUS_INVALID);
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.column, cases[i].column);
    }
}

static void what_is_too_large_is_refused(void **state)
{
    char *text = mem_alloc(LIMIT_PATTERN_BYTES + 1, 1);
    struct regex_error error;
    struct regex *regex;

    (void)state;
    memset(text, 'a', LIMIT_PATTERN_BYTES + 1);
    assert_int_equal(regex_new((struct str){text, LIMIT_PATTERN_BYTES + 1}, 0, &regex, &error),
                     STATUS_INVALID);
    assert_string_equal(error.message, "the pattern is too long");
    memset(text, '(', 101);
    memset(text + 101, ')', 101);
    assert_int_equal(regex_new((struct str){text, 202}, 0, &regex, &error), STATUS_INVALID);
    assert_string_equal(error.message, "parentheses are too deeply nested");
    mem_free(text);
}

static void characters_are_of_unicode_kinds_of_ascii(void **state)
{
    (void)state;
    assert_int_equal(answer_of("^.$", 0, STR("\xC3\xA9")), REGEX_YES);
    assert_int_equal(answer_of("\\w", 0, STR("\xC3\xA9")), REGEX_NO);
    assert_int_equal(answer_of("\\w", REGEX_UCP, STR("\xC3\xA9")), REGEX_YES);
    assert_int_equal(answer_of("\\s", 0, STR("\xC2\xA0")), REGEX_NO);
    assert_int_equal(answer_of("k", REGEX_CASELESS, STR("\xE2\x84\xAA")), REGEX_YES);
    assert_int_equal(answer_of("S", REGEX_CASELESS, STR("\xC5\xBF")), REGEX_YES);
    assert_int_equal(answer_of("a$", 0, STR("a\n")), REGEX_NO);
    assert_int_equal(answer_of("a.b", 0, STR("a\nb")), REGEX_NO);
    assert_int_equal(answer_of("a.b", REGEX_DOTALL, STR("a\nb")), REGEX_YES);
    assert_int_equal(answer_of("a b", REGEX_EXTENDED, STR("ab")), REGEX_YES);
    assert_int_equal(answer_of("a\\x00b", 0, STR("a\0b")), REGEX_YES);
    assert_int_equal(answer_of("", 0, (struct str){NULL, 0}), REGEX_YES);
}

/* Before release 10.43 machine code finds nothing here. */
static void atomic_groups_are_answered_rightly(void **state)
{
    struct regex *regex = compiled("(?>a|ab)c", 0);
    struct regex *plain = compiled("(?:a|ab)c", 0);
    char version[64];
    unsigned minor = 0;

    (void)state;
    assert_true(pcre2_config(PCRE2_CONFIG_VERSION, version) > 0);
    assert_int_equal(sscanf(version, "10.%u", &minor), 1);
    assert_int_equal(regex_has_jit(regex), regex_has_jit(plain) && minor >= 43);
    regex_free(plain);
    assert_int_equal(answer_of("(?>ab|a)+c", 0, STR("aababc")), REGEX_YES);
    assert_int_equal(answer_of("^(?>a+)b", 0, STR("aaab")), REGEX_YES);
    assert_int_equal(answer_of("^(?>a+)ab", 0, STR("aaab")), REGEX_NO);
    regex_free(regex);
}

static void a_pattern_may_want_no_machine_code(void **state)
{
    struct regex *regex = compiled("(*NO_JIT)ab+", 0);

    (void)state;
    assert_false(regex_has_jit(regex));
    assert_int_equal(answer_of("(*NO_JIT)ab+", 0, STR("xabbb")), REGEX_YES);
    assert_int_equal(answer_of("(*NO_JIT)ab+", 0, STR("xa")), REGEX_NO);
    regex_free(regex);
}

/* Neither yes nor no, with machine code and without. */
static void a_limit_is_not_a_no(void **state)
{
    static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";

    (void)state;
    assert_int_equal(answer_of("^(a+)+$", 0, STR(text)), REGEX_LIMIT);
    assert_int_equal(answer_of("^(a+)+$", REGEX_NO_JIT, STR(text)), REGEX_LIMIT);
    assert_int_equal(answer_of("^(a+)+b$", 0, STR(text)), REGEX_YES);
}

static void bad_bytes_become_one_character_each(void **state)
{
    struct buf buf;
    size_t bad;
    struct str text = STR("caf\xC3\xA9");

    (void)state;
    buf_init(&buf, 100);
    assert_ptr_equal(utf8_repair(text, &buf, &bad).ptr, text.ptr);
    assert_int_equal(bad, 0);
    assert_true(str_is(utf8_repair(STR("a\xFF\xFEz\xE2\x84"), &buf, &bad),
                       "a\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD"));
    assert_int_equal(bad, 4);
    buf_done(&buf);
    buf_init(&buf, 2);
    assert_null(utf8_repair(STR("a\xFF"), &buf, &bad).ptr);
    buf_done(&buf);
}

/* --- what is needed --- */

/* The longest of single runs that a pattern needs, where each set has one byte. */
static void needs(const char *pattern, unsigned options, const char *wanted)
{
    struct needed_bytes *needed = NULL;
    char best[NEEDED_RUN + 1] = "";
    size_t i;

    assert_int_equal(needed_bytes_read(str_of(pattern), options, &needed), STATUS_OK);
    for (i = 0; i < needed_bytes_count(needed); i++) {
        const struct byte_need *need = needed_bytes_get(needed, i);
        char text[NEEDED_RUN + 1] = "";
        unsigned k;

        for (k = 0; need->count == 1 && k < need->runs[0].len; k++) {
            unsigned byte = 0;

            while (byte < 255 && !byte_set_has(&need->runs[0].sets[k], (unsigned char)byte))
                byte++;
            text[k] = (char)byte;
        }
        if (strlen(text) > strlen(best))
            memcpy(best, text, sizeof best);
    }
    if (strcmp(best, wanted) != 0)
        fail_msg("'%s' needs '%s', not '%s'", pattern, best, wanted);
    needed_bytes_free(needed);
}

/* Each worked out from pcre2pattern(3): what cannot be left out, and nothing more. */
static void only_what_cannot_be_left_out_is_needed(void **state)
{
    (void)state;
    needs("sshd: (\\w+) failed", 0, "0 failed"); /* 0 is the least of \w */
    needs("ab(cd)ef", 0, "abcdef");
    needs("ab(?<n>cd)?ef", 0, "ab");
    needs("abcd*e", 0, "abc");
    needs("abcd+e", 0, "abcd");
    needs("ab{3}c", 0, "abbbc");
    needs("ab{2,3}cd", 0, "bbcd");
    needs("(foo|bar)quux", 0, "quux");
    needs("foo|bar", 0, "");
    needs("\\Qa.b\\E.c", 0, "a.b");
    needs("\\x41\\x{42}\\t", 0, "AB\t");
    needs("(?i)abk", 0, "AB");
    needs("(?i:ab)cd", 0, "ABcd");
    needs("a(?i)b|c", 0, "");
    needs("abc(?=def)", 0, "abc");
    needs("abc(?!def)gh", 0, "abc");
    needs("(?<=abc)de", 0, "de");
    needs("a b # c", REGEX_EXTENDED, "ab");
    needs("(?x) a b(?-x) c", 0, "ab c");
    needs("ab(?#cd)ef", 0, "abef");
    needs("(?(?=ab)cd|ef)gh", 0, "gh");
    needs("(a)bc\\1de", 0, "abc");
    needs("(ab)(?1)cde", 0, "cde");
    needs("abc\\Kde", 0, "abcde");
    needs("^abc$", 0, "abc");
    needs("abc(*ACCEPT)def", 0, "");
    needs("(*COMMIT)abc", 0, "");
    needs("abc(?C1)d", 0, "");
    needs("(?xx)ab", 0, "");
    needs("ab{,3}c", 0, "");
    needs("\xEF\xBF\xBD" "abc", 0, "abc");
    needs("ab\xC3\xA9", 0, "ab\xC3\xA9");
    needs("(?i)ab\xC3\xA9", 0, "AB");
    needs("", 0, "");
}

/* --- many at once --- */

static struct rules *rules_of(const char *const *patterns, size_t count)
{
    struct rule_pattern list[16] = {{{NULL, 0}, 0}};
    struct rules *rules = NULL;
    struct regex_error error;
    size_t wrong;
    size_t i;

    for (i = 0; i < count; i++)
        list[i].pattern = str_of(patterns[i]);
    assert_int_equal(rules_new(list, count, &rules, &wrong, &error), STATUS_OK);
    return rules;
}

static void the_wrong_rule_is_named(void **state)
{
    static const struct rule_pattern list[] = {{STR_INIT("fine"), 0}, {STR_INIT("not)fine"), 0}};
    struct regex_error error;
    struct rules *rules;
    size_t wrong;

    (void)state;
    assert_int_equal(rules_new(list, 2, &rules, &wrong, &error), STATUS_INVALID);
    assert_int_equal(wrong, 1);
    assert_int_equal(error.column, 4);
}

static void rules_that_no_filter_serves_are_known(void **state)
{
    static const char *const patterns[] = {"error", "\\d{1,3}(\\.\\d{1,3}){3}", "\\d+", "(a|b)\\1",
                                           "[a-z]+=\\d", "^$"};
    static const bool wanted[] = {true, true, false, false, true, false};
    struct rules *rules = rules_of(patterns, ARRAY_LEN(patterns));
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(patterns); i++)
        assert_int_equal(rules_is_filtered(rules, i), wanted[i]);
    rules_free(rules);
}

/* Pairs of what came: a letter for the outcome, and the rule or how many entries. */
static void expect_hits(const struct rules *rules, enum rules_mode mode, struct str log,
                        const char *wanted)
{
    enum rules_path path;

    for (path = RULES_NAIVE; path < RULES_PATHS; path++) {
        struct rules_scan *scan;
        struct rules_hit hit;
        char got[200] = "";
        size_t len = 0;

        if (!rules_path_has(path))
            continue;
        scan = rules_scan_new(rules, mode, path);
        rules_scan_lines(scan, log);
        while (rules_scan_next(scan, &hit) && len + 8 < sizeof got) {
            got[len++] = "MNLX"[hit.outcome];
            got[len++] = (char)('0' + (hit.outcome == RULES_NONE ? hit.count : hit.rule));
            got[len++] = '@';
            got[len++] = (char)('0' + hit.entry);
            got[len++] = ' ';
        }
        assert_string_equal(got, wanted);
        rules_scan_free(scan);
    }
}

static void lines_come_in_order_with_those_without_a_hit(void **state)
{
    static const char *const patterns[] = {"needle", "e=\\d", "^$"};
    struct rules *rules = rules_of(patterns, 3);
    struct str log = STR("hay\nneedle e=1\n\r\nhay\nhay\nno e=\nhay e=5");

    (void)state;
    expect_hits(rules, RULES_EVERY, log, "N1@0 M0@1 M1@1 M2@2 N3@3 M1@6 ");
    expect_hits(rules, RULES_FIRST, log, "N1@0 M0@1 M2@2 N3@3 M1@6 ");
    expect_hits(rules, RULES_FIRST, STR(""), "");
    expect_hits(rules, RULES_FIRST, STR("\n"), "M2@0 ");
    expect_hits(rules, RULES_FIRST, STR("\n\nx"), "M2@0 M2@1 N1@2 ");
    rules_free(rules);
}

static void an_entry_may_be_many_lines(void **state)
{
    static const char *const patterns[] = {"cause: (?<c>\\w+)$"};
    static const struct rules_entry entries[] = {{0, 5}, {8, 24}, {26, 26}};
    struct rules *rules = rules_of(patterns, 1);
    struct rules_scan *scan = rules_scan_new(rules, RULES_FIRST, rules_path_best());
    struct str block = STR("first --error\ncause: disk\n\n");
    struct rules_hit hit;

    (void)state;
    rules_scan_entries(scan, block, entries, 3);
    assert_true(rules_scan_next(scan, &hit));
    assert_int_equal(hit.outcome, RULES_NONE);
    assert_true(rules_scan_next(scan, &hit));
    /* "disk" is cut to "di": [8, 24) */
    assert_int_equal(hit.outcome, RULES_MATCH);
    assert_int_equal(hit.entry, 1);
    assert_int_equal(hit.start, 8);
    assert_int_equal(hit.spans[1].end - hit.spans[1].start, 3);
    assert_true(rules_scan_next(scan, &hit));
    assert_int_equal(hit.outcome, RULES_NONE);
    assert_int_equal(hit.entry, 2);
    assert_false(rules_scan_next(scan, &hit));
    rules_scan_free(scan);
    rules_free(rules);
}

/* A line of exactly the limit is matched, whatever ends it; one byte more is not. */
static void long_lines_are_told(void **state)
{
    static const char *const patterns[] = {"needle"};
    struct rules *rules = rules_of(patterns, 1);
    char *text = mem_alloc(4, LIMIT_LOG_LINE);
    size_t limit = LIMIT_LOG_LINE;

    (void)state;
    memset(text, 'x', 4 * limit);
    memcpy(text + limit - 6, "needle\r\n", 8);
    memcpy(text + 2 * limit + 3, "\nneedle\n", 8);
    expect_hits(rules, RULES_FIRST, (struct str){text, 2 * limit + 11}, "M0@0 X0@1 M0@2 ");
    expect_hits(rules, RULES_EVERY, (struct str){text, limit + 2}, "M0@0 ");
    expect_hits(rules, RULES_EVERY, (struct str){text + limit + 2, limit + 1}, "X0@0 ");
    expect_hits(rules, RULES_EVERY, (struct str){text + limit + 2, limit}, "N1@0 ");
    mem_free(text);
    rules_free(rules);
}

/* Nobody knows whether the first rule matches: with one hit a line there is no other answer. */
static void a_limit_is_told_for_the_entry(void **state)
{
    static const char *const patterns[] = {"^(a+)+$", "b"};
    struct rules *rules = rules_of(patterns, 2);
    struct str log = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\nb\nc");

    (void)state;
    expect_hits(rules, RULES_FIRST, log, "L0@0 M1@1 N1@2 ");
    expect_hits(rules, RULES_EVERY, log, "L0@0 M1@0 M1@1 N1@2 ");
    rules_free(rules);
}

static void a_rule_stops_after_too_many_limits(void **state)
{
    static const char *const patterns[] = {"^(a+)+$", "b"};
    struct rules *rules = rules_of(patterns, 2);
    struct rules_scan *scan = rules_scan_new(rules, RULES_FIRST, rules_path_best());
    uint32_t limits[2] = {LIMIT_RULE_STOPS - 1, 0};
    struct str log = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n"
                         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n");
    struct rules_hit hit;

    (void)state;
    rules_scan_set_limits(scan, limits);
    assert_false(rules_scan_has_stopped(scan, 0));
    rules_scan_lines(scan, log);
    assert_true(rules_scan_next(scan, &hit));
    assert_int_equal(hit.outcome, RULES_LIMIT);
    assert_true(rules_scan_has_stopped(scan, 0));
    assert_int_equal(rules_scan_limits(scan)[0], LIMIT_RULE_STOPS);
    assert_true(rules_scan_next(scan, &hit));
    assert_int_equal(hit.outcome, RULES_MATCH);
    assert_int_equal(hit.rule, 1);
    assert_false(rules_scan_next(scan, &hit));
    rules_scan_free(scan);
    rules_free(rules);
}

/* Every allocation fails once: STATUS_MEMORY or NULL, and nothing is lost. */
static void running_out_of_memory_is_told(void **state)
{
    static const struct rule_pattern list[] = {{STR_INIT("(a|bc)d[ef]{3}"), 0}, {STR_INIT("x+"), 0}};
    unsigned long nth;
    bool is_done = false;

    (void)state;
    for (nth = 1; !is_done && nth < 500; nth++) {
        struct rules *rules = NULL;
        struct rules_scan *scan = NULL;
        struct regex_error error;
        size_t wrong;
        enum status status;

        mem_fail_at(nth);
        status = rules_new(list, 2, &rules, &wrong, &error);
        if (status == STATUS_OK)
            scan = rules_scan_new(rules, RULES_EVERY, rules_path_best());
        is_done = mem_count() < nth;
        mem_fail_at(0);
        assert_true(status == STATUS_OK || status == STATUS_MEMORY);
        assert_true(is_done == (scan != NULL) || scan != NULL);
        rules_scan_free(scan);
        rules_free(rules);
    }
    assert_true(is_done);
    assert_true(nth > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_have_names_and_places),
        cmocka_unit_test(a_wrong_pattern_is_explained_at_its_place),
        cmocka_unit_test(what_is_too_large_is_refused),
        cmocka_unit_test(characters_are_of_unicode_kinds_of_ascii),
        cmocka_unit_test(atomic_groups_are_answered_rightly),
        cmocka_unit_test(a_pattern_may_want_no_machine_code),
        cmocka_unit_test(a_limit_is_not_a_no),
        cmocka_unit_test(bad_bytes_become_one_character_each),
        cmocka_unit_test(only_what_cannot_be_left_out_is_needed),
        cmocka_unit_test(the_wrong_rule_is_named),
        cmocka_unit_test(rules_that_no_filter_serves_are_known),
        cmocka_unit_test(lines_come_in_order_with_those_without_a_hit),
        cmocka_unit_test(an_entry_may_be_many_lines),
        cmocka_unit_test(long_lines_are_told),
        cmocka_unit_test(a_limit_is_told_for_the_entry),
        cmocka_unit_test(a_rule_stops_after_too_many_limits),
        cmocka_unit_test(running_out_of_memory_is_told),
    };

    return cmocka_run_group_tests_name("text, rules", tests, NULL, NULL);
}
