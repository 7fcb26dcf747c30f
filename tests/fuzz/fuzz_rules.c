/*
 * Patterns and a log: whatever they are, every path finds what asking each rule on each line finds,
 * and what a rule needs is there where it matches.
 *
 * The patterns are the lines up to the first empty one, each behind a letter for its options; the
 * rest is the log.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/needed_bytes.h"
#include "text/rules.h"

enum { RULES = 200, HITS = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

/* What is compared of a hit. */
struct outcome {
    enum rules_outcome outcome;
    size_t rule, entry, count, start, end, bad_bytes, first_span, last_span;
};

/* A pattern by itself, and what it is read to need. */
struct asked {
    struct rule_pattern patterns[RULES];
    struct needed_bytes *needed[RULES];
    size_t count;
};

static size_t all_hits(const struct rules *rules, const struct asked *asked, enum rules_mode mode,
                       enum rules_path path, struct str log, struct outcome *outcomes)
{
    struct rules_scan *scan = rules_scan_new(rules, mode, path);
    struct rules_hit hit;
    size_t count = 0;

    must(scan != NULL, "there is memory");
    rules_scan_lines(scan, log);
    while (rules_scan_next(scan, &hit) && count < HITS) {
        size_t groups = hit.spans ? regex_groups(rules_regex(rules, hit.rule)) : 0;

        outcomes[count++] = (struct outcome){
            .outcome = hit.outcome, .rule = hit.rule, .entry = hit.entry, .count = hit.count,
            .start = hit.start, .end = hit.end, .bad_bytes = hit.bad_bytes,
            .first_span = hit.spans ? hit.spans[0].start : 0,
            .last_span = hit.spans ? hit.spans[groups].end : 0};
        must(hit.start <= hit.end && hit.end <= log.len, "a hit is in the log");
        must(!hit.spans || hit.spans[0].end <= hit.text.len, "a match is in its text");
        must(!hit.spans || needed_bytes_hold(asked->needed[hit.rule],
                                             (struct str){log.ptr + hit.start, hit.end - hit.start}),
             "what a rule needs is there where it matches");
    }
    must(!rules_scan_failed(scan), "a scan does not run out of memory");
    rules_scan_free(scan);
    return count;
}

static bool same(const struct outcome *a, const struct outcome *b)
{
    return a->outcome == b->outcome && a->rule == b->rule && a->entry == b->entry &&
           a->count == b->count && a->start == b->start && a->end == b->end &&
           a->bad_bytes == b->bad_bytes && a->first_span == b->first_span &&
           a->last_span == b->last_span;
}

static void compare_paths(struct rules *rules, const struct asked *asked, struct str log)
{
    struct outcome *plain = mem_alloc(HITS, sizeof *plain);
    struct outcome *quick = mem_alloc(HITS, sizeof *quick);
    enum rules_mode mode;
    enum rules_path path;

    must(plain && quick, "there is memory");
    for (mode = RULES_FIRST; mode <= RULES_EVERY; mode++) {
        size_t count = all_hits(rules, asked, mode, RULES_NAIVE, log, plain);

        for (path = RULES_PORTABLE; path < RULES_PATHS; path++) {
            size_t i;

            if (!rules_path_has(path))
                continue;
            must(all_hits(rules, asked, mode, path, log, quick) == count, "as many hits on each path");
            for (i = 0; i < count; i++)
                must(same(&plain[i], &quick[i]), "the same hits on each path");
        }
        must(rules_tune(rules, log) == STATUS_OK, "a set can be tuned");
    }
    mem_free(plain);
    mem_free(quick);
}

/* Letters say what is asked of a pattern; any other asks nothing. */
static unsigned options_of(char letter)
{
    static const char letters[] = "ixsuICX";
    static const unsigned options[] = {REGEX_CASELESS, REGEX_EXTENDED, REGEX_DOTALL, REGEX_UCP,
                                       REGEX_CASELESS | REGEX_UCP, REGEX_CASELESS | REGEX_EXTENDED,
                                       REGEX_EXTENDED | REGEX_NO_JIT};
    const char *found = letter ? strchr(letters, letter) : NULL;

    return found ? options[found - letters] : 0;
}

/* The patterns in front of the first empty line that are right by themselves. */
static void read_patterns(struct str *rest, struct asked *asked)
{
    struct regex_error error;
    struct str line;

    while (str_split(rest, '\n', &line) && line.len) {
        struct rule_pattern pattern = {{line.ptr + 1, line.len - 1}, options_of(line.ptr[0])};
        struct regex *regex = NULL;

        if (asked->count == RULES)
            continue;
        if (regex_new(pattern.pattern, pattern.options, &regex, &error) == STATUS_OK) {
            must(needed_bytes_read(pattern.pattern, pattern.options,
                                   &asked->needed[asked->count]) == STATUS_OK,
                 "what a right pattern needs can be read");
            asked->patterns[asked->count++] = pattern;
        } else {
            must(error.message[0] != '\0', "what is wrong has a reason");
        }
        regex_free(regex);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = {(const char *)data, size};
    struct asked asked = {.count = 0};
    struct rules *rules = NULL;
    struct regex_error error;
    size_t wrong;
    size_t i;

    read_patterns(&rest, &asked);
    must(rules_new(asked.patterns, asked.count, &rules, &wrong, &error) == STATUS_OK,
         "what is right alone is right together");
    compare_paths(rules, &asked, rest.ptr ? rest : STR(""));
    rules_free(rules);
    for (i = 0; i < asked.count; i++)
        needed_bytes_free(asked.needed[i]);
    return 0;
}
