/*
 * How many quotes and line ends there are, to know where records end before they are looked at, and
 * whether all is ASCII.
 *
 * Call: byte_count.
 * Owns: nothing.
 * Units: bytes. The paths for AVX2 and any other machine count the same.
 * Threads: values only.
 */
#ifndef CFAUDIT_BASE_BYTE_COUNT_H
#define CFAUDIT_BASE_BYTE_COUNT_H

#include "base/str.h"

struct byte_counts {
    size_t quotes;
    size_t newlines;
    bool has_beyond_ascii;
};

enum byte_count_path { BYTE_COUNT_PORTABLE, BYTE_COUNT_AVX2, BYTE_COUNT_PATHS };

/* The machine has what the path needs. */
bool byte_count_has(enum byte_count_path path);
struct byte_counts byte_count_by(enum byte_count_path path, struct str bytes, char newline);
/* On the fastest path there is. */
struct byte_counts byte_count(struct str bytes, char newline);

static inline void byte_counts_add(struct byte_counts *counts, const struct byte_counts *more)
{
    counts->quotes += more->quotes;
    counts->newlines += more->newlines;
    counts->has_beyond_ascii |= more->has_beyond_ascii;
}

#endif
