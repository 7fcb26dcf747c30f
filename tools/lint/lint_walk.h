/*
 * One passage over a document with every rule that is for its kind.
 *
 * Call: lint_walk with a struct lint whose document, folder, library, arena and diag are set.
 * Errors: STATUS_MEMORY, reported; what rules find is no failure.
 * Threads: as lint.h.
 */
#ifndef CFAUDIT_LINT_LINT_WALK_H
#define CFAUDIT_LINT_LINT_WALK_H

#include "lint/lint_rule.h"

enum status lint_walk(struct lint *lint);
/* Every rule that looks at other documents of the set beside this one. */
enum status lint_walk_meet(struct lint *lint);

#endif
