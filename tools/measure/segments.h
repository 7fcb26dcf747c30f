/*
 * Segments of customers: who is in which, how each is served, and which is not heard at all.
 *
 * Call: segments_new; what is asked of them; segments_free.
 * Owns: the caller owns the segments; names live as long as they do.
 * Errors: STATUS_MEMORY, reported.
 * Units: shares 0..1; half-years of 182 days of 24 hours.
 * Source: a share that goes one way in every segment and the other way in all of them together:
 *         Simpson (1951).
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_SEGMENTS_H
#define CFAUDIT_MEASURE_SEGMENTS_H

#include "measure/account_book.h"

enum segment_metric {
    SEGMENT_ON_TIME,   /* tickets by their promise */
    SEGMENT_SATISFIED, /* survey answers */
    SEGMENT_ADEQUATE,  /* customers by their account */
    SEGMENT_METRIC_COUNT
};

enum segment_half { SEGMENT_EARLIER, SEGMENT_LATER, SEGMENT_HALVES };

struct segment_tally {
    uint64_t n;
    uint64_t k;
};

struct segment {
    struct str name;
    bool is_internal;
    size_t customers;
    bool has_voice; /* a ticket, a survey answer or a complaint */
    struct segment_tally all[SEGMENT_METRIC_COUNT];
    struct segment_tally half[SEGMENT_METRIC_COUNT][SEGMENT_HALVES]; /* before the as-of instant */
};

struct segments {
    const struct measure_context *context;
    struct account_book *book;
    struct segment *list; /* in byte order of name, internal ones last */
    size_t count;
    size_t capacity;
    size_t *of_customer; /* segment of each customer of the book */
    struct service_clocks *clocks; /* NULL: no agreement */
    struct diag *diag;
};

enum status segments_new(const struct measure_context *context, struct diag *diag,
                         struct segments **ret_segments);
void segments_free(struct segments *segments); /* accepts NULL */
/* NAN where nothing was counted. */
double segment_share(const struct segment_tally *tally);
/* Numbers of the external segments with the lowest and the highest share, of those with at least 10
   cases; count: there is none. */
size_t segments_worst(const struct segments *segments, enum segment_metric metric);
size_t segments_best(const struct segments *segments, enum segment_metric metric);
/* Between the half-years every segment goes the other way than all together, and there are two. */
bool segments_reverse(const struct segments *segments, enum segment_metric metric);
/* A row for each metric of a segment; false: memory is out. */
bool segments_table(const struct segments *segments, struct arena *arena, struct figure *figure);

#endif
