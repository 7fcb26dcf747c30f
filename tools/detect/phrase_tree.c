#include "detect/phrase_tree.h"

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/mem.h"

enum { SLOTS_MOST = 64, PREFIX_LEAST = 3, PREFIX_FILTER = 1 << 12 };

/* Words that stand for many. */
static const uint32_t SYMBOL_NUMBER = 0x80000000u;
static const uint32_t SYMBOL_ANY = 0x80000001u;
static const uint32_t SYMBOL_SLOT = 0x80000002u; /* and the number of the slot */

struct symbol {
    struct str text;
    uint64_t hash;
    uint8_t marks;
    bool is_first; /* some phrase begins with it, be it one of a slot */
};

struct edge {
    uint32_t node;
    uint32_t symbol;
    uint32_t child; /* 0: free */
};

struct value {
    uint32_t value;
    uint32_t next; /* number + 1; 0: the last */
};

struct node {
    uint32_t values; /* number + 1 of the first; 0: no phrase ends here */
    uint64_t slots;  /* that go on from here, a bit each */
    bool has_number;
    bool has_any;
    bool is_root;    /* of the tree or of a slot */
    bool is_leaf;    /* nothing goes on */
};

/* Words by their hash: exact ones, or the beginnings of those with an open end. */
struct vocabulary {
    struct symbol *list;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* number + 1 */
    size_t slot_count;
};

struct slot {
    struct str name;
    uint32_t root;
};

struct phrase_tree {
    const struct folding *folding;
    struct arena arena;
    struct vocabulary words;
    struct vocabulary prefixes;
    uint64_t prefix_lengths; /* bytes of prefixes, a bit each */
    uint8_t prefix_filter[PREFIX_FILTER]; /* by their first bytes: some has them */
    struct node *nodes; /* 0 is nobody, 1 the root */
    size_t node_count;
    size_t node_capacity;
    struct edge *edges;
    size_t edge_count;
    size_t edge_slots;
    struct value *values;
    size_t value_count;
    size_t value_capacity;
    struct slot slots[SLOTS_MOST];
    size_t slot_count;
    size_t slot_first; /* those before have no name any more */
    bool begins_number; /* some phrase begins with a number */
    bool begins_any;
    struct message_words room; /* of the phrase that is added */
};

enum { ROOT = 1 };

/* --- words --- */

static bool grow_index(struct vocabulary *vocabulary)
{
    size_t wanted = vocabulary->slot_count ? vocabulary->slot_count * 2 : 256;
    uint32_t *slots;
    size_t i;

    if ((vocabulary->count + 1) * 2 <= vocabulary->slot_count)
        return true;
    slots = mem_alloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    for (i = 0; i < vocabulary->count; i++) {
        size_t at = (size_t)vocabulary->list[i].hash & (wanted - 1);

        while (slots[at])
            at = (at + 1) & (wanted - 1);
        slots[at] = (uint32_t)i + 1;
    }
    mem_free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_count = wanted;
    return true;
}

static uint32_t find_symbol(const struct vocabulary *vocabulary, struct str text, uint64_t hash)
{
    size_t mask = vocabulary->slot_count - 1;
    size_t at = (size_t)hash & mask;

    if (vocabulary->slot_count == 0)
        return SYMBOL_NONE;
    for (; vocabulary->slots[at]; at = (at + 1) & mask) {
        const struct symbol *symbol = &vocabulary->list[vocabulary->slots[at] - 1];

        if (symbol->hash == hash && str_equal(symbol->text, text))
            return vocabulary->slots[at] - 1;
    }
    return SYMBOL_NONE;
}

/* SYMBOL_NONE: memory is out. */
static uint32_t add_symbol(struct phrase_tree *tree, struct vocabulary *vocabulary, struct str text)
{
    uint64_t hash = str_hash(text);
    uint32_t found = find_symbol(vocabulary, text, hash);
    struct symbol *symbol;
    size_t at;

    if (found != SYMBOL_NONE)
        return found;
    if (!grow_index(vocabulary) || !mem_grow(&vocabulary->list, vocabulary->count,
                                             &vocabulary->capacity, sizeof *vocabulary->list))
        return SYMBOL_NONE;
    symbol = &vocabulary->list[vocabulary->count];
    *symbol = (struct symbol){.text = arena_str(&tree->arena, text), .hash = hash};
    if (!symbol->text.ptr)
        return SYMBOL_NONE;
    at = (size_t)hash & (vocabulary->slot_count - 1);
    while (vocabulary->slots[at])
        at = (at + 1) & (vocabulary->slot_count - 1);
    vocabulary->slots[at] = (uint32_t)++vocabulary->count;
    return (uint32_t)vocabulary->count - 1;
}

/* --- nodes --- */

static uint32_t new_node(struct phrase_tree *tree)
{
    if (tree->node_count >= UINT32_MAX - 1 ||
        !mem_grow(&tree->nodes, tree->node_count, &tree->node_capacity, sizeof *tree->nodes))
        return 0;
    tree->nodes[tree->node_count] = (struct node){.is_leaf = true};
    return (uint32_t)tree->node_count++;
}

static size_t edge_place(const struct phrase_tree *tree, uint32_t node, uint32_t symbol)
{
    uint64_t hash = ((uint64_t)node << 32 | symbol) * 0x9fb21c651e98df25u;
    size_t at = (size_t)(hash >> 32) & (tree->edge_slots - 1);

    while (tree->edges[at].child &&
           (tree->edges[at].node != node || tree->edges[at].symbol != symbol))
        at = (at + 1) & (tree->edge_slots - 1);
    return at;
}

static uint32_t child_of(const struct phrase_tree *tree, uint32_t node, uint32_t symbol)
{
    return tree->edge_slots ? tree->edges[edge_place(tree, node, symbol)].child : 0;
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
    if (tree->nodes[node].is_root) {
        tree->begins_number |= symbol == SYMBOL_NUMBER;
        tree->begins_any |= symbol == SYMBOL_ANY;
        if (symbol < SYMBOL_NUMBER && symbol % 2 == 0)
            tree->words.list[symbol / 2].is_first = true;
    }
    return child;
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
    tree->nodes[ROOT].is_root = true;
    return tree;
}

void phrase_tree_free(struct phrase_tree *tree)
{
    if (!tree)
        return;
    mem_free(tree->words.list);
    mem_free(tree->words.slots);
    mem_free(tree->prefixes.list);
    mem_free(tree->prefixes.slots);
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
        tree->nodes[tree->slots[i].root].is_root = true;
        tree->slot_count++;
    }
    *ret_slot = i;
    return STATUS_OK;
}

/* Exact words are even symbols, those with an open end odd ones. */
static uint32_t word_symbol(struct phrase_tree *tree, struct str word, bool is_open)
{
    uint32_t number;

    if (!is_open) {
        number = add_symbol(tree, &tree->words, word);
        return number == SYMBOL_NONE ? number : number * 2;
    }
    number = add_symbol(tree, &tree->prefixes, word);
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
    const char *why;
};

static enum status add_one(struct adding *adding, uint32_t symbol)
{
    if (symbol == SYMBOL_NONE)
        return STATUS_MEMORY;
    if (++adding->count > LIMIT_PHRASE_WORDS) {
        adding->why = "it has more than 12 words";
        return STATUS_INVALID;
    }
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
                            .slot = slot};
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
        uint32_t number = add_symbol(tree, &tree->words, message_word_text(&tree->room, i));

        if (number == SYMBOL_NONE)
            return STATUS_MEMORY;
        tree->words.list[number].marks |= marks;
    }
    return STATUS_OK;
}

/* --- looking --- */

void phrase_tree_look(const struct phrase_tree *tree, const struct message_words *words, size_t i,
                      struct phrase_symbols *ret_symbols)
{
    const struct message_word *word = &words->words[i];
    struct str text = message_word_text(words, i);
    uint64_t lengths = tree->prefix_lengths;

    ret_symbols->exact = find_symbol(&tree->words, text, word->hash);
    ret_symbols->marks = 0;
    if (ret_symbols->exact != SYMBOL_NONE)
        ret_symbols->marks = tree->words.list[ret_symbols->exact].marks;
    ret_symbols->is_number = (word->flags & WORD_NUMBER) != 0;
    ret_symbols->is_behind_stop = (word->flags & AFTER_CLAUSE) != 0;
    ret_symbols->prefix_count = 0;
    if (text.len < PREFIX_LEAST ||
        !tree->prefix_filter[str_hash((struct str){text.ptr, PREFIX_LEAST}) % PREFIX_FILTER])
        return;
    for (; lengths; lengths &= lengths - 1) {
        size_t len = (size_t)__builtin_ctzll(lengths);
        struct str front = {text.ptr, len};
        uint32_t number;

        if (len > text.len)
            break;
        number = find_symbol(&tree->prefixes, front, str_hash(front));
        if (number != SYMBOL_NONE && ret_symbols->prefix_count < SYMBOL_PREFIXES)
            ret_symbols->prefixes[ret_symbols->prefix_count++] = number;
    }
}

bool phrase_tree_begins(const struct phrase_tree *tree, const struct phrase_symbols *symbols)
{
    return (symbols->exact != SYMBOL_NONE && tree->words.list[symbols->exact].is_first) ||
           symbols->prefix_count || tree->begins_any ||
           (symbols->is_number && tree->begins_number);
}

struct finding {
    const struct phrase_tree *tree;
    const struct phrase_words *words;
    size_t start;
    phrase_found *found; /* NULL: the longest is kept */
    void *context;
    size_t longest;
};

static void go(struct finding *finding, uint32_t node, size_t at);

/* Words of the longest phrase of the slot there; 0: none. */
static size_t slot_length(const struct finding *finding, size_t slot, size_t at)
{
    struct finding inner = {.tree = finding->tree, .words = finding->words, .start = at};

    go(&inner, finding->tree->slots[slot].root, at);
    return inner.longest;
}

static void go_symbols(struct finding *finding, uint32_t node, size_t at)
{
    const struct phrase_tree *tree = finding->tree;
    const struct phrase_symbols *symbols = &finding->words->list[at];
    uint64_t slots = tree->nodes[node].slots;
    size_t i;

    if (symbols->exact != SYMBOL_NONE)
        go(finding, child_of(tree, node, symbols->exact * 2), at + 1);
    for (i = 0; i < symbols->prefix_count; i++)
        go(finding, child_of(tree, node, symbols->prefixes[i] * 2 + 1), at + 1);
    if (symbols->is_number && tree->nodes[node].has_number)
        go(finding, child_of(tree, node, SYMBOL_NUMBER), at + 1);
    if (tree->nodes[node].has_any)
        go(finding, child_of(tree, node, SYMBOL_ANY), at + 1);
    for (; slots; slots &= slots - 1) {
        uint32_t slot = (uint32_t)__builtin_ctzll(slots);
        size_t length = slot_length(finding, slot, at);

        if (length)
            go(finding, child_of(tree, node, SYMBOL_SLOT + slot), at + length);
    }
}

/* No deeper than a phrase has words, and slots name only those in front of them. */
static void go(struct finding *finding, uint32_t node, size_t at)
{
    const struct phrase_tree *tree = finding->tree;
    uint32_t value;

    if (!node)
        return;
    for (value = tree->nodes[node].values; value; value = tree->values[value - 1].next) {
        if (finding->found)
            finding->found(finding->context, tree->values[value - 1].value, at - finding->start);
        else if (at - finding->start > finding->longest)
            finding->longest = at - finding->start;
    }
    if (tree->nodes[node].is_leaf || at >= finding->words->count ||
        (at > finding->start && finding->words->list[at].is_behind_stop))
        return;
    go_symbols(finding, node, at);
}

void phrase_tree_find(const struct phrase_tree *tree, const struct phrase_words *words, size_t at,
                      phrase_found *found, void *context)
{
    struct finding finding = {tree, words, at, found, context, 0};

    go(&finding, ROOT, at);
}
