/*
 * Random sets of rules over random logs: every path gives what PCRE2 gives for each rule on each
 * line alone, and a rule that matches has what it needs.
 */
#include "unit.h"

#include <stdio.h>

#include "base/limits.h"
#include "random_regex.h"
#include "text/needed_bytes.h"
#include "text/rules.h"
#include "text/utf8_repair.h"

enum { RULES = 12, LINES = 60, GROUPS = 40 };

struct walk {
    struct draw draw;
    struct buf patterns;
    struct rule_pattern rules[RULES];
    size_t offsets[RULES];
    struct regex *regexes[RULES];
    struct needed_bytes *needed[RULES];
    size_t count;
    struct buf log;
    struct rules_entry entries[LINES];
    size_t entry_count;
    struct regex_run *run;
    unsigned long matches;
    unsigned long filtered;
    unsigned long all;
};

/* What is wrong, of too many groups, or slow is not taken. */
static void draw_rule(struct walk *walk, struct buf *text)
{
    static const unsigned options[] = {0, 0, 0, REGEX_CASELESS, REGEX_EXTENDED, REGEX_UCP, REGEX_DOTALL,
                                       REGEX_CASELESS | REGEX_UCP, REGEX_EXTENDED | REGEX_CASELESS};
    struct rule_pattern rule = {.options = DRAW(&walk->draw, options)};
    size_t before = text->len;
    struct regex_error error;
    struct regex *regex;

    draw_regex(&walk->draw, text, 0);
    rule.pattern = (struct str){text->bytes + before, text->len - before};
    if (regex_new(rule.pattern, rule.options, &regex, &error) != STATUS_OK)
        return;
    if (regex_groups(regex) > GROUPS) {
        regex_free(regex);
        return;
    }
    walk->regexes[walk->count] = regex;
    assert_int_equal(needed_bytes_read(rule.pattern, rule.options, &walk->needed[walk->count]),
                     STATUS_OK);
    walk->offsets[walk->count] = before;
    walk->rules[walk->count++] = rule;
}

static void draw_rules(struct walk *walk)
{
    size_t most = 1 + draw_below(&walk->draw, RULES);
    size_t i;

    buf_clear(&walk->patterns);
    walk->count = 0;
    while (walk->count < most)
        draw_rule(walk, &walk->patterns);
    for (i = 0; i < walk->count; i++) /* the buffer may have moved */
        walk->rules[i].pattern.ptr = walk->patterns.bytes + walk->offsets[i];
}

static void draw_log(struct walk *walk)
{
    size_t count = draw_below(&walk->draw, LINES);
    size_t i;

    buf_clear(&walk->log);
    walk->entry_count = 0;
    for (i = 0; i < count; i++) {
        struct rules_entry *entry = &walk->entries[walk->entry_count];
        struct str text;

        entry->start = walk->log.len;
        draw_text(&walk->draw, &walk->log);
        if (i + 1 < count || draw_below(&walk->draw, 2))
            buf_add_text(&walk->log, draw_below(&walk->draw, 8) ? "\n" : "\r\n");
        text = (struct str){walk->log.bytes + entry->start, walk->log.len - entry->start};
        if (text.len == 0)
            continue;
        text.len -= str_ends(text, "\n");
        text.len -= str_ends(text, "\r");
        entry->end = entry->start + text.len;
        walk->entry_count++;
    }
}

static struct str log_text(const struct walk *walk)
{
    return walk->log.len ? buf_str(&walk->log) : STR("");
}

/* A hit as the plain way finds it, and the next one of the scan. */
static void expect_hit(const struct walk *walk, struct rules_scan *scan, size_t *unmatched,
                       enum rules_outcome outcome, size_t entry, size_t rule)
{
    struct rules_hit hit;
    size_t i;

    assert_true(rules_scan_next(scan, &hit));
    if (*unmatched) {
        assert_int_equal(hit.outcome, RULES_NONE);
        assert_int_equal(hit.count, *unmatched);
        assert_int_equal(hit.entry, entry - *unmatched);
        assert_int_equal(hit.start, walk->entries[entry - *unmatched].start);
        assert_int_equal(hit.end, walk->entries[entry - 1].end);
        *unmatched = 0;
        if (outcome == RULES_NONE)
            return;
        assert_true(rules_scan_next(scan, &hit));
    }
    assert_int_equal(hit.outcome, outcome);
    assert_int_equal(hit.rule, rule);
    assert_int_equal(hit.entry, entry);
    assert_int_equal(hit.count, 1);
    assert_int_equal(hit.start, walk->entries[entry].start);
    assert_int_equal(hit.end, walk->entries[entry].end);
    if (outcome != RULES_MATCH)
        return;
    for (i = 0; i <= regex_groups(walk->regexes[rule]); i++) {
        assert_int_equal(hit.spans[i].start, regex_spans(walk->run)[i].start);
        assert_int_equal(hit.spans[i].end, regex_spans(walk->run)[i].end);
    }
}

/* Every rule on every entry, in their order; the scan must give the same. */
static void compare(struct walk *walk, struct rules_scan *scan, enum rules_mode mode,
                    const uint32_t *stopped)
{
    struct rules_hit hit;
    struct buf repaired;
    uint32_t limits[RULES] = {0};
    size_t unmatched = 0;
    size_t e;
    size_t r;

    memcpy(limits, stopped, sizeof limits);
    buf_init(&repaired, 1 << 16);
    for (e = 0; e < walk->entry_count; e++) {
        struct str raw = {log_text(walk).ptr + walk->entries[e].start,
                          walk->entries[e].end - walk->entries[e].start};
        bool is_matched = false;
        size_t bad;
        struct str text = utf8_repair(raw, &repaired, &bad);

        for (r = 0; r < walk->count && !(is_matched && mode == RULES_FIRST); r++) {
            enum regex_answer answer;

            if (limits[r] >= LIMIT_RULE_STOPS)
                continue;
            answer = regex_match(walk->regexes[r], walk->run, text, 0);
            if (answer == REGEX_YES) {
                if (!needed_bytes_hold(walk->needed[r], raw))
                    fail_msg("'%.*s' does not need what it was read to need",
                             STR_ARG(walk->rules[r].pattern));
                walk->matches++;
            }
            if (answer == REGEX_LIMIT && !needed_bytes_hold(walk->needed[r], raw))
                answer = REGEX_NO;
            if (answer == REGEX_LIMIT)
                limits[r]++;
            if (answer == REGEX_NO)
                continue;
            is_matched = true;
            expect_hit(walk, scan, &unmatched, answer == REGEX_YES ? RULES_MATCH : RULES_LIMIT, e, r);
        }
        unmatched += !is_matched;
    }
    if (unmatched)
        expect_hit(walk, scan, &unmatched, RULES_NONE, e, 0);
    assert_false(rules_scan_next(scan, &hit));
    assert_false(rules_scan_failed(scan));
    assert_memory_equal(limits, rules_scan_limits(scan), walk->count * sizeof *limits);
    buf_done(&repaired);
}

static void compare_path(struct walk *walk, const struct rules *rules, enum rules_path path)
{
    enum rules_mode mode;

    for (mode = RULES_FIRST; mode <= RULES_EVERY; mode++) {
        struct rules_scan *scan = rules_scan_new(rules, mode, path);
        static const uint32_t none[RULES];
        uint32_t before[RULES];

        assert_non_null(scan);
        rules_scan_lines(scan, log_text(walk));
        compare(walk, scan, mode, none);
        memcpy(before, rules_scan_limits(scan), walk->count * sizeof *before);
        rules_scan_entries(scan, log_text(walk), walk->entries, walk->entry_count);
        compare(walk, scan, mode, before);
        rules_scan_free(scan);
    }
}

static void one_walk(struct walk *walk)
{
    struct regex_error error;
    struct rules *rules;
    enum rules_path path;
    size_t wrong;
    size_t i;

    draw_rules(walk);
    draw_log(walk);
    assert_int_equal(rules_new(walk->rules, walk->count, &rules, &wrong, &error), STATUS_OK);
    for (path = RULES_NAIVE; path < RULES_PATHS; path++) {
        if (!rules_path_has(path))
            continue;
        if (draw_below(&walk->draw, 2))
            assert_int_equal(rules_tune(rules, log_text(walk)), STATUS_OK);
        compare_path(walk, rules, path);
    }
    for (i = 0; i < walk->count; i++) {
        walk->filtered += rules_is_filtered(rules, i);
        walk->all++;
        regex_free(walk->regexes[i]);
        needed_bytes_free(walk->needed[i]);
    }
    rules_free(rules);
}

static void every_path_gives_what_each_rule_gives_alone(void **state)
{
    struct walk walk = {.draw = {.state = 20250301}};
    int i;

    (void)state;
    buf_init(&walk.patterns, 1 << 20);
    buf_init(&walk.log, 1 << 20);
    walk.run = regex_run_new(GROUPS);
    assert_non_null(walk.run);
    for (i = 0; i < 400; i++)
        one_walk(&walk);
    print_message("%lu matches, %lu of %lu rules can be looked for\n", walk.matches, walk.filtered,
                  walk.all);
    assert_true(walk.matches > 10000);
    assert_true(walk.filtered > walk.all / 10);
    regex_run_free(walk.run);
    buf_done(&walk.patterns);
    buf_done(&walk.log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_path_gives_what_each_rule_gives_alone),
    };

    return cmocka_run_group_tests_name("text, random rules", tests, NULL, NULL);
}
