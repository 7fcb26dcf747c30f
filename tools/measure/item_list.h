/*
 * What was noted of conversations as items, by ticket: questions, hypotheses, options, decisions.
 *
 * Call: item_list_new; item_list_of for a ticket; item_list_free.
 * Owns: the caller owns the list; items borrow the records.
 * Errors: STATUS_MEMORY, reported.
 * Units: instants in microseconds UTC. Items of after the as-of instant are left out.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_ITEM_LIST_H
#define CFAUDIT_MEASURE_ITEM_LIST_H

#include "measure/measure.h"

enum item_kind { ITEM_QUESTION, ITEM_HYPOTHESIS, ITEM_OPTION, ITEM_DECISION, ITEM_KIND_COUNT };

struct item {
    struct str ticket;
    int64_t at; /* VALUE_MISSING: not told */
    enum item_kind kind;
    uint32_t cells; /* of an option that are told: time, cost, outcome */
    bool is_chosen;
    enum actor_class actor; /* ACTOR_UNKNOWN: not told */
    uint32_t source;
    uint64_t line;
    uint64_t offset;
};

struct item_list;

/* There are records of items. */
bool items_are_told(const struct measure_context *context);
enum status item_list_new(const struct measure_context *context, struct diag *diag,
                          struct item_list **ret_list);
void item_list_free(struct item_list *list); /* accepts NULL */
/* In order of instant, then place. */
const struct item *item_list_of(const struct item_list *list, struct str ticket, size_t *ret_count);

#endif
