/*
 * What a service system says of one of its clocks, and of all its rows for one ticket and metric.
 *
 * Call: source_clocks_new; source_clocks_of for each row; source_clocks_free.
 * Owns: the caller owns the clocks; they borrow the context.
 * Errors: STATUS_MEMORY, reported.
 * Units: instants in microseconds UTC.
 *
 * Systems write several rows for a ticket: one for each service level, for each change of its state,
 * for each time it was opened again. Of the rows of one metric one decides: one that was missed, else
 * one that was kept, of several the one whose id comes first. A clock that was ever missed stays so.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_SOURCE_CLOCK_H
#define CFAUDIT_MEASURE_SOURCE_CLOCK_H

#include "measure/measure.h"

enum source_verdict {
    SOURCE_MISSED,
    SOURCE_KEPT,
    SOURCE_RUNNING,
    SOURCE_UNSAID, /* nothing to judge it by */
    SOURCE_LATER,  /* written after the as-of instant */
    SOURCE_CANCELLED,
    SOURCE_VERDICTS
};

/* As in the model of the records; METRIC_UNSAID: the row does not say. */
enum source_metric {
    METRIC_FIRST_RESPONSE,
    METRIC_NEXT_RESPONSE,
    METRIC_RESOLUTION,
    METRIC_UNSAID,
    SOURCE_METRICS
};

struct source_clocks;

enum status source_clocks_new(const struct measure_context *context, struct diag *diag,
                              struct source_clocks **ret_clocks);
void source_clocks_free(struct source_clocks *clocks); /* accepts NULL */
/* The row is the one that decides on its ticket and metric; false also for one without a ticket. */
bool source_clocks_decides(const struct source_clocks *clocks, const struct record_case *row);
/* What one row says by itself. */
enum source_verdict source_clock_verdict(const struct record_case *row, int64_t as_of);
enum source_metric source_clock_metric(const struct record_case *row);

#endif
