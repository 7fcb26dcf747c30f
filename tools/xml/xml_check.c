#include <stdlib.h>
#include <string.h>

#include <libxml/xmlschemas.h>

#include "base/limits.h"
#include "base/mem.h"
#include "xml/shape.h"
#include "xml/xml_check.h"

/* Deeper than a document can be. */
enum { CUT_MAX = 256 };

struct check {
    const struct xml_document *document;
    /* Elements whose next sibling was taken away to end the walk, and that sibling. */
    xmlNode *cut[CUT_MAX];
    xmlNode *cut_next[CUT_MAX];
    size_t cut_count;
    struct arena arena;
    struct xml_finding *list;
    size_t count;
    size_t capacity;
    bool is_full;   /* there was more than the list may hold */
    bool could_not; /* the checker itself failed */
    bool lost;      /* memory ran out in the handler */
};

/* The x of "attribute 'x'"; names are nowhere else in the error. */
static struct str attribute_named(struct str message)
{
    static const char before[] = "ttribute '"; /* of "The attribute" and "attribute" */
    size_t len = sizeof before - 1;
    size_t i;

    for (i = 0; i + len < message.len; i++) {
        const char *end;

        if (memcmp(message.ptr + i, before, len) != 0)
            continue;
        end = memchr(message.ptr + i + len, '\'', message.len - i - len);
        if (!end)
            break;
        return (struct str){message.ptr + i + len, (size_t)(end - message.ptr) - i - len};
    }
    return (struct str){NULL, 0};
}

/*
 * Millions of findings would take minutes, and the checker cannot be told to stop. It walks from
 * sibling to sibling, so it ends soon once the element at hand and those above it have none.
 */
static void cut_walk(struct check *check, xmlNode *node)
{
    for (; node && check->cut_count < CUT_MAX; node = node->parent) {
        if (node->type != XML_ELEMENT_NODE || !node->next)
            continue;
        check->cut[check->cut_count] = node;
        check->cut_next[check->cut_count++] = node->next;
        node->next = NULL;
    }
}

static void mend_walk(struct check *check)
{
    while (check->cut_count > 0) {
        check->cut_count--;
        check->cut[check->cut_count]->next = check->cut_next[check->cut_count];
    }
}

static void take_finding(void *context, xml_error *error)
{
    struct check *check = context;
    struct xml_finding *finding;
    const xmlNode *node = error->node;

    if (error->level == XML_ERR_WARNING || error->level == XML_ERR_NONE)
        return;
    if (error->code == XML_SCHEMAV_INTERNAL || error->code == XML_ERR_NO_MEMORY ||
        error->domain != XML_FROM_SCHEMASV)
        check->could_not = true;
    if (check->count == LIMIT_XSD_FINDINGS) {
        check->is_full = true;
        if (check->cut_count == 0)
            cut_walk(check, error->node);
        return;
    }
    if (!mem_grow(&check->list, check->count, &check->capacity, sizeof *check->list)) {
        check->lost = true;
        return;
    }
    finding = &check->list[check->count];
    memset(finding, 0, sizeof *finding);
    finding->code = error->code;
    finding->line = error->line;
    finding->order = check->count++;
    finding->message = arena_str(&check->arena, str_of(error->message));
    check->lost |= error->message && !finding->message.ptr;
    finding->attribute = attribute_named(finding->message);
    if (node && node->type == XML_ATTRIBUTE_NODE) {
        finding->attribute = str_of((const char *)node->name);
        node = node->parent;
    }
    finding->element = node && node->type == XML_ELEMENT_NODE ? node : NULL;
}

static int by_place(const void *a_pointer, const void *b_pointer)
{
    const struct xml_finding *a = a_pointer;
    const struct xml_finding *b = b_pointer;

    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

static bool repeats_another(const struct check *check, size_t i)
{
    size_t j;

    for (j = 0; j < check->count; j++)
        if (j != i && check->list[j].element == check->list[i].element &&
            xml_finding_repeats(&check->list[i], &check->list[j]))
            return true;
    return false;
}

/* Each with its element, in the order of their places. */
static void put_in_order(struct check *check, const struct xml_schema *schema)
{
    const xmlNode *found = NULL;
    size_t i;

    for (i = 0; i < check->count; i++) {
        struct xml_finding *finding = &check->list[i];

        if (!finding->element && finding->code == XML_SCHEMAV_CVC_IDC) {
            finding->element = finding_key_element(check->document, schema, finding->message,
                                                   finding->line, found);
            found = finding->element ? finding->element : found;
        }
        finding->offset = xml_finding_where(check->document, schema, finding).offset;
    }
    if (check->count > 0)
        qsort(check->list, check->count, sizeof *check->list, by_place);
}

/* How many findings were reported. */
static uint64_t report_all(struct check *check, const struct xml_schema *schema, struct diag *diag)
{
    uint64_t reported = 0;
    size_t i;

    put_in_order(check, schema);
    for (i = 0; i < check->count; i++) {
        if (repeats_another(check, i))
            continue;
        xml_finding_report(check->document, schema, &check->list[i], diag);
        reported++;
    }
    return reported;
}

static enum status refuse(struct check *check, const struct xml_schema *schema, struct diag *diag)
{
    uint64_t reported = report_all(check, schema, diag);

    if (!check->is_full)
        return xml_refuse(check->document, diag, reported);
    diag_report(diag, RULE_DOCUMENT_INVALID,
                (struct where){check->document->identity.name, 0, 0, 0},
                "more than %u errors; it was not checked to its end", LIMIT_XSD_FINDINGS);
    return STATUS_INVALID;
}

static enum status could_not(const struct xml_document *document, struct diag *diag,
                             const char *why)
{
    diag_report(diag, RULE_XML_SCHEMA, (struct where){document->identity.name, 0, 0, 0}, "%s", why);
    return STATUS_LIMIT;
}

/* Fills the list; it is a failure when the checker could not look at everything. */
static enum status collect(struct check *check, const struct xml_schema *schema, struct diag *diag)
{
    enum status status = xml_schema_compile(schema, diag);
    xmlSchemaValidCtxt *validator;
    int rc;

    if (status != STATUS_OK)
        return status;
    validator = xmlSchemaNewValidCtxt(schema->checker->compiled);
    if (!validator)
        return diag_no_memory(diag);
    xmlSchemaSetValidStructuredErrors(validator, take_finding, check);
    rc = xmlSchemaValidateDoc(validator, check->document->tree);
    mend_walk(check);
    xmlSchemaFreeValidCtxt(validator);
    if (check->lost)
        return diag_no_memory(diag);
    if (rc < 0 || check->could_not)
        return could_not(check->document, diag,
                         check->count
                             ? xml_message_of(check->list[check->count - 1].message.ptr).text
                             : "the checker gave up");
    if (rc != 0 && check->count == 0)
        return could_not(check->document, diag, "the checker refused it without saying why");
    return STATUS_OK;
}

static void check_done(struct check *check)
{
    mem_free(check->list);
    arena_done(&check->arena);
}

enum status xml_check(const struct xml_document *document, const struct xml_schema *schema,
                      struct diag *diag)
{
    struct check check = {.document = document};
    enum status status;

    arena_init(&check.arena);
    status = collect(&check, schema, diag);
    if (status == STATUS_OK && check.count > 0)
        status = refuse(&check, schema, diag);
    check_done(&check);
    return status;
}

enum status xml_check_each(const struct xml_document *document, const struct xml_schema *schema,
                           struct diag *diag,
                           void (*take)(void *context, const struct xml_finding *finding),
                           void *context, size_t *ret_found)
{
    struct check check = {.document = document};
    enum status status;
    size_t i;

    arena_init(&check.arena);
    status = collect(&check, schema, diag);
    if (status == STATUS_OK && check.is_full)
        status = STATUS_LIMIT;
    if (status == STATUS_OK) {
        put_in_order(&check, schema);
        for (i = 0; i < check.count; i++)
            if (!repeats_another(&check, i))
                take(context, &check.list[i]);
    }
    *ret_found = check.count;
    check_done(&check);
    return status;
}

/* --- the schema itself --- */

struct schema_error {
    struct xml_message message;
    int line;
    bool seen;
};

static void take_schema_error(void *context, xml_error *error)
{
    struct schema_error *first = context;

    if (first->seen || error->level == XML_ERR_WARNING)
        return;
    first->seen = true;
    first->message = xml_message_of(error->message);
    first->line = error->line;
}

enum status xml_schema_compile(const struct xml_schema *schema, struct diag *diag)
{
    struct str text = schema->source->text;
    struct schema_error error = {.seen = false};
    xmlSchemaParserCtxt *parser;

    if (schema->checker->compiled)
        return STATUS_OK;
    parser = xmlSchemaNewMemParserCtxt(text.ptr, (int)text.len);
    if (!parser)
        return diag_no_memory(diag);
    xmlSchemaSetParserStructuredErrors(parser, take_schema_error, &error);
    schema->checker->compiled = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    if (schema->checker->compiled && !error.seen)
        return STATUS_OK;
    xmlSchemaFree(schema->checker->compiled);
    schema->checker->compiled = NULL;
    diag_report(diag, RULE_XML_SCHEMA,
                (struct where){schema->source->identity.name,
                               (uint64_t)(error.line > 0 ? error.line : 0), 0, 0},
                "%s", error.seen ? error.message.text : "the schema does not compile");
    return STATUS_INVALID;
}

enum status xml_schema_load(struct str name, struct str text, struct diag *diag,
                            struct xml_schema **ret_schema)
{
    struct xml_schema *schema = mem_alloc(1, sizeof *schema);
    struct source *source = NULL;
    enum status status = STATUS_MEMORY;

    if (schema)
        schema->checker = mem_alloc(1, sizeof *schema->checker);
    if (!schema || !schema->checker) {
        status = diag_no_memory(diag);
        goto out;
    }
    status = source_open_memory(name, text, diag, &source);
    if (status == STATUS_OK)
        status = xml_load(source, NULL, "schema", diag, &schema->source);
    if (status == STATUS_OK) {
        schema->shape = shape_new(schema->source);
        if (!schema->shape)
            status = diag_no_memory(diag);
    }
out:
    source_close(source);
    if (status == STATUS_OK)
        *ret_schema = schema;
    else
        xml_schema_free(schema);
    return status;
}

void xml_schema_free(struct xml_schema *schema)
{
    if (!schema)
        return;
    if (schema->checker)
        xmlSchemaFree(schema->checker->compiled);
    mem_free(schema->checker);
    shape_free(schema->shape);
    xml_free(schema->source);
    mem_free(schema);
}
