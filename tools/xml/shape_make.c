/*
 * Types and elements of the schema, from its roots down. A type that has a name is made once; it may
 * hold itself.
 */
#include "xml/shape_making.h"

#include <string.h>

#include "base/mem.h"

void *shape_take(struct shape_making *making, size_t count, size_t size)
{
    void *memory = arena_alloc(&making->shape->arena, count, size);

    making->failed |= !memory;
    return memory;
}

struct str shape_keep(struct shape_making *making, struct str text)
{
    struct str copy = arena_str(&making->shape->arena, text);

    making->failed |= text.ptr && !copy.ptr;
    return copy.ptr ? copy : text;
}

bool shape_is_kind(const struct xml_node *node, const char *kind)
{
    return strcmp(xml_name(node), kind) == 0;
}

bool shape_is_built_in(struct str name)
{
    return str_starts(name, "xs:");
}

struct str shape_local_part(struct str name)
{
    const char *colon = name.ptr ? memchr(name.ptr, ':', name.len) : NULL;

    if (!colon)
        return name;
    return (struct str){colon + 1, name.len - (size_t)(colon + 1 - name.ptr)};
}

/* --- elements --- */

static const struct shape_type *type_of(struct shape_making *making, const struct xml_node *element,
                                        unsigned depth);

static const struct xml_node *group_of(const struct shape_making *making,
                                       const struct xml_node *reference)
{
    const struct shape_named *group = shape_global(making, "group", xml_attr(reference, "ref"));

    return group ? group->node : NULL;
}

/* How many element declarations a content has; SIZE_MAX / 2 is more than any. */
static size_t count_elements(const struct shape_making *making, const struct xml_node *parent,
                             unsigned depth)
{
    const struct xml_node *node;
    size_t count = 0;

    for (node = xml_child(parent, NULL); node && depth < SHAPE_DEPTH; node = xml_next(node, NULL)) {
        if (shape_is_kind(node, "element"))
            count++;
        else if (shape_is_kind(node, "group"))
            count += count_elements(making, group_of(making, node), depth + 1);
        else if (shape_is_kind(node, "sequence") || shape_is_kind(node, "choice"))
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

static void add_element(struct shape_making *making, struct shape_type *type,
                        const struct xml_node *node, unsigned depth)
{
    struct shape_element *element = &type->elements[type->element_count++];

    type->is_known &= xml_attr(node, "name").ptr && !xml_attr(node, "default").ptr &&
                      !xml_attr(node, "fixed").ptr && !xml_attr(node, "nillable").ptr;
    element->name = shape_keep(making, xml_attr(node, "name"));
    element->type = type_of(making, node, depth);
    element->keys = shape_make_keys(making, node, element->type, &element->key_count);
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
static void add_choice(struct shape_making *making, struct shape_type *type,
                       const struct xml_node *choice, const struct xml_node *repeated,
                       unsigned depth)
{
    const struct xml_node *node;
    size_t first = type->element_count;

    for (node = xml_child(choice, NULL); node; node = xml_next(node, NULL)) {
        if (shape_is_kind(node, "annotation"))
            continue;
        if (!shape_is_kind(node, "element") || !is_once(type, node)) {
            type->is_known = false;
            return;
        }
        add_element(making, type, node, depth);
    }
    add_particle(type, first, repeated);
}

static void add_content(struct shape_making *making, struct shape_type *type,
                        const struct xml_node *parent, unsigned depth)
{
    const struct xml_node *node;

    if (depth == SHAPE_DEPTH) {
        type->is_known = false;
        return;
    }
    for (node = xml_child(parent, NULL); node; node = xml_next(node, NULL)) {
        if (shape_is_kind(node, "element")) {
            size_t first = type->element_count;

            add_element(making, type, node, depth);
            add_particle(type, first, node);
        } else if (shape_is_kind(node, "choice")) {
            add_choice(making, type, node, node, depth);
        } else if (shape_is_kind(node, "sequence")) {
            type->is_known &= is_once(type, node);
            add_content(making, type, node, depth + 1);
        } else if (shape_is_kind(node, "group")) {
            const struct xml_node *group = group_of(making, node);
            const struct xml_node *choice = xml_child(group, "choice");

            type->is_known &= choice ? is_once(type, choice) : is_once(type, node);
            if (choice)
                add_choice(making, type, choice, node, depth);
            else
                add_content(making, type, group, depth + 1);
        } else if (shape_is_kind(node, "any") || shape_is_kind(node, "all")) {
            type->is_known = false;
        }
    }
}

static void fill_complex(struct shape_making *making, struct shape_type *type,
                         const struct xml_node *node, unsigned depth)
{
    const struct xml_node *extension = xml_child(xml_child(node, "simpleContent"), "extension");
    size_t count = count_elements(making, node, 0);

    type->is_known = !xml_attr(node, "mixed").ptr && !xml_attr(node, "abstract").ptr &&
                     !xml_child(node, "complexContent") &&
                     (extension || !xml_child(node, "simpleContent"));
    type->elements = shape_take(making, count, sizeof *type->elements);
    type->particles = shape_take(making, count, sizeof *type->particles);
    if (making->failed)
        return;
    /* before the content, whose types have attributes of their own */
    shape_make_attributes(making, type, extension ? extension : node);
    if (extension)
        type->text = shape_make_value(making, NULL, xml_attr(extension, "base"), 0);
    else
        add_content(making, type, node, depth);
}

/* The type of an element; of a simple type: its text. */
static const struct shape_type *type_of(struct shape_making *making, const struct xml_node *element,
                                        unsigned depth)
{
    const struct xml_node *complex = xml_child(element, "complexType");
    const struct xml_node *simple = xml_child(element, "simpleType");
    struct str name = xml_attr(element, "type");
    struct shape_named *named = NULL;
    struct shape_type *type;

    if (name.ptr && !shape_is_built_in(name))
        named = shape_global(making, "complexType", name);
    if (named && named->type)
        return named->type;
    type = shape_take(making, 1, sizeof *type);
    if (!type || depth == SHAPE_DEPTH)
        return type;
    if (named)
        named->type = type; /* before it is filled: it may hold itself */
    if (named || complex) {
        fill_complex(making, type, named ? named->node : complex, depth + 1);
    } else {
        type->text = shape_make_value(making, simple, name, 0);
        type->is_known = simple || name.ptr;
    }
    return type;
}

/* --- all of it --- */

static void make_roots(struct shape_making *making)
{
    const struct xml_node *node;
    struct shape *shape = making->shape;
    struct shape_type all = {.is_known = true}; /* a type that holds all roots */
    size_t count = 0;

    for (node = xml_child(making->schema, "element"); node; node = xml_next(node, "element"))
        count++;
    all.elements = shape_take(making, count, sizeof *all.elements);
    if (!all.elements)
        return;
    for (node = xml_child(making->schema, "element"); node; node = xml_next(node, "element"))
        add_element(making, &all, node, 0);
    shape->roots = all.elements;
    shape->root_count = all.element_count;
}

struct shape *shape_new(const struct xml_document *schema)
{
    struct shape_making making = {.schema = xml_root(schema)};

    making.shape = mem_alloc(1, sizeof *making.shape);
    if (!making.shape)
        return NULL;
    arena_init(&making.shape->arena);
    if (shape_list_globals(&making))
        make_roots(&making);
    else
        making.failed = true;
    mem_free(making.globals);
    if (!making.failed)
        return making.shape;
    shape_free(making.shape);
    return NULL;
}
