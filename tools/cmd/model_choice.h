/*
 * The model whose number is the headline: --model, what the audit says, or ours.
 *
 * Call: model_choose, when the library is there; model_known to look a name up.
 * Owns: rules live in the run's arena.
 * Errors: STATUS_USAGE for a name that is none, with the nearest; rules as the library loads them.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_MODEL_CHOICE_H
#define CFAUDIT_CMD_MODEL_CHOICE_H

#include "cmd/command.h"
#include "plan/plan.h"
#include "score/score_model.h"

/* Rules of the points model come with every choice: those chosen, else the shipped ones. */
enum status model_choose(struct run *run, const struct audit *audit, struct str *ret_model,
                         const struct score_rules **ret_rules);
/* NULL when no row of the table has the name. */
const struct score_model *model_known(struct str name);
/* Rules of a name or path. */
enum status model_rules(struct run *run, struct str name, struct str folder,
                        const struct score_rules **ret_rules);

#endif
