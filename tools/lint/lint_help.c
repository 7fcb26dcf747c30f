#include "lint/lint_help.h"

#include <string.h>

struct lint_seen_entry {
    struct str name;
    const struct xml_node *node; /* NULL: free */
};

struct lint_owner lint_owner(const struct lint *lint, const struct xml_node *node)
{
    size_t depth = lint->depth;

    while (!xml_attr(node, "id").ptr && depth > 0)
        node = lint->above[--depth];
    return (struct lint_owner){xml_name(node), xml_attr(node, "id")};
}

bool lint_is_in(const struct lint *lint, const char *name)
{
    const struct xml_node *parent = lint_parent(lint);

    return parent && strcmp(xml_name(parent), name) == 0;
}

/* False: it has none, or one that the schema refuses. */
static bool lang_of(const struct xml_node *node, enum lang *ret_lang)
{
    return lang_find(xml_attr(node, "lang"), ret_lang);
}

bool lint_pair(const struct xml_node *node, struct lint_pair *ret_pair)
{
    const struct xml_node *other;
    enum lang first;
    enum lang second;

    if (!lang_of(node, &first))
        return false;
    other = xml_next(node, NULL);
    if (!other || strcmp(xml_name(other), xml_name(node)) != 0 || !lang_of(other, &second) ||
        first == second)
        return false;
    ret_pair->nodes[first] = node;
    ret_pair->nodes[second] = other;
    ret_pair->texts[first] = xml_text(node);
    ret_pair->texts[second] = xml_text(other);
    return true;
}

bool lint_wording(const struct lint *lint, const struct xml_node *node, enum lang *ret_lang,
                  struct str *ret_text)
{
    if (!lint_is_in(lint, "question") || !lang_of(node, ret_lang))
        return false;
    *ret_text = xml_text(node);
    return ret_text->len > 0;
}

struct str lint_phrase(struct lint_phrases *phrases, const char *const *const *lists,
                       const size_t *counts, enum lang lang, struct str text)
{
    struct phrases *own = &phrases->in[lang];

    if (!own->list)
        phrases_init(own, lists[lang], counts[lang]);
    return phrases_find(own, text, 0);
}

/* --- names met before --- */

static struct lint_seen_entry *slot_of(const struct lint_seen *seen, struct str name)
{
    size_t at = (size_t)str_hash(name) & (seen->slot_count - 1);

    while (seen->slots[at].node && !str_equal(seen->slots[at].name, name))
        at = (at + 1) & (seen->slot_count - 1);
    return &seen->slots[at];
}

/* Twice as many; the old ones stay in the arena, less than what is in use. */
static bool grow(struct lint *lint, struct lint_seen *seen)
{
    struct lint_seen larger = {.slot_count = seen->slot_count ? 2 * seen->slot_count : 64,
                               .count = seen->count};
    size_t i;

    larger.slots = arena_alloc(lint->arena, larger.slot_count, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (i = 0; i < seen->slot_count; i++)
        if (seen->slots[i].node)
            *slot_of(&larger, seen->slots[i].name) = seen->slots[i];
    *seen = larger;
    return true;
}

const struct xml_node *lint_seen_add(struct lint *lint, struct lint_seen *seen, struct str name,
                                     const struct xml_node *node)
{
    struct lint_seen_entry *slot;

    if (2 * seen->count >= seen->slot_count && !grow(lint, seen)) {
        lint_no_memory(lint);
        return NULL;
    }
    slot = slot_of(seen, name);
    if (slot->node)
        return slot->node;
    *slot = (struct lint_seen_entry){name, node};
    seen->count++;
    return NULL;
}

const struct xml_node *lint_seen_find(const struct lint_seen *seen, struct str name)
{
    return seen->slot_count ? slot_of(seen, name)->node : NULL;
}

bool lint_is_written(const struct lint *lint)
{
    const char *kind = xml_name(lint->root);

    return strcmp(kind, "evidence") != 0 && strcmp(kind, "result") != 0;
}

bool lint_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
