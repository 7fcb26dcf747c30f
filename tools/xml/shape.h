/*
 * What documents of ours look like, made from the schema: enough to see that a document is valid.
 *
 * Call: shape_new; then quick_read asks it for every element, attribute and value.
 * Owns: the shape borrows the texts of the schema's document and owns the rest; shape_free.
 * Errors: where it answers no, the document may still be valid: libxml2 decides, and it alone says
 *         what is wrong. So this knows the part of XML Schema that the schema uses, in the forms
 *         that programs write, and says no to everything else. It never says yes to what libxml2
 *         refuses.
 * Own code, because libxml2's checker takes ten times as long as all else that is done with a
 * document, and its compilation of the schema as long as a small audit.
 * Units: lengths in characters, as XML Schema counts.
 * Source: XML Schema 1.0: complex types with sequences, choices, groups, attribute groups and
 *         simple content; simple types by restriction; unique, key, keyref.
 * Threads: constant.
 */
#ifndef CFAUDIT_XML_SHAPE_H
#define CFAUDIT_XML_SHAPE_H

#include "xml/shape_value.h"
#include "xml/xml_document.h"

/* Attributes of one type: a set of them is one word. */
enum { SHAPE_ATTRIBUTES = 64, SHAPE_FIELDS = 4, SHAPE_STEPS = 2 };
static const uint64_t SHAPE_UNBOUNDED = UINT64_MAX;

struct shape_attribute {
    struct str name;
    const struct shape_value *value;
    struct str standard; /* the value of one that is not written; missing: there is none */
    bool is_required;
};

enum shape_key_kind { SHAPE_UNIQUE, SHAPE_KEY, SHAPE_KEYREF };

struct shape_key {
    enum shape_key_kind kind;
    struct str name;
    struct str steps[SHAPE_STEPS]; /* names of elements, from the one that has the key */
    size_t step_count;
    struct str fields[SHAPE_FIELDS]; /* attributes; missing: the text */
    size_t field_count;
    size_t refer; /* number of the key that it must be in */
};

struct shape_element {
    struct str name;
    bool is_known; /* else libxml2 looks after its keys */
    const struct shape_type *type;
    const struct shape_key *keys;
    size_t key_count;
};

/* One of a run of elements, so many times. */
struct shape_particle {
    size_t first;
    size_t count;
    uint64_t min;
    uint64_t max;
};

struct shape_type {
    bool is_known; /* else its content is left to libxml2 */
    struct shape_attribute *attributes;
    size_t attribute_count;
    uint64_t required; /* bits of attributes */
    struct xml_pair *standards;
    size_t standard_count;
    struct shape_element *elements;
    size_t element_count;
    struct shape_particle *particles;
    size_t particle_count;
    const struct shape_value *text; /* NULL: elements only */
};

/* NULL without a report: memory is out, or it is no schema that this can read. */
struct shape *shape_new(const struct xml_document *schema);
void shape_free(struct shape *shape); /* accepts NULL */
/* The global element of that name, or NULL. */
const struct shape_element *shape_root(const struct shape *shape, struct str name);
/* Any child of that name, wherever it may stand, or NULL. */
const struct shape_element *shape_child(const struct shape_type *type, const char *name);
/* Types of all nodes of a document that is valid. */
void shape_assign(const struct shape *shape, struct xml_document *document);
/* Whether the keys of an element, whose node is whole, hold; false as well when memory is out. */
bool shape_keys_hold(const struct shape_element *element, const struct xml_node *node,
                     bool *ret_no_memory);

#endif
