/*
 * The allowed sequence that is nearest to what was done.
 *
 * Call: nearest_find.
 * Owns: moves live in the arena given.
 * Errors: STATUS_MEMORY, not reported; STATUS_LIMIT: LIMIT_REPLAY_NODES was met.
 * Units: as in replay.h, which says which of several is taken.
 * Source: Dijkstra (1959), over pairs of an event and a state of what is allowed.
 * Threads: as allowed.h.
 */
#ifndef CFAUDIT_REPLAY_NEAREST_H
#define CFAUDIT_REPLAY_NEAREST_H

#include "replay/allowed.h"
#include "replay/replay.h"

enum status nearest_find(struct allowed *allowed, const size_t *steps, size_t count,
                         struct arena *arena, struct replay_result *result);

#endif
