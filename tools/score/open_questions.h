/*
 * The questions that are still open, in the order in which to answer them.
 *
 * Owns: the list lives in the arena and points into the result.
 * Errors: STATUS_MEMORY.
 * Threads: one result, one thread.
 */
#ifndef CFAUDIT_SCORE_OPEN_QUESTIONS_H
#define CFAUDIT_SCORE_OPEN_QUESTIONS_H

#include "score/score.h"

enum status open_questions_list(struct arena *arena, struct result *result, struct diag *diag);

#endif
