#include "xml/shape_making.h"

#include <string.h>

#include "base/mem.h"

void shape_free(struct shape *shape)
{
    if (!shape)
        return;
    arena_done(&shape->arena);
    mem_free(shape);
}

const struct shape_element *shape_root(const struct shape *shape, struct str name)
{
    size_t i;

    for (i = 0; i < shape->root_count; i++)
        if (str_equal(shape->roots[i].name, name))
            return &shape->roots[i];
    return NULL;
}

const struct shape_element *shape_child(const struct shape_type *type, const char *name)
{
    size_t i;

    for (i = 0; i < type->element_count; i++)
        if (strcmp(type->elements[i].name.ptr, name) == 0)
            return &type->elements[i];
    return NULL;
}

void shape_assign(const struct shape *shape, struct xml_document *document)
{
    const struct shape_type *types[256]; /* of the open elements; deeper than LIMIT_XML_DEPTH */
    size_t ends[256];
    size_t depth = 0;
    size_t i;

    for (i = 0; i < document->node_count; i++) {
        struct xml_node *node = &document->nodes[i];
        const struct shape_element *element = NULL;

        while (depth > 0 && ends[depth - 1] <= i)
            depth--;
        if (depth == 0)
            element = shape_root(shape, str_of(node->name));
        else if (types[depth - 1])
            element = shape_child(types[depth - 1], node->name);
        node->type = element ? element->type : NULL;
        types[depth] = node->type;
        ends[depth++] = i + node->span;
    }
}
