/*
 * Sample entries of log rules: whether the rule takes them, or does not match them, as it says.
 *
 * Call: log_samples_check with a map that is loaded.
 * Owns: nothing is kept.
 * Errors: STATUS_MEMORY and STATUS_INTERRUPTED, reported. A sample that is not as it says is a
 *         diagnostic map-sample at its place, and no failure.
 * Units: lines of a sample from 1, as they are counted without empty ones.
 * Threads: one map, one thread.
 */
#ifndef CFAUDIT_LINT_LOG_SAMPLES_H
#define CFAUDIT_LINT_LOG_SAMPLES_H

#include "base/diag.h"
#include "plan/plan.h"

enum status log_samples_check(const struct source_map *map, struct diag *diag);

#endif
