/*
 * Patterns of log rules that every entry has to be matched against, because no bytes are found that
 * a match must have.
 *
 * Call: log_filters_check with a map that is loaded.
 * Owns: nothing is kept.
 * Errors: STATUS_MEMORY, reported. Such a pattern is a diagnostic log-unfiltered at its place.
 * Units: none.
 * Threads: one map, one thread.
 */
#ifndef CFAUDIT_LINT_LOG_FILTERS_H
#define CFAUDIT_LINT_LOG_FILTERS_H

#include "base/diag.h"
#include "plan/plan.h"

enum status log_filters_check(const struct source_map *map, struct diag *diag);

#endif
