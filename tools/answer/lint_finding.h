/*
 * Whether the words of a nonconformity are those of a nonconformity: what was required, what was
 * found and where, and nothing that others have to find or to decide.
 *
 * Call: finding_lint for an answer graded minor or major.
 * Owns: nothing.
 * Errors: diagnostics finding-*, none of which refuses anything, at the text that has it; what is
 *         missing, at the statement, else the answer.
 * Source: practice of third-party audit reports; phrases in finding_words.def, English and Italian
 *         together, since an answer does not say its language.
 * Threads: values only.
 */
#ifndef CFAUDIT_ANSWER_LINT_FINDING_H
#define CFAUDIT_ANSWER_LINT_FINDING_H

#include "answer/answer_alone.h"

void finding_lint(const struct answer_place *place);

#endif
