/* The global components of the schema by name: there are hundreds, and each is asked for often. */
#include <stdlib.h>

#include "base/mem.h"
#include "xml/shape_making.h"

static int by_name(const void *a_pointer, const void *b_pointer)
{
    const struct shape_named *a = a_pointer;
    const struct shape_named *b = b_pointer;

    return str_compare(a->name, b->name);
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
            making->globals[making->global_count++] = (struct shape_named){node, name, NULL, NULL};
    }
    qsort(making->globals, making->global_count, sizeof *making->globals, by_name);
    return true;
}

/* The first component that does not stand before the name. */
static size_t place_of(const struct shape_making *making, struct str name)
{
    size_t low = 0;
    size_t high = making->global_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(making->globals[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct shape_named *shape_global(const struct shape_making *making, const char *kind,
                                 struct str name)
{
    struct str local = shape_local_part(name);
    size_t i;

    for (i = place_of(making, local); i < making->global_count; i++) {
        if (!str_equal(making->globals[i].name, local))
            return NULL;
        if (shape_is_kind(making->globals[i].node, kind))
            return &making->globals[i];
    }
    return NULL;
}
