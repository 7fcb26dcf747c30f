/*
 * Complaints in the messages of customers that the register of complaints does not know.
 *
 * Call: unregistered_count once all records are there; unregistered_conclude; told_only_done.
 * Owns: measure/told_only.h.
 * Errors: STATUS_MEMORY, reported; false when memory is out.
 * Units: tickets, and complaints.
 * The register knows of a ticket when a complaint names it, or when one that names no ticket was
 * received from its customer from a day before the message to 30 days after it.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_UNREGISTERED_H
#define CFAUDIT_MEASURE_UNREGISTERED_H

#include "measure/told_only.h"

/* The context is that of complaints; `told` is all zeros before. */
enum status unregistered_count(const struct measure_context *context, struct diag *diag,
                               struct told_only *told);
/* complaints: how many the register has of the period. */
bool unregistered_conclude(const struct told_only *told, uint64_t complaints, struct arena *arena,
                           struct figure *figure);

#endif
