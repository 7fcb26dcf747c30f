/*
 * What a lexicon holds, and what a detector is.
 *
 * Call: explain_lexicon with a name or a path; explain_detector with a word, false: it is none.
 * Owns: nothing; the text goes to `out`.
 * Errors: as lexicon_load; the buffer's.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_EXPLAIN_LEXICON_H
#define CFAUDIT_CMD_EXPLAIN_LEXICON_H

#include "cmd/command.h"

enum status explain_lexicon(struct run *run, struct str name, struct buf *out);
bool explain_detector(const struct run *run, struct str word, struct buf *out);

#endif
