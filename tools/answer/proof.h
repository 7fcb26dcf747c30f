/*
 * Strength of references: where they come from, and how near the auditor came to the thing itself.
 *
 * Call: proof_read for an answer's; proof_of_figure; then proof_strength.
 * Owns: values only.
 * Errors: located fatal diagnostics of xml/fields.h.
 * Units: points, 0 to PROOF_STRONGEST.
 * Source: the generalisations on the reliability of audit evidence of ISA 500 (external before
 *         internal, controlled before not, direct before indirect, documentary before oral,
 *         original before copy), a point each, two for external.
 * Threads: values only.
 */
#ifndef CFAUDIT_ANSWER_PROOF_H
#define CFAUDIT_ANSWER_PROOF_H

#include "answer/answer.h"

/* Of the element `evidence` of an answer: what it says, else what its kind has by itself. */
void proof_read(struct xml_fields *fields, const struct xml_node *node, struct proof *proof);
/* Of every figure of a ledger: as strong as the weakest of its sources. */
struct proof proof_of_figures(const struct evidence *evidence);
int proof_strength(const struct proof *proof);

#endif
