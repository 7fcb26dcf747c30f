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

static struct str keep_lead(struct member_tree *tree, struct str lead)
{
    char *room = arena_alloc(&tree->arena, lead.len < LEAD_ROOM ? LEAD_ROOM : lead.len, 1);

    if (!room)
        return (struct str){NULL, 0};
    memcpy(room, lead.ptr, lead.len);
    return (struct str){room, lead.len};
}

/* A member without a place yet. */
static struct member *insert(struct member_tree *tree, struct members *members, struct str key,
                             struct str lead)
{
    struct member *member = arena_alloc(&tree->arena, 1, sizeof *member);

    if (!members || !member)
        return NULL;
    if (members->count == members->capacity && !grow(tree, members))
        return NULL;
    member->key = arena_str(&tree->arena, key);
    if (lead.len && lead.len <= LEAD_MOST)
        member->lead = keep_lead(tree, lead);
    if (!member->key.ptr || (lead.len && lead.len <= LEAD_MOST && !member->lead.ptr))
        return NULL;
    member->number = members->count;
    members->list[members->count++] = member;
    if (members->slots)
        *slot_of(members, key) = member;
    tree->count++;
    return member;
}

struct member *members_add(struct member_tree *tree, struct member *from, struct str key,
                           struct str lead)
{
    struct member *member = insert(tree, member_inside(tree, from), key, lead);

    return member && paths_step(tree->paths, &from->place, key, &tree->arena, &member->place)
               ? member
               : NULL;
}

/* --- what a member holds --- */

struct members *member_inside(struct member_tree *tree, struct member *member)
{
    if (!member->inside)
        member->inside = arena_alloc(&tree->arena, 1, sizeof *member->inside);
    return member->inside;
}

/* Element `index`, if a name tells it apart; else NULL, and so when memory is out. */
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
    if (!member->indexed)
        member->indexed = arena_alloc(&tree->arena, 1, sizeof *member->indexed);
    if (!member->indexed)
        return NULL;
    found = members_find(member->indexed, key);
    if (found)
        return found;
    if (!paths_element(tree->paths, &member->place, key, &tree->arena, &place, ret_is_named))
        return NULL;
    found = *ret_is_named ? insert(tree, member->indexed, key, (struct str){NULL, 0}) : NULL;
    if (found)
        found->place = place;
    return found;
}

struct member *member_element(struct member_tree *tree, struct member *member, uint64_t index)
{
    bool is_named = false;
    struct member *found = member->place.has_index
                               ? indexed_element(tree, member, index, &is_named)
                               : NULL;
    bool unused;

    if (found || is_named)
        return found;
    if (member->element)
        return member->element;
    member->element = arena_alloc(&tree->arena, 1, sizeof *member->element);
    tree->count++;
    if (member->element &&
        !paths_element(tree->paths, &member->place, (struct str){NULL, 0}, &tree->arena,
                       &member->element->place, &unused))
        member->element = NULL;
    return member->element;
}
