#include <string.h>

#include "xml/xml_document.h"

/* struct xml_node is never defined: it is the parser's node under a name of ours. */
const xmlNode *xml_tree_node(const struct xml_node *node)
{
    return (const xmlNode *)(const void *)node;
}

const struct xml_node *xml_node_of(const xmlNode *node)
{
    return (const struct xml_node *)(const void *)node;
}

static const struct xml_place *place_of(const struct xml_node *node)
{
    return node ? xml_tree_node(node)->_private : NULL;
}

const struct source_identity *xml_identity(const struct xml_document *document)
{
    return &document->identity;
}

const struct xml_node *xml_root(const struct xml_document *document)
{
    return xml_node_of(xmlDocGetRootElement(document->tree));
}

static const xmlNode *first_named(const xmlNode *node, const char *name)
{
    while (node && (node->type != XML_ELEMENT_NODE ||
                    (name && strcmp((const char *)node->name, name) != 0)))
        node = node->next;
    return node;
}

const struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
    return node ? xml_node_of(first_named(xml_tree_node(node)->children, name)) : NULL;
}

const struct xml_node *xml_next(const struct xml_node *node, const char *name)
{
    return node ? xml_node_of(first_named(xml_tree_node(node)->next, name)) : NULL;
}

const char *xml_name(const struct xml_node *node)
{
    return (const char *)xml_tree_node(node)->name;
}

static const xmlAttr *attribute_find(const xmlNode *node, struct str name)
{
    const xmlAttr *attribute;

    for (attribute = node->properties; attribute; attribute = attribute->next)
        if (!attribute->ns && str_is(name, (const char *)attribute->name))
            return attribute;
    return NULL;
}

struct str xml_attr(const struct xml_node *node, const char *name)
{
    return xml_attr_str(node, str_of(name));
}

struct str xml_attr_str(const struct xml_node *node, struct str name)
{
    const xmlAttr *attribute = node ? attribute_find(xml_tree_node(node), name) : NULL;

    if (!attribute)
        return (struct str){NULL, 0};
    if (!attribute->children || !attribute->children->content)
        return STR("");
    return str_of((const char *)attribute->children->content);
}

struct str xml_text(const struct xml_node *node)
{
    const struct xml_place *place = place_of(node);

    return place ? place->text : (struct str){NULL, 0};
}

struct str xml_text_raw(const struct xml_node *node)
{
    const struct xml_place *place = place_of(node);

    return place ? place->raw : (struct str){NULL, 0};
}

struct where xml_where(const struct xml_document *document, const struct xml_node *node)
{
    const struct xml_place *place = place_of(node);

    if (!place)
        return (struct where){document->identity.name, 0, 0, 0};
    return (struct where){document->identity.name, place->line, place->column,
                          xml_file_offset(document, place->offset)};
}

/* Whether the attribute's name stands at `at` (behind white space, before "="). */
static bool is_name_at(const char *at, const char *end, struct str name)
{
    if ((size_t)(end - at) <= name.len || memcmp(at, name.ptr, name.len) != 0)
        return false;
    for (at += name.len; at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r');
         at++)
        ;
    return at < end && *at == '=';
}

/* The place of a byte behind the start of the element, counted from there. */
static struct where where_behind(const struct xml_document *document, const struct xml_place *place,
                                 const char *to)
{
    const char *at = document->text.ptr + place->offset;
    struct where where = {document->identity.name, place->line, place->column, 0};

    for (; at < to; at++) {
        if (*at == '\n') {
            where.line++;
            where.column = 1;
        } else if ((*at & 0xC0) != 0x80) {
            where.column++;
        }
    }
    where.offset = xml_file_offset(document, (uint64_t)(to - document->text.ptr));
    return where;
}

struct where xml_where_attr(const struct xml_document *document, const struct xml_node *node,
                            struct str name)
{
    const struct xml_place *place = place_of(node);
    const char *end = document->text.ptr + document->text.len;
    const char *at;
    char quote = '\0';

    if (!place)
        return xml_where(document, node);
    for (at = document->text.ptr + place->offset + 1; at < end && (quote || *at != '>'); at++) {
        if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if ((at[-1] == ' ' || at[-1] == '\t' || at[-1] == '\n' || at[-1] == '\r') &&
                 is_name_at(at, end, name))
            return where_behind(document, place, at);
    }
    return xml_where(document, node);
}

enum status xml_refuse(const struct xml_document *document, struct diag *diag, uint64_t errors)
{
    struct where where = {document->identity.name, 0, 0, 0};

    diag_report(diag, RULE_DOCUMENT_INVALID, where, "%llu error%s", (unsigned long long)errors,
                errors == 1 ? "" : "s");
    return STATUS_INVALID;
}
