#include "lint/lint_fixes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lint/fix.h"

static int by_start(const void *a_pointer, const void *b_pointer)
{
    const struct xml_edit *a = a_pointer;
    const struct xml_edit *b = b_pointer;

    if (a->range.start != b->range.start)
        return a->range.start < b->range.start ? -1 : 1;
    return a->range.end < b->range.end ? -1 : a->range.end > b->range.end;
}

static bool overlap(const struct xml_edit *edits, size_t count)
{
    size_t i;

    for (i = 1; i < count; i++)
        if (edits[i].range.start < edits[i - 1].range.end)
            return true;
    return false;
}

static enum status add_fix(struct lint_document *document, const struct xml_document *xml,
                           size_t finding, const struct fix *fix, const struct fixing *fixing)
{
    struct lint_edit *edits = arena_alloc(&document->arena, fixing->count, sizeof *edits);
    size_t i;

    if (!edits)
        return diag_no_memory(&document->diag);
    for (i = 0; i < fixing->count; i++) {
        edits[i].edit = fixing->edits[i];
        edits[i].from = xml_source_where(xml, fixing->edits[i].range.start);
        edits[i].to = xml_source_where(xml, fixing->edits[i].range.end);
    }
    document->fixes[document->fix_count++] = (struct lint_fix){fix, edits, fixing->count};
    document->diag.list[finding].fix = (uint32_t)document->fix_count;
    return STATUS_OK;
}

/* What people write, in the document itself, at a place that is known. */
static bool is_for_us(const struct lint_document *document, const struct diagnostic *item)
{
    return item->where.line && item->where.column && str_equal(item->where.source, document->name) &&
           strcmp(document->kind, "evidence") != 0 && strcmp(document->kind, "result") != 0;
}

static enum status propose_one(struct lint_document *document, const struct xml_document *xml,
                               size_t finding, const struct fix *fix)
{
    struct fixing fixing = {.document = xml,
                            .item = &document->diag.list[finding],
                            .diag = &document->diag,
                            .arena = &document->arena};

    fixing.node = xml_source_find(xml, &fixing.item->where, &fixing.attribute);
    if (!fixing.node)
        return STATUS_OK;
    fix->propose(&fixing);
    if (fixing.is_out_of_memory)
        return diag_no_memory(&document->diag);
    if (fixing.count == 0)
        return STATUS_OK;
    qsort(fixing.edits, fixing.count, sizeof *fixing.edits, by_start);
    return overlap(fixing.edits, fixing.count) ? STATUS_OK
                                               : add_fix(document, xml, finding, fix, &fixing);
}

const char *lint_fix_about(const struct lint_fix *fix)
{
    return fix->fix->about;
}

const char *lint_rule_fix(enum rule rule)
{
    const struct fix *fix = fix_find(rule);

    return fix ? fix->about : NULL;
}

enum status lint_propose(struct lint_document *document, const struct xml_document *xml)
{
    enum status status = STATUS_OK;
    size_t most = 0;
    size_t i;

    if (!document->kind)
        return STATUS_OK;
    for (i = 0; i < document->diag.count; i++)
        most += fix_find(document->diag.list[i].rule) != NULL;
    if (most == 0)
        return STATUS_OK;
    document->fixes = arena_alloc(&document->arena, most, sizeof *document->fixes);
    if (!document->fixes)
        return diag_no_memory(&document->diag);
    for (i = 0; i < document->diag.count && status == STATUS_OK; i++) {
        const struct fix *fix = fix_find(document->diag.list[i].rule);

        if (fix && is_for_us(document, &document->diag.list[i]))
            status = propose_one(document, xml, i, fix);
    }
    return status;
}
