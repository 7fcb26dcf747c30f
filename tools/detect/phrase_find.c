/* Looking for phrases in the words of a message. */
#include "detect/phrase_nodes.h"

void phrase_tree_look(const struct phrase_tree *tree, const struct message_words *words, size_t i,
                      struct phrase_symbols *ret_symbols)
{
    const struct message_word *word = &words->words[i];
    struct str text = message_word_text(words, i);
    uint64_t lengths = tree->prefix_lengths;

    ret_symbols->exact = vocabulary_find(&tree->words, text, word->hash);
    ret_symbols->marks = 0;
    ret_symbols->slots = tree->any_slots;
    if (ret_symbols->exact != SYMBOL_NONE) {
        ret_symbols->marks = tree->words.list[ret_symbols->exact].marks;
        ret_symbols->slots |= tree->words.list[ret_symbols->exact].slots;
    }
    if (word->flags & WORD_NUMBER)
        ret_symbols->slots |= tree->number_slots;
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
        number = vocabulary_find(&tree->prefixes, front, str_hash(front));
        if (number != SYMBOL_NONE && ret_symbols->prefix_count < SYMBOL_PREFIXES) {
            ret_symbols->prefixes[ret_symbols->prefix_count++] = number;
            ret_symbols->slots |= tree->prefixes.list[number].slots;
        }
    }
}

bool phrase_tree_begins(const struct phrase_tree *tree, const struct phrase_symbols *symbols)
{
    const struct node *root = &tree->nodes[ROOT];

    return (symbols->exact != SYMBOL_NONE && tree->words.list[symbols->exact].is_first) ||
           symbols->prefix_count || (symbols->slots & root->slots) || root->has_any ||
           (symbols->is_number && root->has_number);
}

struct finding {
    const struct phrase_tree *tree;
    const struct phrase_words *words;
    size_t start;
    phrase_found *found; /* NULL: numbers of words are kept */
    void *context;
    uint64_t lengths; /* a bit each */
};

static void go(struct finding *finding, uint32_t node, size_t at);

/* How many words phrases of the slot have there: a bit for each number. */
static uint64_t slot_lengths(const struct finding *finding, size_t slot, size_t at)
{
    struct finding inner = {.tree = finding->tree, .words = finding->words, .start = at};

    go(&inner, finding->tree->slots[slot].root, at);
    return inner.lengths;
}

static void go_symbols(struct finding *finding, uint32_t node, size_t at)
{
    const struct phrase_tree *tree = finding->tree;
    const struct phrase_symbols *symbols = &finding->words->list[at];
    uint64_t slots = tree->nodes[node].slots & symbols->slots;
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
        uint64_t lengths = slot_lengths(finding, slot, at);

        for (; lengths; lengths &= lengths - 1)
            go(finding, child_of(tree, node, SYMBOL_SLOT + slot),
               at + (size_t)__builtin_ctzll(lengths));
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
        else
            finding->lengths |= 1ull << (at - finding->start);
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
