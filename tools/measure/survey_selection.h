/*
 * Who was asked: customers whose case went well, and those whose case did not. A survey that goes to
 * the first alone finds satisfied customers.
 *
 * Call: survey_selection_new once all records are there; survey_selection_conclude;
 *       survey_selection_free.
 * Owns: the caller owns it.
 * Errors: STATUS_MEMORY, reported; false when memory is out.
 * Units: cases that ended at least 14 days before the as-of instant, so that there was time to ask.
 * A case went badly when its customer complained of it, it was refused, ended late, or was opened
 * again; the first of these that holds is its outcome.
 * Threads: one selection, one thread.
 */
#ifndef CFAUDIT_MEASURE_SURVEY_SELECTION_H
#define CFAUDIT_MEASURE_SURVEY_SELECTION_H

#include "measure/measure.h"

enum case_outcome {
    OUTCOME_WELL,
    OUTCOME_COMPLAINED,
    OUTCOME_REFUSED,
    OUTCOME_LATE,
    OUTCOME_REOPENED,
    CASE_OUTCOME_COUNT
};

struct survey_selection;

/* The tickets show how they went, and surveys name them. */
bool survey_selection_shows(const struct measure_context *context);
/* The context is that of surveys. */
enum status survey_selection_new(const struct measure_context *context, struct diag *diag,
                                 struct survey_selection **ret_selection);
void survey_selection_free(struct survey_selection *selection); /* accepts NULL */
bool survey_selection_conclude(const struct survey_selection *selection, struct arena *arena,
                               struct figure *figure);

#endif
