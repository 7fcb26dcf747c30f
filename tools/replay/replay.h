/*
 * Cases held against a declared process: whether they fit, how well, and where they do not.
 *
 * Call: replay_new; replay_trace for each case; replay_free.
 * Owns: the caller owns the replay; a result lives until the next call, its moves until the replay
 *       is freed. Cases with the same steps are looked at once.
 * Errors: STATUS_MEMORY, reported.
 * Units: steps by their number in the process; tokens and moves are counts.
 *
 * Two answers are given to the same question. The nearest allowed sequence is the one that takes the
 * fewest moves: steps of the case that it does not have there, and steps of it that the case does
 * not have. Of several the one with the fewest missing steps; of these the one that begins with the
 * most of the case: at each event the step is taken if it may be, else the event is left out, else
 * the step that comes first in the document is missing.
 *
 * The replay of tokens goes through the net that the blocks make, in which every step takes one
 * token and gives one, and blocks have silent transitions: one into and one out of a loop and, where
 * nothing stands between, one back; one that splits and one that joins what is parallel; one past
 * what may be left out. Silent transitions fire so that missing and remaining tokens are fewest
 * together; of several ways so that the missing are fewest, then the consumed. An activity of no
 * step is left out.
 *
 * Source: Rozinat and van der Aalst (2008), conformance checking; Adriansyah (2014), alignments.
 * Limits: LIMIT_REPLAY_NODES, LIMIT_REPLAY_MARKINGS.
 * Threads: one replay, one thread.
 */
#ifndef CFAUDIT_REPLAY_REPLAY_H
#define CFAUDIT_REPLAY_REPLAY_H

#include "plan/process.h"

enum move_kind {
    MOVE_BOTH,   /* done, and allowed there */
    MOVE_LOG,    /* done, and not allowed there; or an activity of no step */
    MOVE_PROCESS /* not done, and to be done there */
};

struct replay_move {
    enum move_kind kind;
    size_t step;  /* PROCESS_NO_STEP: the activity belongs to none */
    size_t event; /* of the case; of MOVE_PROCESS: the one that it should have stood before */
};

struct replay_result {
    bool fits;         /* an allowed sequence, and no other activity in it */
    bool has_nearest;  /* false: a limit was met, nothing is known of moves and cost */
    bool is_bound;     /* a limit was met: tokens may be fewer than said, fitness higher */
    uint64_t cost;     /* moves of one side */
    uint64_t shortest; /* steps of the shortest allowed sequence */
    uint64_t missing;
    uint64_t consumed;
    uint64_t remaining;
    uint64_t produced;
    struct replay_move *moves;
    size_t move_count;
};

struct replay;

enum status replay_new(const struct process_document *process, struct diag *diag,
                       struct replay **ret_replay);
void replay_free(struct replay *replay); /* accepts NULL */
/* Steps of the events of a case, in order; PROCESS_NO_STEP for activities of none. */
enum status replay_trace(struct replay *replay, const size_t *steps, size_t count,
                         struct diag *diag, const struct replay_result **ret_result);

/* Fitness by tokens, 0..1: half for each token that was not missing, half for each not left over. */
double replay_token_fitness(uint64_t missing, uint64_t consumed, uint64_t remaining,
                            uint64_t produced);
/* Fitness by the nearest allowed sequence, 0..1: 1 - cost / (events + shortest). */
double replay_nearest_fitness(uint64_t cost, uint64_t events, uint64_t shortest);

#endif
