/*
 * A gathering whose cases are more than memory may hold: read into sorted runs, then passing by.
 *
 * Call: gathering_read_runs instead of a reading into one set; gathering_runs_free.
 * Owns: the gathering owns the runs.
 * Errors: as cmd/owner_sets.h.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_GATHERING_RUNS_H
#define CFAUDIT_CMD_GATHERING_RUNS_H

#include "cmd/gathering.h"

/* Fills accounting and diagnostics as the other reading does; the set has the facts alone. */
enum status gathering_read_runs(struct gathering *gathering);
void gathering_runs_free(struct gathering_runs *runs); /* accepts NULL */

#endif
