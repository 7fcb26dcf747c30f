#include "lint/lint.h"

#include <string.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/mem.h"
#include "lint/lint_document.h"
#include "lint/lint_kind.h"
#include "lint/lint_walk.h"

static const struct str none = {NULL, 0};

static const char *const outcome_names[LINT_OUTCOME_COUNT] = {"valid", "invalid", "not-checked",
                                                              "not-ours"};

const char *lint_outcome_name(enum lint_outcome outcome)
{
    BUG_IF(outcome >= LINT_OUTCOME_COUNT);
    return outcome_names[outcome];
}

size_t lint_set_outcomes(const struct lint_set *set, enum lint_outcome outcome)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < set->count; i++)
        count += set->documents[i]->outcome == outcome;
    return count;
}

uint64_t lint_set_severities(const struct lint_set *set, enum severity severity)
{
    uint64_t count = 0;
    size_t i;

    for (i = 0; i < set->count; i++)
        count += set->documents[i]->diag.by_severity[severity];
    return count;
}

uint64_t lint_set_mended(const struct lint_set *set)
{
    uint64_t count = 0;
    size_t i;
    int severity;

    for (i = 0; i < set->count; i++)
        for (severity = 0; severity < SEVERITY_COUNT; severity++)
            count += set->documents[i]->mended.by_severity[severity];
    return count;
}

uint64_t lint_set_fixes(const struct lint_set *set)
{
    uint64_t count = 0;
    size_t i;

    for (i = 0; i < set->count; i++)
        count += set->documents[i]->fix_count;
    return count;
}

/* What is wrong with one document is no failure of the set; that a finding was lost is. */
static enum status outcome_of(const struct lint_document *document, enum status status,
                              struct diag *diag)
{
    if (document->diag.lost)
        return diag_no_memory(diag);
    if (!lint_is_end(status))
        return STATUS_OK;
    return status == STATUS_MEMORY ? diag_no_memory(diag) : status;
}

static struct lint_document *document_add(struct lint_set *set, struct str name)
{
    struct lint_document *document;

    if (!mem_grow(&set->documents, set->count, &set->capacity, sizeof(struct lint_document *)))
        return NULL;
    document = lint_document_new(name);
    if (document)
        set->documents[set->count++] = document;
    return document;
}

static enum status open_source(const struct lint_set *set, struct lint_document *document,
                               struct source **ret_source)
{
    /* the copy of the name is terminated */
    document->is_file = str_is(document->name, "-") || access(document->name.ptr, F_OK) == 0;
    if (document->is_file)
        return source_open(document->name, &document->diag, ret_source);
    return library_open(set->library, document->name, &document->diag, ret_source);
}

enum status lint_set_add(struct lint_set *set, struct str name, enum lint_origin origin,
                         struct diag *diag)
{
    struct lint_document *document = document_add(set, name);
    struct source *source = NULL;
    enum status status;

    if (!document)
        return diag_no_memory(diag);
    status = open_source(set, document, &source);
    status = lint_document_look(set, document, source, origin, status);
    source_close(source);
    return outcome_of(document, status, diag);
}

enum status lint_set_add_source(struct lint_set *set, struct source *source,
                                enum lint_origin origin, struct diag *diag)
{
    struct lint_document *document = document_add(set, source_name(source));

    if (!document)
        return diag_no_memory(diag);
    document->is_file = true;
    return outcome_of(document, lint_document_look(set, document, source, origin, STATUS_OK), diag);
}

void lint_set_drop(struct lint_set *set, const struct lint_document *document)
{
    size_t i = 0;

    while (set->documents[i] != document)
        i++;
    lint_document_free(set->documents[i]);
    memmove(set->documents + i, set->documents + i + 1,
            (set->count - i - 1) * sizeof(struct lint_document *));
    set->count--;
}

void lint_set_init(struct lint_set *set, const struct library *library)
{
    *set = (struct lint_set){.library = library};
    arena_init(&set->tables.arena);
}

enum status lint_set_since(struct lint_set *set, struct str name, struct diag *diag)
{
    struct xml_document *document = NULL;
    struct lint_earlier *earlier;
    enum status status;

    if (!mem_grow(&set->earlier, set->earlier_count, &set->earlier_capacity, sizeof *set->earlier))
        return diag_no_memory(diag);
    status = library_load(set->library, name, none, "checklist", diag, &document);
    if (status != STATUS_OK)
        return status;
    earlier = &set->earlier[set->earlier_count++];
    *earlier = (struct lint_earlier){.document = document, .name = name};
    return STATUS_OK;
}

/* An earlier version that nothing was held against checks nothing, and must not look as if. */
static void tell_unused(const struct lint_set *set, struct diag *diag)
{
    size_t i;

    for (i = 0; i < set->earlier_count; i++) {
        const struct lint_earlier *earlier = &set->earlier[i];

        if (earlier->was_used)
            continue;
        diag_report(diag, RULE_SINCE_UNUSED, WHERE_NONE, "'%.*s' is checklist %.*s",
                    STR_ARG(earlier->name), STR_ARG(xml_attr(xml_root(earlier->document), "id")));
        diag_hint(diag, "name its later version beside it; the id of a checklist stays the same");
    }
}

/* What a document has to do with the others: by the rules, then by its kind. */
static enum status meet(struct lint_set *set, struct lint_document *document)
{
    struct lint lint = {.document = document->xml,
                        .root = document->xml ? xml_root(document->xml) : NULL,
                        .folder = lint_document_folder(document),
                        .library = set->library,
                        .set = set,
                        .self = document,
                        .tables = &set->tables,
                        .arena = &document->arena,
                        .diag = &document->diag};
    enum status status = lint_walk_meet(&lint);

    if (status == STATUS_OK && document->model && document->row->meet)
        status = document->row->meet(set, document);
    return status;
}

enum status lint_set_end(struct lint_set *set, struct diag *diag)
{
    size_t i;

    tell_unused(set, diag);
    for (i = 0; i < set->count; i++) {
        struct lint_document *document = set->documents[i];
        enum status status = STATUS_OK;

        if (!document->is_whole || !document->row || document->outcome == LINT_NOT_CHECKED)
            continue;
        status = meet(set, document);
        if (!lint_is_end(status))
            lint_document_conclude(document, document->outcome == LINT_INVALID ? STATUS_INVALID
                                                                               : status);
        status = outcome_of(document, status, diag);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

void lint_set_done(struct lint_set *set)
{
    size_t i;

    for (i = 0; i < set->count; i++)
        lint_document_free(set->documents[i]);
    mem_free(set->documents);
    for (i = 0; i < set->earlier_count; i++)
        xml_free(set->earlier[i].document);
    mem_free(set->earlier);
    arena_done(&set->tables.arena);
    lint_set_init(set, set->library);
}
