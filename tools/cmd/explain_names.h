/*
 * Names that stand for little things: fields of the record model, forms of reports.
 *
 * Call: each with a name; false: it is not one.
 * Owns: nothing; the text goes to `out`.
 * Errors: the buffer's.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_EXPLAIN_NAMES_H
#define CFAUDIT_CMD_EXPLAIN_NAMES_H

#include "base/buf.h"

/* "ticket.opened", or "opened" alone: of every kind that has it. */
bool explain_field(struct str name, struct buf *out);
bool explain_form(struct str name, struct buf *out);

#endif
