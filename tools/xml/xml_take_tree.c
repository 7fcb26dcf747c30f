#include <string.h>

#include "xml/xml_document.h"

/* The tree that libxml2 has made, as nodes: their strings stay where they are in the tree. */

size_t xml_collapse(const char *text, size_t len, char *out)
{
    size_t used = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        if (!xml_is_blank(text[i]))
            out[used++] = text[i];
        else if (used > 0 && out[used - 1] != ' ')
            out[used++] = ' ';
    }
    while (used > 0 && out[used - 1] == ' ')
        used--;
    return used;
}

static bool is_text(const xmlNode *node)
{
    return (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content;
}

/* The element's own text, pieces between comments joined; nothing when it is white space only
   around child elements. */
static bool take_text(struct xml_document *document, const xmlNode *element, struct xml_node *node)
{
    const xmlNode *child;
    size_t len = 0;
    size_t used = 0;
    bool has_elements = false;
    char *raw;
    char *text;

    node->raw = node->text = "";
    for (child = element->children; child; child = child->next) {
        has_elements |= child->type == XML_ELEMENT_NODE;
        if (is_text(child))
            len += strlen((const char *)child->content);
    }
    if (has_elements || len == 0)
        return true;
    raw = arena_bytes(&document->arena, len);
    text = arena_bytes(&document->arena, len);
    if (!raw || !text)
        return false;
    for (child = element->children; child; child = child->next) {
        if (is_text(child)) {
            size_t piece = strlen((const char *)child->content);

            memcpy(raw + used, child->content, piece);
            used += piece;
        }
    }
    node->raw = raw;
    node->raw_len = (uint32_t)used;
    node->text = text;
    node->text_len = (uint32_t)xml_collapse(raw, used, text);
    return true;
}

static bool take_attributes(struct xml_document *document, const xmlNode *element,
                            struct xml_node *node)
{
    const xmlAttr *attribute;
    struct xml_pair *pairs;
    size_t count = 0;

    for (attribute = element->properties; attribute; attribute = attribute->next)
        count += !attribute->ns;
    if (count == 0)
        return true;
    node->attributes = pairs = arena_alloc(&document->arena, count, sizeof *pairs);
    if (!pairs)
        return false;
    for (attribute = element->properties; attribute; attribute = attribute->next) {
        const xmlNode *text = attribute->children;
        struct xml_pair *pair = &pairs[node->attribute_count];

        if (attribute->ns)
            continue;
        pair->name = (const char *)attribute->name;
        pair->value = text && text->content ? (const char *)text->content : "";
        pair->name_len = (uint32_t)strlen(pair->name);
        pair->value_len = (uint32_t)strlen(pair->value);
        node->attribute_count++;
    }
    return true;
}

static const xmlNode *element_from(const xmlNode *node)
{
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

const xmlNode *xml_next_element(const xmlNode *node)
{
    const xmlNode *next = element_from(node->children);

    for (; !next && node && node->type == XML_ELEMENT_NODE; node = node->parent)
        next = element_from(node->next);
    return next;
}

/* How far elements reach: to the next sibling, or as far as the parent does. */
static void take_spans(struct xml_document *document, const xmlNode *element)
{
    size_t end = document->node_count;

    for (; element; element = xml_next_element(element)) {
        struct xml_node *node = element->_private;
        const xmlNode *next = element_from(element->next);
        const struct xml_node *parent = xml_node_of(element->parent);

        /* the parent, which stands before, has its span already */
        node->has_next = next != NULL;
        if (next)
            node->span = (uint32_t)(xml_node_of(next) - node);
        else if (parent && element->parent->type == XML_ELEMENT_NODE)
            node->span = (uint32_t)(parent + parent->span - node);
        else
            node->span = (uint32_t)(document->nodes + end - node);
    }
}

enum status xml_take_tree(struct xml_document *document, struct diag *diag)
{
    const xmlNode *element = xmlDocGetRootElement(document->tree);

    take_spans(document, element);
    for (; element; element = xml_next_element(element)) {
        struct xml_node *node = element->_private;

        node->name = (const char *)element->name;
        if (!take_attributes(document, element, node) || !take_text(document, element, node))
            return diag_no_memory(diag);
    }
    return STATUS_OK;
}
