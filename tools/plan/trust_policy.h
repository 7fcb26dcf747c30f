/*
 * The policy of the emotional bank account: which acts weigh how much, and how they fade.
 *
 * Call: trust_policy_load with a library (xml/library.h).
 * Owns: everything lives in the arena given.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: as named in each field.
 * Source: schemas/cfaudit.xsd, root trust-policy. Weights and parameters are numbers of a policy, not of
 *         nature.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_TRUST_POLICY_H
#define CFAUDIT_PLAN_TRUST_POLICY_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/words.h"
#include "xml/library.h"

/* Acts towards a customer: deposits, withdrawals, and the repair, which mends a withdrawal. */
enum trust_class {
    TRUST_D1, /* need asked and recorded */
    TRUST_D2, /* unasked update, courtesy */
    TRUST_D3, /* promise kept on time */
    TRUST_D4, /* estimate or limit told beforehand */
    TRUST_D5, /* own error disclosed first */
    TRUST_D6, /* goodwill gesture by rule */
    TRUST_D7, /* resolved at first contact, confirmed */
    TRUST_D8, /* option offered with a refusal and accepted */
    TRUST_W1, /* promise broken or late */
    TRUST_W2, /* cost surprise */
    TRUST_W3, /* service level breached */
    TRUST_W4, /* the same refusal again */
    TRUST_W5, /* a solved problem returns */
    TRUST_W6, /* bounced between groups */
    TRUST_W7, /* silence */
    TRUST_W8, /* asked again for what is known */
    TRUST_W9, /* contradictory answers */
    TRUST_W10, /* complaint unanswered in time */
    TRUST_W11, /* refusal although the fault is ours */
    TRUST_W12, /* discourtesy */
    TRUST_W13, /* a partner whom we introduced */
    TRUST_R,
    TRUST_CLASS_COUNT
};

enum trust_band {
    BAND_OVERDRAWN,
    BAND_STRAINED,
    BAND_ADEQUATE,
    BAND_SOLID,
    BAND_RESERVE,
    TRUST_BAND_COUNT,
    BAND_INSUFFICIENT = TRUST_BAND_COUNT /* too little is known */
};

enum { TRUST_GRID = 3 };

/* A number that is another than the shipped one. */
struct trust_change {
    struct str name; /* of the parameter, or "D1" */
    double shipped;
    double value;
    struct str reason; /* missing: none is written down */
};

/* Weights and parameters as numbers of a policy, not of nature. Days of 24 hours. */
struct trust_policy {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;
    double weights[TRUST_CLASS_COUNT]; /* of TRUST_R: 0, it is no deposit */
    double deposit_half_life;
    double deposit_cap; /* times its weight, of one class within deposit_cap_days */
    double deposit_cap_days;
    double little_cap; /* of unasked updates and courtesies within the same days */
    double withdrawal_half_life;
    double withdrawal_factor; /* how much more than deposits they weigh */
    double repeat_days;       /* again in the same class within these */
    double repeat_second;     /* factor of the second, and of those behind it */
    double repeat_later;
    double severe_days; /* an unrepaired withdrawal of severity 3 holds the band down for so long */
    double repair_share; /* of a withdrawal that a repair takes away */
    double repair_within; /* days after the withdrawal */
    double repair_holds;  /* days without another of its class */
    double silence_days;   /* without a message while a case is not solved */
    double complaint_days; /* until a complaint is unanswered, where it has no day */
    double return_days;    /* within which a solved problem is one that comes back */
    double surprise_share; /* of the estimate, above which an invoice is a surprise */
    double prior_weight;
    double base_rate;
    double segment_least; /* customers of a segment whose mean is their base rate; 0: of none */
    double band_from[TRUST_BAND_COUNT]; /* trust where the band begins; the first is 0 */
    double trend_days;
    double trend_step;
    double grid_factors[TRUST_GRID]; /* of which the robust ones do not depend */
    double grid_half_lives[TRUST_GRID];
    double grid_priors[TRUST_GRID];
    struct trust_change *changes; /* against the shipped policy, in its order */
    size_t change_count;
    struct sha256 sha256;
    struct str name; /* as asked for */
};

/* "D1" ... "W13", "R" */
const char *trust_class_name(enum trust_class class);
bool trust_class_find(struct str name, enum trust_class *ret_class);
/* "overdrawn" ... "insufficient" */
const char *trust_band_name(enum trust_band band);

/* What the document does not state is as in the shipped policy. Missing name: the shipped one. */
enum status trust_policy_load(struct arena *arena, const struct library *library, struct str name,
                              struct str folder, struct diag *diag,
                              struct trust_policy **ret_policy);

#endif
