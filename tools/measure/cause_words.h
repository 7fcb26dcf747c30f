/*
 * Causes of a case: one word or several, as the record writes them.
 *
 * Call: cause_next until it says no; causes_share; causes_have.
 * Owns: views of the text.
 * Errors: none; a missing text has no cause.
 * Units: several causes are parted by comma, semicolon, vertical bar, plus or line end; case and
 *        blanks around them do not count.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_CAUSE_WORDS_H
#define CFAUDIT_MEASURE_CAUSE_WORDS_H

#include <stdbool.h>

#include "base/str.h"

/* The next cause, off the front of *rest. */
bool cause_next(struct str *rest, struct str *ret_cause);
/* Some cause stands in both. */
bool causes_share(struct str a, struct str b);
bool causes_have(struct str causes, const char *cause);
bool causes_are_told(struct str causes);

#endif
