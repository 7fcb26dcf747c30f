/*
 * The English sentence of a why code and its facts.
 *
 * Owns: the sentence lives in the arena.
 * Errors: a missing str when memory is out.
 * Threads: values only.
 */
#ifndef CFAUDIT_ANSWER_WHY_H
#define CFAUDIT_ANSWER_WHY_H

#include "answer/answer.h"

/* From why_code, why_facts, the proposal and by, on. */
struct str why_sentence(struct arena *arena, const struct assessment *assessment);

#endif
