/*
 * Events per exposure: complaints per thousand contacts, breaches per month.
 *
 * Source: Garwood, Fiducial Limits for the Poisson Distribution (1936).
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_RATE_H
#define CFAUDIT_STAT_RATE_H

#include "stat/stat.h"

/* Exact 95 % limits of a rate from k events in an exposure; false when the exposure is not above 0.
   k = 0 gives low 0 exactly. */
bool stat_poisson_rate(uint64_t k, double exposure, struct interval *ret_interval);

#endif
