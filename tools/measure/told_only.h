/*
 * What messages of tickets seem to say and a register does not know: tickets counted by both lists,
 * and those that only the messages have.
 *
 * Call: told_only_count once all records are there; told_only_estimate and told_only_list for a
 *       figure; told_only_done.
 * Owns: the caller owns the list of tickets, which told_only_done frees.
 * Errors: STATUS_MEMORY, reported; false when memory is out.
 * Units: tickets. A phrase in a message is a hint, not a proof: the count is one of candidates.
 * Source: Chapman 1951. The two lists are not independent, because whoever forgets the one is likely
 *         to forget the other, so that the estimate is too low.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_TOLD_ONLY_H
#define CFAUDIT_MEASURE_TOLD_ONLY_H

#include "measure/measure.h"

/* What is looked for. */
struct told_kind {
    uint32_t detectors; /* one of them has to hit */
    bool by_customer;   /* in what customers write; else in public messages of ours */
    /* Whether the register knows of it; told_at: the first such message, VALUE_MISSING: none. */
    bool (*is_registered)(const void *own, const struct record_case *ticket, int64_t told_at);
};

/* The first such message of a ticket of which the register knows nothing. */
struct told_ticket {
    struct table_place place; /* of the message */
    struct instant at;
    size_t times; /* messages of the ticket with a hit */
};

struct told_only {
    uint64_t registered; /* tickets that the register knows of */
    uint64_t told;       /* tickets with such a message */
    uint64_t both;
    struct arena arena;
    struct told_ticket *list; /* by id; empty where nothing is cited */
    size_t count;
    size_t capacity;
};

/* The marks of messages are there, so that something can be counted. */
bool told_only_shows(const struct measure_context *context);
/* `told` is all zeros before; own: what is_registered is given. */
enum status told_only_count(const struct measure_context *context, const struct told_kind *kind,
                            const void *own, struct diag *diag, struct told_only *told);
void told_only_done(struct told_only *told);
/* A note on how many there are in all; `subject`: "tickets with promises". No note where the two
   lists tell nothing together. */
bool told_only_estimate(const struct told_only *told, const char *subject, struct arena *arena,
                        struct figure *figure);
/* Columns of `form`: the ticket, the instant of the first message, how many there are. */
bool told_only_list(const struct told_only *told, const struct table_form *form,
                    struct arena *arena, struct figure *figure);

#endif
