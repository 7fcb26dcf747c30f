/*
 * A fix: how findings of a rule are mended without asking anybody.
 *
 * To add one: a file fix_x.c with one constant `fix_x`, a row in fix_table.c for each rule it mends,
 * fixtures in tests/fixes/<rule>/ and a sentence in cfaudit-rules(7). It may change only what can
 * have one meaning; what it proposes is tried and looked at again before anybody sees it.
 *
 * Call: propose, with the place of a finding; it calls fix_write or fix_edit for each change, or
 *       nothing where this finding has to be left to a person.
 * Owns: edits live in the arena of the fixing.
 * Errors: running out of memory is remembered in the fixing.
 * Units: as xml/xml_source.h.
 * Threads: one document, one thread.
 */
#ifndef CFAUDIT_LINT_FIX_H
#define CFAUDIT_LINT_FIX_H

#include "base/arena.h"
#include "base/diag.h"
#include "xml/xml_source.h"

struct fixing {
    const struct xml_document *document;
    const struct xml_node *node; /* what the finding is about */
    struct str attribute;        /* of it; missing: the element or its text */
    const struct diagnostic *item;
    const struct diag *diag; /* all that was found */
    struct arena *arena;
    struct xml_edit *edits; /* in any order */
    size_t count;
    size_t capacity;
    bool is_out_of_memory;
};

struct fix {
    const char *about; /* what it does, as one writes "it ...": for people */
    /* What stood in the way may have hidden other findings: those of the rules, or of the schema in
       and behind the element. Any other finding that comes with it takes the fix back. */
    bool uncovers;
    bool uncovers_schema;
    void (*propose)(struct fixing *fixing);
};

/* NULL: what is wrong has to be mended by a person. */
const struct fix *fix_find(enum rule rule);

/* The value in the place of the range, with references where they are needed; or text as it is. */
void fix_write(struct fixing *fixing, struct xml_range range, struct str value);
void fix_edit(struct fixing *fixing, struct xml_range range, struct str text);

#endif
