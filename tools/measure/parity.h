/*
 * Response parity: do customers wait as long as the boss does?
 *
 * Call: fill parity_reply structs; parity_compare.
 * Owns: the caller owns the replies, which are put in another order.
 * Errors: false when memory is out.
 * Units: waits in microseconds; ratios of medians; shares 0..1.
 * Source: direct standardisation to the customers' mix of cells (hour of the week, priority,
 *         channel) with at least five replies of each kind; where these are too few, as they are.
 *         Dominance after Cliff (1993), within cells; interval of the ratio by a seeded bootstrap
 *         within cells, percentiles 2.5 and 97.5 of 2000 draws; shares by Wilson, their difference
 *         by Newcombe (1998). A message without an answer has waited at least until the end.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_PARITY_H
#define CFAUDIT_MEASURE_PARITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stat/stat.h"

struct parity_reply {
    int64_t wait;
    uint64_t cell;
    bool is_boss; /* else a customer */
    bool is_unanswered;
};

enum parity_side { PARITY_CUSTOMER, PARITY_BOSS, PARITY_SIDES };

enum parity_reading {
    PARITY_UNDECIDED,
    PARITY_INVERTED, /* the whole interval is at most 1 */
    PARITY_BALANCED, /* at most 1.5 */
    PARITY_CLASSIC,  /* above 2.5, and customers wait longer in most pairs */
    PARITY_READINGS
};

struct parity {
    size_t n[PARITY_SIDES];
    size_t unanswered[PARITY_SIDES];
    size_t within[PARITY_SIDES]; /* an hour; unanswered ones are not */
    size_t cells;                /* that were matched; 0: compared as they are */
    size_t matched[PARITY_SIDES];
    double median[PARITY_SIDES]; /* microseconds; NAN without replies */
    double ratio;                /* customers to boss; NAN */
    struct interval ratio_limits;
    double dominance; /* P(customers wait longer) + P(tie) / 2; NAN */
    double share[PARITY_SIDES];
    double difference; /* share of the boss less that of customers */
    struct interval difference_limits;
    enum parity_reading reading;
};

/* Least replies of each kind for a comparison. */
enum { PARITY_LEAST = 30, PARITY_CELL_LEAST = 5 };

bool parity_compare(struct parity_reply *replies, size_t count, uint64_t seed,
                    struct parity *ret_parity);
const char *parity_reading_name(enum parity_reading reading);

#endif
