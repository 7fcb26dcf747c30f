#include <string.h>

#include "xml/shape.h"

const struct xml_node *xml_node_of(const xmlNode *node)
{
    return node ? node->_private : NULL;
}

const struct source_identity *xml_identity(const struct xml_document *document)
{
    return &document->identity;
}

const struct xml_node *xml_root(const struct xml_document *document)
{
    return document->nodes;
}

static const struct xml_node *sibling(const struct xml_node *node)
{
    return node->has_next ? node + node->span : NULL;
}

static const struct xml_node *first_named(const struct xml_node *node, const char *name)
{
    while (node && name && strcmp(node->name, name) != 0)
        node = sibling(node);
    return node;
}

const struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
    return node && node->span > 1 ? first_named(node + 1, name) : NULL;
}

const struct xml_node *xml_next(const struct xml_node *node, const char *name)
{
    return node ? first_named(sibling(node), name) : NULL;
}

const char *xml_name(const struct xml_node *node)
{
    return node->name;
}

static const struct xml_pair *pair_find(const struct xml_pair *pairs, size_t count,
                                        const char *name, size_t len)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (pairs[i].name_len == len && memcmp(pairs[i].name, name, len) == 0)
            return &pairs[i];
    return NULL;
}

static struct str attribute_value(const struct xml_node *node, const char *name, size_t len)
{
    const struct xml_pair *pair;

    if (!node)
        return (struct str){NULL, 0};
    pair = pair_find(node->attributes, node->attribute_count, name, len);
    if (!pair && node->type)
        pair = pair_find(node->type->standards, node->type->standard_count, name, len);
    return pair ? (struct str){pair->value, pair->value_len} : (struct str){NULL, 0};
}

struct str xml_attr(const struct xml_node *node, const char *name)
{
    return attribute_value(node, name, strlen(name));
}

struct str xml_attr_str(const struct xml_node *node, struct str name)
{
    return attribute_value(node, name.ptr, name.len);
}

bool xml_attr_at(const struct xml_node *node, size_t i, struct str *ret_name, struct str *ret_value)
{
    const struct xml_pair *pair;

    if (!node || i >= node->attribute_count)
        return false;
    pair = &node->attributes[i];
    *ret_name = (struct str){pair->name, pair->name_len};
    *ret_value = (struct str){pair->value, pair->value_len};
    return true;
}

struct str xml_text(const struct xml_node *node)
{
    return node ? (struct str){node->text, node->text_len} : (struct str){NULL, 0};
}

struct str xml_text_raw(const struct xml_node *node)
{
    return node ? (struct str){node->raw, node->raw_len} : (struct str){NULL, 0};
}

struct where xml_where(const struct xml_document *document, const struct xml_node *node)
{
    if (!node)
        return (struct where){document->identity.name, 0, 0, 0};
    return (struct where){document->identity.name, node->line, node->column,
                          xml_file_offset(document, node->offset)};
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

struct where xml_where_behind(const struct xml_document *document, const struct xml_node *node,
                              const char *to)
{
    const char *at = document->text.ptr + node->offset;
    struct where where = {document->identity.name, node->line, node->column, 0};

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
    const char *end = document->text.ptr + document->text.len;
    const char *at;
    char quote = '\0';

    if (!node)
        return xml_where(document, node);
    for (at = document->text.ptr + node->offset + 1; at < end && (quote || *at != '>'); at++) {
        if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if ((at[-1] == ' ' || at[-1] == '\t' || at[-1] == '\n' || at[-1] == '\r') &&
                 is_name_at(at, end, name))
            return xml_where_behind(document, node, at);
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
