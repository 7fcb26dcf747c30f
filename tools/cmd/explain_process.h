/*
 * Declared processes in words, for explain.
 *
 * Call: explain_process with a name or a path.
 * Owns: nothing; the text goes to `out`.
 * Errors: as process_load reports them.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_EXPLAIN_PROCESS_H
#define CFAUDIT_CMD_EXPLAIN_PROCESS_H

#include "base/buf.h"
#include "cmd/command.h"

/* Its days and papers, and the steps under each other, indented as they stand in their blocks. */
enum status explain_process(struct run *run, struct str name, struct buf *out);

#endif
