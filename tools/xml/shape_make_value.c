/* Simple types of the schema, and the attributes of a type, whose values have them. */
#include "xml/shape_making.h"

#include <string.h>

/* --- simple types --- */

/* Of an xs:simpleType element. */
static struct shape_value *value_new(struct shape_making *making, const struct xml_node *simple,
                                     unsigned depth)
{
    const struct xml_node *restriction = xml_child(simple, "restriction");
    const struct shape_value *base = NULL;
    struct shape_value *value = NULL;

    if (restriction && depth < SHAPE_DEPTH)
        base = shape_make_value(making, NULL, xml_attr(restriction, "base"), depth + 1);
    if (base)
        value = shape_value_restrict(&making->shape->arena, restriction, base);
    else
        value = shape_value_built_in(&making->shape->arena, STR("")); /* a list or a union */
    making->failed |= !value;
    return value;
}

const struct shape_value *shape_make_value(struct shape_making *making,
                                           const struct xml_node *simple, struct str name,
                                           unsigned depth)
{
    struct shape_value *value;
    struct shape_named *named;

    if (simple)
        return value_new(making, simple, depth);
    if (shape_is_built_in(name)) {
        value = shape_value_built_in(&making->shape->arena, shape_local_part(name));
        making->failed |= !value;
        return value;
    }
    named = shape_global(making, "simpleType", name);
    if (!named)
        return shape_make_value(making, NULL, STR("xs:unknown"), depth);
    if (!named->value)
        named->value = value_new(making, named->node, depth);
    return named->value;
}

/* --- attributes --- */

static void add_attribute(struct shape_making *making, struct shape_type *type,
                          const struct xml_node *node)
{
    struct shape_attribute *attribute;
    struct str use = xml_attr(node, "use");

    if (type->attribute_count == SHAPE_ATTRIBUTES || !xml_attr(node, "name").ptr ||
        xml_attr(node, "fixed").ptr || str_is(use, "prohibited")) {
        type->is_known = false;
        return;
    }
    attribute = &making->attributes[type->attribute_count];
    attribute->name = shape_keep(making, xml_attr(node, "name"));
    attribute->standard = shape_keep(making, xml_attr(node, "default"));
    attribute->is_required = str_is(use, "required");
    attribute->value =
        shape_make_value(making, xml_child(node, "simpleType"), xml_attr(node, "type"), 0);
    if (attribute->is_required)
        type->required |= (uint64_t)1 << type->attribute_count;
    type->standard_count += attribute->standard.ptr != NULL;
    type->attribute_count++;
}

static void add_attributes(struct shape_making *making, struct shape_type *type,
                           const struct xml_node *parent, unsigned depth)
{
    const struct xml_node *node;
    const struct shape_named *group;

    if (depth == SHAPE_DEPTH) {
        type->is_known = false;
        return;
    }
    for (node = xml_child(parent, NULL); node; node = xml_next(node, NULL)) {
        if (shape_is_kind(node, "attribute")) {
            add_attribute(making, type, node);
        } else if (shape_is_kind(node, "attributeGroup")) {
            group = shape_global(making, "attributeGroup", xml_attr(node, "ref"));
            add_attributes(making, type, group ? group->node : NULL, depth + 1);
        } else if (shape_is_kind(node, "anyAttribute")) {
            type->is_known = false;
        }
    }
}

static void keep_attributes(struct shape_making *making, struct shape_type *type)
{
    size_t count = 0;
    size_t i;

    type->attributes = shape_take(making, type->attribute_count, sizeof *type->attributes);
    type->standards = shape_take(making, type->standard_count, sizeof *type->standards);
    if (!type->attributes || !type->standards)
        return;
    memcpy(type->attributes, making->attributes, type->attribute_count * sizeof *type->attributes);
    for (i = 0; i < type->attribute_count; i++) {
        const struct shape_attribute *attribute = &type->attributes[i];

        if (attribute->standard.ptr)
            type->standards[count++] =
                (struct xml_pair){attribute->name.ptr, attribute->standard.ptr,
                                  (uint32_t)attribute->name.len, (uint32_t)attribute->standard.len};
    }
}

void shape_make_attributes(struct shape_making *making, struct shape_type *type,
                           const struct xml_node *parent)
{
    add_attributes(making, type, parent, 0);
    keep_attributes(making, type);
}
