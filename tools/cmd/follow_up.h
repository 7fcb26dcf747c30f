/*
 * What an audit is followed by and held against: its plan of actions, an earlier result.
 *
 * Call: follow_up_previous for the path; follow_up_take once there is a result; follow_up_judge.
 * Owns: everything lives in the run's arena.
 * Errors: as the rooms report them.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_FOLLOW_UP_H
#define CFAUDIT_CMD_FOLLOW_UP_H

#include "cmd/command.h"
#include "plan/plan.h"
#include "score/score.h"

/* Path of the earlier result: --previous, else what the audit names; missing: there is none. */
enum status follow_up_previous(struct run *run, const struct audit *audit, struct str *ret_path);
/* The earlier result first, so that actions may answer what was found then. */
enum status follow_up_take(struct run *run, const struct audit *audit,
                           const struct evidence *evidence, struct result *result);
/* Notes in the run whether an action is overdue at the as-of of the audit. */
enum status follow_up_judge(struct run *run, const struct evidence *evidence,
                            const struct result *result);

#endif
