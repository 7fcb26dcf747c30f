/*
 * What must hold between the levels of an agreement.
 *
 * Call: sla_check once all levels are read.
 * Owns: nothing.
 * Errors: located diagnostics; errors are counted in the load.
 * Units: none.
 * Source: the chain of agreements as in ITIL: an SLA rests on OLAs and underpinning contracts.
 * Threads: one load, one thread.
 */
#ifndef CFAUDIT_PLAN_SLA_CHECK_H
#define CFAUDIT_PLAN_SLA_CHECK_H

#include "plan/plan_private.h"

void sla_check(struct plan_load *load, const struct sla_document *sla);

#endif
