#include "lint/lint_document.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "lint/lint_fixes.h"
#include "lint/lint_kind.h"
#include "lint/lint_texts.h"
#include "lint/lint_walk.h"
#include "xml/xml_rest.h"

/* Of elements in each other. */
enum { DEPTH_MAX = 256 };

void lint_document_free(struct lint_document *document)
{
    if (document->row && document->row->release)
        document->row->release(document->model);
    xml_free(document->xml);
    diag_done(&document->diag);
    diag_done(&document->mended);
    arena_done(&document->arena);
    mem_free(document);
}

struct lint_document *lint_document_new(struct str name)
{
    struct lint_document *document = mem_alloc(1, sizeof *document);

    if (!document)
        return NULL;
    arena_init(&document->arena);
    diag_init(&document->diag);
    diag_init(&document->mended);
    document->diag.kept_most = document->mended.kept_most = LIMIT_LINT_KEPT;
    document->name = arena_str(&document->arena, name);
    if (!document->name.ptr) {
        lint_document_free(document);
        return NULL;
    }
    return document;
}

struct str lint_document_folder(const struct lint_document *document)
{
    struct str name = document->name;
    size_t len = name.len;

    while (len > 0 && name.ptr[len - 1] != '/')
        len--;
    return len ? (struct str){name.ptr, len > 1 ? len - 1 : len} : (struct str){NULL, 0};
}

/* Whose it is: documents name their audit in one of three ways. */
static struct str audit_of(const struct xml_node *root)
{
    if (strcmp(xml_name(root), "audit") == 0)
        return xml_attr(root, "id");
    if (strcmp(xml_name(root), "evidence") == 0)
        return xml_attr(xml_child(root, "audit"), "id");
    return xml_attr(root, "audit");
}

/* Who it is, from its bytes and its root element. */
static enum status recognize(struct lint_document *document, const struct xml_document *xml)
{
    const struct source_identity *identity = xml_identity(xml);
    struct str id = xml_attr(xml_root(xml), "id");
    struct str audit = audit_of(xml_root(xml));

    document->was_read = true;
    document->sha256 = identity->sha256;
    document->bytes = identity->bytes;
    document->row = lint_kind_find(str_of(xml_name(xml_root(xml))));
    document->kind = document->row ? document->row->root : NULL;
    if (!str_to_int64(xml_attr(xml_root(xml), "revision"), &document->revision))
        document->revision = 1;
    document->id_place = xml_where_attr(xml, xml_root(xml), STR("id"));
    document->id_place.source = document->name;
    document->id = arena_str(&document->arena, id);
    document->audit = arena_str(&document->arena, audit);
    return (id.ptr && !document->id.ptr) || (audit.ptr && !document->audit.ptr)
               ? diag_no_memory(&document->diag)
               : STATUS_OK;
}

bool lint_is_end(enum status status)
{
    return status == STATUS_MEMORY || status == STATUS_INTERRUPTED;
}

static bool has_errors(const struct diag *diag)
{
    return diag->by_severity[SEVERITY_ERROR] > 0 || diag->by_severity[SEVERITY_FATAL] > 0;
}

/* A file has any name, and loaders take one without a slash or an ending for a bare one. */
static enum status forget_name(const struct lint_document *document, struct diag *diag,
                               enum status status)
{
    if (!document->is_file || !diag->by_rule[RULE_DOCUMENT_ID])
        return status;
    diag_drop(diag, RULE_DOCUMENT_ID);
    diag_drop(diag, RULE_DOCUMENT_INVALID);
    return status == STATUS_INVALID && !has_errors(diag) ? STATUS_OK : status;
}

static enum status load(const struct lint_set *set, const struct lint_document *document,
                        struct xml_document *xml, struct arena *arena, struct diag *diag,
                        void **ret_model)
{
    struct library library = *set->library;
    struct lint_reading reading = {arena, &library, document->name, diag};

    library.at_hand = xml;
    library.at_hand_name = document->name;
    return forget_name(document, diag, document->row->read(&reading, ret_model));
}

static enum status load_model(const struct lint_set *set, struct lint_document *document,
                              struct xml_document *xml)
{
    /* what was passed over on reading may be missing in it */
    bool is_kept = document->row->keeps_model && !document->diag.by_severity[SEVERITY_FATAL];
    struct arena passing;
    void *model = NULL;
    enum status status;

    arena_init(&passing);
    status = load(set, document, xml, is_kept ? &document->arena : &passing, &document->diag,
                  &model);
    if (is_kept && status == STATUS_OK)
        document->model = model;
    else if (status == STATUS_OK && document->row->release)
        document->row->release(model);
    arena_done(&passing);
    return status;
}

/* Rules about what is nowhere: it may stand in what the schema refuses. */
static const enum rule about_what_is_missing[] = {
    RULE_CHECKLIST_SECTION, RULE_CLAUSE_ORDER, RULE_PLAN_STATUS,      RULE_MAP_SAMPLE,
    RULE_SLA_SHADOWED,      RULE_SLA_REPEATED, RULE_DOCUMENT_INVALID, RULE_XML_VALUE,
    RULE_RESULT_SUM,
};

static bool is_sound(const void *context, const struct diagnostic *item)
{
    size_t i;

    if (xml_rest_is_whole(context))
        return true;
    for (i = 0; i < ARRAY_LEN(about_what_is_missing); i++)
        if (item->rule == about_what_is_missing[i])
            return false;
    return xml_rest_is_sound(context, &item->where);
}

/*
 * The loader's rules on what is valid of the document, so that nobody mends what the schema says to
 * learn what comes next.
 */
static enum status look_at_rest(const struct lint_set *set, struct lint_document *document,
                                struct xml_document *xml)
{
    struct xml_rest *rest = NULL;
    struct arena passing;
    struct diag own;
    void *model = NULL;
    enum status status;

    status = xml_rest_make(xml, set->library->schema, &document->diag, &rest);
    if (status != STATUS_OK || !rest)
        return status;
    arena_init(&passing);
    diag_init(&own);
    status = load(set, document, xml_rest_document(rest), &passing, &own, &model);
    if (status == STATUS_OK && document->row->release)
        document->row->release(model);
    if (own.lost)
        document->diag.lost = true;
    if (!lint_is_end(status)) {
        diag_keep_only(&own, is_sound, rest);
        status = STATUS_OK;
    }
    diag_merge(&document->diag, &own);
    diag_done(&own);
    xml_rest_free(rest);
    arena_done(&passing);
    return status;
}

/* The version of the document that was given as an earlier one; NULL: none. */
static const struct xml_node *earlier_of(struct lint_set *set, const struct xml_node *root)
{
    size_t i;

    for (i = 0; i < set->earlier_count; i++) {
        const struct xml_node *before = xml_root(set->earlier[i].document);
        struct str id = xml_attr(before, "id");

        if (strcmp(xml_name(before), xml_name(root)) != 0 || !str_equal(xml_attr(root, "id"), id))
            continue;
        set->earlier[i].was_used = true;
        return before;
    }
    return NULL;
}

/* How many texts it has, and how many of them each language lacks. */
static void count_texts(struct lint_document *document, const struct xml_node *root)
{
    const struct xml_node *above[DEPTH_MAX];
    const struct xml_node *node = root;
    size_t depth = 0;

    while (node) {
        const struct xml_node *child = xml_child(node, NULL);
        const struct xml_node *next = child;

        while (child) {
            struct lint_text text = lint_text_next(child, &child);
            int lang;

            document->texts += text.first != NULL;
            for (lang = 0; text.first && lang < LANG_COUNT; lang++)
                document->untranslated[lang] += !text.is_in[lang];
        }
        if (next) {
            BUG_IF(depth == DEPTH_MAX); /* the loader lets no tree be so deep */
            above[depth++] = node;
            node = next;
            continue;
        }
        next = depth ? xml_next(node, NULL) : NULL;
        while (!next && depth > 1)
            next = xml_next(above[--depth], NULL);
        node = next;
    }
}

/* The schema, the rules whatever it says, and the loader where it is content. */
static enum status check_content(struct lint_set *set, struct lint_document *document,
                                 struct xml_document *xml)
{
    enum status by_schema = xml_validate(xml, set->library->schema, &document->diag);
    struct lint lint = {.document = xml,
                        .folder = lint_document_folder(document),
                        .library = set->library,
                        .tables = &set->tables,
                        .diag = &document->diag};
    struct arena arena;
    enum status status;

    if (by_schema != STATUS_OK && by_schema != STATUS_INVALID)
        return by_schema;
    if (!document->row)
        return by_schema;
    count_texts(document, xml_root(xml));
    arena_init(&arena);
    lint.arena = &arena;
    lint.earlier = earlier_of(set, xml_root(xml));
    status = lint_walk(&lint);
    arena_done(&arena);
    document->is_whole = by_schema == STATUS_OK && !document->diag.by_severity[SEVERITY_FATAL];
    if (status == STATUS_OK)
        status = by_schema == STATUS_OK ? load_model(set, document, xml)
                                        : look_at_rest(set, document, xml);
    return status == STATUS_OK ? by_schema : status;
}

void lint_document_conclude(struct lint_document *document, enum status status)
{
    diag_drop(&document->diag, RULE_DOCUMENT_INVALID);
    diag_order(&document->diag, 0);
    if (status == STATUS_OK || status == STATUS_INVALID)
        document->outcome =
            status == STATUS_INVALID || has_errors(&document->diag) ? LINT_INVALID : LINT_VALID;
    else
        document->outcome = LINT_NOT_CHECKED;
}

static bool keeps_none(const void *context, const struct diagnostic *item)
{
    (void)context;
    (void)item;
    return false;
}

enum status lint_document_look(struct lint_set *set, struct lint_document *document,
                           struct source *source, enum lint_origin origin, enum status status)
{
    struct xml_document *xml = NULL;

    if (status == STATUS_OK)
        status = xml_read(source, set->library->schema, &document->diag, &xml);
    if (status == STATUS_OK)
        status = recognize(document, xml);
    if (status == STATUS_OK && origin == LINT_FOUND && !xml_is_ours(xml)) {
        document->outcome = LINT_NOT_OURS;
        diag_keep_only(&document->diag, keeps_none, NULL); /* of others, too */
        diag_report(&document->diag, RULE_DOCUMENT_FOREIGN, xml_where(xml, xml_root(xml)),
                    "it begins with '%s'", xml_name(xml_root(xml)));
    } else {
        if (status == STATUS_OK)
            status = check_content(set, document, xml);
        lint_document_conclude(document, status);
    }
    if (xml && !lint_is_end(status) && !xml_is_mended(xml) &&
        lint_propose(document, xml) != STATUS_OK)
        status = STATUS_MEMORY;
    if (set->keeps_xml || document->model)
        document->xml = xml;
    else
        xml_free(xml);
    return status;
}
