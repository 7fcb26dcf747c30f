/*
 * Phrases as a tree of words: all that begin at a word of a message are found together.
 *
 * Call: phrase_tree_new; phrase_tree_slot, phrase_tree_add and phrase_tree_word in any order, but a
 *       slot before the phrases that name it; then for each message phrase_tree_look at each of its
 *       words and phrase_tree_find where phrases may begin; phrase_tree_free.
 * Owns: the tree owns copies of the words.
 * Errors: STATUS_MEMORY; STATUS_INVALID with what is wrong with the phrase.
 * Units: words.
 * A phrase does not go over a stop. Own code: what Aho and Corasick's machine gains over bytes is
 * nothing over words, since hardly any word of a message begins a phrase; the words are needed for
 * stems and counts in any case, and no library finds phrases whose parts are numbers, endings or
 * other phrases.
 * Threads: a tree is constant once phrases are looked for; one struct phrase_words, one thread.
 */
#ifndef CFAUDIT_DETECT_PHRASE_TREE_H
#define CFAUDIT_DETECT_PHRASE_TREE_H

#include "base/status.h"
#include "detect/message_words.h"
#include "detect/vocabulary.h"

struct phrase_tree;

enum { SYMBOL_PREFIXES = 4 }; /* words with an open end that one word of a message may be */

/* What the tree knows of a word. */
struct phrase_symbols {
    uint32_t exact; /* SYMBOL_NONE: it is in no phrase */
    uint32_t prefixes[SYMBOL_PREFIXES];
    uint64_t slots; /* that may begin with it, a bit each */
    uint8_t prefix_count;
    uint8_t marks; /* of phrase_tree_word */
    bool is_number;
    bool is_behind_stop; /* phrases do not go on over it */
};

struct phrase_words {
    const struct phrase_symbols *list;
    size_t count;
};

/* NULL: memory is out. */
struct phrase_tree *phrase_tree_new(const struct folding *folding);
void phrase_tree_free(struct phrase_tree *tree); /* accepts NULL */
/* A set of phrases that others name; its number goes to phrase_tree_add. STATUS_LIMIT: there are 64. */
enum status phrase_tree_slot(struct phrase_tree *tree, struct str name, size_t *ret_slot);
enum { PHRASE_NO_SLOT = -1 };
/* Names of slots up to here mean nothing to the phrases behind. */
void phrase_tree_forget_slots(struct phrase_tree *tree);
/* `slot`: whose phrase it is, or PHRASE_NO_SLOT. The value is told where it is found. */
enum status phrase_tree_add(struct phrase_tree *tree, int slot, struct str phrase, uint32_t value,
                            const char **reterr_why);
/* Marks words, with blanks between them. */
enum status phrase_tree_marks(struct phrase_tree *tree, struct str words, uint8_t marks);

void phrase_tree_look(const struct phrase_tree *tree, const struct message_words *words, size_t i,
                      struct phrase_symbols *ret_symbols);
/* Whether any phrase may begin with such a word; it need not. */
bool phrase_tree_begins(const struct phrase_tree *tree, const struct phrase_symbols *symbols);
/* Every phrase that begins at the word, with its number of words, in no certain order. */
typedef void phrase_found(void *context, uint32_t value, size_t count);
void phrase_tree_find(const struct phrase_tree *tree, const struct phrase_words *words, size_t at,
                      phrase_found *found, void *context);

#endif
