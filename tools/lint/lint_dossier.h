/*
 * What a run would say of an audit's documents, from those that are there: checklists as the audit
 * tailors them, answers, actions, and where they are in the set the evidence and the earlier result.
 *
 * Call: dossier_check_tailoring when an audit is read; the others when the documents of a set meet.
 * Owns: nothing is kept.
 * Errors: STATUS_INVALID after errors in the document that is looked at; STATUS_MEMORY. What is wrong
 *         with another document is told there: then nothing is said here.
 * Units: as the rooms of the models.
 * Threads: as lint.h.
 */
#ifndef CFAUDIT_LINT_LINT_DOSSIER_H
#define CFAUDIT_LINT_LINT_DOSSIER_H

#include "lint/lint.h"
#include "plan/plan.h"

enum status dossier_check_tailoring(struct arena *arena, const struct library *library,
                                    const struct audit *audit, struct diag *diag);
/* Against the questions of the audit, and its figures where the evidence is in the set. */
enum status dossier_check_answers(const struct lint_set *set, struct lint_document *document);
/* Against these, the answers and the earlier result, each where it is known. */
enum status dossier_check_actions(const struct lint_set *set, struct lint_document *document);

#endif
