/*
 * What is looked for in front of many regular expressions: short windows of byte sets, of which every
 * match of a rule has one.
 *
 * Call: rule_filter_new with windows; rule_filter_run over the bytes, again from *from while it stops
 *       early; rule_filter_free.
 * Owns: the caller owns the filter, which copies the windows.
 * Errors: NULL when memory is out.
 * Units: bytes from the first one given; rules by number.
 * A run finds every place where a window is; all paths find the same.
 * Source: as rules.h says; the masks of windows by byte and position are those of the bit-parallel
 *         search of R. Baeza-Yates and G. Gonnet, "A new approach to text searching", CACM 35 (1992).
 * Threads: a filter is constant.
 */
#ifndef CFAUDIT_TEXT_RULE_FILTER_H
#define CFAUDIT_TEXT_RULE_FILTER_H

#include "text/needed_bytes.h"
#include "text/rules.h"

struct rule_filter;

enum {
    FILTER_WINDOW = 4,        /* bytes that are looked for first */
    FILTER_WINDOWS = 4096     /* most of one filter */
};

struct filter_window {
    size_t rule;
    struct byte_run run; /* all of what must be there */
    uint32_t places;     /* where in the run the bytes may begin that are looked for first: bits */
    unsigned at;         /* the filter's: where they begin */
};

struct filter_hit {
    uint32_t place; /* in the bytes, inside the run that was found */
    uint32_t rule;
};

/* `frequent`: how often each byte is met, for a good choice of places; NULL: nobody knows. */
struct rule_filter *rule_filter_new(const struct filter_window *windows, size_t count,
                                    const uint32_t *frequent);
void rule_filter_free(struct rule_filter *filter); /* accepts NULL */
/* Hits that a run may have. */
size_t rule_filter_room(const struct rule_filter *filter);
/*
 * Hits from *from on in the order of their places; *from is where the next run goes on, and
 * bytes.len when there is nothing more. Returns how many hits.
 */
size_t rule_filter_run(const struct rule_filter *filter, enum rules_path path, struct str bytes,
                       size_t *from, struct filter_hit *hits);

#endif
