/*
 * What the sources of an audit give each of its questions, and what they still lack.
 *
 * Call: list_supply with the path of the audit.
 * Owns: everything lives in the run's arena.
 * Errors: as the rooms report them.
 * Units: none.
 * All sources are read and all figures computed, as gather does; answers of people are not asked.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_LIST_SUPPLY_H
#define CFAUDIT_CMD_LIST_SUPPLY_H

#include "base/buf.h"
#include "cmd/command.h"

enum status list_supply(struct run *run, const char *path, struct buf *out);

#endif
