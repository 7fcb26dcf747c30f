#include "xml/shape.h"

#include <string.h>

#include "base/mem.h"

struct shape {
    struct arena arena;
    struct shape_element *roots;
    size_t root_count;
};

/* Types and groups nest only a few levels; a schema that refers to itself ends here. */
enum { SHAPE_DEPTH = 32 };

/* A named type, made once. */
struct named {
    const struct xml_node *node;
    struct shape_type *type;
    struct shape_value *value;
};

struct making {
    struct shape *shape;
    const struct xml_node *schema;
    struct named *named;
    size_t named_count;
    struct shape_attribute attributes[SHAPE_ATTRIBUTES]; /* of the type at hand */
    bool failed;                                         /* memory is out */
};

static void *take(struct making *making, size_t count, size_t size)
{
    void *memory = arena_alloc(&making->shape->arena, count, size);

    making->failed |= !memory;
    return memory;
}

/* The text, terminated. */
static struct str keep(struct making *making, struct str text)
{
    struct str copy = arena_str(&making->shape->arena, text);

    making->failed |= text.ptr && !copy.ptr;
    return copy.ptr ? copy : text;
}

static bool is_kind(const struct xml_node *node, const char *kind)
{
    return strcmp(xml_name(node), kind) == 0;
}

static bool is_built_in(struct str name)
{
    return str_starts(name, "xs:");
}

static struct str local_part(struct str name)
{
    const char *colon = name.ptr ? memchr(name.ptr, ':', name.len) : NULL;

    if (!colon)
        return name;
    return (struct str){colon + 1, name.len - (size_t)(colon + 1 - name.ptr)};
}

static const struct xml_node *global(const struct making *making, const char *kind, struct str name)
{
    const struct xml_node *node;

    for (node = xml_child(making->schema, kind); node; node = xml_next(node, kind))
        if (str_equal(xml_attr(node, "name"), local_part(name)))
            return node;
    return NULL;
}

static struct named *named_of(struct making *making, const struct xml_node *node)
{
    size_t i;

    for (i = 0; i < making->named_count; i++)
        if (making->named[i].node == node)
            return &making->named[i];
    return NULL;
}

/* --- simple types --- */

static const struct shape_value *value_of(struct making *making, const struct xml_node *simple,
                                          struct str name, unsigned depth);

/* Of an xs:simpleType element. */
static struct shape_value *value_new(struct making *making, const struct xml_node *simple,
                                     unsigned depth)
{
    const struct xml_node *restriction = xml_child(simple, "restriction");
    const struct shape_value *base = NULL;
    struct shape_value *value = NULL;

    if (restriction && depth < SHAPE_DEPTH)
        base = value_of(making, NULL, xml_attr(restriction, "base"), depth + 1);
    if (base)
        value = shape_value_restrict(&making->shape->arena, restriction, base);
    else
        value = shape_value_built_in(&making->shape->arena, STR("")); /* a list or a union */
    making->failed |= !value;
    return value;
}

/* By its own element, or by its name. */
static const struct shape_value *value_of(struct making *making, const struct xml_node *simple,
                                          struct str name, unsigned depth)
{
    struct shape_value *value;
    struct named *named;

    if (simple)
        return value_new(making, simple, depth);
    if (is_built_in(name)) {
        value = shape_value_built_in(&making->shape->arena, local_part(name));
        making->failed |= !value;
        return value;
    }
    named = named_of(making, global(making, "simpleType", name));
    if (!named)
        return value_of(making, NULL, STR("xs:unknown"), depth);
    if (!named->value)
        named->value = value_new(making, named->node, depth);
    return named->value;
}

/* --- attributes --- */

static void add_attribute(struct making *making, struct shape_type *type,
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
    attribute->name = keep(making, xml_attr(node, "name"));
    attribute->standard = keep(making, xml_attr(node, "default"));
    attribute->is_required = str_is(use, "required");
    attribute->value = value_of(making, xml_child(node, "simpleType"), xml_attr(node, "type"), 0);
    if (attribute->is_required)
        type->required |= (uint64_t)1 << type->attribute_count;
    type->standard_count += attribute->standard.ptr != NULL;
    type->attribute_count++;
}

static void add_attributes(struct making *making, struct shape_type *type,
                           const struct xml_node *parent, unsigned depth)
{
    const struct xml_node *node;

    if (depth == SHAPE_DEPTH) {
        type->is_known = false;
        return;
    }
    for (node = xml_child(parent, NULL); node; node = xml_next(node, NULL)) {
        if (is_kind(node, "attribute"))
            add_attribute(making, type, node);
        else if (is_kind(node, "attributeGroup"))
            add_attributes(making, type, global(making, "attributeGroup", xml_attr(node, "ref")),
                           depth + 1);
        else if (is_kind(node, "anyAttribute"))
            type->is_known = false;
    }
}

static void keep_attributes(struct making *making, struct shape_type *type)
{
    size_t count = 0;
    size_t i;

    type->attributes = take(making, type->attribute_count, sizeof *type->attributes);
    type->standards = take(making, type->standard_count, sizeof *type->standards);
    if (!type->attributes || !type->standards)
        return;
    memcpy(type->attributes, making->attributes,
           type->attribute_count * sizeof *type->attributes);
    for (i = 0; i < type->attribute_count; i++) {
        const struct shape_attribute *attribute = &type->attributes[i];

        if (attribute->standard.ptr)
            type->standards[count++] =
                (struct xml_pair){attribute->name.ptr, attribute->standard.ptr,
                                  (uint32_t)attribute->name.len, (uint32_t)attribute->standard.len};
    }
}

/* --- elements --- */

static const struct shape_type *type_of(struct making *making, const struct xml_node *element,
                                        unsigned depth);
static const struct shape_key *keys_of(struct making *making, const struct xml_node *element,
                                       const struct shape_type *type, size_t *ret_count);

/* How many element declarations a content has; SIZE_MAX / 2 is more than any. */
static size_t count_elements(const struct making *making, const struct xml_node *parent,
                             unsigned depth)
{
    const struct xml_node *node;
    size_t count = 0;

    for (node = xml_child(parent, NULL); node && depth < SHAPE_DEPTH; node = xml_next(node, NULL)) {
        if (is_kind(node, "element"))
            count++;
        else if (is_kind(node, "group"))
            count += count_elements(making, global(making, "group", xml_attr(node, "ref")),
                                    depth + 1);
        else if (is_kind(node, "sequence") || is_kind(node, "choice"))
            count += count_elements(making, node, depth + 1);
    }
    return count;
}

static uint64_t occurs(struct shape_type *type, const struct xml_node *node, const char *which)
{
    struct str text = xml_attr(node, which);
    int64_t value = 1;

    if (str_is(text, "unbounded"))
        return SHAPE_UNBOUNDED;
    if (text.ptr && (!str_to_int64(text, &value) || value < 0)) {
        type->is_known = false;
        return 0;
    }
    return (uint64_t)value;
}

static bool is_once(struct shape_type *type, const struct xml_node *node)
{
    return occurs(type, node, "minOccurs") == 1 && occurs(type, node, "maxOccurs") == 1;
}

static void add_element(struct making *making, struct shape_type *type, const struct xml_node *node,
                        unsigned depth)
{
    struct shape_element *element = &type->elements[type->element_count++];

    type->is_known &= xml_attr(node, "name").ptr && !xml_attr(node, "default").ptr &&
                      !xml_attr(node, "fixed").ptr && !xml_attr(node, "nillable").ptr;
    element->name = keep(making, xml_attr(node, "name"));
    element->type = type_of(making, node, depth);
    element->keys = keys_of(making, node, element->type, &element->key_count);
    element->is_known = element->keys != NULL;
}

static void add_particle(struct shape_type *type, size_t first, const struct xml_node *node)
{
    struct shape_particle *particle = &type->particles[type->particle_count++];

    particle->first = first;
    particle->count = type->element_count - first;
    particle->min = occurs(type, node, "minOccurs");
    particle->max = occurs(type, node, "maxOccurs");
}

/* A choice of single elements, repeated as `repeated` says. */
static void add_choice(struct making *making, struct shape_type *type,
                       const struct xml_node *choice, const struct xml_node *repeated,
                       unsigned depth)
{
    const struct xml_node *node;
    size_t first = type->element_count;

    for (node = xml_child(choice, NULL); node; node = xml_next(node, NULL)) {
        if (is_kind(node, "annotation"))
            continue;
        if (!is_kind(node, "element") || !is_once(type, node)) {
            type->is_known = false;
            return;
        }
        add_element(making, type, node, depth);
    }
    add_particle(type, first, repeated);
}

static void add_content(struct making *making, struct shape_type *type,
                        const struct xml_node *parent, unsigned depth)
{
    const struct xml_node *node;

    if (depth == SHAPE_DEPTH) {
        type->is_known = false;
        return;
    }
    for (node = xml_child(parent, NULL); node; node = xml_next(node, NULL)) {
        if (is_kind(node, "element")) {
            size_t first = type->element_count;

            add_element(making, type, node, depth);
            add_particle(type, first, node);
        } else if (is_kind(node, "choice")) {
            add_choice(making, type, node, node, depth);
        } else if (is_kind(node, "sequence")) {
            type->is_known &= is_once(type, node);
            add_content(making, type, node, depth + 1);
        } else if (is_kind(node, "group")) {
            const struct xml_node *group = global(making, "group", xml_attr(node, "ref"));
            const struct xml_node *choice = xml_child(group, "choice");

            type->is_known &= choice ? is_once(type, choice) : is_once(type, node);
            if (choice)
                add_choice(making, type, choice, node, depth);
            else
                add_content(making, type, group, depth + 1);
        } else if (is_kind(node, "any") || is_kind(node, "all")) {
            type->is_known = false;
        }
    }
}

static void fill_complex(struct making *making, struct shape_type *type,
                         const struct xml_node *node, unsigned depth)
{
    const struct xml_node *extension = xml_child(xml_child(node, "simpleContent"), "extension");
    size_t count = count_elements(making, node, 0);

    type->is_known = !xml_attr(node, "mixed").ptr && !xml_attr(node, "abstract").ptr &&
                     !xml_child(node, "complexContent") &&
                     (extension || !xml_child(node, "simpleContent"));
    type->elements = take(making, count, sizeof *type->elements);
    type->particles = take(making, count, sizeof *type->particles);
    if (making->failed)
        return;
    /* before the content, whose types have attributes of their own */
    add_attributes(making, type, extension ? extension : node, 0);
    keep_attributes(making, type);
    if (extension)
        type->text = value_of(making, NULL, xml_attr(extension, "base"), 0);
    else
        add_content(making, type, node, depth);
}

/* The type of an element; of a simple type: its text. */
static const struct shape_type *type_of(struct making *making, const struct xml_node *element,
                                        unsigned depth)
{
    const struct xml_node *complex = xml_child(element, "complexType");
    const struct xml_node *simple = xml_child(element, "simpleType");
    struct str name = xml_attr(element, "type");
    struct named *named = NULL;
    struct shape_type *type;

    if (name.ptr && !is_built_in(name))
        named = named_of(making, global(making, "complexType", name));
    if (named && named->type)
        return named->type;
    type = take(making, 1, sizeof *type);
    if (!type || depth == SHAPE_DEPTH)
        return type;
    if (named)
        named->type = type; /* before it is filled: it may hold itself */
    if (named || complex) {
        fill_complex(making, type, named ? named->node : complex, depth + 1);
    } else {
        type->text = value_of(making, simple, name, 0);
        type->is_known = simple || name.ptr;
    }
    return type;
}

/* --- keys --- */

/* "cf:gate/cf:question" */
static bool read_steps(struct making *making, struct shape_key *key, struct str path)
{
    struct str step;

    while (str_split(&path, '/', &step)) {
        if (key->step_count == SHAPE_STEPS || !str_starts(step, "cf:"))
            return false;
        key->steps[key->step_count++] = keep(making, local_part(step));
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

static bool read_field(struct making *making, struct shape_key *key, struct str path,
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
    *field = keep(making, (struct str){path.ptr + 1, path.len - 1});
    for (i = 0; i < type->attribute_count; i++)
        if (str_equal(type->attributes[i].name, *field))
            return shape_value_is_plain(type->attributes[i].value);
    return false;
}

static bool read_key(struct making *making, struct shape_key *key, const struct xml_node *node,
                     const struct shape_type *type)
{
    const struct xml_node *field;

    key->kind = is_kind(node, "unique") ? SHAPE_UNIQUE
                                        : is_kind(node, "key") ? SHAPE_KEY : SHAPE_KEYREF;
    key->name = keep(making, xml_attr(node, "name"));
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
    return is_kind(node, "unique") || is_kind(node, "key") || is_kind(node, "keyref");
}

/* NULL: there is one that this cannot look after. */
static const struct shape_key *keys_of(struct making *making, const struct xml_node *element,
                                       const struct shape_type *type, size_t *ret_count)
{
    const struct xml_node *node;
    struct shape_key *keys;
    size_t count = 0;
    size_t i = 0;

    for (node = xml_child(element, NULL); node; node = xml_next(node, NULL))
        count += is_key(node);
    keys = take(making, count, sizeof *keys);
    if (making->failed || !type) /* what is there may be half of it */
        return NULL;
    for (node = xml_child(element, NULL); node; node = xml_next(node, NULL))
        if (is_key(node) && !read_key(making, &keys[i++], node, type))
            return NULL;
    for (node = xml_child(element, NULL), i = 0; node; node = xml_next(node, NULL))
        if (is_key(node) &&
            !find_refer(keys, count, &keys[i++], local_part(xml_attr(node, "refer"))))
            return NULL;
    *ret_count = count;
    return keys;
}

/* --- all of it --- */

static bool list_named(struct making *making)
{
    const struct xml_node *node;
    size_t count = 0;

    for (node = xml_child(making->schema, NULL); node; node = xml_next(node, NULL))
        count++;
    making->named = mem_alloc(count ? count : 1, sizeof *making->named);
    if (!making->named)
        return false;
    for (node = xml_child(making->schema, NULL); node; node = xml_next(node, NULL))
        making->named[making->named_count++].node = node;
    return true;
}

static void make_roots(struct making *making)
{
    const struct xml_node *node;
    struct shape *shape = making->shape;
    struct shape_type all = {.is_known = true}; /* a type that holds all roots */
    size_t count = 0;

    for (node = xml_child(making->schema, "element"); node; node = xml_next(node, "element"))
        count++;
    all.elements = take(making, count, sizeof *all.elements);
    if (!all.elements)
        return;
    for (node = xml_child(making->schema, "element"); node; node = xml_next(node, "element"))
        add_element(making, &all, node, 0);
    shape->roots = all.elements;
    shape->root_count = all.element_count;
}

struct shape *shape_new(const struct xml_document *schema)
{
    struct making making = {.schema = xml_root(schema)};

    making.shape = mem_alloc(1, sizeof *making.shape);
    if (!making.shape)
        return NULL;
    arena_init(&making.shape->arena);
    if (list_named(&making))
        make_roots(&making);
    else
        making.failed = true;
    mem_free(making.named);
    if (!making.failed)
        return making.shape;
    shape_free(making.shape);
    return NULL;
}

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
