/*
 * What the rules of a text log took, as the accounting of its source tells it.
 *
 * Call: rule_account once the rows are at their end.
 * Owns: everything lives in the arena given.
 * Errors: false when memory is out.
 * Units: as in record/accounting.h.
 * Of what the first entries of a rule held only that is told which a field of the model takes: that
 * is what figures are made of and broken down by. The name of a person becomes a digest; what no
 * field of the model takes is a text, of which the length is told, unless texts are asked for.
 * Threads: none of its own.
 */
#ifndef CFAUDIT_RECORD_RULE_ACCOUNT_H
#define CFAUDIT_RECORD_RULE_ACCOUNT_H

#include "record/record.h"

bool rule_account(const struct rowset *rows, const struct record_options *options,
                  struct arena *arena, struct accounting *accounting);

#endif
