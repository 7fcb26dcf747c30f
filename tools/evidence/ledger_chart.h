/*
 * Series of a ledger: control charts and trends of figures, limits and signals of their periods;
 * distributions.
 *
 * Call: chart_write_attrs, then chart_write_elements, while the figure's element is open;
 *       chart_read while it is loaded.
 * Owns: what is read lives in the arena of the fields.
 * Errors: sticky in the writer and in the fields; a distribution that does not sum to n and more
 *         unanswered signals than signals are refused.
 * Units: as in measure/figure.h.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_EVIDENCE_LEDGER_CHART_H
#define CFAUDIT_EVIDENCE_LEDGER_CHART_H

#include "evidence/evidence.h"
#include "xml/fields.h"

void chart_write_attrs(struct xml_writer *writer, const struct figure *figure);
void chart_write_elements(struct xml_writer *writer, const struct figure *figure);
/* After n of the figure. */
void chart_read(struct xml_fields *fields, const struct xml_node *node, struct figure *figure);

#endif
