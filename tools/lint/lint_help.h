/*
 * What several rules need: pairs of texts in two languages, names met before, questions.
 *
 * Call: from a rule, about the element it looks at.
 * Owns: a struct lint_seen is state of a rule; what it keeps lives in the arena of the document.
 * Errors: lint_seen_add reports memory by lint_no_memory.
 * Units: none.
 * Threads: as lint_rule.h.
 */
#ifndef CFAUDIT_LINT_LINT_HELP_H
#define CFAUDIT_LINT_LINT_HELP_H

#include "base/words.h"
#include "lint/lint_rule.h"
#include "text/phrase.h"

/* "question CF-COR-05": the element, or the nearest around it, that has an id. */
struct lint_owner {
    const char *kind;
    struct str id; /* empty: none of them has one */
};
struct lint_owner lint_owner(const struct lint *lint, const struct xml_node *node);
#define LINT_OWNER(owner) (owner).kind, STR_ARG((owner).id)

/* Whether the element stands right inside one of that name. */
bool lint_is_in(const struct lint *lint, const char *name);

/* The same text in two languages: the element is the first of them. */
struct lint_pair {
    const struct xml_node *nodes[LANG_COUNT];
    struct str texts[LANG_COUNT];
};
bool lint_pair(const struct xml_node *node, struct lint_pair *ret_pair);

/* The wording of a question: an element `text` in it, with its language. */
bool lint_wording(const struct lint *lint, const struct xml_node *node, enum lang *ret_lang,
                  struct str *ret_text);
/* The first of the phrases of this language; missing: none. */
struct lint_phrases {
    struct phrases in[LANG_COUNT];
};
struct str lint_phrase(struct lint_phrases *phrases, const char *const *const *lists,
                       const size_t *counts, enum lang lang, struct str text);

/* Names met before, each with the element it belongs to. */
struct lint_seen {
    struct lint_seen_entry *slots;
    size_t slot_count;
    size_t count;
};
/* The element that had this name before; NULL: none had, and now `node` has. */
const struct xml_node *lint_seen_add(struct lint *lint, struct lint_seen *seen, struct str name,
                                     const struct xml_node *node);
/* NULL: none had. */
const struct xml_node *lint_seen_find(const struct lint_seen *seen, struct str name);

/* Whether people write documents of this kind: evidence and results are made. */
bool lint_is_written(const struct lint *lint);
bool lint_is_digit(char c);

#endif
