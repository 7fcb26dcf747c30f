#include "text/rules.h"

#include <string.h>

#include "base/mem.h"
#include "text/rule_windows.h"
#include "text/rules_set.h"

static enum status compile(struct rules *rules, const struct rule_pattern *patterns,
                           size_t *reterr_rule, struct regex_error *reterr)
{
    size_t i;

    for (i = 0; i < rules->count; i++) {
        struct str pattern = patterns[i].pattern;
        enum status status = regex_new(pattern, patterns[i].options, &rules->regexes[i], reterr);

        if (status == STATUS_OK)
            status = needed_bytes_read(pattern, patterns[i].options, &rules->needed[i]);
        if (status != STATUS_OK) {
            *reterr_rule = i;
            return status;
        }
        if (regex_groups(rules->regexes[i]) > rules->groups)
            rules->groups = regex_groups(rules->regexes[i]);
    }
    return STATUS_OK;
}

enum status rules_new(const struct rule_pattern *patterns, size_t count, struct rules **ret_rules,
                      size_t *reterr_rule, struct regex_error *reterr)
{
    struct rules *rules = mem_alloc(1, sizeof *rules);
    enum status status = STATUS_MEMORY;
    size_t i;

    if (!rules)
        return status;
    rules->count = count;
    rules->words = count / 64 + 1;
    rules->regexes = mem_alloc(count + 1, sizeof *rules->regexes);
    rules->needed = mem_alloc(count + 1, sizeof *rules->needed);
    rules->all = mem_alloc(rules->words, sizeof *rules->all);
    rules->unserved = mem_alloc(rules->words, sizeof *rules->unserved);
    if (!rules->regexes || !rules->needed || !rules->all || !rules->unserved)
        goto out;
    for (i = 0; i < count; i++)
        rules->all[i / 64] |= 1ull << (i & 63);
    status = compile(rules, patterns, reterr_rule, reterr);
    if (status == STATUS_OK)
        status = rules_tune(rules, STR(""));
    if (status != STATUS_OK)
        goto out;
    *ret_rules = rules;
    rules = NULL;
out:
    rules_free(rules);
    return status;
}

void rules_free(struct rules *rules)
{
    size_t i;

    if (!rules)
        return;
    for (i = 0; i < rules->count; i++) {
        if (rules->regexes)
            regex_free(rules->regexes[i]);
        if (rules->needed)
            needed_bytes_free(rules->needed[i]);
    }
    mem_free(rules->regexes);
    mem_free(rules->needed);
    mem_free(rules->all);
    mem_free(rules->unserved);
    rule_filter_free(rules->filter);
    mem_free(rules);
}

enum status rules_tune(struct rules *rules, struct str sample)
{
    struct filter_window *windows = mem_alloc(FILTER_WINDOWS, sizeof *windows);
    bool *is_served = mem_alloc(rules->count + 1, sizeof *is_served);
    struct rule_filter *filter = NULL;
    uint32_t frequent[256];
    size_t count = 0;
    enum status status = STATUS_MEMORY;
    size_t i;

    if (windows && is_served)
        status = rule_windows_choose(rules->needed, rules->count, sample, windows, &count, is_served,
                                     frequent);
    if (status == STATUS_OK && count > 0) {
        filter = rule_filter_new(windows, count, sample.len ? frequent : NULL);
        status = filter ? STATUS_OK : STATUS_MEMORY;
    }
    if (status == STATUS_OK) {
        memcpy(rules->unserved, rules->all, rules->words * sizeof *rules->all);
        for (i = 0; i < rules->count; i++)
            if (is_served[i])
                rules->unserved[i / 64] &= ~(1ull << (i & 63));
        rule_filter_free(rules->filter);
        rules->filter = filter;
    }
    mem_free(windows);
    mem_free(is_served);
    return status;
}

size_t rules_count(const struct rules *rules)
{
    return rules->count;
}

const struct regex *rules_regex(const struct rules *rules, size_t rule)
{
    return rules->regexes[rule];
}

bool rules_is_filtered(const struct rules *rules, size_t rule)
{
    return rule_windows_can_serve(rules->needed[rule]);
}

bool rules_path_has(enum rules_path path)
{
#if defined(__x86_64__)
    if (path == RULES_AVX2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
               __builtin_cpu_supports("popcnt");
    if (path == RULES_SSSE3)
        return __builtin_cpu_supports("ssse3");
#endif
    return path == RULES_NAIVE || path == RULES_PORTABLE;
}

enum rules_path rules_path_best(void)
{
    enum rules_path path = RULES_AVX2;

    while (!rules_path_has(path))
        path--;
    return path;
}
