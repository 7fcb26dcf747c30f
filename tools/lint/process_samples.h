/*
 * Samples that a process carries: whether they fit it, or do not, as it says.
 *
 * Call: process_samples_check with a process that is loaded.
 * Owns: nothing is kept.
 * Errors: STATUS_MEMORY, reported. A sample that is not as it says is a diagnostic process-sample at
 *         its place, and no failure.
 * Units: none.
 * Threads: one process, one thread.
 */
#ifndef CFAUDIT_LINT_PROCESS_SAMPLES_H
#define CFAUDIT_LINT_PROCESS_SAMPLES_H

#include "base/diag.h"
#include "plan/process.h"

enum status process_samples_check(const struct process_document *process, struct diag *diag);

#endif
