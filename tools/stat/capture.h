/*
 * How many there are, from two lists that each miss some: contacts in the ticket system and in the
 * telephone exchange.
 *
 * Source: Chapman (1951); variance: Seber (1970). The lists must be independent of each other.
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_CAPTURE_H
#define CFAUDIT_STAT_CAPTURE_H

#include "stat/stat.h"

struct capture {
    double total; /* estimated number, listed or not */
    double standard_error;
    struct interval limits; /* of the total, 95 %, normal; not below what is on the lists */
    double coverage;        /* share of the total on the first list, at most 1 */
};

/* n1 on the first list, n2 on the second, m on both; m above one of them is a bug. False when the
   lists are empty. */
bool stat_capture(uint64_t n1, uint64_t n2, uint64_t m, struct capture *ret_capture);

#endif
