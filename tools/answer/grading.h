/*
 * Which grade the facts of an answer propose, and by which criterion.
 *
 * Call: grading_from_sample or grading_from_figure for the rate of failures; gradings_propose for
 * all assessments together, because three minor ones on a clause are looked at as one.
 * Owns: values; texts are those of the assessment.
 * Errors: STATUS_MEMORY.
 * Units: shares 0..1.
 * Source: patterns in grading.def; Wilson's interval at 95 % for shares.
 * Threads: one list, one thread.
 */
#ifndef CFAUDIT_ANSWER_GRADING_H
#define CFAUDIT_ANSWER_GRADING_H

#include "answer/answer.h"

/* Points from which a question counts as met in the main. */
enum { POINTS_MET = 8 };

/* Scored, and not met: by the points, or by what the person decided. */
bool assessment_is_unmet(const struct assessment *assessment);

/* No rate is known. */
void grading_clear(struct grading *grading);
/* False when the sample does not say how many failed. */
bool grading_from_sample(struct grading *grading, const struct sampled *sampled);
/* `tolerance` of the person wins over the figure's; NAN: none. has_authority: somebody has set the
   limits of the ladder, so that they may tell what is tolerable. */
void grading_from_figure(struct grading *grading, const struct figure *figure,
                         const struct ladder *ladder, bool has_authority, double tolerance);
/* Strength and weakness are there already. */
enum status gradings_propose(struct assessment *const *list, size_t count, struct diag *diag);

#endif
