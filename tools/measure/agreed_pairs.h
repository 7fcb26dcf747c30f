/*
 * Which pairs of a customer and a service have something agreed, and whether what supports a promise
 * leaves it time.
 *
 * Call: agreed_pairs_new; agreed_pairs_count, agreed_pairs_table; agreed_chain_count,
 *       agreed_chain_table; agreed_pairs_free.
 * Owns: the caller owns it; tables live in the arena given.
 * Errors: STATUS_MEMORY, reported.
 * Units: targets in microseconds of working time.
 * A pair is covered when a level of the run's agreement promised something to one of its cases when
 * it was opened, or a record of an agreement (SLA) of the customer, for the service or for all, was
 * in force then.
 * Source: ITIL, service level management: targets one after the other add up, of parallel ones the
 * longest counts.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_AGREED_PAIRS_H
#define CFAUDIT_MEASURE_AGREED_PAIRS_H

#include "measure/measure.h"

struct agreed_pairs;

struct agreed_count {
    uint64_t n;
    uint64_t k; /* covered; of chains: those that need longer than is promised */
};

enum status agreed_pairs_new(const struct measure_context *context, struct diag *diag,
                             struct agreed_pairs **ret_pairs);
void agreed_pairs_free(struct agreed_pairs *pairs); /* accepts NULL */
struct agreed_count agreed_pairs_count(const struct agreed_pairs *pairs);
/* Pairs without anything agreed; false when memory is out. */
bool agreed_pairs_table(const struct agreed_pairs *pairs, struct arena *arena,
                        struct figure *figure);

/* Some level supports another. */
bool agreed_chains_are_there(const struct measure_context *context);
/* Counts the promises that others support, with a row for each, and the table where it is wanted. */
bool agreed_chains(const struct measure_context *context, struct arena *arena,
                   struct figure *figure, struct agreed_count *ret_count);

#endif
