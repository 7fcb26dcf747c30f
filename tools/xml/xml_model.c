#include "xml/xml_model.h"

#include <string.h>

/* Types and groups nest only a few levels; a schema that refers to itself ends here. */
enum { MODEL_DEPTH = 16 };

static const struct str no_name = {NULL, 0};

/* "line-in" of "cf:line-in". */
static struct str local_part(struct str name)
{
    const char *colon = name.ptr ? memchr(name.ptr, ':', name.len) : NULL;

    if (!colon)
        return name;
    return (struct str){colon + 1, name.len - (size_t)(colon + 1 - name.ptr)};
}

/* The global declaration of that kind and name. */
static const struct xml_node *global(const struct xml_schema *schema, const char *kind,
                                     struct str name)
{
    const struct xml_node *node = xml_child(xml_root(schema->source), kind);

    while (node && !str_equal(xml_attr(node, "name"), name))
        node = xml_next(node, kind);
    return name.ptr ? node : NULL;
}

static const struct xml_node *complex_type(const struct xml_schema *schema,
                                           const struct xml_node *element)
{
    const struct xml_node *type = xml_child(element, "complexType");

    return type || !element ? type
                            : global(schema, "complexType", local_part(xml_attr(element, "type")));
}

static void add(struct xml_model_list *list, const struct xml_node *node)
{
    if (list->count < XML_MODEL_NAMES) {
        list->may_lack[list->count] = false;
        list->list[list->count++] = node;
    }
}

static bool is_kind(const struct xml_node *node, const char *kind)
{
    return strcmp(xml_name(node), kind) == 0;
}

/* A group or choice of which nothing need be there, whatever the declarations in it say. */
static bool is_optional(const struct xml_node *node)
{
    return str_is(xml_attr(node, "minOccurs"), "0") && !is_kind(node, "element");
}

static void add_children(const struct xml_schema *schema, const struct xml_node *parent,
                         unsigned depth, struct xml_model_list *list)
{
    const struct xml_node *node;
    size_t first;

    if (depth == MODEL_DEPTH)
        return;
    for (node = xml_child(parent, NULL); node; node = xml_next(node, NULL)) {
        first = list->count;
        if (is_kind(node, "element"))
            add(list, node);
        else if (is_kind(node, "group"))
            add_children(schema, global(schema, "group", local_part(xml_attr(node, "ref"))),
                         depth + 1, list);
        else if (is_kind(node, "sequence") || is_kind(node, "choice"))
            add_children(schema, node, depth + 1, list);
        for (; is_optional(node) && first < list->count; first++)
            list->may_lack[first] = true;
    }
}

static void add_attributes(const struct xml_schema *schema, const struct xml_node *parent,
                           unsigned depth, struct xml_model_list *list)
{
    const struct xml_node *node;

    if (depth == MODEL_DEPTH)
        return;
    for (node = xml_child(parent, NULL); node; node = xml_next(node, NULL)) {
        if (is_kind(node, "attribute"))
            add(list, node);
        else if (is_kind(node, "attributeGroup"))
            add_attributes(schema,
                           global(schema, "attributeGroup", local_part(xml_attr(node, "ref"))),
                           depth + 1, list);
        else if (is_kind(node, "simpleContent") || is_kind(node, "extension"))
            add_attributes(schema, node, depth + 1, list);
    }
}

const struct xml_node *xml_model_element(const struct xml_schema *schema, const xmlNode *element)
{
    const xmlNode *path[256]; /* deeper than LIMIT_XML_DEPTH */
    size_t depth = 0;
    const struct xml_node *declaration;

    for (; element && element->type == XML_ELEMENT_NODE && depth < sizeof path / sizeof path[0];
         element = element->parent)
        path[depth++] = element;
    if (depth == 0)
        return NULL;
    declaration = global(schema, "element", str_of((const char *)path[--depth]->name));
    while (declaration && depth > 0) {
        struct xml_model_list children;

        xml_model_children(schema, declaration, &children);
        declaration = xml_model_find(&children, str_of((const char *)path[--depth]->name));
    }
    return declaration;
}

void xml_model_attributes(const struct xml_schema *schema, const struct xml_node *element,
                          struct xml_model_list *ret_list)
{
    ret_list->count = 0;
    add_attributes(schema, complex_type(schema, element), 0, ret_list);
}

void xml_model_children(const struct xml_schema *schema, const struct xml_node *element,
                        struct xml_model_list *ret_list)
{
    ret_list->count = 0;
    add_children(schema, complex_type(schema, element), 0, ret_list);
}

const struct xml_node *xml_model_find(const struct xml_model_list *list, struct str name)
{
    size_t i;

    for (i = 0; i < list->count; i++)
        if (str_equal(xml_attr(list->list[i], "name"), name))
            return list->list[i];
    return NULL;
}

/* The name of the simple type that the text of the element or attribute has. */
static struct str type_name(const struct xml_schema *schema, const struct xml_node *declaration)
{
    const struct xml_node *complex = complex_type(schema, declaration);
    const struct xml_node *extension = xml_child(xml_child(complex, "simpleContent"), "extension");

    return extension ? xml_attr(extension, "base") : xml_attr(declaration, "type");
}

const struct xml_node *xml_model_simple(const struct xml_schema *schema,
                                        const struct xml_node *declaration)
{
    const struct xml_node *type = xml_child(declaration, "simpleType");

    if (type || !declaration)
        return type;
    return global(schema, "simpleType", local_part(type_name(schema, declaration)));
}

void xml_model_words(const struct xml_node *simple, struct xml_model_list *ret_list)
{
    const struct xml_node *node = xml_child(xml_child(simple, "restriction"), "enumeration");

    ret_list->count = 0;
    for (; node; node = xml_next(node, "enumeration"))
        add(ret_list, node);
}

struct str xml_model_example(const struct xml_schema *schema, const struct xml_node *simple)
{
    static const char mark[] = "<!-- example: ";
    const struct xml_node *restriction = xml_child(simple, "restriction");
    const char *start;
    const char *end;

    if (!restriction)
        return no_name;
    /* comments are no nodes: it stands among the facets, which are empty elements */
    start = strstr(schema->source->text.ptr + restriction->offset, mark);
    end = strstr(schema->source->text.ptr + restriction->offset, "</");
    if (!start || !end || start > end)
        return no_name;
    start += sizeof mark - 1;
    return str_trim((struct str){start, (size_t)(strstr(start, "-->") - start)});
}

struct str xml_model_base(const struct xml_schema *schema, const struct xml_node *declaration)
{
    const struct xml_node *simple = xml_model_simple(schema, declaration);
    struct str base = simple ? xml_attr(xml_child(simple, "restriction"), "base")
                             : type_name(schema, declaration);
    unsigned depth;

    for (depth = 0; depth < MODEL_DEPTH; depth++) {
        simple = global(schema, "simpleType", local_part(base));
        if (!simple)
            return local_part(base);
        base = xml_attr(xml_child(simple, "restriction"), "base");
    }
    return no_name;
}

struct str xml_model_facet(const struct xml_schema *schema, const struct xml_node *simple,
                           const char *facet)
{
    unsigned depth;

    for (depth = 0; simple && depth < MODEL_DEPTH; depth++) {
        const struct xml_node *restriction = xml_child(simple, "restriction");
        const struct xml_node *node = xml_child(restriction, facet);

        if (node)
            return xml_attr(node, "value");
        simple = global(schema, "simpleType", local_part(xml_attr(restriction, "base")));
    }
    return no_name;
}
