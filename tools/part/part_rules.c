#include "part/part_rules.h"

#include "base/limits.h"

/* Bytes that a rule and a capture take at least. */
enum { RULE_BYTES = 5, CAPTURE_BYTES = 3 };
enum { RULE_USED = 1, RULE_FILTERED = 2, RULE_FLAGS = 3 };

static void put_hit(struct buf *out, const struct accounting_hit *hit)
{
    size_t i;

    code_put_uint(out, hit->line);
    code_put_uint(out, hit->offset);
    code_put_uint(out, hit->capture_count);
    for (i = 0; i < hit->capture_count; i++) {
        const struct accounting_capture *capture = &hit->captures[i];

        code_put_str(out, capture->column);
        code_put_uint(out, capture->kind);
        if (capture->kind == CAPTURE_KEPT_OUT)
            code_put_uint(out, capture->length);
        else
            code_put_str(out, capture->value);
    }
}

static void put_rule(struct buf *out, const struct accounting_rule *rule)
{
    size_t i;

    code_put_str(out, rule->name);
    code_put_uint(out, (rule->is_used ? RULE_USED : 0u) | (rule->is_filtered ? RULE_FILTERED : 0u));
    code_put_uint(out, rule->limits);
    code_put_uint(out, rule->n);
    if (rule->n == 0)
        return;
    code_put_uint(out, rule->first.line);
    code_put_uint(out, rule->first.offset);
    code_put_uint(out, rule->last.line);
    code_put_uint(out, rule->last.offset);
    code_put_uint(out, rule->hit_count);
    for (i = 0; i < rule->hit_count; i++)
        put_hit(out, &rule->hits[i]);
}

void part_rules_put(struct buf *out, const struct accounting *accounting)
{
    size_t i;

    code_put_uint(out, accounting->rule_count);
    for (i = 0; i < accounting->rule_count; i++)
        put_rule(out, &accounting->rules[i]);
}

static bool get_hit(struct code *code, struct arena *arena, struct accounting_hit *hit)
{
    bool no_memory = false;
    size_t i;

    hit->line = code_get_uint(code);
    hit->offset = code_get_uint(code);
    hit->capture_count = (size_t)code_get_most(code, code_left(code) / CAPTURE_BYTES);
    hit->captures = arena_alloc(arena, hit->capture_count, sizeof *hit->captures);
    for (i = 0; hit->captures && i < hit->capture_count && !code->is_bad; i++) {
        struct accounting_capture *capture = &hit->captures[i];

        capture->column = code_keep(arena, code_get_str(code), &no_memory);
        capture->kind = (enum capture_kind)code_get_most(code, CAPTURE_KEPT_OUT);
        if (capture->kind == CAPTURE_KEPT_OUT)
            capture->length = code_get_uint(code);
        else
            capture->value = code_keep(arena, code_get_str(code), &no_memory);
    }
    return hit->captures && !no_memory;
}

static bool get_rule(struct code *code, struct arena *arena, struct accounting_rule *rule)
{
    bool no_memory = false;
    uint64_t flags;
    size_t i;

    rule->name = code_keep(arena, code_get_str(code), &no_memory);
    flags = code_get_most(code, RULE_FLAGS);
    rule->is_used = (flags & RULE_USED) != 0;
    rule->is_filtered = (flags & RULE_FILTERED) != 0;
    rule->limits = code_get_uint(code);
    rule->has_stopped = rule->limits >= LIMIT_RULE_STOPS;
    rule->n = code_get_uint(code);
    if (rule->n == 0 || no_memory)
        return !no_memory;
    rule->first.line = code_get_uint(code);
    rule->first.offset = code_get_uint(code);
    rule->last.line = code_get_uint(code);
    rule->last.offset = code_get_uint(code);
    rule->hit_count = (size_t)code_get_most(code, ACCOUNTING_HITS);
    for (i = 0; i < rule->hit_count; i++)
        if (!get_hit(code, arena, &rule->hits[i]))
            return false;
    return true;
}

bool part_rules_get(struct code *code, struct arena *arena, struct accounting *accounting)
{
    size_t i;

    accounting->rule_count = (size_t)code_get_most(code, code_left(code) / RULE_BYTES);
    accounting->rules = arena_alloc(arena, accounting->rule_count, sizeof *accounting->rules);
    if (!accounting->rules)
        return false;
    for (i = 0; i < accounting->rule_count && !code->is_bad; i++)
        if (!get_rule(code, arena, &accounting->rules[i]))
            return false;
    return true;
}
