/*
 * What stands where in the objects of a source, remembered from one object to the next.
 *
 * Call: members_new; members_find a name, else members_add it; member_inside and member_element for
 *       what a member holds; members_clear.
 * Owns: the tree owns everything until members_clear; names are copied.
 * Errors: NULL when memory is out.
 * Units: bytes.
 * Objects of one source have the same members in the same order. So the text from one value to the
 * next, with comma, name and colon, is compared as a whole with what stood there the last time; and
 * which columns a name fills is found out once for each place.
 * Threads: one tree, one thread.
 */
#ifndef CFAUDIT_READER_JSON_MEMBERS_H
#define CFAUDIT_READER_JSON_MEMBERS_H

#include "reader/json_paths.h"

/* Kinds of values, as bits. */
enum value_kind {
    VALUE_TEXT = 1,
    VALUE_NUMBER = 2,
    VALUE_WORD = 4, /* true, false */
    VALUE_NULL = 8,
    VALUE_OBJECT = 16,
    VALUE_ARRAY = 32
};

/* Leads up to this long can be loaded as a whole: that many bytes may be read where one is kept. */
enum { LEAD_ROOM = 32 };

/* A member at one place of the rows, or the elements of an array there. */
struct member {
    struct str lead;   /* from the value before to this one; in LEAD_ROOM bytes or more */
    bool is_first;     /* the lead has no comma */
    uint64_t instance; /* the object in which it was met last */
    size_t number;     /* in the list of its place */
    struct str key;
    uint64_t n;     /* values that were not null */
    unsigned kinds; /* enum value_kind */
    struct path_place place;
    struct members *inside; /* of an object; NULL: not met yet */
    struct member *element; /* of an array; those that no name tells apart */
    struct members *indexed; /* elements that some name tells apart */
};

/* Members of the objects at one place, in the order in which they were met first. */
struct members {
    struct member **list;
    size_t count;
    size_t capacity;
    struct member **slots; /* by their names, once there are many */
    size_t mask;
};

struct member_tree {
    const struct paths *paths;
    struct arena arena;
    size_t count; /* of all members */
    struct member root;
};

bool member_tree_init(struct member_tree *tree, const struct paths *paths);
void member_tree_done(struct member_tree *tree);
/* Forgets everything. */
bool member_tree_clear(struct member_tree *tree);

/* NULL: no object at this place had it. */
struct member *members_find(const struct members *members, struct str key);
/* from: what holds the members. */
struct member *members_add(struct member_tree *tree, struct member *from, struct str key,
                           struct str lead);
struct members *member_inside(struct member_tree *tree, struct member *member);
/* Element `index` of the array that the member is. */
struct member *member_element(struct member_tree *tree, struct member *member, uint64_t index);

#endif
