/*
 * Texts about models of scoring.
 *
 * Owns: texts live in the report's arena.
 * Errors: as report_parts.h.
 * Units: per cent with one decimal; sums of weights with four at most.
 * Threads: one report, one thread.
 */
#ifndef CFAUDIT_REPORT_MODELS_H
#define CFAUDIT_REPORT_MODELS_H

#include "report/report.h"
#include "report/report_parts.h"
#include "score/score_model.h"

/* "82.9 %, band B", "37 of 43", "1 minor nonconformity ..."; "nothing assessed". */
struct str model_score_text(struct report *report, enum index_kind kind,
                            const struct score_model *model);
/* The same with the model's name before it: "xccdf-flat: 37 of 43". */
struct str model_line(struct report *report, enum index_kind kind,
                      const struct score_model *model);
struct str say_state(enum question_state state, enum lang lang);

#endif
