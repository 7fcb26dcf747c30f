#include "lint/lint_walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"

/* Names of elements that rules look at; a power of two well above how many there can be. */
enum { NAME_SLOTS = 512, DEPTH_MAX = 256 };

struct active {
    const struct lint_row *row;
    void *state;
    struct active *next; /* for the same element */
};

struct name_slot {
    const char *name; /* NULL: free */
    struct active *first;
    struct active *last;
};

struct walk {
    struct lint *lint;
    struct name_slot names[NAME_SLOTS];
    struct name_slot every; /* of rules for any element */
    struct name_slot root;  /* of rules for the root alone */
    struct active *actives;
    size_t count;
    const struct xml_node *above[DEPTH_MAX];
};

/* --- what rules say --- */

void lint_say(struct lint *lint, const struct xml_node *node, const char *attribute,
              const char *detail, ...)
{
    struct where where = attribute ? xml_where_attr(lint->document, node, str_of(attribute))
                                   : xml_where(lint->document, node);
    char text[1500];
    va_list list;

    va_start(list, detail);
    vsnprintf(text, sizeof text, detail, list);
    va_end(list);
    diag_report(lint->diag, lint->rule, where, "%s", text);
}

void lint_hint(struct lint *lint, const char *hint, ...)
{
    char text[1500];
    va_list list;

    va_start(list, hint);
    vsnprintf(text, sizeof text, hint, list);
    va_end(list);
    diag_hint(lint->diag, "%s", text);
}

void lint_word(struct lint *lint, struct str word)
{
    diag_word(lint->diag, word);
}

void lint_number(struct lint *lint, uint64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    lint_word(lint, str_of(text));
}

void lint_no_memory(struct lint *lint)
{
    lint->is_out_of_memory = true;
}

const struct xml_node *lint_parent(const struct lint *lint)
{
    return lint->depth ? lint->above[lint->depth - 1] : NULL;
}

/* --- which rules look at what --- */

static struct name_slot *slot_of(struct walk *walk, const char *name)
{
    size_t at = (size_t)str_hash(str_of(name)) % NAME_SLOTS;

    while (walk->names[at].name && strcmp(walk->names[at].name, name) != 0)
        at = (at + 1) % NAME_SLOTS;
    return &walk->names[at];
}

static void put_in(struct name_slot *slot, struct active *active)
{
    if (slot->last)
        slot->last->next = active;
    else
        slot->first = active;
    slot->last = active;
}

static void enlist(struct walk *walk, struct active *active)
{
    const char *element = active->row->body->element;
    struct name_slot *slot;

    if (!element) {
        put_in(&walk->root, active);
        return;
    }
    if (strcmp(element, "*") == 0) {
        put_in(&walk->every, active);
        return;
    }
    slot = slot_of(walk, element);
    slot->name = element;
    put_in(slot, active);
}

static enum status choose(struct walk *walk)
{
    const char *kind = xml_name(walk->lint->root);
    size_t i;

    BUG_IF(lint_row_count > NAME_SLOTS / 2);
    walk->actives = arena_alloc(walk->lint->arena, lint_row_count, sizeof *walk->actives);
    if (!walk->actives)
        return diag_no_memory(walk->lint->diag);
    for (i = 0; i < lint_row_count; i++) {
        const struct lint_rule *body = lint_rows[i].body;
        struct active *active = &walk->actives[walk->count];

        if (body->kind && strcmp(body->kind, kind) != 0)
            continue;
        active->row = &lint_rows[i];
        active->state = arena_alloc(walk->lint->arena, 1, body->state_size);
        if (!active->state)
            return diag_no_memory(walk->lint->diag);
        walk->count++;
        enlist(walk, active);
    }
    return STATUS_OK;
}

/* --- the passage --- */

static void look(struct walk *walk, const struct active *active, const struct xml_node *node)
{
    struct lint *lint = walk->lint;

    for (; active; active = active->next) {
        if (!active->row->body->look)
            continue;
        lint->rule = active->row->rule;
        lint->state = active->state;
        active->row->body->look(lint, node);
    }
}

static void look_at(struct walk *walk, const struct xml_node *node)
{
    if (walk->lint->depth == 0)
        look(walk, walk->root.first, node);
    look(walk, slot_of(walk, xml_name(node))->first, node);
    look(walk, walk->every.first, node);
}

/* The tree is no deeper than the loader lets it be. */
static void pass(struct walk *walk)
{
    struct lint *lint = walk->lint;
    const struct xml_node *node = lint->root;

    lint->above = walk->above;
    while (node && !lint->is_out_of_memory) {
        const struct xml_node *next;

        look_at(walk, node);
        next = xml_child(node, NULL);
        if (next) {
            BUG_IF(lint->depth == DEPTH_MAX);
            walk->above[lint->depth++] = node;
        } else {
            next = lint->depth ? xml_next(node, NULL) : NULL;
            while (!next && lint->depth > 1)
                next = xml_next(walk->above[--lint->depth], NULL);
        }
        node = next;
    }
    lint->depth = 0;
}

enum status lint_walk(struct lint *lint)
{
    struct walk walk = {.lint = lint};
    enum status status;
    size_t i;

    lint->root = xml_root(lint->document);
    status = choose(&walk);
    if (status != STATUS_OK)
        return status;
    pass(&walk);
    for (i = 0; i < walk.count && !lint->is_out_of_memory; i++) {
        if (!walk.actives[i].row->body->end)
            continue;
        lint->rule = walk.actives[i].row->rule;
        lint->state = walk.actives[i].state;
        walk.actives[i].row->body->end(lint);
    }
    lint->above = NULL;
    return lint->is_out_of_memory ? diag_no_memory(lint->diag) : STATUS_OK;
}

enum status lint_walk_meet(struct lint *lint)
{
    size_t i;

    for (i = 0; i < lint_row_count && !lint->is_out_of_memory; i++) {
        const struct lint_rule *body = lint_rows[i].body;

        if (!body->meet || (body->kind && strcmp(body->kind, lint->self->kind) != 0))
            continue;
        lint->rule = lint_rows[i].rule;
        body->meet(lint);
    }
    return lint->is_out_of_memory ? diag_no_memory(lint->diag) : STATUS_OK;
}
