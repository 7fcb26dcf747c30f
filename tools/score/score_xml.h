/*
 * The element `score` of a result: what one model makes of one index.
 *
 * Call: score_write for each; score_read for each element found, after the rules of the result.
 * Owns: strings are copied into the arena of the fields.
 * Errors: as xml/fields.h; an unknown model or index is a value that cannot be used.
 * Units: as in score/score_model.h.
 * Threads: one document, one thread.
 */
#ifndef CFAUDIT_SCORE_SCORE_XML_H
#define CFAUDIT_SCORE_SCORE_XML_H

#include "score/score_model.h"

void score_write(struct xml_writer *writer, const struct result *result);
void score_read(struct xml_fields *fields, const struct xml_node *root, struct result *result);
bool score_equal(const struct model_score *a, const struct model_score *b);

#endif
