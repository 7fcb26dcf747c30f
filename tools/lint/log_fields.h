/*
 * Fields of a map over text logs whose column no rule gives: they would stay empty without a word.
 *
 * Call: log_fields_check with a map that is loaded.
 * Owns: nothing is kept.
 * Errors: STATUS_MEMORY, reported. Such a field is a diagnostic log-column at its place.
 * Units: none.
 * Threads: one map, one thread.
 */
#ifndef CFAUDIT_LINT_LOG_FIELDS_H
#define CFAUDIT_LINT_LOG_FIELDS_H

#include "base/diag.h"
#include "plan/plan.h"

enum status log_fields_check(const struct source_map *map, struct diag *diag);

#endif
