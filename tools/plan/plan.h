/*
 * Documents that say how to read, count and judge, as plain structs.
 *
 * Call: the load functions of the headers below, with a library (xml/library.h). Beside them the room
 *       has doors for processes, lexicons, calibrations, holidays and clauses, which few need.
 * Owns: as each header says: mostly everything lives in the arena given.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: as named in each field.
 * Source: schemas/cfaudit.xsd.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_PLAN_H
#define CFAUDIT_PLAN_PLAN_H

#include "plan/audit.h"
#include "plan/calendar_document.h"
#include "plan/sla_document.h"
#include "plan/source_map.h"
#include "plan/trust_policy.h"

#endif
