/*
 * Records of a kind by what one of their fields names: the surveys of a ticket, the register rows of
 * a customer.
 *
 * Call: record_links_new; record_links_find for each name, then record_links_at; record_links_free.
 * Owns: the caller owns the index; it borrows the set.
 * Errors: STATUS_MEMORY, reported. A set that is NULL has no records.
 * Units: none.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_RECORD_LINKS_H
#define CFAUDIT_MEASURE_RECORD_LINKS_H

#include "base/diag.h"
#include "record/record.h"

struct record_links;

struct record_link_run {
    size_t first;
    size_t count; /* in the order of the set */
};

enum status record_links_new(const struct record_set *set, int slot, struct diag *diag,
                             struct record_links **ret_links);
void record_links_free(struct record_links *links); /* accepts NULL */
/* The records whose field is that text; a missing text has none. */
struct record_link_run record_links_find(const struct record_links *links, struct str name);
struct record_case record_links_at(const struct record_links *links, size_t place);

#endif
