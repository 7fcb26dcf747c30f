/*
 * The clauses of the editions that documents cite, loaded when the first rule asks for them.
 *
 * Call: from a rule.
 * Owns: the set of documents owns the tables; they live until lint_set_done.
 * Errors: a table that cannot be used is told once, in the document whose rule asked first; memory
 *         by lint_no_memory. Both give NULL.
 * Units: keys as in plan/clause_table.h.
 * Threads: as lint.h.
 */
#ifndef CFAUDIT_LINT_LINT_CLAUSES_H
#define CFAUDIT_LINT_LINT_CLAUSES_H

#include "checklist/checklist.h"
#include "lint/lint_rule.h"
#include "plan/clause_table.h"

/* NULL: no such edition, or its table cannot be used. */
const struct clause_table *lint_clauses(struct lint *lint, struct str edition);
/* The edition from which on the question counts; the default one when it names none. */
struct str lint_question_edition(const struct xml_node *question);
/* The first edition behind this one whose table has the clause; NULL: none has. */
const struct clause_table *lint_clauses_later(struct lint *lint, struct str edition, uint64_t key);

#endif
