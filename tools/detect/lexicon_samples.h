/*
 * Whether a lexicon finds what its own samples say, and nothing where they say so.
 *
 * Call: lexicon_check.
 * Owns: borrows the lexicon.
 * Errors: STATUS_INVALID after diagnostics: a phrase that cannot be used, a sample that is not as it
 *         says. STATUS_MEMORY.
 * Units: none.
 * Threads: values only.
 */
#ifndef CFAUDIT_DETECT_LEXICON_SAMPLES_H
#define CFAUDIT_DETECT_LEXICON_SAMPLES_H

#include "detect/detect.h"

enum status lexicon_check(const struct lexicon *lexicon, struct diag *diag);

#endif
