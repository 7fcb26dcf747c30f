/*
 * Names in the agenda of an audit plan: lists with commas.
 *
 * Call: agenda_next until it is false.
 * Owns: names are views into the attribute.
 * Errors: none.
 * Units: none.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_LINT_LINT_AGENDA_H
#define CFAUDIT_LINT_LINT_AGENDA_H

#include "lint/lint_rule.h"

/* The next name of the list that is not empty, without blanks around it. */
bool agenda_next(struct str *rest, struct str *ret_name);
bool agenda_has(struct str list, struct str name);
/* "OSS" for "OSS (quality)": what people write for a member. */
struct str agenda_short(struct str member);

#endif
