/*
 * What mends the findings of one document, as far as no person is needed.
 *
 * Call: lint_propose when all findings are in their order and the text is still there.
 * Owns: fixes live in the arena of the document.
 * Errors: STATUS_MEMORY, reported.
 * Units: as lint.h.
 * Threads: as lint.h.
 */
#ifndef CFAUDIT_LINT_LINT_FIXES_H
#define CFAUDIT_LINT_LINT_FIXES_H

#include "lint/lint.h"

enum status lint_propose(struct lint_document *document, const struct xml_document *xml);

#endif
