/*
 * The few cases that are cited: the worst, the first by id, a reproducible sample.
 *
 * Call: shortlist_offer for each candidate; shortlist_merge; shortlist_citations.
 * Owns: plain data; ids are borrowed from the record set, or from the arena that keeps them.
 * Errors: none; there is room for FIGURE_CITATIONS.
 * Units: rank: smaller comes first; equal ranks by id in byte order.
 * Source: the sample takes the smallest SHA-256(seed ":" id), so that records added later do not
 *         reshuffle the ones drawn.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_SHORTLIST_H
#define CFAUDIT_MEASURE_SHORTLIST_H

#include "base/arena.h"
#include "base/digest.h"
#include "measure/figure.h"
#include "record/record.h"

struct shortlist_entry {
    int64_t rank;
    struct sha256 key; /* only for samples */
    struct str id;
    uint32_t source;
    uint64_t line;
    uint64_t offset;
    int64_t value;
    const char *note;
};

struct shortlist {
    struct shortlist_entry entries[FIGURE_CITATIONS];
    size_t count;
};

/* Fills everything but rank and key. */
struct shortlist_entry shortlist_entry_of(const struct record_case *item, int64_t value,
                                          const char *note);
/* False at once when the rank alone keeps it out: a cheap test before the entry is made. */
bool shortlist_may_take(const struct shortlist *list, int64_t rank);
void shortlist_offer(struct shortlist *list, const struct shortlist_entry *entry);
/* The ids are copied, and no longer borrowed; false when memory is out. */
bool shortlist_keep_ids(struct shortlist *list, struct arena *arena);
void shortlist_merge(struct shortlist *list, const struct shortlist *other);
/* Values divided by `scale`; false when memory is out. */
bool shortlist_citations(const struct shortlist *list, double scale, struct arena *arena,
                         struct citations *ret_citations);

#endif
