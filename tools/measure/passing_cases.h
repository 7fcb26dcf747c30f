/*
 * The measures of a run over cases that pass by: each case is shown to all of them, and gone.
 *
 * Call: passing_new with the run's context, which has a walk; passing_finish for each measure,
 *       once; passing_free.
 * Owns: the caller owns the passing; list and context must outlive it.
 * Errors: as measure/measure.h, and those of the walk.
 * Units: as measure/measure.h.
 * Threads: one walks; the pool of the context observes.
 */
#ifndef CFAUDIT_MEASURE_PASSING_CASES_H
#define CFAUDIT_MEASURE_PASSING_CASES_H

#include "measure/measure.h"

struct passing;

/* Goes through all the cases of the kind, for its measures. */
enum status passing_new(enum record_kind kind, const struct measure *const *list, size_t count,
                        const struct measure_context *context, struct diag *diag,
                        struct passing **ret_passing);
void passing_free(struct passing *passing); /* accepts NULL */
enum status passing_finish(struct passing *passing, size_t number, struct arena *arena,
                           struct diag *diag, struct figure **ret_figures, size_t *ret_count);

#endif
