/*
 * The earlier result as this one keeps it: the change of each answer, and its elements.
 *
 * Call: earlier_change; earlier_answer_read, earlier_result_read; their writers.
 * Owns: everything lives in the arena of the fields.
 * Errors: as xml/fields.h.
 * Units: as in score/score.h.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_SCORE_EARLIER_H
#define CFAUDIT_SCORE_EARLIER_H

#include "score/score.h"

/* What became of a question, from the two answers to it; earlier->change is not looked at. */
enum change earlier_change(const struct result_question *now, const struct earlier_answer *earlier);

/* The element `earlier` of a question; NULL: it has none. */
struct earlier_answer *earlier_answer_read(struct xml_fields *fields,
                                           const struct xml_node *question);
void earlier_answer_write(struct xml_writer *writer, const struct earlier_answer *answer);
/* The element `earlier` of a result; NULL: it has none. */
struct earlier_result *earlier_result_read(struct xml_fields *fields, const struct xml_node *root);
void earlier_result_write(struct xml_writer *writer, const struct earlier_result *earlier);

#endif
