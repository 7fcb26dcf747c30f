/*
 * Rules of text logs that took too long.
 *
 * Call: rule_budget_look once all that is written has been made out of the diagnostics: how long a
 *       rule took is told, and makes the run incomplete, but is no part of any document.
 * Owns: nothing.
 * Errors: none of its own.
 * Units: processor time of one file.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_RULE_BUDGET_H
#define CFAUDIT_CMD_RULE_BUDGET_H

#include "cmd/command.h"

/* The source by the name that diagnostics give it. */
void rule_budget_look(struct run *run, struct str source, const struct accounting *accounting);

#endif
