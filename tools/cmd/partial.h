/*
 * Some of an audit's sources into a part of its run.
 *
 * Call: partial_gather.
 * Owns: nothing.
 * Errors: as the rooms report them; STATUS_USAGE for a file that is none of the audit's.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_PARTIAL_H
#define CFAUDIT_CMD_PARTIAL_H

#include "cmd/command.h"

/* gather --partial: the first operand is the audit, the others are files of it; none: all of them. */
enum status partial_gather(struct run *run);

#endif
