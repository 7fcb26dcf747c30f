/*
 * Whether the roles of a case can be judged: it is over, and something was heard of it.
 *
 * Call: roles_unseen with what talk_roles_of says.
 * Owns: nothing.
 * Errors: none.
 * Units: none.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_ENDED_ROLES_H
#define CFAUDIT_MEASURE_ENDED_ROLES_H

#include "measure/talk_roles.h"

/* Why nothing can be said of them; NULL: something can. A case whose sources know no statuses is
   taken as it is. */
const char *roles_unseen(const struct record_case *item, const struct roles_seen *seen);

#endif
