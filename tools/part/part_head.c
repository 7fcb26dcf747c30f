/* The head of a part as bytes, and back. */
#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "part/part_frame.h"
#include "part/part_source.h"

/* Bytes that each of them takes at least. */
enum { SOURCE_BYTES = 80, DOCUMENT_BYTES = 36, OWNER_BYTES = 2 };
enum { FACT_CLASSES = 1, FACT_GROUPS = 2, FACT_MESSAGES = 4, FACT_FIRST_TO_LAST = 8,
       FACT_SNAPSHOT = 16, FACT_LATEST = 32, FACT_CASES = 64, FACT_MARKS = 128, FACT_FLAGS = 255 };
enum { NEED_CLASSES = 1, NEED_GROUPS = 2, NEED_MESSAGES = 4, NEED_STATUSES = 8,
       NEED_MARKS = 16, NEED_FLAGS = 31 };
enum { STATED_AS_OF = 1, STATED_START = 2, STATED_END = 4, STATED_FLAGS = 7 };

void part_layout_init(struct part_layout *layout, const struct record_needs *needs)
{
    struct slot_set slots = record_slots(needs);
    int slot;

    layout->kind = needs->kind;
    layout->slot_count = 0;
    for (slot = 0; slot < SLOT_END; slot++)
        if (slot_set_has(&slots, slot))
            layout->slots[layout->slot_count++] = slot;
    layout->has_history =
        needs->classes || needs->groups || needs->statuses || needs->tracked_count > 0;
}

void part_layouts_init(struct part_layout *layouts, const struct part_head *head)
{
    int kind;

    part_layout_init(&layouts[RECORD_TICKET], &head->needs);
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT; kind++)
        part_layout_init(&layouts[kind], &head->kind[kind].needs);
}

/* --- slots by name --- */

/* A slot of the model by its name, a column of the user's own by its number. */
static void put_slot(struct buf *out, enum record_kind kind, int slot)
{
    const char *name = slot < SLOT_COUNT ? record_slot_name(kind, slot) : NULL;

    code_put_str(out, str_of(name));
    if (!name)
        code_put_uint(out, (uint64_t)(slot - SLOT_OWN));
}

static int get_slot(struct code *code, const struct record_needs *needs)
{
    struct str name = code_get_str_or_none(code);
    int slot;

    if (!name.ptr) {
        uint64_t own = code_get_uint(code);

        if (own < needs->own_count)
            return SLOT_OWN + (int)own;
        code->is_bad = true;
        return 0;
    }
    for (slot = 0; slot < SLOT_COUNT; slot++)
        if (record_slot_name(needs->kind, slot) &&
            str_is(name, record_slot_name(needs->kind, slot)))
            return slot;
    code->is_bad = true;
    return 0;
}

static void put_slot_set(struct buf *out, enum record_kind kind, const struct slot_set *set)
{
    uint64_t count = 0;
    int slot;

    for (slot = 0; slot < SLOT_END; slot++)
        count += slot_set_has(set, slot);
    code_put_uint(out, count);
    for (slot = 0; slot < SLOT_END; slot++)
        if (slot_set_has(set, slot))
            put_slot(out, kind, slot);
}

static struct slot_set get_slot_set(struct code *code, const struct record_needs *needs)
{
    struct slot_set set = {{0, 0}};
    uint64_t count = code_get_most(code, SLOT_END);

    for (; count > 0 && !code->is_bad; count--)
        slot_set_add(&set, get_slot(code, needs));
    return set;
}

/* --- needs --- */

static void put_needs(struct buf *out, const struct record_needs *needs)
{
    struct slot_set model = {{needs->slots, 0}};
    size_t i;

    code_put_uint(out, (needs->classes ? NEED_CLASSES : 0u) | (needs->groups ? NEED_GROUPS : 0u) |
                           (needs->messages ? NEED_MESSAGES : 0u) |
                           (needs->statuses ? NEED_STATUSES : 0u) |
                           (needs->marks ? NEED_MARKS : 0u));
    code_put_uint(out, needs->own_count);
    for (i = 0; i < needs->own_count; i++)
        code_put_str(out, needs->own[i]);
    put_slot_set(out, needs->kind, &model);
    code_put_uint(out, needs->tracked_count);
    for (i = 0; i < needs->tracked_count; i++)
        put_slot(out, needs->kind, needs->tracked[i]);
}

static bool get_needs(struct code *code, struct arena *arena, struct record_needs *needs)
{
    uint64_t flags = code_get_most(code, NEED_FLAGS);
    struct str *own;
    size_t i;

    memset(needs, 0, sizeof *needs);
    needs->classes = (flags & NEED_CLASSES) != 0;
    needs->groups = (flags & NEED_GROUPS) != 0;
    needs->messages = (flags & NEED_MESSAGES) != 0;
    needs->statuses = (flags & NEED_STATUSES) != 0;
    needs->marks = (flags & NEED_MARKS) != 0;
    needs->keep_all = true;
    needs->own_count = (size_t)code_get_most(code, SLOT_END - SLOT_OWN);
    own = arena_alloc(arena, needs->own_count, sizeof *own);
    if (!own)
        return false;
    for (i = 0; i < needs->own_count; i++)
        own[i] = arena_str(arena, code_get_str(code));
    needs->own = own;
    needs->slots = get_slot_set(code, needs).bits[0];
    needs->tracked_count = (size_t)code_get_most(code, RECORD_TRACKED);
    for (i = 0; i < needs->tracked_count; i++)
        needs->tracked[i] = get_slot(code, needs);
    return true;
}

/* --- documents --- */

/* Those that only score are named, not brought: figures do not depend on them. */
static bool is_brought(const struct library_item *item)
{
    return item->bytes.ptr && !str_is(item->root, "checklist") && !str_is(item->root, "score-model");
}

static void put_documents(struct buf *out, const struct part_head *head)
{
    static const struct str none = {NULL, 0};
    size_t i;

    code_put_uint(out, head->document_count);
    for (i = 0; i < head->document_count; i++) {
        const struct library_item *item = &head->documents[i];

        code_put_str(out, item->name);
        code_put_str(out, item->root);
        code_put_sha256(out, &item->sha256);
        code_put_uint(out, item->is_shipped);
        code_put_str(out, is_brought(item) ? item->bytes : none);
    }
}

static bool get_documents(struct code *code, struct arena *arena, struct part_head *head)
{
    bool no_memory = false;
    struct sha256 sum;
    size_t i;

    head->document_count = code_get_count(code, DOCUMENT_BYTES);
    head->documents = arena_alloc(arena, head->document_count, sizeof *head->documents);
    for (i = 0; head->documents && i < head->document_count && !code->is_bad; i++) {
        struct library_item *item = &head->documents[i];

        item->name = code_keep(arena, code_get_str(code), &no_memory);
        item->root = code_keep(arena, code_get_str(code), &no_memory);
        code_get_sha256(code, &item->sha256);
        item->is_shipped = code_get_most(code, 1) != 0;
        item->bytes = code_keep(arena, code_get_bytes(code), &no_memory);
        if (item->bytes.ptr && !digest_bytes(item->bytes, &sum))
            return false;
        code->is_bad |=
            item->bytes.ptr && memcmp(sum.bytes, item->sha256.bytes, sizeof sum.bytes) != 0;
        code->is_bad |= i > 0 && str_compare(head->documents[i - 1].name, item->name) >= 0;
    }
    return head->documents && !no_memory;
}

/* --- the whole --- */

static void put_identity(struct buf *out, const struct part_head *head)
{
    code_put_str(out, head->tool);
    code_put_str(out, head->audit);
    code_put_str(out, head->audit_id);
    code_put_str(out, head->zone);
    code_put_uint(out, (head->as_of_is_stated ? STATED_AS_OF : 0u) |
                           (instant_is_missing(head->period_start) ? 0u : STATED_START) |
                           (instant_is_missing(head->period_end) ? 0u : STATED_END));
    if (head->as_of_is_stated)
        code_put_time(out, head->as_of.us, 0);
    if (!instant_is_missing(head->period_start))
        code_put_time(out, head->period_start.us, 0);
    if (!instant_is_missing(head->period_end))
        code_put_time(out, head->period_end.us, 0);
    code_put_str(out, head->seed);
}

static bool get_identity(struct code *code, struct arena *arena, struct part_head *head)
{
    bool no_memory = false;
    uint64_t flags;

    head->tool = code_keep(arena, code_get_str(code), &no_memory);
    head->audit = code_keep(arena, code_get_str(code), &no_memory);
    head->audit_id = code_keep(arena, code_get_str(code), &no_memory);
    head->zone = code_keep(arena, code_get_str_or_none(code), &no_memory);
    flags = code_get_most(code, STATED_FLAGS);
    head->as_of = head->period_start = head->period_end = INSTANT_MISSING;
    head->as_of_is_stated = (flags & STATED_AS_OF) != 0;
    if (flags & STATED_AS_OF)
        head->as_of.us = code_get_time(code, 0);
    if (flags & STATED_START)
        head->period_start.us = code_get_time(code, 0);
    if (flags & STATED_END)
        head->period_end.us = code_get_time(code, 0);
    head->seed = code_keep(arena, code_get_str_or_none(code), &no_memory);
    return !no_memory;
}

static void put_facts(struct buf *out, enum record_kind kind, const struct record_facts *facts)
{
    bool has_latest = facts->latest != VALUE_MISSING;

    code_put_uint(out, (facts->has_classes ? FACT_CLASSES : 0u) |
                           (facts->has_groups ? FACT_GROUPS : 0u) |
                           (facts->has_messages ? FACT_MESSAGES : 0u) |
                           (facts->has_marks ? FACT_MARKS : 0u) |
                           (facts->first_to_last ? FACT_FIRST_TO_LAST : 0u) |
                           (facts->is_snapshot ? FACT_SNAPSHOT : 0u) |
                           (has_latest ? FACT_LATEST : 0u) |
                           (facts->has_cases ? FACT_CASES : 0u));
    code_put_uint(out, facts->classes_met);
    if (has_latest)
        code_put_time(out, facts->latest, 0);
    put_slot_set(out, kind, &facts->given);
}

static void get_facts(struct code *code, const struct record_needs *needs,
                      struct record_facts *facts)
{
    uint64_t flags = code_get_most(code, FACT_FLAGS);

    facts->has_classes = (flags & FACT_CLASSES) != 0;
    facts->has_groups = (flags & FACT_GROUPS) != 0;
    facts->has_messages = (flags & FACT_MESSAGES) != 0;
    facts->has_marks = (flags & FACT_MARKS) != 0;
    facts->first_to_last = (flags & FACT_FIRST_TO_LAST) != 0;
    facts->is_snapshot = (flags & FACT_SNAPSHOT) != 0;
    facts->has_cases = (flags & FACT_CASES) != 0;
    facts->classes_met = (unsigned)code_get_most(code, (1u << CLASS_COUNT) - 1);
    facts->latest = flags & FACT_LATEST ? code_get_time(code, 0) : VALUE_MISSING;
    facts->given = get_slot_set(code, needs);
}

/* --- records of other kinds --- */

static void put_kind(struct buf *out, const struct part_head *head, enum record_kind kind)
{
    const struct part_kind *item = &head->kind[kind];
    size_t i;

    code_put_uint(out, item->needs.own_count);
    for (i = 0; i < item->needs.own_count; i++)
        code_put_str(out, item->needs.own[i]);
    for (i = 0; i < head->owner_count; i++)
        put_slot_set(out, kind, &head->owners[i].filled_of[kind]);
    put_facts(out, kind, &item->facts);
}

static bool get_kind(struct code *code, struct arena *arena, struct part_head *head,
                     enum record_kind kind)
{
    struct part_kind *item = &head->kind[kind];
    bool no_memory = false;
    struct str *own;
    size_t i;

    item->needs = (struct record_needs){
        .kind = kind, .slots = record_kind_slots(kind), .keep_all = true};
    item->needs.own_count = (size_t)code_get_most(code, SLOT_END - SLOT_OWN);
    own = arena_alloc(arena, item->needs.own_count, sizeof *own);
    for (i = 0; own && i < item->needs.own_count; i++)
        own[i] = code_keep(arena, code_get_str(code), &no_memory);
    item->needs.own = own;
    for (i = 0; i < head->owner_count && !code->is_bad; i++)
        head->owners[i].filled_of[kind] = get_slot_set(code, &item->needs);
    get_facts(code, &item->needs, &item->facts);
    return own && !no_memory;
}

static void put_kinds(struct buf *out, const struct part_head *head)
{
    int kind;

    code_put_uint(out, head->kinds);
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT; kind++)
        if (head->kinds >> kind & 1)
            put_kind(out, head, (enum record_kind)kind);
}

static bool get_kinds(struct code *code, struct arena *arena, struct part_head *head)
{
    int kind;

    memset(head->kind, 0, sizeof head->kind);
    head->kinds = (unsigned)code_get_most(code, (1u << RECORD_KIND_COUNT) - 1);
    code->is_bad |= (head->kinds & 1u << RECORD_TICKET) != 0;
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT; kind++)
        if (head->kinds >> kind & 1 && !get_kind(code, arena, head, (enum record_kind)kind))
            return false;
    return true;
}

void part_head_put(const struct part_head *head, struct buf *out)
{
    size_t i;

    code_put_uint(out, PART_FORMAT);
    put_identity(out, head);
    put_documents(out, head);
    put_needs(out, &head->needs);
    code_put_uint(out, head->owner_count);
    for (i = 0; i < head->owner_count; i++) {
        code_put_str(out, head->owners[i].id);
        put_slot_set(out, head->needs.kind, &head->owners[i].filled);
    }
    code_put_uint(out, head->source_count);
    for (i = 0; i < head->source_count; i++)
        part_source_put(out, &head->sources[i]);
    put_facts(out, head->needs.kind, &head->facts);
    put_kinds(out, head);
}

static bool get_owners(struct code *code, struct arena *arena, struct part_head *head)
{
    bool no_memory = false;
    size_t i;

    head->owner_count = code_get_count(code, OWNER_BYTES);
    head->owners = arena_alloc(arena, head->owner_count, sizeof *head->owners);
    for (i = 0; head->owners && i < head->owner_count && !code->is_bad; i++) {
        head->owners[i].id = code_keep(arena, code_get_str(code), &no_memory);
        head->owners[i].filled = get_slot_set(code, &head->needs);
    }
    return head->owners && !no_memory;
}

static bool get_sources(struct code *code, struct arena *arena, struct part_head *head)
{
    size_t i;

    head->source_count = code_get_count(code, SOURCE_BYTES);
    head->sources = arena_alloc(arena, head->source_count, sizeof *head->sources);
    for (i = 0; head->sources && i < head->source_count && !code->is_bad; i++) {
        if (!part_source_get(code, arena, &head->sources[i]))
            return false;
        code->is_bad |= head->sources[i].owner >= head->owner_count;
        code->is_bad |=
            i > 0 && part_source_compare(&head->sources[i - 1], &head->sources[i]) >= 0;
    }
    return head->sources != NULL;
}

bool part_head_get(struct code *code, struct arena *arena, struct part_head *head)
{
    if (code_get_uint(code) != PART_FORMAT) {
        code->is_bad = true;
        return true;
    }
    if (!get_identity(code, arena, head) || !get_documents(code, arena, head) ||
        !get_needs(code, arena, &head->needs) || !get_owners(code, arena, head) ||
        !get_sources(code, arena, head))
        return false;
    get_facts(code, &head->needs, &head->facts);
    if (!get_kinds(code, arena, head))
        return false;
    code->is_bad |= code_left(code) != 0;
    return true;
}
