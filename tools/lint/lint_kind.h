/*
 * The kinds of documents there are, by root element: how each is loaded, and what it has to do with
 * the others of a set.
 *
 * Call: lint_kind_find; its read with a document that the schema holds for; when all are read, its
 *       meet.
 * Owns: models live in the arena of their document.
 * Errors: as the loaders: STATUS_INVALID after diagnostics.
 * Units: none.
 * Threads: as lint.h.
 */
#ifndef CFAUDIT_LINT_LINT_KIND_H
#define CFAUDIT_LINT_LINT_KIND_H

#include "lint/lint.h"

struct lint_reading {
    struct arena *arena;
    const struct library *library; /* has the document at hand under this name */
    struct str name;
    struct diag *diag;
};

struct lint_kind {
    const char *root;
    enum status (*read)(const struct lint_reading *reading, void **ret_model);
    bool keeps_model;             /* and its elements, until the set ends */
    void (*release)(void *model); /* what is not in the arena; NULL: nothing. Accepts NULL */
    /* What its model has to do with the others; NULL: nothing. */
    enum status (*meet)(const struct lint_set *set, struct lint_document *document);
};

extern const struct lint_kind *const lint_kinds[]; /* ends with NULL */

/* NULL: no document begins like that. */
const struct lint_kind *lint_kind_find(struct str root);

#endif
