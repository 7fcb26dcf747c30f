/*
 * Windows in buckets: those that look for bytes with the same nibbles do each other no harm.
 *
 * Call: filter_weights; filter_buckets_fill.
 * Owns: the caller's arrays are filled.
 * Errors: false when memory is out.
 * Units: weights of bytes as parts of 4096.
 * Threads: values only.
 */
#ifndef CFAUDIT_TEXT_FILTER_BUCKETS_H
#define CFAUDIT_TEXT_FILTER_BUCKETS_H

#include "text/rule_filter.h"

enum { FILTER_BUCKETS = 8, BYTES = 256 };

/* Which nibbles the bytes have that a bucket looks for, by place in the window. */
struct nibbles {
    uint16_t low[FILTER_WINDOW];
    uint16_t high[FILTER_WINDOW];
};

/* Null: any byte will do, the run is at its end. */
static inline const struct byte_set *set_at(const struct filter_window *window, unsigned place)
{
    return window->at + place < window->run.len ? &window->run.sets[window->at + place] : NULL;
}

/* From how often each byte is met; NULL: as in any log. */
void filter_weights(const uint32_t *frequent, uint32_t *weights);
/* Gives each window the place in its run where it is looked for, and sorts them by bucket: those of
   bucket b end in front of ends[b]. `buckets`: what each of them looks for. */
bool filter_buckets_fill(const struct filter_window *windows, size_t count, const uint32_t *weights,
                         struct filter_window *sorted, size_t *ends, struct nibbles *buckets);

#endif
