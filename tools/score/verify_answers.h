/*
 * Whether strengths, overrides and gradings of a result follow from its own questions.
 *
 * Owns: copies live in the arena.
 * Errors: STATUS_MEMORY.
 * Threads: one result, one thread.
 */
#ifndef CFAUDIT_SCORE_VERIFY_ANSWERS_H
#define CFAUDIT_SCORE_VERIFY_ANSWERS_H

#include "score/score.h"

enum status result_answers_hold(struct arena *arena, const struct result *result, struct diag *diag,
                                bool *ret_holds);

#endif
