/*
 * The declared processes of a run, from their names to the context and the needs.
 *
 * Call: gathering_process when the fields of the run are known; gathering_process_ledger.
 * Owns: processes live in the arena of the run.
 * Errors: as process_load; STATUS_USAGE for more fields than a case can have.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_GATHERING_PROCESS_H
#define CFAUDIT_CMD_GATHERING_PROCESS_H

#include "cmd/gathering.h"

/* Activities are kept only where there is a process that they can be held against. */
enum status gathering_process(struct gathering *gathering);
/* Into the documents of the ledger, which have room for them. */
void gathering_process_ledger(const struct gathering *gathering, struct evidence *evidence);

#endif
