/*
 * The sheet "sections": what stands in which column, for its rows and for the charts over them, and
 * its own chart.
 *
 * Call: section_radar when the rows are there.
 * Owns: the book owns the chart.
 * Errors: a book that has failed says so.
 * Units: shares 0..1; weights as in the checklist.
 * Threads: constant.
 */
#ifndef CFAUDIT_REPORT_SECTIONS_H
#define CFAUDIT_REPORT_SECTIONS_H

#include "report/report_parts.h"

enum section_column {
    SECTION_NAME,
    SECTION_QUESTIONS,
    SECTION_SCORE, /* of the conformity index, with bounds and coverage */
    SECTION_LOW,
    SECTION_HIGH,
    SECTION_COVERAGE,
    SECTION_PRACTICE, /* score and coverage of the practice index */
    SECTION_PRACTICE_COVERAGE,
    SECTION_MET, /* questions by points and status */
    SECTION_PARTLY,
    SECTION_UNMET,
    SECTION_OPEN,
    SECTION_ASIDE,
    SECTION_WEIGHT_SCORED, /* weight by status */
    SECTION_WEIGHT_OPEN,
    SECTION_WEIGHT_ASIDE,
    SECTION_LABEL, /* in charts: "2 Requirements determined" */
    SECTION_ORDER, /* for formulas: in the order of the result, from 1 */
    SECTION_COLUMNS
};

/* Draws nothing where a section has no score, or there are too few or too many of them. */
void section_radar(struct report *report, struct sheet *sheet);

#endif
