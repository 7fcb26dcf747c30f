/*
 * Corrective actions in words.
 *
 * Owns: texts live in the report's arena.
 * Errors: as the report.
 * Units: days.
 * Threads: one report, one thread.
 */
#ifndef CFAUDIT_REPORT_ACTION_TEXT_H
#define CFAUDIT_REPORT_ACTION_TEXT_H

#include "report/report_parts.h"

struct str say_action_status(enum action_status status, enum lang lang);
enum level level_of_action(enum action_status status);
/* From the due day to the as-of on the clock of the audit; 0: not overdue. */
int64_t action_days_overdue(const struct report *report, const struct action *action);
struct str action_evidence_text(struct report *report, const struct action *action);
/* The first figure it names; missing: none. */
struct str action_figure(const struct report *report, const struct action *action);
/* "5 actions: open 2, in progress 2, closed 1, overdue: 1" */
struct str actions_summary(struct report *report);
/* The same as a part of a formula that follows the plan. */
struct str actions_summary_formula(struct report *report);

#endif
