/*
 * One document of a set, looked at by itself: read, checked against the schema, then by the rules
 * and by the loader of its kind.
 *
 * Call: lint_document_new; lint_document_look once; lint_document_conclude again where more was
 *       said of it since; lint_document_free.
 * Owns: the document owns its diagnostics, its model and its tree.
 * Errors: STATUS_MEMORY and STATUS_INTERRUPTED end the work (lint_is_end); any other status says
 *         how this document fared and is in its diagnostics.
 * Units: as in base/diag.h.
 * Threads: one set, one thread.
 */
#ifndef CFAUDIT_LINT_LINT_DOCUMENT_H
#define CFAUDIT_LINT_LINT_DOCUMENT_H

#include "lint/lint.h"

/* NULL: memory is out, which is not reported. */
struct lint_document *lint_document_new(struct str name);
void lint_document_free(struct lint_document *document);
/* Where paths in it start from; missing: the current folder. */
struct str lint_document_folder(const struct lint_document *document);
/* `source` NULL: it could not be opened, for the reason of the status. */
enum status lint_document_look(struct lint_set *set, struct lint_document *document,
                               struct source *source, enum lint_origin origin, enum status status);
/* Orders what was said, and the outcome by it. That there were errors is no news here. */
void lint_document_conclude(struct lint_document *document, enum status status);
/* Whether the work ends: nothing can be said of any other document, either. */
bool lint_is_end(enum status status);

#endif
