/*
 * Numbers for resampling: the same on every machine, in any order, without a state to carry.
 *
 * Own code: the C library's generators differ from system to system.
 * Source: SplitMix64, Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators (2014);
 *         the numbers are those of its sequence, found by their index.
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_RANDOM_H
#define CFAUDIT_STAT_RANDOM_H

#include <stdint.h>

/* Number `index`, from 0, of the sequence of this seed. */
uint64_t random_word(uint64_t seed, uint64_t index);
/* The same as one of 2^53 equal steps between 0 and 1, in the middle of the step: never 0, never 1. */
double random_unit(uint64_t seed, uint64_t index);

#endif
