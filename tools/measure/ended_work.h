/*
 * Was the work on an ended case done in time, and did its solution hold?
 *
 * Call: ended_work_of; ended_was_reopened.
 * Owns: borrows the case and the clocks.
 * Errors: WORK_FAILED: memory is out.
 * Units: instants in microseconds UTC.
 * Whether it was in time says the source's own flag, else its deadline, else the agreement; these
 * two say nothing of a case that ended before it was opened.
 * Threads: one set of clocks, one thread.
 */
#ifndef CFAUDIT_MEASURE_ENDED_WORK_H
#define CFAUDIT_MEASURE_ENDED_WORK_H

#include "measure/service_clock.h"

enum ended_work { WORK_GOOD, WORK_LATE, WORK_NO_LEVEL, WORK_BACKWARDS, WORK_FAILED };

static const uint64_t ENDED_WORK_SLOTS =
    1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED | 1ull << SLOT_DUE |
    1ull << SLOT_MET | 1ull << SLOT_FIRST_EVENT | 1ull << SLOT_FIRST_SOLVED |
    1ull << SLOT_FIRST_RESPONSE | 1ull << SLOT_CLASS | 1ull << SLOT_REOPENS;

/* clocks: NULL without an agreement; end: of the case. */
enum ended_work ended_work_of(struct service_clocks *clocks, const struct record_case *item,
                              int64_t end);
/* Back to work after a solution: by the history up to then, or by the source's own count. */
bool ended_was_reopened(const struct record_case *item, int64_t as_of);

#endif
