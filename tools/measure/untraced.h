/*
 * Promises made in conversations and written down nowhere: what two lists that each miss some tell
 * of those on neither.
 *
 * Call: untraced_count once all records are there; untraced_conclude for the figure; told_only_done.
 * Owns: measure/told_only.h.
 * Errors: STATUS_MEMORY, reported; false when memory is out.
 * Units: tickets.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_UNTRACED_H
#define CFAUDIT_MEASURE_UNTRACED_H

#include "measure/told_only.h"

/* The context is that of promises; `untraced` is all zeros before. */
enum status untraced_count(const struct measure_context *context, struct diag *diag,
                           struct told_only *untraced);
bool untraced_conclude(const struct told_only *untraced, struct arena *arena,
                       struct figure *figure);

#endif
