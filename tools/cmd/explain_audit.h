/*
 * What an audit can answer from its sources, and what it cannot.
 *
 * Call: explain_audit with the path of the audit.
 * Owns: everything lives in the run's arena.
 * Errors: as the rooms report them.
 * Units: none.
 * All sources are read and all figures computed, as gather does.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_EXPLAIN_AUDIT_H
#define CFAUDIT_CMD_EXPLAIN_AUDIT_H

#include "cmd/command.h"

enum status explain_audit(struct run *run, const char *path, struct buf *out);

#endif
