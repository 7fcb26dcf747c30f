#include <string.h>

#include "xml/xml_finding_private.h"

/*
 * Keys. The checker names the constraint and the values; the constraint's own element in the schema
 * tells which attribute (or the text) is meant. Fields are "@name" or "."; the selectors of the
 * referred keys have one step.
 */
struct key {
    const struct xml_node *constraint;
    struct str field; /* name of the attribute; missing: the text */
    struct str value;
};

/* What stands in quotes behind `mark`, without a namespace in braces. */
static struct str quoted_after(struct str message, const char *mark)
{
    const char *start = strstr(message.ptr, mark);
    const char *end;
    const char *brace;

    if (!start || !(start = strchr(start, '\'')) || !(end = strchr(++start, '\'')))
        return (struct str){NULL, 0};
    brace = memchr(start, '}', (size_t)(end - start));
    start = brace ? brace + 1 : start;
    return (struct str){start, (size_t)(end - start)};
}

static struct str constraint_name(struct str message)
{
    struct str name = quoted_after(message, "keyref");

    return name.ptr ? name : quoted_after(message, "identity-constraint");
}

/* The constraint of that name, wherever in the schema it stands. */
static const struct xml_node *constraint_find(const struct xml_node *parent, struct str name,
                                              unsigned depth)
{
    const struct xml_node *node;

    if (depth > 16)
        return NULL;
    for (node = xml_child(parent, NULL); node; node = xml_next(node, NULL)) {
        const struct xml_node *inside;

        if (xml_child(node, "selector") && str_equal(xml_attr(node, "name"), name))
            return node;
        inside = constraint_find(node, name, depth + 1);
        if (inside)
            return inside;
    }
    return NULL;
}

static struct str field_of(const struct xml_node *constraint)
{
    struct str path = xml_attr(xml_child(constraint, "field"), "xpath");

    if (path.len > 1 && path.ptr[0] == '@')
        return (struct str){path.ptr + 1, path.len - 1};
    return (struct str){NULL, 0};
}

static struct str key_value(const xmlNode *element, struct str field)
{
    const struct xml_node *node = xml_node_of(element);

    return field.ptr ? xml_attr_str(node, field) : xml_text(node);
}

static void report_duplicate(const struct finding_context *context, const struct key *key)
{
    const xmlNode *element = context->finding->element;
    const xmlNode *first = element->parent ? element->parent->children : NULL;
    const struct xml_node *place;

    diag_report(context->diag, RULE_XML_DUPLICATE, context->where, "%.*s '%.*s' of '%s'",
                STR_ARG(key->field.ptr ? key->field : STR("text")),
                STR_ARG(finding_value(key->value)), (const char *)element->name);
    while (first && (first->type != XML_ELEMENT_NODE || !xmlStrEqual(first->name, element->name) ||
                     !str_equal(key_value(first, key->field), key_value(element, key->field))))
        first = first->next;
    place = first && first != element ? xml_node_of(first) : NULL;
    if (place)
        diag_hint(context->diag,
                  "it is first used in line %u; give this one another, or take it out",
                  (unsigned)place->line);
}

/* "section" of "cf:section", the first step of a path; missing when it has no prefix. */
static struct str local_step(struct str path)
{
    const char *colon = path.ptr ? memchr(path.ptr, ':', path.len) : NULL;

    if (!colon)
        return (struct str){NULL, 0};
    return (struct str){colon + 1, path.len - (size_t)(colon + 1 - path.ptr)};
}

/* The nearest of the values that the referred key has. */
static void hint_nearest(const struct finding_context *context, const struct key *key)
{
    const struct xml_node *referred =
        constraint_find(xml_root(context->schema->source),
                        local_step(xml_attr(key->constraint, "refer")), 0);
    struct str step = local_step(xml_attr(xml_child(referred, "selector"), "xpath"));
    struct str own_path = xml_attr(xml_child(key->constraint, "selector"), "xpath");
    const xmlNode *scope = context->finding->element->parent;
    struct xml_model_list known = {.count = 0};
    struct str field = field_of(referred);
    const struct xml_node *node;
    struct str nearest;
    size_t i;

    if (!step.ptr || !field.ptr)
        return;
    for (i = 0; i < own_path.len && scope; i++)
        if (own_path.ptr[i] == '/')
            scope = scope->parent;
    for (node = xml_child(xml_node_of(scope), NULL); node && known.count < XML_MODEL_NAMES;
         node = xml_next(node, NULL))
        if (str_is(step, xml_name(node)) && xml_attr_str(node, field).ptr &&
            (known.count == 0 || !str_equal(xml_attr_str(node, field),
                                            xml_attr_str(known.list[known.count - 1], field))))
            known.list[known.count++] = node;
    nearest = finding_nearest(context, &known, field, key->value);
    if (nearest.ptr)
        diag_hint(context->diag, "did you mean '%.*s'?", STR_ARG(nearest));
    else if (known.count > 0)
        diag_hint(context->diag, "there are: %s", finding_names(&known, field).text);
    if (known.count < XML_MODEL_NAMES)
        diag_word(context->diag, finding_meant(context, &known, field, key->value));
}

static struct key key_of(const struct xml_schema *schema, struct str message)
{
    struct str name = constraint_name(message);
    struct key key = {NULL, {NULL, 0}, {NULL, 0}};

    if (name.ptr)
        key.constraint = constraint_find(xml_root(schema->source), name, 0);
    key.field = field_of(key.constraint);
    return key;
}

const xmlNode *finding_key_element(const struct xml_document *document,
                                   const struct xml_schema *schema, struct str message, int line,
                                   const xmlNode *from)
{
    struct key key = key_of(schema, message);
    struct str name = quoted_after(message, "lement ");
    struct str value = quoted_after(message, "key-sequence ");
    const xmlNode *node = from ? xml_next_element(from) : xmlDocGetRootElement(document->tree);

    while (node && (xmlGetLineNo(node) != line || !str_is(name, (const char *)node->name) ||
                    !str_equal(key_value(node, key.field), value)))
        node = xml_next_element(node);
    return node || !from ? node : finding_key_element(document, schema, message, line, NULL);
}

struct str finding_key_field(const struct xml_schema *schema, struct str message)
{
    return key_of(schema, message).field;
}

void finding_report_key(const struct finding_context *context)
{
    struct str message = context->finding->message;
    struct key key = key_of(context->schema, message);

    key.value = key_value(context->finding->element, key.field);
    if (strstr(message.ptr, "Duplicate")) {
        report_duplicate(context, &key);
    } else if (key.field.ptr && !key.value.ptr) {
        diag_report(context->diag, RULE_XML_MISSING, context->where, "attribute '%.*s' of %s",
                    STR_ARG(key.field), finding_subject(context->finding->element).text);
        diag_hint(context->diag, "add %.*s=\"...\"", STR_ARG(key.field));
    } else {
        diag_report(context->diag, RULE_XML_REFERENCE, context->where, "%.*s '%.*s' of %s",
                    STR_ARG(key.field.ptr ? key.field : STR("text")),
                    STR_ARG(finding_value(key.value)),
                    finding_subject(context->finding->element).text);
        hint_nearest(context, &key);
    }
}
