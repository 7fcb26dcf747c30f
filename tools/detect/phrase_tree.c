#include "detect/phrase_tree.h"

#include "base/limits.h"
#include "base/mem.h"
#include "detect/phrase_nodes.h"

/* --- nodes --- */

static uint32_t new_node(struct phrase_tree *tree)
{
    if (tree->node_count >= UINT32_MAX - 1 ||
        !mem_grow(&tree->nodes, tree->node_count, &tree->node_capacity, sizeof *tree->nodes))
        return 0;
    tree->nodes[tree->node_count] = (struct node){.is_leaf = true};
    return (uint32_t)tree->node_count++;
}

static bool grow_edges(struct phrase_tree *tree)
{
    size_t before = tree->edge_slots;
    struct edge *old = tree->edges;
    size_t i;

    if ((tree->edge_count + 1) * 2 <= before)
        return true;
    tree->edges = mem_alloc(before ? before * 2 : 1024, sizeof *tree->edges);
    if (!tree->edges) {
        tree->edges = old;
        return false;
    }
    tree->edge_slots = before ? before * 2 : 1024;
    for (i = 0; i < before; i++)
        if (old[i].child)
            tree->edges[edge_place(tree, old[i].node, old[i].symbol)] = old[i];
    mem_free(old);
    return true;
}

/* Exact words are even symbols, those with an open end odd ones. */
static bool is_word(uint32_t symbol)
{
    return symbol < SYMBOL_NUMBER;
}

static struct symbol *word_of(struct phrase_tree *tree, uint32_t symbol)
{
    return &(symbol % 2 ? &tree->prefixes : &tree->words)->list[symbol / 2];
}

/* The node behind the word, made where there is none; 0: memory is out. */
static uint32_t go_on(struct phrase_tree *tree, uint32_t node, uint32_t symbol)
{
    uint32_t child = child_of(tree, node, symbol);

    if (child)
        return child;
    if (!grow_edges(tree))
        return 0;
    child = new_node(tree);
    if (!child)
        return 0;
    tree->edges[edge_place(tree, node, symbol)] = (struct edge){node, symbol, child};
    tree->edge_count++;
    tree->nodes[node].is_leaf = false;
    if (symbol == SYMBOL_NUMBER)
        tree->nodes[node].has_number = true;
    else if (symbol == SYMBOL_ANY)
        tree->nodes[node].has_any = true;
    else if (symbol >= SYMBOL_SLOT)
        tree->nodes[node].slots |= 1ull << (symbol - SYMBOL_SLOT);
    if (node == ROOT && is_word(symbol))
        word_of(tree, symbol)->is_first = true;
    return child;
}

/* Some phrase of the slot begins so. */
static void begin_slot(struct phrase_tree *tree, size_t slot, uint32_t symbol)
{
    uint64_t with = tree->slots[slot].beside;
    size_t i;

    if (symbol == SYMBOL_NUMBER) {
        tree->number_slots |= with;
    } else if (symbol == SYMBOL_ANY) {
        tree->any_slots |= with;
    } else if (is_word(symbol)) {
        word_of(tree, symbol)->slots |= with;
    } else {
        uint64_t in = 1ull << (symbol - SYMBOL_SLOT);

        tree->slots[symbol - SYMBOL_SLOT].beside |= with;
        for (i = 0; i < tree->words.count; i++)
            tree->words.list[i].slots |= tree->words.list[i].slots & in ? with : 0;
        for (i = 0; i < tree->prefixes.count; i++)
            tree->prefixes.list[i].slots |= tree->prefixes.list[i].slots & in ? with : 0;
        tree->number_slots |= tree->number_slots & in ? with : 0;
        tree->any_slots |= tree->any_slots & in ? with : 0;
    }
}

/* --- making --- */

struct phrase_tree *phrase_tree_new(const struct folding *folding)
{
    struct phrase_tree *tree = mem_alloc(1, sizeof *tree);

    if (!tree)
        return NULL;
    tree->folding = folding;
    arena_init(&tree->arena);
    message_words_init(&tree->room);
    if (new_node(tree) != 0 || new_node(tree) != ROOT) {
        phrase_tree_free(tree);
        return NULL;
    }
    return tree;
}

void phrase_tree_free(struct phrase_tree *tree)
{
    if (!tree)
        return;
    vocabulary_done(&tree->words);
    vocabulary_done(&tree->prefixes);
    mem_free(tree->nodes);
    mem_free(tree->edges);
    mem_free(tree->values);
    message_words_done(&tree->room);
    arena_done(&tree->arena);
    mem_free(tree);
}

static size_t find_slot(const struct phrase_tree *tree, struct str name)
{
    size_t i = tree->slot_first;

    while (i < tree->slot_count && !str_equal(tree->slots[i].name, name))
        i++;
    return i;
}

void phrase_tree_forget_slots(struct phrase_tree *tree)
{
    tree->slot_first = tree->slot_count;
}

enum status phrase_tree_slot(struct phrase_tree *tree, struct str name, size_t *ret_slot)
{
    size_t i = find_slot(tree, name);

    if (i == SLOTS_MOST)
        return STATUS_LIMIT;
    if (i == tree->slot_count) {
        tree->slots[i].root = new_node(tree);
        tree->slots[i].name = arena_str(&tree->arena, name);
        if (!tree->slots[i].root || !tree->slots[i].name.ptr)
            return STATUS_MEMORY;
        tree->slots[i].beside = 1ull << i;
        tree->slot_count++;
    }
    *ret_slot = i;
    return STATUS_OK;
}

static uint32_t word_symbol(struct phrase_tree *tree, struct str word, bool is_open)
{
    uint32_t number;

    if (!is_open) {
        number = vocabulary_add(&tree->words, &tree->arena, word);
        return number == SYMBOL_NONE ? number : number * 2;
    }
    number = vocabulary_add(&tree->prefixes, &tree->arena, word);
    if (number == SYMBOL_NONE)
        return number;
    tree->prefix_lengths |= 1ull << word.len;
    tree->prefix_filter[str_hash((struct str){word.ptr, PREFIX_LEAST}) % PREFIX_FILTER] = 1;
    return number * 2 + 1;
}

struct adding {
    struct phrase_tree *tree;
    uint32_t node;
    int slot;
    size_t count;
    uint64_t lengths; /* words that it may take so far, a bit each */
    uint64_t steps;   /* that finding it may take */
    const char *why;
};

/* False: the words of its slots are too many, or may be parted among them in too many ways. */
static bool take_room(struct adding *adding, uint32_t symbol)
{
    const struct slot *slot =
        symbol >= SYMBOL_SLOT && symbol != SYMBOL_NONE ? &adding->tree->slots[symbol - SYMBOL_SLOT]
                                                       : NULL;
    uint64_t added = slot ? slot->lengths : 2;
    uint64_t before = adding->lengths;
    uint64_t lengths = 0;

    adding->steps += (uint64_t)__builtin_popcountll(before) * (slot ? slot->steps : 1);
    for (; added; added &= added - 1) {
        int more = __builtin_ctzll(added);

        if (more && before >> (LENGTHS_MOST + 1 - more)) {
            adding->why = "it may have more than 63 words";
            return false;
        }
        lengths |= before << more;
    }
    adding->lengths = lengths;
    if (adding->steps > LIMIT_PHRASE_STEPS)
        adding->why = "its slots may be filled in too many ways";
    return adding->steps <= LIMIT_PHRASE_STEPS;
}

static enum status add_one(struct adding *adding, uint32_t symbol)
{
    if (symbol == SYMBOL_NONE)
        return STATUS_MEMORY;
    if (++adding->count > LIMIT_PHRASE_WORDS) {
        adding->why = "it has more than 12 words";
        return STATUS_INVALID;
    }
    if (adding->count == 1 && adding->slot != PHRASE_NO_SLOT)
        begin_slot(adding->tree, (size_t)adding->slot, symbol);
    if (!take_room(adding, symbol))
        return STATUS_INVALID;
    adding->node = go_on(adding->tree, adding->node, symbol);
    return adding->node ? STATUS_OK : STATUS_MEMORY;
}

static enum status add_braces(struct adding *adding, struct str name)
{
    struct phrase_tree *tree = adding->tree;
    size_t slot = find_slot(tree, name);

    if (str_is(name, "number"))
        return add_one(adding, SYMBOL_NUMBER);
    if (str_is(name, "word"))
        return add_one(adding, SYMBOL_ANY);
    if (slot < tree->slot_count && (adding->slot == PHRASE_NO_SLOT || slot < (size_t)adding->slot))
        return add_one(adding, SYMBOL_SLOT + (uint32_t)slot);
    adding->why = "no slot in front of it has the name in braces";
    return STATUS_INVALID;
}

/* What stands between two blanks; an apostrophe makes two words of it. */
static enum status add_part(struct adding *adding, struct str part)
{
    struct message_words *room = &adding->tree->room;
    bool is_open = str_ends(part, "*");
    enum status status = STATUS_OK;
    size_t i;

    if (part.ptr[0] == '{' && str_ends(part, "}"))
        return add_braces(adding, (struct str){part.ptr + 1, part.len - 2});
    if (!message_words_read(room, adding->tree->folding,
                            (struct str){part.ptr, part.len - is_open}))
        return STATUS_MEMORY;
    for (i = 0; i < room->count && status == STATUS_OK; i++) {
        struct str word = message_word_text(room, i);
        bool is_last = i + 1 == room->count;

        if (is_open && is_last && (word.len < PREFIX_LEAST || word.len > 63)) {
            adding->why = "a * needs three letters in front of it";
            return STATUS_INVALID;
        }
        status = add_one(adding, word_symbol(adding->tree, word, is_open && is_last));
    }
    return status;
}

enum status phrase_tree_add(struct phrase_tree *tree, int slot, struct str phrase, uint32_t value,
                            const char **reterr_why)
{
    struct adding adding = {.tree = tree,
                            .node = slot == PHRASE_NO_SLOT ? ROOT : tree->slots[slot].root,
                            .slot = slot,
                            .lengths = 1};
    enum status status = STATUS_OK;
    struct str part;
    uint32_t first;
    uint32_t i;

    while (status == STATUS_OK && str_split(&phrase, ' ', &part))
        if (part.len)
            status = add_part(&adding, part);
    if (status == STATUS_OK && adding.count == 0) {
        adding.why = "it has no word";
        status = STATUS_INVALID;
    }
    if (status != STATUS_OK) {
        *reterr_why = adding.why;
        return status;
    }
    if (slot != PHRASE_NO_SLOT) {
        tree->slots[slot].lengths |= adding.lengths;
        tree->slots[slot].steps += (uint32_t)adding.steps;
    }
    first = tree->nodes[adding.node].values;
    for (i = first; i; i = tree->values[i - 1].next)
        if (tree->values[i - 1].value == value)
            return STATUS_OK;
    if (!mem_grow(&tree->values, tree->value_count, &tree->value_capacity, sizeof *tree->values))
        return STATUS_MEMORY;
    tree->values[tree->value_count] = (struct value){value, first};
    tree->nodes[adding.node].values = (uint32_t)++tree->value_count;
    return STATUS_OK;
}

enum status phrase_tree_marks(struct phrase_tree *tree, struct str words, uint8_t marks)
{
    size_t i;

    if (!words.ptr)
        return STATUS_OK;
    if (!message_words_read(&tree->room, tree->folding, words))
        return STATUS_MEMORY;
    for (i = 0; i < tree->room.count; i++) {
        uint32_t number =
            vocabulary_add(&tree->words, &tree->arena, message_word_text(&tree->room, i));

        if (number == SYMBOL_NONE)
            return STATUS_MEMORY;
        tree->words.list[number].marks |= marks;
    }
    return STATUS_OK;
}
