/*
 * How much room a text takes when it is wrapped at words.
 *
 * Owns: nothing.
 * Errors: none.
 * Units: widths in characters of a column, heights in points.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_PAGE_LINES_H
#define CFAUDIT_PAGE_LINES_H

#include "base/str.h"

/* Lines in a column of that width; at least 1. Careful: wide fonts need no more. */
unsigned lines_needed(struct str text, double width);
double lines_height(unsigned lines);

#endif
