/*
 * Gates and bands over the sums of a result.
 *
 * Owns: texts live in the arena.
 * Errors: STATUS_MEMORY.
 * Units: shares are exact ratios.
 * Threads: one result, one thread.
 */
#ifndef CFAUDIT_SCORE_GATES_H
#define CFAUDIT_SCORE_GATES_H

#include "score/score.h"

/* Fills gates and bands; questions, open and the tallies must be there. */
enum status gates_judge(struct arena *arena, struct result *result, struct diag *diag);

#endif
