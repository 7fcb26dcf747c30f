/*
 * Records that name others: how many of the names are of records that there are.
 *
 * Call: gathering_joins once all records are there.
 * Owns: the list lives in the run's arena.
 * Errors: STATUS_MEMORY, and those of the walk.
 * Units: none.
 * Only kinds of which there are records are asked; a name that none has is an orphan.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_GATHERING_JOINS_H
#define CFAUDIT_CMD_GATHERING_JOINS_H

#include "cmd/gathering.h"
#include "evidence/evidence.h"

enum status gathering_joins(struct gathering *gathering, struct evidence *evidence);

#endif
