#include "text/rules_check.h"

#include <string.h>

#include "base/mem.h"

/* One of both ways, at the hit that comes next. */
struct way {
    struct rules_scan *scan;
    struct rules_hit hit;
    bool has_hit;
};

struct rules_check {
    struct rules *plain; /* the same patterns, interpreted */
    struct way fast;
    struct way slow;
};

struct rules_check *rules_check_new(const struct rules *rules, const struct rule_pattern *patterns,
                                    size_t count, enum rules_path path)
{
    struct rules_check *check = mem_alloc(1, sizeof *check);
    struct rule_pattern *plain = mem_alloc(count + 1, sizeof *plain);
    struct regex_error error;
    size_t wrong;
    size_t i;

    if (!check || !plain)
        goto fail;
    for (i = 0; i < count; i++)
        plain[i] = (struct rule_pattern){patterns[i].pattern, patterns[i].options | REGEX_NO_JIT};
    if (rules_new(plain, count, &check->plain, &wrong, &error) != STATUS_OK)
        goto fail;
    check->fast.scan = rules_scan_new(rules, RULES_FIRST, path);
    check->slow.scan = rules_scan_new(check->plain, RULES_FIRST, RULES_NAIVE);
    if (!check->fast.scan || !check->slow.scan)
        goto fail;
    mem_free(plain);
    return check;
fail:
    mem_free(plain);
    rules_check_free(check);
    return NULL;
}

void rules_check_free(struct rules_check *check)
{
    if (!check)
        return;
    rules_scan_free(check->fast.scan);
    rules_scan_free(check->slow.scan);
    rules_free(check->plain);
    mem_free(check);
}

bool rules_check_failed(const struct rules_check *check)
{
    return rules_scan_failed(check->fast.scan) || rules_scan_failed(check->slow.scan);
}

static void begin(struct way *way, const uint32_t *limits, struct str block,
                  const struct rules_entry *entries, size_t count)
{
    rules_scan_set_limits(way->scan, limits);
    if (entries)
        rules_scan_entries(way->scan, block, entries, count);
    else
        rules_scan_lines(way->scan, block);
    way->has_hit = rules_scan_next(way->scan, &way->hit);
}

static bool is_of(const struct way *way, size_t entry)
{
    return way->has_hit && way->hit.entry <= entry && entry < way->hit.entry + way->hit.count;
}

static bool is_undecided(const struct way *way, const struct way *other)
{
    return way->hit.outcome == RULES_LIMIT ||
           (way->hit.outcome == RULES_MATCH && rules_scan_has_stopped(other->scan, way->hit.rule));
}

/* The same words out of the same places. */
static bool is_same(const struct rules_check *check, const struct rules_hit *a,
                    const struct rules_hit *b)
{
    size_t groups;
    size_t i;

    if (a->outcome != b->outcome)
        return false;
    if (a->outcome != RULES_MATCH)
        return true;
    if (a->rule != b->rule || a->start != b->start || a->end != b->end || a->text.len != b->text.len ||
        memcmp(a->text.ptr, b->text.ptr, a->text.len) != 0)
        return false;
    groups = regex_groups(rules_regex(check->plain, a->rule));
    for (i = 0; i <= groups; i++)
        if (a->spans[i].start != b->spans[i].start || a->spans[i].end != b->spans[i].end)
            return false;
    return true;
}

/* Goes past the entry. */
static void pass(struct way *way, size_t entry)
{
    while (way->has_hit && way->hit.entry + way->hit.count <= entry + 1)
        way->has_hit = rules_scan_next(way->scan, &way->hit);
}

static struct rules_difference difference(const struct way *way, size_t entry)
{
    return (struct rules_difference){entry, way->hit.start,
                                     way->hit.outcome == RULES_MATCH ? way->hit.rule : 0};
}

bool rules_check_block(struct rules_check *check, const uint32_t *limits, struct str block,
                       const struct rules_entry *entries, size_t count,
                       struct rules_difference *ret_difference)
{
    struct way *fast = &check->fast;
    struct way *slow = &check->slow;
    size_t entry = 0;

    begin(fast, limits, block, entries, count);
    begin(slow, limits, block, entries, count);
    while (fast->has_hit || slow->has_hit) {
        bool are_both = is_of(fast, entry) && is_of(slow, entry);
        size_t end;

        if (!are_both || (!is_same(check, &fast->hit, &slow->hit) &&
                          !is_undecided(fast, slow) && !is_undecided(slow, fast))) {
            const struct way *finder =
                slow->has_hit && slow->hit.outcome == RULES_MATCH ? slow : fast;

            *ret_difference = difference(finder->has_hit ? finder : slow, entry);
            return !rules_check_failed(check);
        }
        end = fast->hit.entry + fast->hit.count;
        if (slow->hit.entry + slow->hit.count < end)
            end = slow->hit.entry + slow->hit.count;
        pass(fast, end - 1);
        pass(slow, end - 1);
        entry = end;
    }
    return false;
}
