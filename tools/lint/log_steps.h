/*
 * Patterns of log rules that need more steps than are allowed as soon as a line is a little other
 * than expected: found by changing the lines of their samples.
 *
 * Call: log_steps_check with a map that is loaded.
 * Owns: nothing is kept.
 * Errors: STATUS_MEMORY, reported. A pattern that gives up is a diagnostic log-steps at its place,
 *         and no failure.
 * Units: characters of a sample's line from 1.
 * What is not found may still be there: samples show few of the lines that a log may hold.
 * Threads: one map, one thread.
 */
#ifndef CFAUDIT_LINT_LOG_STEPS_H
#define CFAUDIT_LINT_LOG_STEPS_H

#include "base/diag.h"
#include "plan/plan.h"

enum status log_steps_check(const struct source_map *map, struct diag *diag);

#endif
