/*
 * The insides of a tree of phrases: nodes and the words between them, for those who make it and those
 * who look into it.
 *
 * Owns: see detect/phrase_tree.h.
 * Units: nodes, values and words by number.
 * Threads: constant once phrases are looked for.
 */
#ifndef CFAUDIT_DETECT_PHRASE_NODES_H
#define CFAUDIT_DETECT_PHRASE_NODES_H

#include "detect/phrase_tree.h"

enum { SLOTS_MOST = 64, PREFIX_LEAST = 3, PREFIX_FILTER = 1 << 12 };

/* Words that stand for many. */
static const uint32_t SYMBOL_NUMBER = 0x80000000u;
static const uint32_t SYMBOL_ANY = 0x80000001u;
static const uint32_t SYMBOL_SLOT = 0x80000002u; /* and the number of the slot */

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
    bool is_leaf; /* nothing goes on */
};

struct slot {
    struct str name;
    uint32_t root;
    uint64_t lengths; /* words that its phrases may take, a bit each */
    uint64_t beside;  /* slots with a phrase that begins with this one, and itself */
    uint32_t steps;   /* at most, to find all of its phrases at a word */
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
    uint64_t number_slots; /* with a phrase that begins with a number */
    uint64_t any_slots;
    struct message_words room; /* of the phrase that is added */
};

enum { ROOT = 1, LENGTHS_MOST = 63 };

static inline size_t edge_place(const struct phrase_tree *tree, uint32_t node, uint32_t symbol)
{
    uint64_t hash = ((uint64_t)node << 32 | symbol) * 0x9fb21c651e98df25u;
    size_t at = (size_t)(hash >> 32) & (tree->edge_slots - 1);

    while (tree->edges[at].child &&
           (tree->edges[at].node != node || tree->edges[at].symbol != symbol))
        at = (at + 1) & (tree->edge_slots - 1);
    return at;
}

/* 0: there is none. */
static inline uint32_t child_of(const struct phrase_tree *tree, uint32_t node, uint32_t symbol)
{
    return tree->edge_slots ? tree->edges[edge_place(tree, node, symbol)].child : 0;
}

#endif
