/* Whether parts belong together, and what they are as one. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "part/part_frame.h"

/* Most bytes of all that differs, said in one message. */
enum { DIFFERENCES = 1600, SHA_SHOWN = 64 };

/* --- what differs --- */

static void begin(struct buf *out)
{
    if (out->len)
        buf_add_text(out, "; ");
}

static void differs(struct buf *out, const struct library_item *a, struct str a_name,
                    const struct library_item *b, struct str b_name)
{
    const struct library_item *any = a ? a : b;

    begin(out);
    buf_printf(out, "%.*s '%.*s': ", STR_ARG(any->root), STR_ARG(any->name));
    if (a && b)
        buf_printf(out, "%.*s in '%.*s', %.*s in '%.*s'", SHA_SHOWN, digest_text(&a->sha256).hex,
                   STR_ARG(a_name), SHA_SHOWN, digest_text(&b->sha256).hex, STR_ARG(b_name));
    else
        buf_printf(out, "%.*s in '%.*s' only", SHA_SHOWN, digest_text(&any->sha256).hex,
                   STR_ARG(a ? a_name : b_name));
}

/* Both lists are in order of name. */
static void compare_documents(const struct part_head *a, struct str a_name,
                              const struct part_head *b, struct str b_name, struct buf *out)
{
    size_t i = 0;
    size_t k = 0;

    while (i < a->document_count || k < b->document_count) {
        const struct library_item *left = i < a->document_count ? &a->documents[i] : NULL;
        const struct library_item *right = k < b->document_count ? &b->documents[k] : NULL;
        int order = !left ? 1 : !right ? -1 : str_compare(left->name, right->name);

        if (order < 0)
            differs(out, left, a_name, NULL, b_name);
        else if (order > 0)
            differs(out, NULL, a_name, right, b_name);
        else if (memcmp(left->sha256.bytes, right->sha256.bytes, sizeof left->sha256.bytes) != 0)
            differs(out, left, a_name, right, b_name);
        i += order <= 0;
        k += order >= 0;
    }
}

static void put_instant(struct buf *out, struct instant instant)
{
    if (instant_is_missing(instant))
        buf_add_text(out, "open");
    else
        instant_format(instant, out);
}

static void compare_period(const struct part_head *a, struct str a_name, const struct part_head *b,
                           struct str b_name, struct buf *out)
{
    const struct part_head *heads[] = {a, b};
    const struct str names[] = {a_name, b_name};
    size_t i;

    if (a->period_start.us == b->period_start.us && a->period_end.us == b->period_end.us)
        return;
    begin(out);
    buf_add_text(out, "period: ");
    for (i = 0; i < 2; i++) {
        put_instant(out, heads[i]->period_start);
        buf_add_text(out, " to ");
        put_instant(out, heads[i]->period_end);
        buf_printf(out, " in '%.*s'%s", STR_ARG(names[i]), i == 0 ? ", " : "");
    }
}

static void compare_options(const struct part_head *a, struct str a_name,
                            const struct part_head *b, struct str b_name, bool as_of_is_free,
                            bool seed_is_free, struct buf *out)
{
    if (!as_of_is_free && (a->as_of_is_stated != b->as_of_is_stated ||
                           (a->as_of_is_stated && a->as_of.us != b->as_of.us))) {
        begin(out);
        buf_printf(out, "--as-of of '%.*s' and '%.*s'", STR_ARG(a_name), STR_ARG(b_name));
    }
    if (!seed_is_free && ((a->seed.ptr == NULL) != (b->seed.ptr == NULL) ||
                          !str_equal(a->seed, b->seed))) {
        begin(out);
        buf_printf(out, "--seed of '%.*s' and '%.*s'", STR_ARG(a_name), STR_ARG(b_name));
    }
}

static bool same_kinds(const struct part_head *a, const struct part_head *b)
{
    size_t kind;
    size_t i;

    if (a->kinds != b->kinds)
        return false;
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        const struct record_needs *left = &a->kind[kind].needs;
        const struct record_needs *right = &b->kind[kind].needs;

        if (!(a->kinds >> kind & 1))
            continue;
        if (left->own_count != right->own_count)
            return false;
        for (i = 0; i < left->own_count; i++)
            if (!str_equal(left->own[i], right->own[i]))
                return false;
    }
    return true;
}

/* What follows from the documents, and yet is not the same. */
static bool same_records(const struct part_head *a, const struct part_head *b)
{
    size_t i;

    if (a->needs.slots != b->needs.slots || a->needs.classes != b->needs.classes ||
        a->needs.groups != b->needs.groups || a->needs.messages != b->needs.messages ||
        a->needs.marks != b->needs.marks ||
        a->needs.statuses != b->needs.statuses || a->needs.own_count != b->needs.own_count ||
        a->needs.tracked_count != b->needs.tracked_count || a->owner_count != b->owner_count ||
        !str_equal(a->audit, b->audit))
        return false;
    for (i = 0; i < a->needs.own_count; i++)
        if (!str_equal(a->needs.own[i], b->needs.own[i]))
            return false;
    for (i = 0; i < a->needs.tracked_count; i++)
        if (a->needs.tracked[i] != b->needs.tracked[i])
            return false;
    if (!same_kinds(a, b))
        return false;
    for (i = 0; i < a->owner_count; i++)
        if (!str_equal(a->owners[i].id, b->owners[i].id))
            return false;
    return true;
}

static enum status check_pair(const struct part_head *a, struct str a_name,
                              const struct part_head *b, struct str b_name, bool as_of_is_free,
                              bool seed_is_free, struct diag *diag)
{
    struct buf text;
    enum status status = STATUS_OK;

    if (!str_equal(a->tool, b->tool)) {
        diag_report(diag, RULE_PART_VERSION, WHERE_NONE, "%.*s made '%.*s', %.*s made '%.*s'",
                    STR_ARG(a->tool), STR_ARG(a_name), STR_ARG(b->tool), STR_ARG(b_name));
        return STATUS_USAGE;
    }
    buf_init(&text, DIFFERENCES);
    compare_documents(a, a_name, b, b_name, &text);
    compare_period(a, a_name, b, b_name, &text);
    compare_options(a, a_name, b, b_name, as_of_is_free, seed_is_free, &text);
    if (text.len == 0 && !same_records(a, b))
        buf_printf(&text, "records of '%.*s' and '%.*s'", STR_ARG(a_name), STR_ARG(b_name));
    if (text.len) {
        diag_report(diag, RULE_PART_DIFFERS, WHERE_NONE, "%.*s%s", STR_ARG(buf_str(&text)),
                    text.failed ? "; and more" : "");
        status = STATUS_USAGE;
    }
    buf_done(&text);
    return status;
}

enum status parts_check(const struct part_head *const *heads, const struct str *names, size_t count,
                        bool as_of_is_free, bool seed_is_free, struct diag *diag)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 1; i < count && status == STATUS_OK; i++)
        status = check_pair(heads[0], names[0], heads[i], names[i], as_of_is_free, seed_is_free,
                            diag);
    return status;
}

/* --- sources --- */

/* A source and where it is from. */
struct place {
    const struct part_source *source;
    size_t head;
    size_t number; /* in its head */
};

static int by_place(const void *a, const void *b)
{
    const struct place *left = a;
    const struct place *right = b;

    return part_source_compare(left->source, right->source);
}

static int compare_bytes(const struct part_source *a, const struct part_source *b)
{
    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    return memcmp(a->accounting.identity.sha256.bytes, b->accounting.identity.sha256.bytes,
                  sizeof a->accounting.identity.sha256.bytes);
}

static int by_bytes(const void *a, const void *b)
{
    const struct place *left = a;
    const struct place *right = b;
    int order = compare_bytes(left->source, right->source);

    return order ? order : by_place(a, b);
}

/* Files without a row are alike and count nothing; but one file is never there twice. */
static bool is_twice(const struct place *a, const struct place *b)
{
    return a->head != b->head && compare_bytes(a->source, b->source) == 0 &&
           (a->source->accounting.rows_read > 0 ||
            str_equal(a->source->accounting.identity.name, b->source->accounting.identity.name));
}

/* Entries of both would be the same cases, by name and line: those of several hosts, say. */
static enum status check_places(struct place *places, size_t count, const struct str *names,
                                struct diag *diag)
{
    size_t i;

    if (count)
        qsort(places, count, sizeof *places, by_place);
    for (i = 1; i < count; i++) {
        const struct accounting *a = &places[i - 1].source->accounting;
        const struct accounting *b = &places[i].source->accounting;

        if (!a->tells_places || places[i - 1].source->owner != places[i].source->owner ||
            !str_equal(a->identity.name, b->identity.name) ||
            sha256_equal(&a->identity.sha256, &b->identity.sha256))
            continue;
        diag_report(diag, RULE_PART_NAME, WHERE_NONE, "'%.*s' in '%.*s' and in '%.*s'",
                    STR_ARG(a->identity.name), STR_ARG(names[places[i - 1].head]),
                    STR_ARG(names[places[i].head]));
        diag_hint(diag, "gather each of them with --partial --name HOST/%.*s",
                  STR_ARG(a->identity.name));
        return STATUS_USAGE;
    }
    return STATUS_OK;
}

static enum status check_twice(struct place *places, size_t count, const struct str *names,
                               struct diag *diag)
{
    size_t i;

    if (count)
        qsort(places, count, sizeof *places, by_bytes);
    for (i = 1; i < count; i++) {
        const struct place *a = &places[i - 1];
        const struct place *b = &places[i];

        if (!is_twice(a, b))
            continue;
        diag_report(diag, RULE_PART_TWICE, WHERE_NONE, "'%.*s' in '%.*s' and '%.*s' in '%.*s': %s",
                    STR_ARG(a->source->accounting.identity.name), STR_ARG(names[a->head]),
                    STR_ARG(b->source->accounting.identity.name), STR_ARG(names[b->head]),
                    digest_text(&a->source->accounting.identity.sha256).hex);
        return STATUS_USAGE;
    }
    return STATUS_OK;
}

/*
 * Dates are read in one order in all the files of a source. A file without a date that needs one
 * has none by itself.
 */
static enum status join_date_orders(struct part_head *head, struct diag *diag)
{
    size_t i = 0;

    while (i < head->source_count) {
        uint32_t owner = head->sources[i].owner;
        struct accounting *said = NULL;
        size_t first = i;

        for (; i < head->source_count && head->sources[i].owner == owner; i++) {
            struct accounting *own = &head->sources[i].accounting;

            if (!own->date_order.ptr)
                continue;
            if (said && !str_equal(said->date_order, own->date_order)) {
                diag_report(diag, RULE_PART_DIFFERS, WHERE_NONE,
                            "order of day and month: %.*s in '%.*s', %.*s in '%.*s'",
                            STR_ARG(said->date_order), STR_ARG(said->identity.name),
                            STR_ARG(own->date_order), STR_ARG(own->identity.name));
                diag_hint(diag, "say which one holds in the source of the audit: "
                                "date-order=\"dmy\" or date-order=\"mdy\"");
                return STATUS_USAGE;
            }
            said = own;
        }
        for (; said && first < i; first++)
            head->sources[first].accounting.date_order = said->date_order;
    }
    return STATUS_OK;
}

void part_facts_join(struct record_facts *into, const struct record_facts *facts)
{
    into->given.bits[0] |= facts->given.bits[0];
    into->given.bits[1] |= facts->given.bits[1];
    if (facts->latest > into->latest)
        into->latest = facts->latest;
    into->has_classes |= facts->has_classes;
    into->has_groups |= facts->has_groups;
    into->has_messages |= facts->has_messages;
    into->has_marks |= facts->has_marks;
    into->first_to_last |= facts->first_to_last;
    into->is_snapshot |= facts->is_snapshot;
    into->has_cases |= facts->has_cases;
    into->classes_met |= facts->classes_met;
}

static void join_owners(struct part_head *head, const struct part_head *other)
{
    size_t kind;
    size_t i;

    for (i = 0; i < head->owner_count; i++) {
        head->owners[i].filled.bits[0] |= other->owners[i].filled.bits[0];
        head->owners[i].filled.bits[1] |= other->owners[i].filled.bits[1];
        for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
            struct slot_set *into = &head->owners[i].filled_of[kind];

            into->bits[0] |= other->owners[i].filled_of[kind].bits[0];
            into->bits[1] |= other->owners[i].filled_of[kind].bits[1];
        }
    }
}

static enum status list_places(const struct part_head *const *heads, size_t count,
                               struct arena *arena, struct diag *diag, struct place **ret_places,
                               size_t *ret_count)
{
    struct place *places;
    size_t total = 0;
    size_t i;
    size_t k;

    for (i = 0; i < count; i++)
        total += heads[i]->source_count;
    places = arena_alloc(arena, total, sizeof *places);
    if (!places)
        return diag_no_memory(diag);
    total = 0;
    for (i = 0; i < count; i++)
        for (k = 0; k < heads[i]->source_count; k++)
            places[total++] = (struct place){&heads[i]->sources[k], i, k};
    *ret_places = places;
    *ret_count = total;
    return STATUS_OK;
}

static enum status number_sources(const struct part_head *const *heads, const struct str *names,
                                  size_t count, struct place *places, struct arena *arena,
                                  struct diag *diag, struct part_head *head,
                                  uint32_t ***ret_numbers)
{
    uint32_t **numbers = arena_alloc(arena, count, sizeof(uint32_t *));
    size_t i;

    if (!numbers)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++) {
        numbers[i] = arena_alloc(arena, heads[i]->source_count, sizeof *numbers[i]);
        if (!numbers[i])
            return diag_no_memory(diag);
    }
    for (i = 0; i < head->source_count; i++) {
        head->sources[i] = *places[i].source;
        head->sources[i].part = names[places[i].head];
        numbers[places[i].head][places[i].number] = (uint32_t)i;
    }
    *ret_numbers = numbers;
    return STATUS_OK;
}

enum status parts_sources(const struct part_head *const *heads, const struct str *names,
                          size_t count, struct arena *arena, struct diag *diag,
                          struct part_head *ret_head, uint32_t ***ret_numbers)
{
    struct part_head head = *heads[0];
    struct place *places = NULL;
    enum status status = list_places(heads, count, arena, diag, &places, &head.source_count);
    size_t kind;
    size_t i;

    if (status != STATUS_OK)
        return status;
    status = check_twice(places, head.source_count, names, diag);
    if (status == STATUS_OK)
        status = check_places(places, head.source_count, names, diag);
    if (status != STATUS_OK)
        return status;
    if (head.source_count)
        qsort(places, head.source_count, sizeof *places, by_place);
    head.sources = arena_alloc(arena, head.source_count, sizeof *head.sources);
    head.owners = arena_alloc(arena, head.owner_count, sizeof *head.owners);
    if (!head.sources || !head.owners)
        return diag_no_memory(diag);
    for (i = 0; i < head.owner_count; i++)
        head.owners[i].id = heads[0]->owners[i].id;
    head.facts = (struct record_facts){.latest = VALUE_MISSING};
    for (i = 0; i < RECORD_KIND_COUNT; i++)
        head.kind[i].facts = (struct record_facts){.latest = VALUE_MISSING};
    for (i = 0; i < count; i++) {
        part_facts_join(&head.facts, &heads[i]->facts);
        for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
            part_facts_join(&head.kind[kind].facts, &heads[i]->kind[kind].facts);
        join_owners(&head, heads[i]);
    }
    status = number_sources(heads, names, count, places, arena, diag, &head, ret_numbers);
    if (status == STATUS_OK)
        status = join_date_orders(&head, diag);
    if (status == STATUS_OK)
        *ret_head = head;
    return status;
}
