/*
 * Every model over the sums of a result.
 *
 * Owns: scores live in the arena.
 * Errors: STATUS_MEMORY.
 * Units: as in score/score_model.h.
 * Threads: one result, one thread.
 */
#ifndef CFAUDIT_SCORE_SCORE_ALL_H
#define CFAUDIT_SCORE_SCORE_ALL_H

#include "score/score_model.h"

/* Fills scores of both indexes; result_derive has been there. */
enum status score_all(struct arena *arena, struct result *result, struct diag *diag);

#endif
