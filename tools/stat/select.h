/*
 * The k-th smallest of numbers that are made one by one and never stored: slopes of pairs, ranges.
 *
 * Source: radix selection on the bits of the doubles, in the order of their values.
 * Threads: values only; nothing is allocated.
 */
#ifndef CFAUDIT_STAT_SELECT_H
#define CFAUDIT_STAT_SELECT_H

#include <stdbool.h>
#include <stdint.h>

struct selection {
    /* Next number; false at the end. No NAN. Begins again after the end. */
    bool (*next)(void *source, double *ret_value);
    void *source;
};

/* k counts from 1 and is at most as many as there are; all passes must give the same numbers. */
double select_kth(const struct selection *selection, uint64_t k);
/* Median of n numbers: the middle one, or the mean of the two; NAN for none. */
double select_median(const struct selection *selection, uint64_t n);

/* Doubles in the order of their values as integers, and back; -0 as 0. */
uint64_t double_to_key(double value);
double double_of_key(uint64_t key);

#endif
