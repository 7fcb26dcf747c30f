/*
 * The five roles of somebody who helps: which of them a case needs, which were played, in what
 * order, and how complete the options were that a customer could choose from.
 *
 * Call: role_case_find for the word of a case's class; roles_required; role_cover_note for every
 *       sign of a role; roles_covered, roles_ordered, options_completeness.
 * Owns: nothing.
 * Errors: false for what cannot be said of the case.
 * Units: shares in millionths.
 *
 * Coverage is the share of the roles needed that were played. The order is judged among those, by
 * when each was played first: 1 less the share of pairs that stand the wrong way round; manager and
 * specialist may change places, and what came at the same time is in order.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_ROLE_COVER_H
#define CFAUDIT_MEASURE_ROLE_COVER_H

#include "base/str.h"

enum role {
    ROLE_COACH,      /* asks and restates */
    ROLE_MANAGER,    /* takes charge, instructs, verifies */
    ROLE_SPECIALIST, /* names causes, diagnoses */
    ROLE_CONSULTANT, /* offers options with their consequences */
    ROLE_ASSISTANT,  /* supports the choice, follows up */
    ROLE_COUNT
};

/* Kinds of cases by the roles that they need. */
enum role_case {
    ROLE_CASE_REQUEST,     /* a simple request */
    ROLE_CASE_INFORMATION, /* a question */
    ROLE_CASE_KNOWN_ERROR, /* an incident whose remedy is known */
    ROLE_CASE_INCIDENT,
    ROLE_CASE_ALTERNATIVES, /* an incident that can be answered in more than one way */
    ROLE_CASE_CHANGE,
    ROLE_CASE_COMPLAINT,
    ROLE_CASE_COUNT
};

/* "coach" */
const char *role_name(enum role role);
/* "known-error", "errore noto"; upper and lower case, blanks and underscores do not matter. */
bool role_case_find(struct str word, enum role_case *ret_case);
/* "known-error" */
const char *role_case_name(enum role_case role_case);
/* A bit each. */
unsigned roles_required(enum role_case role_case);

/* Where in the conversation something was: by instant, then message, then place in it. */
struct role_place {
    int64_t at;
    uint32_t message;
    uint32_t start;
};

int role_place_compare(struct role_place a, struct role_place b);

struct role_cover {
    unsigned played; /* a bit each */
    struct role_place first[ROLE_COUNT];
};

void role_cover_note(struct role_cover *cover, enum role role, struct role_place place);
int64_t roles_covered(const struct role_cover *cover, unsigned needed);
/* False: fewer than two of the roles needed were played. may_swap: as above; else the roles have to
   follow one another strictly. */
bool roles_ordered(const struct role_cover *cover, unsigned needed, bool may_swap,
                   int64_t *ret_order);
/* An option or diagnosis came before anything was asked. */
bool roles_are_premature(const struct role_cover *cover);
/* The share of cells told, of time, cost and outcome for each option; of one option alone half. */
int64_t options_completeness(uint32_t options, uint32_t cells);

#endif
