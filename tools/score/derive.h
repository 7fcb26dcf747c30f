/*
 * Everything of a result that follows from its sections, questions and assessments.
 *
 * Owns: arrays and texts live in the arena.
 * Errors: STATUS_LIMIT when a sum does not fit, STATUS_MEMORY.
 * Threads: one result, one thread.
 */
#ifndef CFAUDIT_SCORE_DERIVE_H
#define CFAUDIT_SCORE_DERIVE_H

#include "score/score.h"

/* Fills both indexes, open and gates. */
enum status result_derive(struct arena *arena, struct result *result, struct diag *diag);

#endif
