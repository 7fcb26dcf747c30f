/*
 * Sample rows that a source map carries: whether they are read, or refused, as it says.
 *
 * Call: map_samples_check with a map that is loaded.
 * Owns: nothing is kept.
 * Errors: STATUS_MEMORY and STATUS_INTERRUPTED, reported. A sample that is not as it says is a
 *         diagnostic map-sample at its place, and no failure.
 * Units: rows of a sample from 1, without its header; of a text log its lines.
 * Threads: one map, one thread.
 */
#ifndef CFAUDIT_LINT_MAP_SAMPLES_H
#define CFAUDIT_LINT_MAP_SAMPLES_H

#include "base/diag.h"
#include "plan/plan.h"

/* Samples without an offset are read in the zone of the map, else in UTC. */
enum status map_samples_check(const struct source_map *map, struct diag *diag);

#endif
