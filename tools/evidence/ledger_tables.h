/*
 * The tables that stand beside figures, in the forms of the ledger.
 *
 * Call: tables_write while the ledger is written, tables_read while it is loaded; tables_json and
 *       tables_csv for the machine form and the flat form.
 * Owns: what is read lives in the arena of the fields.
 * Errors: sticky in the writer, in the fields and in the buffers.
 * Units: as in measure/figure_table.h.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_EVIDENCE_LEDGER_TABLES_H
#define CFAUDIT_EVIDENCE_LEDGER_TABLES_H

#include "evidence/evidence.h"
#include "evidence/json_tree.h"
#include "xml/fields.h"

void tables_write(struct xml_writer *writer, const struct figure *figure);
/* source_count: how many sources the rows may stand on. */
void tables_read(struct xml_fields *fields, const struct xml_node *node, size_t source_count,
                 struct figure *figure);
/* The member "tables": rows as objects whose keys are the names of the columns. */
void tables_json(struct tree *tree, const struct figure *figure, const struct evidence *evidence);

/* Text out of a source, cut where the ledger cuts it. */
void ledger_write_taken(struct xml_writer *writer, const char *name, struct str text);

#endif
