/*
 * Two versions of a document, the second one with a batch of fixes made: is it better?
 *
 * Call: mend_compare; mend_compose when the second one is taken.
 * Owns: a batch borrows findings and fixes of the first version; whoever fills it frees its lists.
 * Errors: memory as said.
 * Units: as xml/xml_source.h.
 * Threads: one.
 */
#ifndef CFAUDIT_LINT_MEND_COMPARE_H
#define CFAUDIT_LINT_MEND_COMPARE_H

#include "lint/mend.h"

struct mend_item {
    const struct diagnostic *item;
    const struct lint_fix *fix;
};

/* Fixes whose edits do not touch each other; those of two may be the same. */
struct mend_batch {
    struct mend_item *items;
    size_t count;
    size_t capacity;
    struct xml_edit *edits; /* in order */
    size_t edit_count;
    size_t edit_capacity;
};

enum mend_verdict { MEND_BETTER, MEND_WORSE, MEND_NO_MEMORY };

/* *reterr_worse is a finding of `after` that speaks against it; NULL: there is none to show. */
enum mend_verdict mend_compare(const struct lint_document *before,
                               const struct lint_document *after, const struct mend_batch *batch,
                               const struct diagnostic **reterr_worse);
/* Adds the batch, made to what `after` was so far, to the changes; false: memory is out. */
bool mend_compose(struct lint_mending *mending, const struct mend_batch *batch);

#endif
