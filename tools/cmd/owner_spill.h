/*
 * Cases out of the sets of an audit's sources into sorted runs, and these into one file.
 *
 * Call: owner_spill whenever the sets hold too much; owner_spill_sort when all is read; then
 *       owner_spill_go or owner_spill_copy; owner_spill_done.
 * Owns: see cmd/owner_sets.h.
 * Errors: as part/part_runs.h.
 * Units: bytes.
 * A file that is cut by a spill is mentioned with each of its cases, as if it were one more source
 * of the audit, so that its cases can be counted when runs are joined: each of them once.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_OWNER_SPILL_H
#define CFAUDIT_CMD_OWNER_SPILL_H

#include "cmd/owner_list.h"
#include "cmd/owner_sets.h"

/* That all the sets hold. */
size_t owner_spill_memory(const struct owner_sets *sets);
/* The file that is being read has begun in a run. */
bool owner_spill_has_cut(const struct owner_sets *sets);
enum status owner_spill(struct owner_sets *sets);
/* Nothing is left in the sets; every file knows its number of cases. */
enum status owner_spill_sort(struct owner_sets *sets);
enum status owner_spill_go(struct owner_sets *sets, part_take *take, void *taker);
enum status owner_spill_copy(struct owner_sets *sets, struct part_writer *writer);
void owner_spill_done(struct owner_sets *sets);

#endif
