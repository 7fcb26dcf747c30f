#include "reader/json_members.h"

#include <stdio.h>
#include <string.h>

/* From here on names are looked for by their hash. */
enum { SLOTS_LEAST = 8, LEAD_MOST = 512 };

static bool root_init(struct member_tree *tree)
{
    memset(&tree->root, 0, sizeof tree->root);
    return paths_start(tree->paths, &tree->arena, &tree->root.place);
}

bool member_tree_init(struct member_tree *tree, const struct paths *paths)
{
    tree->paths = paths;
    tree->count = 0;
    arena_init(&tree->arena);
    return root_init(tree);
}

void member_tree_done(struct member_tree *tree)
{
    arena_done(&tree->arena);
}

bool member_tree_clear(struct member_tree *tree)
{
    arena_clear(&tree->arena);
    tree->count = 0;
    return root_init(tree);
}

/* --- the members of one place --- */

static struct member **slot_of(const struct members *members, struct str key)
{
    size_t slot = (size_t)str_hash(key) & members->mask;

    while (members->slots[slot] && !str_equal(members->slots[slot]->key, key))
        slot = (slot + 1) & members->mask;
    return &members->slots[slot];
}

struct member *members_find(const struct members *members, struct str key)
{
    size_t i;

    if (members->slots)
        return *slot_of(members, key);
    for (i = 0; i < members->count; i++)
        if (str_equal(members->list[i]->key, key))
            return members->list[i];
    return NULL;
}

/* Old arrays stay in the arena: together they are as large as the last one. */
static bool grow(struct member_tree *tree, struct members *members)
{
    size_t capacity = members->capacity ? members->capacity * 2 : SLOTS_LEAST;
    struct member **list = arena_alloc(&tree->arena, capacity, sizeof *list);
    size_t i;

    if (!list)
        return false;
    if (members->count)
        memcpy(list, members->list, members->count * sizeof *list);
    members->list = list;
    members->capacity = capacity;
    if (members->count < SLOTS_LEAST)
        return true;
    members->mask = capacity * 2 - 1;
    members->slots = arena_alloc(&tree->arena, capacity * 2, sizeof *members->slots);
    for (i = 0; i < members->count && members->slots; i++)
        *slot_of(members, list[i]->key) = list[i];
    return members->slots != NULL;
}

struct member *members_add(struct member_tree *tree, struct member *from, struct str key,
                           struct str lead)
{
    struct members *members = member_inside(tree, from);
    struct member *member = arena_alloc(&tree->arena, 1, sizeof *member);

    if (!members || !member)
        return NULL;
    if (members->count == members->capacity && !grow(tree, members))
        return NULL;
    member->key = arena_str(&tree->arena, key);
    if (lead.len <= LEAD_MOST)
        member->lead = arena_str(&tree->arena, lead);
    if (!member->key.ptr || (lead.len && lead.len <= LEAD_MOST && !member->lead.ptr) ||
        !paths_step(tree->paths, &from->place, key, &tree->arena, &member->place))
        return NULL;
    member->number = members->count;
    members->list[members->count++] = member;
    if (members->slots)
        *slot_of(members, key) = member;
    tree->count++;
    return member;
}

/* --- what a member holds --- */

struct members *member_inside(struct member_tree *tree, struct member *member)
{
    if (!member->inside)
        member->inside = arena_alloc(&tree->arena, 1, sizeof *member->inside);
    return member->inside;
}

static struct member *empty_member(struct member_tree *tree)
{
    tree->count++;
    return arena_alloc(&tree->arena, 1, sizeof(struct member));
}

/* Of an array in which some names tell elements apart; *ret_is_named: this one is. */
static struct member *indexed_element(struct member_tree *tree, struct member *member,
                                      uint64_t index, bool *ret_is_named)
{
    struct path_place place;
    struct member *found;
    struct str key;
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)index);

    *ret_is_named = true;
    key = (struct str){digits, (size_t)len};
    if (!member->indexed) {
        member->indexed = empty_member(tree);
        if (!member->indexed || !member_inside(tree, member->indexed))
            return NULL;
        member->indexed->place = member->place;
    }
    found = members_find(member->indexed->inside, key);
    if (found)
        return found;
    if (!paths_step(tree->paths, &member->place, key, &tree->arena, &place))
        return NULL;
    *ret_is_named = place.items != NULL;
    return *ret_is_named ? members_add(tree, member->indexed, key, (struct str){NULL, 0})
                         : NULL;
}

struct member *member_element(struct member_tree *tree, struct member *member, uint64_t index)
{
    bool is_named = false;
    struct member *found = member->place.has_index
                               ? indexed_element(tree, member, index, &is_named)
                               : NULL;

    if (found || is_named)
        return found;
    if (!member->element) {
        member->element = empty_member(tree);
        if (member->element && !member->place.has_index)
            member->element->place = member->place;
    }
    return member->element;
}
