/*
 * Work for customers that another list than the log shows: hours and invoices, linked to the cases
 * of the log.
 *
 * Call: second_source_new; second_source_count; second_source_table; second_source_free.
 * Owns: the caller owns it; tables live in the arena given.
 * Errors: STATUS_MEMORY, reported.
 * Units: days of 24 hours.
 * An entry that names a case of the log is linked to it; one that names none, to the first case of
 * its customer that was open on its date, give or take a day. Entries of one customer that are
 * linked to nothing are one piece of work when each lies at most a day behind the one before.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_SECOND_SOURCE_H
#define CFAUDIT_MEASURE_SECOND_SOURCE_H

#include "measure/measure.h"

struct second_source;

struct second_count {
    uint64_t tracked; /* cases of the log */
    uint64_t second;  /* pieces of work of the other list */
    uint64_t both;    /* that are cases of the log */
};

/* The sources have such a list, and cases with a customer. */
bool second_source_is_there(const struct measure_context *context);
/* Why the case is not tracked; NULL: it is. */
const char *second_source_untracked(const struct measure_context *context,
                                    const struct record_case *item);
enum status second_source_new(const struct measure_context *context, struct diag *diag,
                              struct second_source **ret_source);
void second_source_free(struct second_source *source); /* accepts NULL */
struct second_count second_source_count(const struct second_source *source);
/* Pieces of work without a case; false when memory is out. */
bool second_source_table(const struct second_source *source, struct arena *arena,
                         struct figure *figure);

#endif
