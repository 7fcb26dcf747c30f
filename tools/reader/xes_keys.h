/*
 * Which wanted columns an attribute of a log fills.
 *
 * Call: xes_keys_new; xes_keys_find for each attribute, follow `next`; xes_keys_free.
 * Owns: the keys borrow the names of the wants.
 * Errors: NULL when memory is out.
 * Units: columns and names count from 0.
 * A name "case:KEY" is the attribute KEY of a trace, any other the attribute of an event; both to
 * the letter, as IEEE 1849 compares keys.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_READER_XES_KEYS_H
#define CFAUDIT_READER_XES_KEYS_H

#include "reader/reader.h"

struct xes_key {
    struct str key;
    bool of_trace;
    size_t column;              /* which want */
    size_t rank;                /* which of its names: the lowest one that is there wins */
    const struct xes_key *next; /* the same key in another want */
};

struct xes_keys;

struct xes_keys *xes_keys_new(const struct column_want *wants, size_t want_count);
void xes_keys_free(struct xes_keys *keys); /* accepts NULL */
/* NULL: nobody wants it. */
const struct xes_key *xes_keys_find(const struct xes_keys *keys, struct str key, bool of_trace);

#endif
