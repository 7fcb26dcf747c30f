/*
 * Sums over a set of questions.
 *
 * Call: tally_init; tally_add for each question; tally_finish.
 * Owns: values only.
 * Errors: tally_finish is false when a sum did not fit.
 * Units: weights; points 0..10.
 * Threads: values only.
 */
#ifndef CFAUDIT_SCORE_TALLY_H
#define CFAUDIT_SCORE_TALLY_H

#include "score/score.h"

void tally_init(struct tally *tally);
void tally_add(struct tally *tally, const struct assessment *assessment, struct ratio weight);
bool tally_finish(struct tally *tally);

#endif
