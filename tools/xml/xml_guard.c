#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "xml/xml_document.h"

/*
 * One pass over the decoded text before the parser sees it. It finds where each start tag stands
 * (the parser only tells where one ends), and refuses what costs the parser without bound: too many
 * attributes, huge tags, deep nesting, too many elements, and any DOCTYPE. It knows just enough of
 * XML to skip comments, CDATA and processing instructions; text that is not well-formed ends the
 * pass early and is left to the parser, which stops at the same place.
 */
struct guard {
    struct xml_document *document;
    struct diag *diag;
    const char *at;
    const char *end;
    const char *counted; /* line and column are those of this byte */
    uint32_t line;
    uint32_t column;
    unsigned depth;
};

static void count_to(struct guard *guard, const char *to)
{
    const char *at;

    for (at = guard->counted; at < to; at++) {
        if (*at == '\n') {
            guard->line++;
            guard->column = 1;
        } else if ((*at & 0xC0) != 0x80) {
            guard->column++;
        }
    }
    guard->counted = to;
}

static struct where where_now(struct guard *guard)
{
    struct where where = {guard->document->identity.name, 0, 0, 0};

    count_to(guard, guard->at);
    where.line = guard->line;
    where.column = guard->column;
    where.offset = xml_file_offset(guard->document,
                                   (uint64_t)(guard->at - guard->document->text.ptr));
    return where;
}

static bool looks_at(const struct guard *guard, const char *text)
{
    size_t len = strlen(text);

    return (size_t)(guard->end - guard->at) >= len && memcmp(guard->at, text, len) == 0;
}

/* Behind the next `text`, or the end. */
static void skip_past(struct guard *guard, const char *text)
{
    size_t len = strlen(text);

    while ((size_t)(guard->end - guard->at) >= len) {
        const char *next = memchr(guard->at, text[0], (size_t)(guard->end - guard->at));

        if (!next)
            break;
        guard->at = next;
        if (looks_at(guard, text)) {
            guard->at += len;
            return;
        }
        guard->at++;
    }
    guard->at = guard->end;
}

static enum status add_place(struct guard *guard)
{
    struct where where = where_now(guard);
    struct xml_node *node;

    if (guard->document->node_count == LIMIT_XML_ELEMENTS)
        return diag_limit(guard->diag, where, "number of elements", LIMIT_XML_ELEMENTS);
    node = xml_add_node(guard->document, guard->at);
    if (!node)
        return diag_no_memory(guard->diag);
    node->line = guard->line;
    node->column = guard->column;
    return STATUS_OK;
}

/* A start tag, from its "<". Each attribute has one "=" outside quotes. */
static enum status start_tag(struct guard *guard)
{
    const char *start = guard->at;
    const char *at;
    unsigned attributes = 0;
    char quote = '\0';
    enum status status = add_place(guard);

    if (status != STATUS_OK)
        return status;
    for (at = start + 1; at < guard->end && (quote || *at != '>'); at++) {
        if ((uint64_t)(at - start) >= LIMIT_XML_TAG_BYTES)
            return diag_limit(guard->diag, where_now(guard), "bytes of one tag",
                              LIMIT_XML_TAG_BYTES);
        if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (*at == '=' && ++attributes > LIMIT_XML_ATTRIBUTES)
            return diag_limit(guard->diag, where_now(guard), "number of attributes of one tag",
                              LIMIT_XML_ATTRIBUTES);
    }
    if (at < guard->end && at[-1] != '/' && ++guard->depth > LIMIT_XML_DEPTH)
        return diag_limit(guard->diag, where_now(guard), "depth of elements", LIMIT_XML_DEPTH);
    guard->at = at < guard->end ? at + 1 : guard->end;
    return STATUS_OK;
}

static enum status markup(struct guard *guard)
{
    if (looks_at(guard, "<!--")) {
        guard->at += 4;
        skip_past(guard, "-->");
    } else if (looks_at(guard, "<![CDATA[")) {
        skip_past(guard, "]]>");
    } else if (looks_at(guard, "<?")) {
        skip_past(guard, "?>");
    } else if (looks_at(guard, "<!DOCTYPE")) {
        diag_report(guard->diag, RULE_XML_DOCTYPE, where_now(guard), NULL);
        diag_hint(guard->diag, "take the DOCTYPE out; the schema is built in");
        guard->document->fault = (struct xml_fault){
            XML_FAULT_DOCTYPE, 0, (size_t)(guard->at - guard->document->text.ptr)};
        return STATUS_INVALID;
    } else if (looks_at(guard, "</")) {
        skip_past(guard, ">");
        guard->depth -= guard->depth > 0;
    } else {
        return start_tag(guard);
    }
    return STATUS_OK;
}

enum status xml_guard(struct xml_document *document, struct diag *diag)
{
    struct guard guard = {.document = document, .diag = diag, .line = 1, .column = 1};
    enum status status = STATUS_OK;

    guard.at = guard.counted = document->text.ptr;
    guard.end = document->text.ptr + document->text.len;
    while (status == STATUS_OK && guard.at < guard.end) {
        const char *next = memchr(guard.at, '<', (size_t)(guard.end - guard.at));

        if (!next)
            break;
        guard.at = next;
        status = markup(&guard);
    }
    return status;
}

struct xml_node *xml_add_node(struct xml_document *document, const char *at)
{
    struct xml_node *node;

    if (!mem_grow(&document->nodes, document->node_count, &document->node_capacity,
                  sizeof *document->nodes))
        return NULL;
    node = &document->nodes[document->node_count++];
    memset(node, 0, sizeof *node);
    node->offset = (uint32_t)(at - document->text.ptr);
    node->span = 1;
    return node;
}

uint64_t xml_file_offset(const struct xml_document *document, uint64_t offset)
{
    return document->is_utf8 ? offset + document->mark : 0;
}

struct where xml_where_offset(const struct xml_document *document, uint64_t offset)
{
    struct where where = {document->identity.name, 1, 1, 0};
    size_t i;

    if (offset > document->text.len)
        offset = document->text.len;
    for (i = 0; i < offset; i++) {
        if (document->text.ptr[i] == '\n') {
            where.line++;
            where.column = 1;
        } else if ((document->text.ptr[i] & 0xC0) != 0x80) {
            where.column++;
        }
    }
    where.offset = xml_file_offset(document, offset);
    return where;
}
