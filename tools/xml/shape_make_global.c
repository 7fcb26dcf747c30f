/* The global components of the schema by name: there are hundreds, and each is asked for often. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "xml/shape_making.h"

/* A type and an element may have the same name. */
static int by_name_and_kind(const void *a_pointer, const void *b_pointer)
{
    const struct shape_named *a = a_pointer;
    const struct shape_named *b = b_pointer;
    int order = str_compare(a->name, b->name);

    return order ? order : strcmp(a->kind, b->kind);
}

bool shape_list_globals(struct shape_making *making)
{
    const struct xml_node *node;
    size_t count = 0;

    for (node = xml_child(making->schema, NULL); node; node = xml_next(node, NULL))
        count++;
    making->globals = mem_alloc(count ? count : 1, sizeof *making->globals);
    if (!making->globals)
        return false;
    for (node = xml_child(making->schema, NULL); node; node = xml_next(node, NULL)) {
        struct str name = xml_attr(node, "name");

        if (name.ptr)
            making->globals[making->global_count++] =
                (struct shape_named){node, xml_name(node), name, NULL, NULL};
    }
    qsort(making->globals, making->global_count, sizeof *making->globals, by_name_and_kind);
    return true;
}

struct shape_named *shape_global(const struct shape_making *making, const char *kind,
                                 struct str name)
{
    const struct shape_named wanted = {.kind = kind, .name = shape_local_part(name)};

    return bsearch(&wanted, making->globals, making->global_count, sizeof *making->globals,
                   by_name_and_kind);
}
