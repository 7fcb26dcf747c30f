/* All rules of all shipped maps on the maps' own samples and on real logs: every way of looking finds
   what each rule finds on each line alone. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "plan/plan.h"
#include "source/shipped.h"
#include "text/needed_bytes.h"
#include "text/rules.h"
#include "text/utf8_repair.h"

enum { RULES = 1000 };

struct fixture {
    struct library library;
    struct diag diag;
    struct arena arena;
    struct rule_pattern patterns[RULES];
    struct needed_bytes *needed[RULES];
    size_t count;
    size_t groups;
    struct rules *rules;
    struct buf samples;
    uint64_t matches;
};

static void add_pattern(struct fixture *f, struct str pattern)
{
    assert_true(f->count < RULES);
    if (pattern.ptr)
        f->patterns[f->count++].pattern = pattern;
}

static void add_map(struct fixture *f, const struct source_map *map)
{
    size_t i;
    size_t k;

    for (i = 0; i < map->log.count; i++) {
        add_pattern(f, map->log.list[i].pattern);
        for (k = 0; k < map->rules[i].sample_count; k++) {
            buf_add(&f->samples, map->rules[i].samples[k].text);
            buf_add(&f->samples, STR("\n"));
        }
    }
    add_pattern(f, map->log.start);
    add_pattern(f, map->log.continues);
    for (i = 0; map->log.count && i < map->sample_count; i++)
        buf_add(&f->samples, map->samples[i].text);
}

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);
    const struct shipped *shipped;
    struct regex_error error;
    size_t wrong;
    size_t i;

    assert_non_null(f);
    xml_init();
    diag_init(&f->diag);
    arena_init(&f->arena);
    buf_init(&f->samples, 1 << 24);
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    for (shipped = shipped_documents; shipped->name; shipped++) {
        struct source_map *map = NULL;

        if (!strstr(shipped->path, "/sources/"))
            continue;
        assert_int_equal(source_map_load(&f->arena, &f->library, str_of(shipped->name),
                                         (struct str){NULL, 0}, &f->diag, &map),
                         STATUS_OK);
        add_map(f, map);
    }
    assert_int_equal(rules_new(f->patterns, f->count, &f->rules, &wrong, &error), STATUS_OK);
    for (i = 0; i < f->count; i++) {
        size_t groups = regex_groups(rules_regex(f->rules, i));

        f->groups = groups > f->groups ? groups : f->groups;
        assert_int_equal(needed_bytes_read(f->patterns[i].pattern, 0, &f->needed[i]), STATUS_OK);
    }
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < f->count; i++)
        needed_bytes_free(f->needed[i]);
    rules_free(f->rules);
    buf_done(&f->samples);
    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    mem_free(f);
    return 0;
}

/* What a rule found: how often, and where, as one number. */
struct found {
    uint64_t n;
    uint64_t places;
};

static void add_found(struct found *found, uint64_t entry, const struct regex_span *span)
{
    found->n++;
    found->places = (found->places ^ entry) * 0x9e3779b97f4a7c15 + (span->start << 20) + span->end;
}

/* Each rule on each line; first[r]: where no rule in front of r matches. */
static void ask_alone(struct fixture *f, struct str log, struct found *every, struct found *first)
{
    struct regex_run *run = regex_run_new(f->groups);
    struct buf repaired;
    struct str line;
    uint64_t entry = 0;

    assert_non_null(run);
    buf_init(&repaired, 1 << 20);
    for (; log.len && str_split(&log, '\n', &line); entry++) {
        bool is_taken = false;
        struct str text;
        size_t bad;
        size_t r;

        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        text = utf8_repair(line, &repaired, &bad);
        for (r = 0; r < f->count; r++) {
            if (regex_match(rules_regex(f->rules, r), run, text, 0) != REGEX_YES)
                continue;
            assert_true(needed_bytes_hold(f->needed[r], line));
            add_found(&every[r], entry, regex_spans(run));
            if (!is_taken)
                add_found(&first[r], entry, regex_spans(run));
            is_taken = true;
            f->matches++;
        }
    }
    buf_done(&repaired);
    regex_run_free(run);
}

static void ask_together(const struct fixture *f, struct str log, enum rules_mode mode,
                         enum rules_path path, const struct found *wanted)
{
    static struct found found[RULES];
    struct rules_scan *scan = rules_scan_new(f->rules, mode, path);
    struct rules_hit hit;

    assert_non_null(scan);
    memset(found, 0, sizeof found);
    rules_scan_lines(scan, log);
    while (rules_scan_next(scan, &hit)) {
        assert_true(hit.outcome == RULES_MATCH || hit.outcome == RULES_NONE);
        if (hit.outcome == RULES_MATCH)
            add_found(&found[hit.rule], hit.entry, hit.spans);
    }
    assert_false(rules_scan_failed(scan));
    assert_memory_equal(found, wanted, f->count * sizeof *found);
    rules_scan_free(scan);
}

static void compare(struct fixture *f, struct str log)
{
    static struct found every[RULES];
    static struct found first[RULES];
    enum rules_path path;
    unsigned tuned;

    memset(every, 0, sizeof every);
    memset(first, 0, sizeof first);
    ask_alone(f, log, every, first);
    for (tuned = 0; tuned < 2; tuned++) {
        struct str sample = {log.ptr, log.len < 65536 ? log.len : 65536};

        assert_int_equal(rules_tune(f->rules, tuned ? sample : STR("")), STATUS_OK);
        for (path = RULES_NAIVE; path < RULES_PATHS; path++) {
            if (!rules_path_has(path))
                continue;
            ask_together(f, log, RULES_EVERY, path, every);
            ask_together(f, log, RULES_FIRST, path, first);
        }
    }
}

static void the_samples_of_the_maps(void **state)
{
    struct fixture *f = *state;

    assert_false(f->samples.failed);
    compare(f, buf_str(&f->samples));
    print_message("%zu rules, %llu matches in %zu bytes\n", f->count,
                  (unsigned long long)f->matches, f->samples.len);
    assert_true(f->count > 30 && f->matches > 100);
}

static void real_logs(void **state)
{
    struct fixture *f = *state;
    const char *folder = getenv("CFAUDIT_REAL_DATA");
    struct str path;
    struct str *names;
    size_t count;
    size_t i;

    if (!folder)
        skip();
    path = arena_format(&f->arena, "%s/logs", folder);
    assert_int_equal(source_expand(&f->arena, &path, 1, &f->diag, &names, &count), STATUS_OK);
    assert_true(count > 50);
    for (i = 0; i < count; i++) {
        struct source_identity identity;
        struct source *source;
        struct str bytes;

        assert_int_equal(source_open(names[i], &f->diag, &source), STATUS_OK);
        assert_int_equal(source_read_all(source, 1 << 28, &f->arena, &f->diag, &bytes, &identity),
                         STATUS_OK);
        compare(f, bytes);
        source_close(source);
    }
    print_message("%zu rules, %llu matches in %zu logs\n", f->count,
                  (unsigned long long)f->matches, count);
    assert_true(f->matches > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_samples_of_the_maps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(real_logs, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("text, rules of the maps", tests, NULL, NULL);
}
