#include "reader/log_counts.h"

#include "base/mem.h"

bool log_counts_init(struct log_counts *counts, const struct log_rules *log,
                     const struct rules *rules)
{
    size_t i;

    counts->rules = rules;
    counts->count = log->count;
    counts->matched = 0;
    arena_init(&counts->arena);
    arena_init(&counts->captures);
    counts->list = arena_alloc(&counts->arena, log->count, sizeof *counts->list);
    counts->wanted = arena_alloc(&counts->arena, log->count, sizeof *counts->wanted);
    if (!counts->list || !counts->wanted)
        return false;
    for (i = 0; i < log->count; i++) {
        counts->list[i].name = log->list[i].name;
        counts->list[i].is_used = log->list[i].is_used;
        counts->list[i].is_filtered = rules_is_filtered(rules, i);
        counts->wanted[i] = RULE_HITS;
    }
    return true;
}

void log_counts_begin(struct log_counts *counts, const struct log_counts *known)
{
    size_t i;

    counts->matched = 0;
    for (i = 0; i < counts->count; i++) {
        struct row_rule *rule = &counts->list[i];

        rule->n = rule->limits = 0;
        rule->hit_count = 0;
        counts->wanted[i] = (uint8_t)(RULE_HITS - known->list[i].hit_count);
    }
    arena_clear(&counts->captures);
}

void log_counts_done(struct log_counts *counts)
{
    arena_done(&counts->arena);
    arena_done(&counts->captures);
    counts->list = NULL;
}

static struct str first_bytes(struct str text)
{
    if (text.len <= RULE_CAPTURE_BYTES)
        return text;
    for (text.len = RULE_CAPTURE_BYTES; text.len > 0; text.len--)
        if (((unsigned char)text.ptr[text.len] & 0xC0) != 0x80)
            break;
    return text;
}

static bool keep_captures(struct log_counts *counts, const struct rules_hit *hit,
                          struct row_hit *kept)
{
    const struct regex *regex = rules_regex(counts->rules, hit->rule);
    size_t groups = regex_groups(regex);
    size_t i;

    kept->captures = arena_alloc(&counts->captures, groups, sizeof *kept->captures);
    if (!kept->captures)
        return false;
    for (i = 1; i <= groups; i++) {
        const struct regex_span *span = &hit->spans[i];
        struct row_capture *capture = &kept->captures[kept->capture_count];
        struct str text;

        capture->column = regex_group_name(regex, i);
        if (!capture->column.ptr || span->start == REGEX_UNSET)
            continue;
        text = (struct str){hit->text.ptr + span->start, span->end - span->start};
        capture->value = arena_str(&counts->captures, first_bytes(text));
        if (!capture->value.ptr)
            return false;
        kept->capture_count++;
    }
    return true;
}

bool log_counts_take(struct log_counts *counts, const struct rules_hit *hit, uint64_t line,
                     uint64_t offset)
{
    struct row_rule *rule = &counts->list[hit->rule];
    struct row_hit *kept;

    counts->matched++;
    if (rule->n++ == 0) {
        rule->first_line = line;
        rule->first_offset = offset;
    }
    rule->last_line = line;
    rule->last_offset = offset;
    if (rule->hit_count == counts->wanted[hit->rule])
        return true;
    kept = &rule->hits[rule->hit_count++];
    *kept = (struct row_hit){line, offset, NULL, 0};
    return keep_captures(counts, hit, kept);
}

void log_counts_limit(struct log_counts *counts, size_t rule)
{
    counts->list[rule].limits++;
}

static bool copy_hit(struct log_counts *counts, const struct row_hit *from, uint64_t line,
                     uint64_t offset, struct row_hit *into)
{
    size_t i;

    *into = *from;
    into->line += line;
    into->offset += offset;
    into->captures = arena_alloc(&counts->captures, from->capture_count, sizeof *into->captures);
    for (i = 0; into->captures && i < from->capture_count; i++) {
        into->captures[i].column = from->captures[i].column;
        into->captures[i].value = arena_str(&counts->captures, from->captures[i].value);
        if (!into->captures[i].value.ptr)
            return false;
    }
    return into->captures != NULL;
}

bool log_counts_join(struct log_counts *counts, const struct log_counts *behind, uint64_t line,
                     uint64_t offset)
{
    size_t i;
    size_t k;

    counts->matched += behind->matched;
    for (i = 0; i < counts->count; i++) {
        const struct row_rule *from = &behind->list[i];
        struct row_rule *rule = &counts->list[i];

        rule->limits += from->limits;
        if (from->n == 0)
            continue;
        if (rule->n == 0) {
            rule->first_line = line + from->first_line;
            rule->first_offset = offset + from->first_offset;
        }
        rule->n += from->n;
        rule->last_line = line + from->last_line;
        rule->last_offset = offset + from->last_offset;
        for (k = 0; k < from->hit_count && rule->hit_count < RULE_HITS; k++)
            if (!copy_hit(counts, &from->hits[k], line, offset,
                          &rule->hits[rule->hit_count++]))
                return false;
    }
    return true;
}
