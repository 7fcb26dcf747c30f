/*
 * Everything an answer may name, found by its id: questions of all checklists, figures.
 *
 * Call: catalogue_init; catalogue_question ...; catalogue_done, also after a failed init.
 * Owns: borrows the checklists and the evidence.
 * Errors: STATUS_INVALID (question-twice) when two checklists have a question of the same id.
 * Threads: constant after catalogue_init.
 */
#ifndef CFAUDIT_ANSWER_CATALOGUE_H
#define CFAUDIT_ANSWER_CATALOGUE_H

#include "answer/answer.h"
#include "base/intern.h"

struct catalogue {
    struct arena arena;
    struct intern question_ids;
    const struct question **questions; /* by number, in the order of the checklists */
    size_t question_count;
    struct intern figure_ids;
};

enum status catalogue_init(struct catalogue *catalogue, struct checklist *const *checklists,
                           size_t checklist_count, const struct evidence *evidence,
                           struct diag *diag);
void catalogue_done(struct catalogue *catalogue);
/* NULL when there is none of that id. */
const struct question *catalogue_question(const struct catalogue *catalogue, struct str id);
bool catalogue_has_figure(const struct catalogue *catalogue, struct str id);
/* The question whose id is nearest, if near enough to suggest; else NULL. */
const struct question *catalogue_nearest(const struct catalogue *catalogue, struct str id);

/* The one fatal diagnostic after located errors of an answers document. */
enum status answers_refuse(const struct answers *answers, unsigned errors, struct diag *diag);
/* answers_check with the catalogue made already. */
enum status answers_check_with(const struct answers *answers, const struct catalogue *catalogue,
                               const struct evidence *evidence, struct diag *diag);

#endif
