#include "cmd/difference.h"

#include <string.h>

#include "base/bug.h"
#include "base/intern.h"
#include "base/limits.h"
#include "base/mem.h"

enum { PLACE_BYTES = 1 << 16, KEY_BYTES = 1 << 24 };

static const char *const differing_names[DIFFERS_COUNT] = {"worse",   "better",  "added",
                                                       "removed", "wording", "value"};

const char *differing_name(enum differing_kind kind)
{
    return differing_names[kind];
}

struct walk {
    struct arena *arena;
    struct diag *diag;
    struct difference *difference;
    struct differing **end;
    struct buf place; /* of the elements at hand */
    unsigned depth;
    bool failed; /* memory */
};

/* --- changes --- */

static void add_differing(struct walk *walk, enum differing_kind kind, struct str what,
                       struct str before, struct str after)
{
    struct differing *change = arena_alloc(walk->arena, 1, sizeof *change);
    struct str place = arena_str(walk->arena, buf_str(&walk->place));

    if (!change || !place.ptr) {
        walk->failed = true;
        return;
    }
    *change = (struct differing){kind, place, what, before, after, NULL};
    *walk->end = change;
    walk->end = &change->next;
    walk->difference->counts[kind]++;
}

static uint64_t differing_count(const struct difference *difference)
{
    uint64_t sum = 0;
    size_t i;

    for (i = 0; i < DIFFERS_COUNT; i++)
        sum += difference->counts[i];
    return sum;
}

static size_t enter(struct walk *walk, const struct xml_node *node, bool is_alone)
{
    size_t before = walk->place.len;

    if (before)
        buf_add_text(&walk->place, " / ");
    difference_label(node, is_alone, &walk->place);
    return before;
}

static void leave(struct walk *walk, size_t before)
{
    walk->failed |= walk->place.failed;
    walk->place.len = before;
}

/* --- attributes and text --- */

static void compare_attributes(struct walk *walk, const struct xml_node *before,
                               const struct xml_node *after)
{
    struct str name;
    struct str value;
    size_t i;

    for (i = 0; xml_attr_at(after, i, &name, &value); i++) {
        struct str old = xml_attr(before, name.ptr);

        if (!difference_skips_attribute(xml_name(after), name) &&
            (!old.ptr || !str_equal(old, value)))
            add_differing(walk, difference_direction(xml_name(after), name, old, value), name, old,
                          value);
    }
    for (i = 0; xml_attr_at(before, i, &name, &value); i++)
        if (!difference_skips_attribute(xml_name(before), name) &&
            !xml_attr(after, name.ptr).ptr)
            add_differing(walk, DIFFERS_VALUE, name, value, (struct str){NULL, 0});
}

/* More than a word or a name. */
static bool is_prose(struct str text)
{
    return text.len && memchr(text.ptr, ' ', text.len) != NULL;
}

static void compare_texts(struct walk *walk, const struct xml_node *before,
                          const struct xml_node *after)
{
    struct str old = xml_text(before);
    struct str new = xml_text(after);

    if (xml_child(before, NULL) || xml_child(after, NULL) || str_equal(old, new))
        return;
    add_differing(walk, is_prose(old) || is_prose(new) ? DIFFERS_WORDING : DIFFERS_VALUE,
                  (struct str){NULL, 0}, old, new);
}

/* --- elements --- */

static const size_t NOT_FOUND = SIZE_MAX;

/* The child elements of one of the two. */
struct side {
    const struct xml_node **list;
    size_t *twins; /* number on the other side, or NOT_FOUND */
    size_t count;
};

static void side_done(struct side *side)
{
    mem_free(side->list);
    mem_free(side->twins);
}

static bool side_init(struct side *side, const struct xml_node *node)
{
    const struct xml_node *child;
    size_t i = 0;

    for (child = xml_child(node, NULL); child; child = xml_next(child, NULL))
        side->count += !difference_skips(xml_name(child));
    side->list = mem_alloc(side->count + 1, sizeof *side->list);
    side->twins = mem_alloc(side->count + 1, sizeof *side->twins);
    if (!side->list || !side->twins)
        return false;
    for (child = xml_child(node, NULL); child; child = xml_next(child, NULL)) {
        if (difference_skips(xml_name(child)))
            continue;
        side->twins[i] = NOT_FOUND;
        side->list[i++] = child;
    }
    return true;
}

static bool is_leaf(const struct xml_node *node)
{
    return xml_child(node, NULL) == NULL;
}

/* Its identity; without one, what it says, unless it has elements in it. */
static void make_key(const struct xml_node *node, struct buf *key)
{
    struct str name;
    struct str value;
    size_t i;

    buf_clear(key);
    if (difference_key(node, key) || !is_leaf(node))
        return;
    for (i = 0; xml_attr_at(node, i, &name, &value); i++) {
        buf_add_char(key, '\x1e');
        buf_add(key, name);
        buf_add_char(key, '=');
        buf_add(key, value);
    }
    buf_add_char(key, '\x1d');
    buf_add(key, xml_text(node));
}

/* Children of one key: those of the second side in order, taken one by one by those of the first. */
struct matching {
    struct intern keys;
    size_t *first; /* by key: NOT_FOUND, none is left */
    size_t *last;
    size_t *next; /* by number on the second side */
    struct buf key;
};

static bool matching_add(struct matching *matching, size_t i)
{
    uint32_t id = intern_id(&matching->keys, buf_str(&matching->key));

    if (id == INTERN_NONE || matching->key.failed)
        return false;
    if (matching->first[id] == NOT_FOUND)
        matching->first[id] = i;
    else
        matching->next[matching->last[id]] = i;
    matching->last[id] = i;
    matching->next[i] = NOT_FOUND;
    return true;
}

static size_t matching_take(struct matching *matching)
{
    uint32_t id = intern_find(&matching->keys, buf_str(&matching->key));
    size_t i;

    if (id == INTERN_NONE || matching->first[id] == NOT_FOUND)
        return NOT_FOUND;
    i = matching->first[id];
    matching->first[id] = matching->next[i];
    return i;
}

/* Twins by key. */
static bool match_keys(struct matching *matching, struct side *before, struct side *after)
{
    size_t i;

    for (i = 0; i < after->count; i++) {
        make_key(after->list[i], &matching->key);
        if (!matching_add(matching, i))
            return false;
    }
    for (i = 0; i < before->count; i++) {
        size_t twin;

        make_key(before->list[i], &matching->key);
        twin = matching_take(matching);
        before->twins[i] = twin;
        if (twin != NOT_FOUND)
            after->twins[twin] = i;
    }
    return !matching->key.failed;
}

/* What has no identity and is left over as the only one of its name on either side was changed. */
static void match_rest(struct side *before, struct side *after)
{
    size_t i = 0;
    size_t j = 0;

    while (i < before->count && before->twins[i] != NOT_FOUND)
        i++;
    while (j < after->count && after->twins[j] != NOT_FOUND)
        j++;
    while (i < before->count && j < after->count) {
        const char *name = xml_name(before->list[i]);
        size_t next_i = i + 1;
        size_t next_j = j + 1;

        while (next_i < before->count && before->twins[next_i] != NOT_FOUND)
            next_i++;
        while (next_j < after->count && after->twins[next_j] != NOT_FOUND)
            next_j++;
        if (strcmp(name, xml_name(after->list[j])) == 0 && !difference_has_identity(before->list[i]) &&
            !difference_has_identity(after->list[j])) {
            before->twins[i] = j;
            after->twins[j] = i;
        }
        i = next_i;
        j = next_j;
    }
}

static bool match(struct side *before, struct side *after)
{
    struct matching matching = {.first = NULL};
    size_t most = after->count + 1;
    bool is_done = false;
    size_t i;

    intern_init(&matching.keys);
    buf_init(&matching.key, KEY_BYTES);
    matching.first = mem_alloc(most, sizeof *matching.first);
    matching.last = mem_alloc(most, sizeof *matching.last);
    matching.next = mem_alloc(most, sizeof *matching.next);
    if (matching.first && matching.last && matching.next) {
        for (i = 0; i < most; i++)
            matching.first[i] = NOT_FOUND;
        is_done = match_keys(&matching, before, after);
    }
    if (is_done)
        match_rest(before, after);
    mem_free(matching.first);
    mem_free(matching.last);
    mem_free(matching.next);
    buf_done(&matching.key);
    intern_done(&matching.keys);
    return is_done;
}

static void tell_alone(struct walk *walk, const struct xml_node *node, enum differing_kind kind)
{
    static const struct str none = {NULL, 0};
    struct str text = is_leaf(node) ? xml_text(node) : none;
    size_t place = enter(walk, node, /* is_alone= */ true);

    add_differing(walk, kind, none, kind == DIFFERS_REMOVED ? text : none,
                  kind == DIFFERS_ADDED ? text : none);
    leave(walk, place);
}

static void compare(struct walk *walk, const struct xml_node *before,
                    const struct xml_node *after);

static void compare_children(struct walk *walk, const struct xml_node *before,
                             const struct xml_node *after)
{
    struct side sides[2] = {{.count = 0}, {.count = 0}};
    size_t i;

    if (is_leaf(before) && is_leaf(after))
        return;
    if (!side_init(&sides[0], before) || !side_init(&sides[1], after) ||
        !match(&sides[0], &sides[1]))
        walk->failed = true;
    for (i = 0; i < sides[1].count && !walk->failed; i++) {
        const struct xml_node *node = sides[1].list[i];

        if (sides[1].twins[i] == NOT_FOUND) {
            tell_alone(walk, node, DIFFERS_ADDED);
        } else {
            size_t place = enter(walk, node, /* is_alone= */ false);

            compare(walk, sides[0].list[sides[1].twins[i]], node);
            leave(walk, place);
        }
    }
    for (i = 0; i < sides[0].count && !walk->failed; i++)
        if (sides[0].twins[i] == NOT_FOUND)
            tell_alone(walk, sides[0].list[i], DIFFERS_REMOVED);
    side_done(&sides[0]);
    side_done(&sides[1]);
}

/* Documents are no deeper than LIMIT_XML_DEPTH: their reader sees to that. */
static void compare(struct walk *walk, const struct xml_node *before, const struct xml_node *after)
{
    uint64_t changes = differing_count(walk->difference);

    BUG_IF(walk->depth > LIMIT_XML_DEPTH);
    walk->depth++;
    compare_attributes(walk, before, after);
    compare_texts(walk, before, after);
    compare_children(walk, before, after);
    walk->depth--;
    walk->difference->same +=
        difference_has_identity(after) && changes == differing_count(walk->difference);
}

enum status difference_find(const struct xml_document *before, const struct xml_document *after,
                            struct arena *arena, struct diag *diag,
                            struct difference *ret_difference)
{
    struct walk walk = {
        .arena = arena, .diag = diag, .difference = ret_difference, .end = &ret_difference->first};

    *ret_difference = (struct difference){.first = NULL};
    buf_init(&walk.place, PLACE_BYTES);
    compare(&walk, xml_root(before), xml_root(after));
    buf_done(&walk.place);
    return walk.failed ? diag_no_memory(diag) : STATUS_OK;
}
