#include "xml/shape.h"

#include <string.h>

#include "base/mem.h"

/* Nodes by the values of their fields. */
struct key_table {
    const struct xml_node **slots;
    size_t size; /* a power of two */
};

/* Most keys are those of two texts in two languages. */
enum { SMALL = 16 };

/* A value of a field; missing when it is not written. */
static struct str field_of(const struct xml_node *node, struct str field)
{
    return field.ptr ? xml_attr_str(node, field) : (struct str){node->raw, node->raw_len};
}

static bool has_fields(const struct shape_key *key, const struct xml_node *node)
{
    size_t i;

    for (i = 0; i < key->field_count; i++)
        if (!field_of(node, key->fields[i]).ptr)
            return false;
    return true;
}

static size_t slot_of(const struct key_table *table, const struct shape_key *own,
                      const struct shape_key *key, const struct xml_node *node)
{
    uint64_t hash = 0;
    size_t slot;
    size_t i;

    for (i = 0; i < key->field_count; i++)
        hash = hash * 0x9fb21c651e98df25u + str_hash(field_of(node, key->fields[i]));
    for (slot = hash & (table->size - 1); table->slots[slot];
         slot = (slot + 1) & (table->size - 1)) {
        for (i = 0; i < key->field_count &&
                    str_equal(field_of(table->slots[slot], own->fields[i]),
                              field_of(node, key->fields[i]));
             i++)
            ;
        if (i == key->field_count)
            break;
    }
    return slot;
}

/* The first child of that name, or the next sibling; NULL behind the last. */
static const struct xml_node *named_from(const struct xml_node *node, struct str name)
{
    return node && strcmp(node->name, name.ptr) != 0 ? xml_next(node, name.ptr) : node;
}

/* The first of the nodes that the key is about, behind `at` (NULL: from the start). */
static const struct xml_node *next_selected(const struct shape_key *key,
                                            const struct xml_node *scope,
                                            const struct xml_node **outer,
                                            const struct xml_node *at)
{
    if (key->step_count == 1)
        return at ? xml_next(at, key->steps[0].ptr)
                  : named_from(xml_child(scope, NULL), key->steps[0]);
    at = at ? xml_next(at, key->steps[1].ptr) : NULL;
    while (!at) {
        *outer = *outer ? xml_next(*outer, key->steps[0].ptr)
                        : named_from(xml_child(scope, NULL), key->steps[0]);
        if (!*outer)
            return NULL;
        at = xml_child(*outer, key->steps[1].ptr);
    }
    return at;
}

static size_t count_selected(const struct shape_key *key, const struct xml_node *scope)
{
    const struct xml_node *outer = NULL;
    const struct xml_node *node = NULL;
    size_t count = 0;

    while ((node = next_selected(key, scope, &outer, node)) != NULL)
        count++;
    return count;
}

/* Fills the table; false: a value twice, a key without value, or no memory, and then no slots. */
static bool fill(struct key_table *table, const struct xml_node **small,
                 const struct shape_key *key, const struct xml_node *scope)
{
    const struct xml_node *outer = NULL;
    const struct xml_node *node = NULL;
    size_t count = count_selected(key, scope);

    table->slots = small;
    for (table->size = SMALL; table->size / 2 < count; table->size *= 2)
        ;
    if (table->size > SMALL)
        table->slots = mem_alloc(table->size, sizeof *table->slots);
    else
        memset(small, 0, SMALL * sizeof *small);
    if (!table->slots)
        return false;
    while ((node = next_selected(key, scope, &outer, node)) != NULL) {
        size_t slot;

        if (!has_fields(key, node)) {
            if (key->kind == SHAPE_KEY)
                return false;
            continue;
        }
        slot = slot_of(table, key, key, node);
        if (table->slots[slot])
            return false;
        table->slots[slot] = node;
    }
    return true;
}

static bool refers_hold(const struct key_table *table, const struct shape_key *own,
                        const struct shape_key *key, const struct xml_node *scope)
{
    const struct xml_node *outer = NULL;
    const struct xml_node *node = NULL;

    while ((node = next_selected(key, scope, &outer, node)) != NULL)
        if (has_fields(key, node) && !table->slots[slot_of(table, own, key, node)])
            return false;
    return true;
}

/* One key or unique, and whatever refers to it. */
static bool key_holds(const struct shape_element *element, size_t number,
                      const struct xml_node *node, bool *ret_no_memory)
{
    const struct shape_key *key = &element->keys[number];
    const struct xml_node *small[SMALL];
    struct key_table table = {NULL, 0};
    bool holds = fill(&table, small, key, node);
    size_t i;

    for (i = 0; i < element->key_count && holds; i++)
        if (element->keys[i].kind == SHAPE_KEYREF && element->keys[i].refer == number)
            holds = refers_hold(&table, key, &element->keys[i], node);
    *ret_no_memory |= !table.slots;
    if (table.slots != small)
        mem_free(table.slots);
    return holds;
}

bool shape_keys_hold(const struct shape_element *element, const struct xml_node *node,
                     bool *ret_no_memory)
{
    size_t i;

    for (i = 0; i < element->key_count; i++)
        if (element->keys[i].kind != SHAPE_KEYREF && !key_holds(element, i, node, ret_no_memory))
            return false;
    return true;
}
