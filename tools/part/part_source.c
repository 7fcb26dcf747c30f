#include "part/part_source.h"

#include <string.h>

#include "base/mem.h"
#include "part/part_rules.h"

/* A new member of what every source is accounted by has to be put and got here; but
   times that the work took: a part is the same on any machine. */
_Static_assert(sizeof(struct accounting) == 312, "struct accounting changed");

static const struct {
    size_t offset;
} numbers[] = {
    {offsetof(struct accounting, identity.bytes)}, {offsetof(struct accounting, identity.stream)},
    {offsetof(struct accounting, rows_read)},      {offsetof(struct accounting, rows_used)},
    {offsetof(struct accounting, rows_filtered)},  {offsetof(struct accounting, rows_rejected)},
    {offsetof(struct accounting, cases)},          {offsetof(struct accounting, times_gap)},
    {offsetof(struct accounting, times_twice)},    {offsetof(struct accounting, digits_dropped)},
    {offsetof(struct accounting, rows_solving)},   {offsetof(struct accounting, years_found)},
    {offsetof(struct accounting, year_turns)},
};

/* Bytes that each of them takes at least; most reasons of one source. */
enum { NOTE_BYTES = 6, COUNT_BYTES = 2, REASONS_MOST = 1024 };
enum { SOURCE_TRUNCATED = 1, SOURCE_TRAIL = 2, SOURCE_PARTIAL = 4, SOURCE_PLACES = 8,
       SOURCE_FLAGS = 15 };

/* --- into bytes --- */

static void put_reason(struct buf *out, const struct accounting_reason *reason)
{
    size_t i;

    code_put_str(out, reason->reason);
    code_put_uint(out, reason->is_reject);
    code_put_uint(out, reason->n);
    code_put_uint(out, reason->first_count);
    for (i = 0; i < reason->first_count; i++) {
        code_put_uint(out, reason->first[i].line);
        code_put_uint(out, reason->first[i].offset);
        code_put_str(out, reason->first[i].text);
    }
}

static void put_notes(struct buf *out, const struct part_source *source)
{
    size_t i;

    code_put_uint(out, source->note_count);
    for (i = 0; i < source->note_count; i++) {
        const struct part_note *note = &source->notes[i];

        code_put_str(out, str_of(rule_info(note->rule)->name));
        code_put_uint(out, note->is_about_source);
        if (!note->is_about_source)
            code_put_str(out, note->source);
        code_put_uint(out, note->line);
        code_put_uint(out, note->column);
        code_put_uint(out, note->offset);
        code_put_str(out, note->text);
        code_put_str(out, note->hint);
    }
    code_put_uint(out, source->count_count);
    for (i = 0; i < source->count_count; i++) {
        code_put_str(out, str_of(rule_info(source->counts[i].rule)->name));
        code_put_uint(out, source->counts[i].n);
    }
}

void part_source_put(struct buf *out, const struct part_source *source)
{
    const struct accounting *accounting = &source->accounting;
    size_t i;

    code_put_uint(out, source->owner);
    code_put_str(out, accounting->identity.name);
    code_put_sha256(out, &accounting->identity.sha256);
    code_put_uint(out, (accounting->identity.truncated ? SOURCE_TRUNCATED : 0u) |
                           (accounting->has_audit_trail ? SOURCE_TRAIL : 0u) |
                           (accounting->is_partial ? SOURCE_PARTIAL : 0u) |
                           (accounting->tells_places ? SOURCE_PLACES : 0u));
    code_put_str(out, accounting->map);
    code_put_sha256(out, &accounting->map_sha256);
    code_put_str(out, accounting->dialect);
    code_put_str(out, accounting->zone);
    code_put_str(out, accounting->date_order);
    for (i = 0; i < ARRAY_LEN(numbers); i++) {
        uint64_t value;

        memcpy(&value, (const char *)accounting + numbers[i].offset, sizeof value);
        code_put_uint(out, value);
    }
    code_put_uint(out, accounting->reason_count);
    for (i = 0; i < accounting->reason_count; i++)
        put_reason(out, &accounting->reasons[i]);
    part_rules_put(out, accounting);
    put_notes(out, source);
}

/* --- and back --- */

static bool get_reason(struct code *code, struct arena *arena, struct accounting_reason *reason)
{
    bool no_memory = false;
    size_t i;

    reason->reason = code_keep(arena, code_get_str(code), &no_memory);
    reason->is_reject = code_get_most(code, 1) != 0;
    reason->n = code_get_uint(code);
    reason->first_count = (size_t)code_get_most(code, ACCOUNTING_FIRST);
    for (i = 0; i < reason->first_count; i++) {
        reason->first[i].line = code_get_uint(code);
        reason->first[i].offset = code_get_uint(code);
        reason->first[i].text = code_keep(arena, code_get_str_or_none(code), &no_memory);
    }
    return !no_memory;
}

static enum rule get_rule(struct code *code)
{
    enum rule rule = rule_find(code_get_str(code));

    if (rule != RULE_COUNT)
        return rule;
    code->is_bad = true;
    return RULE_NO_MEMORY;
}

static bool get_notes(struct code *code, struct arena *arena, struct part_source *source)
{
    bool no_memory = false;
    size_t i;

    source->note_count = code_get_count(code, NOTE_BYTES);
    source->notes = arena_alloc(arena, source->note_count, sizeof *source->notes);
    for (i = 0; source->notes && i < source->note_count && !code->is_bad; i++) {
        struct part_note *note = &source->notes[i];

        note->rule = get_rule(code);
        note->is_about_source = code_get_most(code, 1) != 0;
        if (!note->is_about_source)
            note->source = code_keep(arena, code_get_str_or_none(code), &no_memory);
        note->line = code_get_uint(code);
        note->column = code_get_uint(code);
        note->offset = code_get_uint(code);
        note->text = code_keep(arena, code_get_str(code), &no_memory);
        note->hint = code_keep(arena, code_get_str_or_none(code), &no_memory);
    }
    source->count_count = code_get_count(code, COUNT_BYTES);
    source->counts = arena_alloc(arena, source->count_count, sizeof *source->counts);
    for (i = 0; source->counts && i < source->count_count && !code->is_bad; i++) {
        source->counts[i].rule = get_rule(code);
        source->counts[i].n = code_get_uint(code);
    }
    return source->notes && source->counts && !no_memory;
}

bool part_source_get(struct code *code, struct arena *arena, struct part_source *source)
{
    struct accounting *accounting = &source->accounting;
    bool no_memory = false;
    uint64_t flags;
    size_t i;

    source->owner = (uint32_t)code_get_most(code, UINT32_MAX);
    accounting->identity.name = code_keep(arena, code_get_str(code), &no_memory);
    code_get_sha256(code, &accounting->identity.sha256);
    flags = code_get_most(code, SOURCE_FLAGS);
    accounting->identity.truncated = (flags & SOURCE_TRUNCATED) != 0;
    accounting->has_audit_trail = (flags & SOURCE_TRAIL) != 0;
    accounting->is_partial = (flags & SOURCE_PARTIAL) != 0;
    accounting->tells_places = (flags & SOURCE_PLACES) != 0;
    accounting->map = code_keep(arena, code_get_str(code), &no_memory);
    code_get_sha256(code, &accounting->map_sha256);
    accounting->dialect = code_keep(arena, code_get_str_or_none(code), &no_memory);
    accounting->zone = code_keep(arena, code_get_str_or_none(code), &no_memory);
    accounting->date_order = code_keep(arena, code_get_str_or_none(code), &no_memory);
    for (i = 0; i < ARRAY_LEN(numbers); i++) {
        uint64_t value = code_get_uint(code);

        memcpy((char *)accounting + numbers[i].offset, &value, sizeof value);
    }
    accounting->reason_count = (size_t)code_get_most(code, REASONS_MOST);
    accounting->reasons =
        arena_alloc(arena, accounting->reason_count, sizeof *accounting->reasons);
    for (i = 0; accounting->reasons && i < accounting->reason_count && !code->is_bad; i++)
        if (!get_reason(code, arena, &accounting->reasons[i]))
            return false;
    if (!accounting->reasons || no_memory || !part_rules_get(code, arena, accounting) ||
        !get_notes(code, arena, source))
        return false;
    code->is_bad |= !code->is_bad && !accounting_holds(accounting);
    return true;
}

int part_source_compare(const struct part_source *a, const struct part_source *b)
{
    int order =
        source_compare_names(a->accounting.identity.name, b->accounting.identity.name);

    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    return order ? order
                 : memcmp(&a->accounting.identity.sha256, &b->accounting.identity.sha256,
                          sizeof a->accounting.identity.sha256);
}
