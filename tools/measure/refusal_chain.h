/*
 * The same refusal again and again: chains of refusals in one thread of conversation.
 *
 * Call: refusal_walk_new; refusal_walk_take for each turn of the thread in order; then
 *       refusal_walk_chain; refusal_walk_clear before another thread; refusal_walk_free.
 * Owns: the walk copies the terms that it compares later, codes of reasons have to outlive it.
 * Errors: false when memory is out.
 * Units: counts.
 *
 * Two refusals are the same when they name the same code of a reason; else when their content stems
 * agree by 60 % (Jaccard), or 80 % of the groups of three words of the shorter one stand in the
 * other, or both say nothing beside their formula. The second goes on the chain of the first only
 * when a customer has written between them more than thanks: else it is still the same answer.
 * A message of the customer brings a new argument when 30 % of its stems were nowhere in the thread
 * before. An answer that offers something else, hands the matter on or tells a decision by
 * authority ends the chain, and so does a refusal of another kind, which begins one of its own.
 * Source: Jaccard 1901; Broder 1997; the thresholds were set on refusals in Italian.
 * Threads: one walk, one thread.
 */
#ifndef CFAUDIT_MEASURE_REFUSAL_CHAIN_H
#define CFAUDIT_MEASURE_REFUSAL_CHAIN_H

#include "base/str.h"
#include "text/term_pool.h"

enum { REFUSAL_STEMS_PERCENT = 60, REFUSAL_GROUPS_PERCENT = 80, ARGUMENT_PERCENT = 30 };

enum turn_kind {
    TURN_CUSTOMER,
    TURN_THANKS, /* of a customer, and nothing else */
    TURN_ANSWER,
    TURN_REFUSAL, /* an answer that refuses */
    TURN_CHANGE,  /* an answer that adds an alternative, an escalation or a decision, refusing or not */
    TURN_OTHER    /* what neither answers nor asks, but was said in the thread */
};

struct turn {
    enum turn_kind kind;
    bool refuses; /* of TURN_CHANGE: it counts as a refusal, and is in no chain */
    bool has_text;     /* stems and groups are those of a text; false: it was not seen */
    struct str reason; /* code of a refusal; missing: none */
    struct terms stems;
    struct terms groups;
};

/* What a turn was in the chain at hand. */
struct chain_link {
    uint32_t length;      /* refusals in the chain so far, this one included; 0: not one of it */
    bool is_new;          /* it made the chain longer */
    bool has_new_argument; /* and the customer had brought one since the link before */
};

struct refusal_chain {
    uint32_t refusals; /* of the thread */
    uint32_t length;   /* of its longest chain, of equals the one with more new arguments */
    uint32_t arguments; /* links of that chain that met a new argument */
};

struct refusal_walk;

struct refusal_walk *refusal_walk_new(void); /* NULL: memory is out */
void refusal_walk_free(struct refusal_walk *walk); /* accepts NULL */
void refusal_walk_clear(struct refusal_walk *walk);
bool refusal_walk_take(struct refusal_walk *walk, const struct turn *turn,
                       struct chain_link *ret_link);
struct refusal_chain refusal_walk_chain(const struct refusal_walk *walk);

/* The two refusals say the same. */
bool refusals_are_same(const struct turn *a, const struct turn *b);

#endif
