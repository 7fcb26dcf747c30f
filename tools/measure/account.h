/*
 * The emotional bank account of one customer: acts towards him as deposits and withdrawals that
 * fade, and what follows of them: balance, trust, uncertainty, band. It tells how one behaves
 * towards a customer, not what he feels.
 *
 * Call: fill account_event structs; account_at, which says of each event what became of it; then
 *       account_trend.
 * Owns: the caller owns the events; they are put in order.
 * Errors: none: memory is not asked for.
 * Units: instants in microseconds UTC, masses in points, trust 0..1.
 * Source: beta reputation (Josang and Ismail, 2002) with forgetting and weights; the opinion of
 *         subjective logic (Josang, 2016). Weights, half-lives and factors are the policy's, not
 *         nature's: which is why robustness over a grid of them is told with every band.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_ACCOUNT_H
#define CFAUDIT_MEASURE_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan/plan.h"

/* What became of an event. */
enum account_fate {
    ACCOUNT_COUNTED,
    ACCOUNT_LATER,      /* behind the instant */
    ACCOUNT_SUPERSEDED, /* the same fact is there under a graver class */
    ACCOUNT_CAPPED,     /* in part or whole: too many of its class in too few days */
    ACCOUNT_WEIGHTLESS, /* caused by the customer, or of a class without weight */
    ACCOUNT_UNCONFIRMED, /* seen by detectors of text that may not speak for themselves */
    ACCOUNT_FATE_COUNT
};

/* No record that events of one fact share. */
static const int64_t ACCOUNT_NO_FACT = -1;

struct account_event {
    int64_t at;
    int64_t fact;      /* number of the ticket it is about; ACCOUNT_NO_FACT */
    int64_t day;       /* local day of `at`: two of one fact and day are one act */
    enum trust_class class;
    double severity;    /* 0.5, 1, 2, 3 */
    double attribution; /* 1 ours, 0.5 of a partner whom we introduced, 0 the customer's */
    double confidence;  /* 0..1 that it happened: of a record 1; 0: for review only */
    int64_t repaired_at; /* instant of a repair linked to it; VALUE_MISSING */
    uint64_t order;     /* of events at the same instant; unique in an account */
    /* what became of it */
    enum account_fate fate;
    double repeat; /* factor */
    bool is_repaired;
    double mass;    /* that counts, before it fades */
    double decayed; /* of a withdrawal without the policy's factor */
    size_t before;  /* the one of its class before and behind it; no number: there is none */
    size_t behind;
};

struct account_band_range {
    enum trust_band low;
    enum trust_band high;
};

enum account_trend { TREND_STEADY, TREND_RISING, TREND_FALLING, ACCOUNT_TREND_COUNT };

struct account {
    double deposits;    /* D */
    double withdrawals; /* W, with the policy's factor */
    double balance;     /* D - W */
    double trust;
    double belief;
    double disbelief;
    double uncertainty;
    double low; /* 10 % and 90 % quantiles of the beta distribution: of the model, not of a sample */
    double high;
    enum trust_band band;
    enum trust_band band_by_trust; /* before evidence and severity are looked at */
    bool is_held_down;             /* by an unrepaired withdrawal of severity 3 */
    bool is_firm;                  /* the interval touches at most two bands beside each other */
    bool is_robust;                /* so does the grid of the policy */
    struct account_band_range grid;
};

bool trust_class_is_deposit(enum trust_class class);
bool trust_class_is_withdrawal(enum trust_class class);
int64_t account_days_us(double days);

/* From faded sums; undecayed[i]: withdrawals without factor, at each half-life of the grid. */
void account_of_sums(const struct trust_policy *policy, double deposits, double withdrawals,
                     const double *undecayed, struct account *ret_account);
/* Band by trust alone. */
enum trust_band account_band(const struct trust_policy *policy, double trust);
/* The account at an instant. The events are sorted, and told what became of them. */
void account_at(const struct trust_policy *policy, struct account_event *events, size_t count,
                int64_t instant, struct account *ret_account);
/* Trust against that of trend_days before. */
enum account_trend account_trend(const struct trust_policy *policy, struct account_event *events,
                                 size_t count, int64_t instant, const struct account *now);

const char *account_fate_name(enum account_fate fate);
const char *account_trend_name(enum account_trend trend);

#endif
