/*
 * Checklists and profiles in words, for explain: how many questions of which kind, and each in a
 * line.
 *
 * Call: explain_checklist, explain_profile with a name or a path.
 * Owns: nothing; the text goes to `out`.
 * Errors: as the loader reports them.
 * Units: weights as in the checklist.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_EXPLAIN_CHECKLIST_H
#define CFAUDIT_CMD_EXPLAIN_CHECKLIST_H

#include "base/buf.h"
#include "checklist/checklist.h"
#include "cmd/command.h"

enum status explain_checklist(struct run *run, struct str name, struct buf *out);
/* What it takes of each checklist. */
enum status explain_profile(struct run *run, struct str name, struct buf *out);
/* "20 questions: 7 auto, 10 semi, 3 human; 20 requirement; 7 gates; a 11, b 5, c 8" */
void checklist_counts(const struct checklist *const *checklists, size_t count, struct buf *out);

#endif
