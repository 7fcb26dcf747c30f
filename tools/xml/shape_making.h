/*
 * A shape while it is made from the schema, for the files that make it.
 *
 * Call: shape_new (shape.h) goes through the elements and asks the functions here.
 * Owns: everything made lives in the arena of the shape; texts are copied, nodes borrowed.
 * Errors: memory that is out sets `failed`, and what is there may be half of it. What this does not
 *         know of XML Schema makes a type or an element one that is not known.
 * Units: depth in types and groups within each other.
 * Threads: one shape, one thread.
 */
#ifndef CFAUDIT_XML_SHAPE_MAKING_H
#define CFAUDIT_XML_SHAPE_MAKING_H

#include "xml/shape.h"

struct shape {
    struct arena arena;
    struct shape_element *roots;
    size_t root_count;
};

/* Types and groups nest only a few levels; a schema that refers to itself ends here. */
enum { SHAPE_DEPTH = 32 };

/* A global component; a type is made once. */
struct shape_named {
    const struct xml_node *node;
    const char *kind;
    struct str name;
    struct shape_type *type;
    struct shape_value *value;
};

struct shape_making {
    struct shape *shape;
    const struct xml_node *schema;
    struct shape_named *globals; /* by name and kind */
    size_t global_count;
    struct shape_attribute attributes[SHAPE_ATTRIBUTES]; /* of the type at hand */
    bool failed;                                         /* memory is out */
};

/* NULL: memory is out. */
void *shape_take(struct shape_making *making, size_t count, size_t size);
/* The text, terminated. */
struct str shape_keep(struct shape_making *making, struct str text);
bool shape_is_kind(const struct xml_node *node, const char *kind);
/* Whether the name of a type is one of XML Schema's own; what it is there. */
bool shape_is_built_in(struct str name);
struct str shape_local_part(struct str name);
/* Lists the global components for shape_global; the caller frees the list. False: memory is out. */
bool shape_list_globals(struct shape_making *making);
/* The global component of that kind and name; NULL: there is none. */
struct shape_named *shape_global(const struct shape_making *making, const char *kind,
                                 struct str name);

/* A simple type, by its own element or else by its name. */
const struct shape_value *shape_make_value(struct shape_making *making,
                                           const struct xml_node *simple, struct str name,
                                           unsigned depth);
/* The attributes that stand in an xs:complexType or xs:extension. */
void shape_make_attributes(struct shape_making *making, struct shape_type *type,
                           const struct xml_node *parent);
/* The keys of an element; NULL: there is one that this cannot look after. */
const struct shape_key *shape_make_keys(struct shape_making *making, const struct xml_node *element,
                                        const struct shape_type *type, size_t *ret_count);

#endif
