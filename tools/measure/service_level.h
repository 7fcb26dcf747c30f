/*
 * Which service level governs a case.
 *
 * Call: service_levels_init; service_level_at for a moment of a case's history.
 * Owns: borrows the context's agreement and record set.
 * Errors: none.
 * Units: levels by their number in the agreement.
 * A field whose changes the history keeps has the value that the event, or the last one before it
 * that says anything about the field, gives it; any other field has that of the case's last row.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_SERVICE_LEVEL_H
#define CFAUDIT_MEASURE_SERVICE_LEVEL_H

#include "measure/measure.h"
#include "measure/observe.h"

/* What the levels of an agreement need kept of the records. `slots` as in measure_context. False:
   their conditions name more than RECORD_TRACKED fields. */
bool service_levels_need(const struct sla_document *sla, const int *slots,
                         struct record_needs *needs);
/* The level that governs every case of the metric, because the first has no conditions and no end;
   false: it depends on the case. */
bool service_levels_only(const struct measure_context *context, enum sla_metric metric,
                         int32_t *ret_level);
/* Some level promises this to customers. */
bool service_levels_promise(const struct measure_context *context, enum sla_metric metric);
/*
 * The first level of the agreement that promises the metric to customers, was valid when the case
 * was opened and whose conditions hold at event number `event` of the case (ignored when it has
 * none); NO_LEVEL: none.
 */
int32_t service_level_at(const struct measure_context *context, const struct record_case *item,
                         enum sla_metric metric, struct instant opened, size_t event);

#endif
