/*
 * The sheet "scoring": what stands where, for the charts over its rows.
 *
 * Owns: nothing.
 * Errors: none.
 * Units: shares 0..1.
 * Threads: constant.
 */
#ifndef CFAUDIT_REPORT_SCORING_H
#define CFAUDIT_REPORT_SCORING_H

enum scoring_column { SCORING_GROUP = 1, SCORING_SCORE = 10 };

/* The row of the first letter of the conformity index; the other letters follow. */
enum { SCORING_LETTERS = 1 };

#endif
