/* Attributes of a start tag: with a shape those that its type has, else any name. */
#include "xml/quick_reading.h"

#include <string.h>

static bool add_attribute(struct quick_reading *quick, size_t *count, const char *name,
                          size_t name_len, struct str value)
{
    if (*count == SHAPE_ATTRIBUTES)
        return false;
    quick->attributes[(*count)++] =
        (struct xml_pair){name, value.ptr, (uint32_t)name_len, (uint32_t)value.len};
    return true;
}

/* xmlns="..." of the root, which is no attribute. */
static bool take_namespace(struct quick_reading *quick)
{
    struct str value;

    quick->text.at += 6;
    if (quick->has_namespace || !quick_value(&quick->text, &value))
        return false;
    quick->has_namespace = str_is(value, XML_NAMESPACE);
    return quick->has_namespace;
}

/* Documents have their attributes in the order of the schema, mostly: from the last one on. */
static bool take_attribute(struct quick_reading *quick, const struct shape_type *type, size_t *next,
                           uint64_t *seen, size_t *count)
{
    size_t left = type->attribute_count;
    size_t i = *next;

    for (; left > 0; left--, i++) {
        const struct shape_attribute *attribute;
        struct str value;

        if (i >= type->attribute_count)
            i = 0;
        attribute = &type->attributes[i];
        if (*quick->text.at != attribute->name.ptr[0] ||
            !quick_starts_with(quick, attribute->name) ||
            quick->text.at[attribute->name.len] != '=')
            continue;
        quick->text.at += attribute->name.len + 1;
        if (*seen >> i & 1 || !quick_value(&quick->text, &value) ||
            !shape_value_accepts(attribute->value, value))
            return false;
        *seen |= (uint64_t)1 << i;
        *next = i + 1;
        return add_attribute(quick, count, attribute->name.ptr, attribute->name.len, value);
    }
    return false;
}

/* Declares a prefix; false: more than is room for. */
static bool take_prefix(struct quick_reading *quick, struct str name)
{
    struct str value;
    size_t i;

    if (quick->prefix_count == QUICK_PREFIXES || name.len == 0 || str_starts(name, "xml") ||
        !quick_value(&quick->text, &value) || value.len == 0 ||
        str_starts(value, "http://www.w3.org/XML/1998/") ||
        str_starts(value, "http://www.w3.org/2000/xmlns"))
        return false;
    for (i = 0; i < quick->prefix_count; i++)
        if (str_equal(quick->prefixes[i], name))
            return false;
    quick->prefixes[quick->prefix_count++] = name;
    return true;
}

/* Without a shape: any name, once. */
static bool take_any_attribute(struct quick_reading *quick, size_t *count)
{
    struct str name = quick_name(&quick->text);
    struct str value;
    size_t i;

    if (name.len == 0 || *quick->text.at != '=')
        return false;
    quick->text.at++;
    if (quick->depth == 1 && str_starts(name, "xmlns:"))
        return take_prefix(quick, (struct str){name.ptr + 6, name.len - 6});
    if (memchr(name.ptr, ':', name.len) || str_starts(name, "xml") ||
        !quick_value(&quick->text, &value))
        return false;
    for (i = 0; i < *count; i++)
        if (quick->attributes[i].name_len == name.len &&
            memcmp(quick->attributes[i].name, name.ptr, name.len) == 0)
            return false;
    name = quick_keep(quick, name);
    return name.ptr && add_attribute(quick, count, name.ptr, name.len, value);
}

bool quick_attributes(struct quick_reading *quick, const struct shape_type *type, size_t *ret_count)
{
    uint64_t seen = 0;
    size_t next = 0;

    *ret_count = 0;
    for (;;) {
        const char *before = quick->text.at;

        quick_skip_blanks(&quick->text);
        if (*quick->text.at == '>' || *quick->text.at == '/')
            break;
        if (quick->text.at == before)
            return false;
        if (!type) {
            if (!take_any_attribute(quick, ret_count))
                return false;
        } else if (quick->depth == 1 && quick_starts_with(quick, STR("xmlns="))) {
            if (!take_namespace(quick))
                return false;
        } else if (!take_attribute(quick, type, &next, &seen, ret_count)) {
            return false;
        }
    }
    return !type || (seen & type->required) == type->required;
}
