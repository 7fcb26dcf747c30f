/*
 * A rule: what one kind of mistake in a document looks like.
 *
 * To add one: a file lint_x.c with one constant `lint_x`, a row LINT(lint_x, ...) in
 * base/rules.def, a folder tests/rules/<name>/ and a paragraph in cfaudit-rules(7). The table of
 * rules is the expansion of rules.def; nothing else lists them.
 *
 * Call: the walk calls `look` at every element of that name in document order, then `end`. Both
 *       report through lint_say; lint_hint right after it says how to mend it, and lint_word what
 *       has to stand there where only one thing can be meant (lint/fix.h).
 * Owns: a rule owns nothing. Its state is zeroed before each document and lives in the arena of
 *       the document; so do strings it makes there. Nodes and their texts live as long.
 * Errors: a rule that runs out of memory calls lint_no_memory and returns.
 * Units: as in xml/xml.h.
 * The schema may have refused the document: what a rule looks at may be missing, doubled or no
 * number. A rule is silent about what the schema has said already.
 * Threads: one document, one thread.
 */
#ifndef CFAUDIT_LINT_LINT_RULE_H
#define CFAUDIT_LINT_LINT_RULE_H

#include "lint/lint.h"

struct lint {
    const struct xml_document *document;
    const struct xml_node *root;
    const struct xml_node *earlier; /* root of its earlier version; NULL: none was given */
    struct str folder; /* of the document, for paths in it; missing: the current one */
    const struct library *library;
    const struct lint_set *set;       /* when documents meet; else NULL */
    const struct lint_document *self; /* the same */
    struct lint_tables *tables; /* of the set */
    struct arena *arena;
    struct diag *diag;
    enum rule rule;                      /* the one at work */
    void *state;                         /* of the rule at work */
    const struct xml_node *const *above; /* elements around the one looked at, the root first */
    size_t depth;                        /* of these */
    bool is_out_of_memory;
};

struct lint_rule {
    const char *kind;    /* root element of the documents it is for; NULL: every kind */
    const char *element; /* "*": every element; NULL: the root alone */
    size_t state_size;
    void (*look)(struct lint *lint, const struct xml_node *node);
    void (*end)(struct lint *lint); /* behind the last element; NULL: nothing to do */
    /* When all documents of the set are read, for each of the kind that the schema holds for; what it
       asks of the others is in lint_meet.h. NULL: it looks at no other. */
    void (*meet)(struct lint *lint);
};

/* At an attribute of the element; name NULL, or not there: at the element. */
void lint_say(struct lint *lint, const struct xml_node *node, const char *attribute,
              const char *detail, ...) __attribute__((format(printf, 4, 5)));
void lint_hint(struct lint *lint, const char *hint, ...) __attribute__((format(printf, 2, 3)));
/* What has to stand there, where only one thing can be meant, for what --fix writes; a missing one
   says nothing. */
void lint_word(struct lint *lint, struct str word);
void lint_number(struct lint *lint, uint64_t number);
void lint_no_memory(struct lint *lint);
/* The element around the one looked at; NULL for the root. */
const struct xml_node *lint_parent(const struct lint *lint);

/* One rule of the table: its number and itself. */
struct lint_row {
    enum rule rule;
    const struct lint_rule *body;
};
extern const struct lint_row lint_rows[];
extern const size_t lint_row_count;

#endif
