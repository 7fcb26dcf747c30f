#include "xml/xml_rest.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "xml/shape.h"
#include "xml/xml_check.h"
#include "xml/xml_finding_private.h"

/*
 * Round by round: the schema is asked, what it refuses is taken out of the tree, until it refuses
 * nothing. An attribute goes by itself where it may be missing; else its element goes.
 */

enum { ROUNDS_MOST = 40 };

struct xml_rest {
    struct xml_document *document;
    struct xml_document *left;
    bool *is_touched; /* one for each node of the document: something in it was taken out */
    bool *is_gone;
};

struct round {
    struct xml_rest *rest;
    const struct xml_schema *schema;
    struct diag *diag;
    bool is_first; /* all that it finds has been said */
    bool is_lost;      /* memory is out */
    bool is_hopeless;
};

/* --- taking out --- */

/* The same element, as its neighbours know it. */
static xmlNode *changeable(const xmlNode *element)
{
    return element->prev ? element->prev->next : element->parent->children;
}

static size_t index_of(const struct xml_rest *rest, const xmlNode *element)
{
    return (size_t)(xml_node_of(element) - rest->document->nodes);
}

static void touch(struct xml_rest *rest, const xmlNode *element)
{
    for (; element && element->type == XML_ELEMENT_NODE; element = element->parent)
        rest->is_touched[index_of(rest, element)] = true;
}

/* With something around it, or by itself. */
static bool is_gone(const struct xml_rest *rest, const xmlNode *element)
{
    for (; element && element->type == XML_ELEMENT_NODE; element = element->parent)
        if (rest->is_gone[index_of(rest, element)])
            return true;
    return false;
}

static struct xml_taken *one_more(struct round *round)
{
    struct xml_document *document = round->rest->document;

    if (mem_grow(&document->taken, document->taken_count, &document->taken_capacity,
                 sizeof *document->taken)) {
        memset(&document->taken[document->taken_count], 0, sizeof *document->taken);
        return &document->taken[document->taken_count++];
    }
    round->is_lost = true;
    return NULL;
}

static void take_element(struct round *round, xmlNode *element)
{
    struct xml_rest *rest = round->rest;
    size_t index = index_of(rest, element);
    struct xml_taken *taken;

    if (!element->parent || element->parent->type != XML_ELEMENT_NODE) {
        round->is_hopeless = true;
        return;
    }
    taken = one_more(round);
    if (!taken)
        return;
    touch(rest, element);
    rest->is_gone[index] = true;
    taken->element = element;
    xmlUnlinkNode(element);
}

static xmlAttr *attribute_of(xmlNode *element, struct str name)
{
    xmlAttr *attribute;

    for (attribute = element->properties; attribute; attribute = attribute->next)
        if (str_equal(str_of((const char *)attribute->name), name))
            return attribute;
    return NULL;
}

static void take_attribute(struct round *round, xmlNode *element, struct str name)
{
    xmlAttr *attribute = attribute_of(element, name);
    struct xml_taken *taken = attribute ? one_more(round) : NULL;

    if (!taken)
        return;
    taken->attribute = attribute;
    xmlUnlinkNode((xmlNode *)attribute);
}

static void take_text(xmlNode *element)
{
    xmlNode *child = element->children;

    while (child) {
        xmlNode *next = child->next;

        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            xmlUnlinkNode(child);
            xmlFreeNode(child); /* the text of an element around others is in no node */
        }
        child = next;
    }
}

static bool may_be_missing(const struct round *round, const xmlNode *element, struct str name)
{
    struct xml_model_list attributes;
    const struct xml_node *declaration;

    xml_model_attributes(round->schema, xml_model_element(round->schema, element), &attributes);
    declaration = xml_model_find(&attributes, name);
    return declaration && !str_is(xml_attr(declaration, "use"), "required");
}

static void take_value(struct round *round, xmlNode *element, struct str attribute)
{
    if (attribute.ptr && attribute_of(element, attribute) &&
        may_be_missing(round, element, attribute)) {
        touch(round->rest, element);
        take_attribute(round, element, attribute);
    } else {
        take_element(round, element);
    }
}

/* A slip of the keyboard, taken for what was meant: what stands behind it can be looked at. */
static bool rename_element(const struct round *round, const struct xml_finding *finding,
                           xmlNode *element)
{
    struct finding_context context = {round->rest->document, round->schema, finding, round->diag,
                                      WHERE_NONE};
    struct str name = str_of((const char *)element->name);
    struct xml_model_list children;
    struct str nearest;
    char meant[100];

    if (!element->parent || element->parent->type != XML_ELEMENT_NODE)
        return false;
    xml_model_children(round->schema, xml_model_element(round->schema, element->parent), &children);
    nearest = finding_nearest(&context, &children, STR("name"), name);
    if (xml_model_find(&children, name) || !nearest.ptr || nearest.len >= sizeof meant)
        return false;
    memcpy(meant, nearest.ptr, nearest.len);
    meant[nearest.len] = '\0';
    touch(round->rest, element);
    xmlNodeSetName(element, (const xmlChar *)meant);
    return true;
}

static void take(struct round *round, const struct xml_finding *finding, xmlNode *element)
{
    switch (finding->code) {
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
    case XML_SCHEMAV_CVC_TYPE_3_1_1:
        /* nothing misses an attribute that nobody knows */
        take_attribute(round, element, finding->attribute);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
        take_text(element);
        break;
    case XML_SCHEMAV_ELEMENT_CONTENT:
        if (!rename_element(round, finding, element))
            take_element(round, element);
        break;
    case XML_SCHEMAV_CVC_IDC:
        take_value(round, element, finding_key_field(round->schema, finding->message));
        break;
    default:
        take_value(round, element, finding->attribute);
        break;
    }
}

/* --- what later rounds find --- */

/* Whether the value stood in something that was taken out: then nothing refers to what is not. */
static bool was_taken(const struct xml_rest *rest, struct str value)
{
    const struct xml_document *document = rest->document;
    size_t i;
    uint32_t a;

    for (i = 0; i < document->node_count; i++) {
        const struct xml_node *node = &document->nodes[i];

        if (!rest->is_touched[i])
            continue;
        for (a = 0; a < node->attribute_count; a++)
            if (str_equal((struct str){node->attributes[a].value, node->attributes[a].value_len},
                          value))
                return true;
    }
    return false;
}

/* Whether it would be said of the whole document, too, were all of it looked at. */
static bool is_of_the_whole(const struct round *round, const struct xml_finding *finding)
{
    const struct xml_rest *rest = round->rest;
    const xmlNode *element = finding->element;
    struct str field;

    switch (finding->code) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
        return !rest->is_touched[index_of(rest, element)] && element->parent &&
               element->parent->type == XML_ELEMENT_NODE &&
               !rest->is_touched[index_of(rest, element->parent)];
    case XML_SCHEMAV_CVC_IDC:
        field = finding_key_field(round->schema, finding->message);
        return strstr(finding->message.ptr, "Duplicate") ||
               (field.ptr && xml_attr_str(xml_node_of(element), field).ptr &&
                !was_taken(rest, xml_attr_str(xml_node_of(element), field)));
    default:
        return true;
    }
}

static bool was_said(const struct diag *diag, const struct where *where)
{
    size_t i;

    for (i = 0; i < diag->count; i++)
        if (diag->list[i].where.line == where->line && diag->list[i].where.column == where->column &&
            diag->list[i].severity >= SEVERITY_ERROR)
            return true;
    return false;
}

static void take_finding(void *context, const struct xml_finding *finding)
{
    struct round *round = context;
    struct where where;

    if (!finding->element) {
        round->is_hopeless = true;
        return;
    }
    if (is_gone(round->rest, finding->element))
        return;
    where = xml_finding_where(round->rest->document, round->schema, finding);
    if (!round->is_first && is_of_the_whole(round, finding) && !was_said(round->diag, &where))
        xml_finding_report(round->rest->document, round->schema, finding, round->diag);
    take(round, finding, changeable(finding->element));
}

/* --- the rest --- */

/* The nodes of what is left, with the places of the whole. */
static enum status gather(struct xml_rest *rest, const struct xml_schema *schema, struct diag *diag)
{
    const struct xml_document *document = rest->document;
    struct xml_document *left = mem_alloc(1, sizeof *left);
    const xmlNode *element = xmlDocGetRootElement(document->tree);
    enum status status;

    if (!left)
        return diag_no_memory(diag);
    arena_init(&left->arena);
    rest->left = left;
    left->identity = document->identity;
    left->text = document->text;
    left->mark = document->mark;
    left->is_utf8 = document->is_utf8;
    left->nodes = mem_alloc(document->node_count, sizeof *left->nodes);
    if (!left->nodes)
        return diag_no_memory(diag);
    left->node_capacity = document->node_count;
    for (; element; element = xml_next_element(element)) {
        const struct xml_node *old = xml_node_of(element);
        struct xml_node *node = &left->nodes[left->node_count++];

        node->span = 1;
        node->offset = old->offset;
        node->line = old->line;
        node->column = old->column;
        changeable(element)->_private = node;
    }
    left->tree = document->tree;
    status = xml_take_tree(left, diag);
    left->tree = NULL; /* it stays the document's */
    if (status != STATUS_OK)
        return status;
    shape_assign(schema->shape, left);
    left->is_valid = true;
    return STATUS_OK;
}

static enum status take_all(struct xml_rest *rest, const struct xml_schema *schema,
                            struct diag *diag, bool *ret_is_left)
{
    struct round round = {.rest = rest, .schema = schema, .diag = diag, .is_first = true};
    unsigned i;

    *ret_is_left = false;
    for (i = 0; i < ROUNDS_MOST; i++) {
        size_t found = 0;
        enum status status =
            xml_check_each(rest->document, schema, diag, take_finding, &round, &found);

        if (round.is_lost)
            return diag_no_memory(diag);
        if (status != STATUS_OK)
            return status == STATUS_MEMORY ? status : STATUS_OK;
        if (found == 0) {
            *ret_is_left = true;
            return STATUS_OK;
        }
        if (round.is_hopeless)
            return STATUS_OK;
        round.is_first = false;
    }
    return STATUS_OK;
}

enum status xml_rest_make(struct xml_document *document, const struct xml_schema *schema,
                          struct diag *diag, struct xml_rest **ret_rest)
{
    struct xml_rest *rest;
    enum status status = STATUS_MEMORY;
    bool is_left = false;

    *ret_rest = NULL;
    if (!document->tree)
        return STATUS_OK;
    rest = mem_alloc(1, sizeof *rest);
    if (!rest)
        return diag_no_memory(diag);
    rest->document = document;
    rest->is_touched = mem_alloc(document->node_count, sizeof *rest->is_touched);
    rest->is_gone = mem_alloc(document->node_count, sizeof *rest->is_gone);
    if (rest->is_touched && rest->is_gone)
        status = take_all(rest, schema, diag, &is_left);
    else
        diag_no_memory(diag);
    if (status == STATUS_OK && is_left)
        status = gather(rest, schema, diag);
    if (status == STATUS_OK && is_left)
        *ret_rest = rest;
    else
        xml_rest_free(rest);
    return status;
}

struct xml_document *xml_rest_document(struct xml_rest *rest)
{
    return rest->left;
}

bool xml_rest_is_whole(const struct xml_rest *rest)
{
    return !rest->is_touched[0]; /* the root is touched with anything in it */
}

bool xml_rest_is_sound(const struct xml_rest *rest, const struct where *where)
{
    const struct xml_document *document = rest->document;
    size_t low = 0;
    size_t high = document->node_count;

    /* the last element that begins there or before: a place is that of an element or in its tag */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct xml_node *node = &document->nodes[middle];

        if (node->line < where->line ||
            (node->line == where->line && node->column <= where->column))
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && !rest->is_touched[low - 1];
}

void xml_rest_free(struct xml_rest *rest)
{
    if (!rest)
        return;
    xml_free(rest->left);
    mem_free(rest->is_touched);
    mem_free(rest->is_gone);
    mem_free(rest);
}
