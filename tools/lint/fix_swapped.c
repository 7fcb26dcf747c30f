/* Two texts of one thing, each in the language that the other one says. */
#include <string.h>

#include "lint/fix.h"

/* The other one of the two, before or behind; NULL: there are more, or it is alone. */
static const struct xml_node *twin_of(const struct fixing *fixing)
{
    const struct xml_node *parent = xml_source_parent(fixing->document, fixing->node);
    const struct xml_node *node =
        parent ? xml_child(parent, xml_name(fixing->node)) : fixing->node;
    const struct xml_node *twin = NULL;

    for (; node; node = xml_next(node, xml_name(fixing->node))) {
        if (node == fixing->node)
            continue;
        if (twin)
            return NULL;
        twin = node;
    }
    return twin;
}

/* Whether its language was found wrong, too. */
static bool is_swapped(const struct fixing *fixing, const struct xml_node *twin)
{
    struct where place = xml_where_attr(fixing->document, twin, STR("lang"));
    size_t i;

    for (i = 0; i < fixing->diag->count; i++) {
        const struct diagnostic *item = &fixing->diag->list[i];

        if (item->rule == fixing->item->rule && item->where.line == place.line &&
            item->where.column == place.column)
            return true;
    }
    return false;
}

static void propose(struct fixing *fixing)
{
    const struct xml_node *twin = twin_of(fixing);
    struct xml_source_attr own;
    struct xml_source_attr other;

    if (!twin || !is_swapped(fixing, twin) ||
        !xml_source_attr(fixing->document, fixing->node, STR("lang"), &own) ||
        !xml_source_attr(fixing->document, twin, STR("lang"), &other))
        return;
    fix_edit(fixing, own.value, xml_source_part(fixing->document, other.value));
    fix_edit(fixing, other.value, xml_source_part(fixing->document, own.value));
}

const struct fix fix_swapped = {.about = "gives each of two texts the language of the other one",
                                .uncovers = true, /* rules about wording go by the language */
                                .propose = propose};
