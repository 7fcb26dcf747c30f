/*
 * The roles that were played in a case, by its items and by what its answers say.
 *
 * Call: talk_roles_new; talk_roles_of for a case; talk_roles_free.
 * Owns: the caller owns the whole.
 * Errors: STATUS_MEMORY, reported; talk_roles_of is false when memory is out.
 * Units: as measure/role_cover.h.
 *
 * A role that an item shows (question, hypothesis, option) is played since that item. Else it is
 * played by the first public answer that a detector of the role hits, and the coach also by one that
 * asks something with a content word of the customer's in it. The coach's hits count where the message
 * asks something, or restates; the assistant is none before the second answer, since every first one
 * offers further help.
 * Threads: one of them, one thread.
 */
#ifndef CFAUDIT_MEASURE_TALK_ROLES_H
#define CFAUDIT_MEASURE_TALK_ROLES_H

#include "measure/item_list.h"
#include "measure/role_cover.h"
#include "measure/talk.h"

/* Slots that a measure of roles needs. */
static const uint64_t ROLE_SLOTS = TALK_SLOTS | 1ull << SLOT_CATEGORY | 1ull << SLOT_TICKET_CLASS | 1ull << SLOT_CLASS;

struct talk_roles;

/* What is known of the roles of a case. */
struct roles_seen {
    struct role_cover cover;
    uint32_t answers;  /* public ones */
    uint32_t texts;    /* of them with a text */
    uint32_t items;
    uint32_t options;  /* by items, else by what the answers name */
    uint32_t cells;    /* of these: time, cost, outcome */
    uint32_t hypotheses; /* by items */
    bool has_decision;   /* of the customer, behind an option */
    int64_t decided;     /* VALUE_MISSING: nobody knows when */
    bool is_restated;    /* before a proposal, the customer answering in between */
};

bool talk_roles_are_told(const struct measure_context *context);
enum status talk_roles_new(const struct measure_context *context, struct diag *diag,
                           struct talk_roles **ret_roles);
void talk_roles_free(struct talk_roles *roles); /* accepts NULL */
bool talk_roles_of(struct talk_roles *roles, const struct record_case *item,
                   struct roles_seen *ret_seen);
/* By its category; false: that is none of the classes of role_cover.h. */
bool case_role_class(const struct record_case *item, enum role_case *ret_case);

#endif
