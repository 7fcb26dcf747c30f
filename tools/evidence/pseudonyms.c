/*
 * A person is P-001 and so on, by the rank of a digest of the audit's id and the name among those
 * that the ledger names: nothing of the name is left, and neither the order of sources nor the way
 * in which they came together matters.
 */
#include "evidence/evidence.h"

#include <stdlib.h>

#include "base/mem.h"

struct persons {
    struct accounting_capture **list;
    size_t count;
    size_t capacity;
};

static bool add_hit(struct persons *persons, struct accounting_hit *hit)
{
    size_t i;

    for (i = 0; i < hit->capture_count; i++) {
        if (hit->captures[i].kind != CAPTURE_PERSON)
            continue;
        if (!mem_grow(&persons->list, persons->count, &persons->capacity, sizeof *persons->list))
            return false;
        persons->list[persons->count++] = &hit->captures[i];
    }
    return true;
}

static bool add_source(struct persons *persons, struct accounting *source)
{
    size_t r;
    size_t h;

    for (r = 0; r < source->rule_count; r++)
        for (h = 0; h < source->rules[r].hit_count; h++)
            if (!add_hit(persons, &source->rules[r].hits[h]))
                return false;
    return true;
}

static int compare(const void *left, const void *right)
{
    const struct accounting_capture *const *a = left;
    const struct accounting_capture *const *b = right;

    return str_compare((*a)->value, (*b)->value);
}

/* The digests are in order: each new one is the next person. */
static bool number(const struct persons *persons, struct arena *arena)
{
    struct str digest = {NULL, 0};
    struct str name = {NULL, 0};
    size_t rank = 0;
    size_t i;

    for (i = 0; i < persons->count; i++) {
        struct accounting_capture *capture = persons->list[i];

        if (!name.ptr || !str_equal(capture->value, digest)) {
            digest = capture->value;
            name = arena_format(arena, "P-%03zu", ++rank);
        }
        if (!name.ptr)
            return false;
        capture->value = name;
    }
    return true;
}

enum status evidence_name_persons(struct evidence *evidence, struct arena *arena, struct diag *diag)
{
    struct persons persons = {NULL, 0, 0};
    bool is_done = true;
    size_t i;

    for (i = 0; i < evidence->source_count && is_done; i++)
        is_done = add_source(&persons, &evidence->sources[i]);
    if (is_done && persons.count)
        qsort(persons.list, persons.count, sizeof *persons.list, compare);
    is_done = is_done && number(&persons, arena);
    mem_free(persons.list);
    return is_done ? STATUS_OK : diag_no_memory(diag);
}
