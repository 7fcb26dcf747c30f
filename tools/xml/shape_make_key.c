/*
 * The uniqueness of the schema: xs:unique, xs:key and xs:keyref of an element. Of XPath this knows
 * steps to children, "@name" and ".", which is all that the schema writes.
 */
#include "xml/shape_making.h"

/* "cf:gate/cf:question" */
static bool read_steps(struct shape_making *making, struct shape_key *key, struct str path)
{
    struct str step;

    while (str_split(&path, '/', &step)) {
        if (key->step_count == SHAPE_STEPS || !str_starts(step, "cf:"))
            return false;
        key->steps[key->step_count++] = shape_keep(making, shape_local_part(step));
    }
    return key->step_count > 0;
}

/* The type that the key's selector ends at. */
static const struct shape_type *selected(const struct shape_key *key, const struct shape_type *type)
{
    size_t i;

    for (i = 0; i < key->step_count && type; i++) {
        const struct shape_element *child = shape_child(type, key->steps[i].ptr);

        type = child ? child->type : NULL;
    }
    return type;
}

static bool read_field(struct shape_making *making, struct shape_key *key, struct str path,
                       const struct shape_type *type)
{
    struct str *field = &key->fields[key->field_count];
    size_t i;

    if (key->field_count++ == SHAPE_FIELDS)
        return false;
    if (str_is(path, "."))
        return type->text && shape_value_is_plain(type->text);
    if (path.len < 2 || path.ptr[0] != '@')
        return false;
    *field = shape_keep(making, (struct str){path.ptr + 1, path.len - 1});
    for (i = 0; i < type->attribute_count; i++)
        if (str_equal(type->attributes[i].name, *field))
            return shape_value_is_plain(type->attributes[i].value);
    return false;
}

static bool read_key(struct shape_making *making, struct shape_key *key,
                     const struct xml_node *node, const struct shape_type *type)
{
    const struct xml_node *field;

    key->kind = shape_is_kind(node, "unique") ? SHAPE_UNIQUE
                : shape_is_kind(node, "key")  ? SHAPE_KEY
                                              : SHAPE_KEYREF;
    key->name = shape_keep(making, xml_attr(node, "name"));
    if (!read_steps(making, key, xml_attr(xml_child(node, "selector"), "xpath")))
        return false;
    type = selected(key, type);
    if (!type)
        return false;
    for (field = xml_child(node, "field"); field; field = xml_next(field, "field"))
        if (!read_field(making, key, xml_attr(field, "xpath"), type))
            return false;
    return key->field_count > 0;
}

static bool find_refer(const struct shape_key *keys, size_t count, struct shape_key *key,
                       struct str name)
{
    if (key->kind != SHAPE_KEYREF)
        return true;
    for (key->refer = 0; key->refer < count; key->refer++)
        if (keys[key->refer].kind == SHAPE_KEY && str_equal(keys[key->refer].name, name))
            return keys[key->refer].field_count == key->field_count;
    return false;
}

static bool is_key(const struct xml_node *node)
{
    return shape_is_kind(node, "unique") || shape_is_kind(node, "key") ||
           shape_is_kind(node, "keyref");
}

const struct shape_key *shape_make_keys(struct shape_making *making, const struct xml_node *element,
                                        const struct shape_type *type, size_t *ret_count)
{
    const struct xml_node *node;
    struct shape_key *keys;
    size_t count = 0;
    size_t i = 0;

    for (node = xml_child(element, NULL); node; node = xml_next(node, NULL))
        count += is_key(node);
    keys = shape_take(making, count, sizeof *keys);
    if (making->failed || !type) /* what is there may be half of it */
        return NULL;
    for (node = xml_child(element, NULL); node; node = xml_next(node, NULL))
        if (is_key(node) && !read_key(making, &keys[i++], node, type))
            return NULL;
    for (node = xml_child(element, NULL), i = 0; node; node = xml_next(node, NULL))
        if (is_key(node) &&
            !find_refer(keys, count, &keys[i++], shape_local_part(xml_attr(node, "refer"))))
            return NULL;
    *ret_count = count;
    return keys;
}
