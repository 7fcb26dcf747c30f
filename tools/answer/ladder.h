/*
 * Points that a figure earns on a ladder.
 *
 * Owns: nothing.
 * Errors: -1 where there are no points: no value, or no target to compare with.
 * Units: points 0 4 6 8 10.
 * Threads: values only.
 */
#ifndef CFAUDIT_ANSWER_LADDER_H
#define CFAUDIT_ANSWER_LADDER_H

#include "answer/answer.h"

/* Which end of the interval stands for the value. */
enum ladder_end { LADDER_END_NONE, LADDER_END_UNFAVOURABLE, LADDER_END_FAVOURABLE };

/* The figure has a target of its own, which the limits follow. */
bool ladder_is_moved(const struct ladder *ladder, const struct figure *figure);
int ladder_points(const struct ladder *ladder, const struct figure *figure, enum ladder_end end);
/* 0 for no points, then one for each of 4 6 8 10. */
int ladder_step_number(int points);

#endif
