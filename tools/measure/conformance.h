/*
 * What all the cases of a run say of the declared processes together: deviations with their counts
 * and the time they go with, steps that nobody does any more, work that no process knows.
 *
 * Call: conformance_new; conformance_tables; conformance_free.
 * Owns: the caller owns it; tables live in the arena given.
 * Errors: STATUS_MEMORY, reported; conformance_tables: false when memory is out.
 * Units: durations in working time.
 * A delay is the median time of the cases with a deviation less that of the cases without it, by
 * nearest rank: what goes together, not what is proven to be its cause.
 * Threads: one.
 */
#ifndef CFAUDIT_MEASURE_CONFORMANCE_H
#define CFAUDIT_MEASURE_CONFORMANCE_H

#include "measure/process_case.h"

struct conformance;

enum status conformance_new(const struct measure_context *context, struct diag *diag,
                            struct conformance **ret_conformance);
void conformance_free(struct conformance *conformance); /* accepts NULL */
/* To look at cases one by one with. */
struct process_cases *conformance_cases(struct conformance *conformance);
/* The tables of the figure: deviations, steps, and activities of no step. */
bool conformance_tables(const struct conformance *conformance, struct arena *arena,
                        struct figure *figure);

#endif
