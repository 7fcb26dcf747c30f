/*
 * What the figures of a ledger rest on besides sources: documents and service levels.
 *
 * Call: terms_write while the ledger is written, terms_read while it is loaded.
 * Owns: what is read lives in the arena of the fields.
 * Errors: sticky in the writer and in the fields.
 * Units: as in evidence/evidence.h.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_EVIDENCE_LEDGER_TERMS_H
#define CFAUDIT_EVIDENCE_LEDGER_TERMS_H

#include "evidence/evidence.h"
#include "xml/fields.h"

void terms_write(struct xml_writer *writer, const struct evidence *evidence);
void terms_read(struct xml_fields *fields, const struct xml_node *root, struct evidence *evidence);

#endif
