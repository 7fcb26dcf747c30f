/*
 * Discovery sampling: what a sample without an error says about the whole.
 *
 * Call: discovery_share.
 * Owns: nothing.
 * Errors: NAN for an empty sample or population.
 * Units: shares 0..1.
 * Source: hypergeometric distribution: of N items with D defects, a random sample of n shows none
 *         with probability C(N-D, n) / C(N, n). Above DISCOVERY_EXACT items the sample is taken as
 *         drawn with replacement, which asks for no less.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_STAT_DISCOVERY_H
#define CFAUDIT_STAT_DISCOVERY_H

#include <stdint.h>

enum { DISCOVERY_EXACT = 1000000 };

/* The least share of defects of which a random sample of n out of N shows at least one with this
   confidence; 1 / N for a census. */
double discovery_share(uint64_t population, uint64_t n, double confidence);

#endif
