/*
 * Replies to customers and to superiors, group by group, and which groups may be compared: where few
 * people work, or few replies are known, a figure would speak of persons.
 *
 * Call: parity_groups_new; parity_groups_pool, parity_groups_compare; parity_groups_free.
 * Owns: the caller owns the groups.
 * Errors: STATUS_MEMORY, reported; false when memory is out.
 * Units: waits in microseconds: working time in working hours, else that of the clock on the wall.
 * Source: measure/parity.h. Metadata of mail and chat kept for more than 21 days can amount to
 *         watching people at work (Italy, Law 300/1970, article 4): a warning.
 * Threads: one; comparing puts replies in another order.
 */
#ifndef CFAUDIT_MEASURE_PARITY_GROUPS_H
#define CFAUDIT_MEASURE_PARITY_GROUPS_H

#include "measure/measure.h"
#include "measure/parity.h"

enum parity_hours { PARITY_WORKING_HOURS, PARITY_OUT_OF_HOURS, PARITY_HOURS };

struct parity_group {
    int64_t group; /* text id */
    int64_t people;
    struct parity_reply *replies[PARITY_HOURS];
    size_t count[PARITY_HOURS];
    size_t capacity[PARITY_HOURS];
};

struct parity_groups {
    const struct measure_context *context;
    struct parity_group *list; /* in byte order of name */
    size_t count;
    size_t capacity;
    int64_t earliest; /* receipt of a message */
    int64_t latest;
};

enum status parity_groups_new(const struct measure_context *context, struct diag *diag,
                              struct parity_groups **ret_groups);
void parity_groups_free(struct parity_groups *groups); /* accepts NULL */
/* Why the group may not be compared; NULL: it may. */
const char *parity_refusal(const struct parity_group *group);
/* The replies are of a longer time than is kept without a reason. */
bool parity_groups_are_long(const struct parity_groups *groups);
/* One group by itself. */
bool parity_groups_compare(const struct parity_groups *groups, size_t number,
                           enum parity_hours hours, struct parity *ret_parity);
/* Replies in working hours of all groups that may be compared, each group in cells of its own. */
bool parity_groups_pool(const struct parity_groups *groups, struct parity *ret_parity);
/* A row for each group that may be compared, and one for its replies out of hours. */
bool parity_groups_table(const struct parity_groups *groups, struct arena *arena,
                         struct figure *figure);

#endif
