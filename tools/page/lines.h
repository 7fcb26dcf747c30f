/*
 * How much room a text takes when it is wrapped at words.
 *
 * Owns: nothing.
 * Errors: none. An estimate: fonts differ; it leans to one line too many.
 * Units: widths in digits of the standard font, as columns are measured; heights in points.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_PAGE_LINES_H
#define CFAUDIT_PAGE_LINES_H

#include "base/str.h"

/* Lines in a column of that width; at least 1. */
unsigned lines_needed(struct str text, double width);
double lines_height(unsigned lines);
/* Pixels, 96 to the inch, of a column that wide, in the font that workbooks name. */
double width_pixels(double width);

#endif
