/*
 * What the rules of a text log took, as the ledger and its JSON have it.
 *
 * Call: rules_write and rules_read inside the element of a source, rules_json inside its object.
 * Owns: what is read lives in the arena of the fields.
 * Errors: sticky, in the writer, the fields or the buffer.
 * Units: as in record/accounting.h.
 * Threads: values only.
 */
#ifndef CFAUDIT_EVIDENCE_LEDGER_RULES_H
#define CFAUDIT_EVIDENCE_LEDGER_RULES_H

#include "evidence/json_tree.h"
#include "record/accounting.h"
#include "xml/fields.h"

void rules_write(struct xml_writer *writer, const struct accounting *source);
void rules_read(struct xml_fields *fields, const struct xml_node *source,
                struct accounting *ret_source);
/* Writes nothing for a source that is no text log. */
void rules_json(struct tree *tree, const struct accounting *source);

#endif
