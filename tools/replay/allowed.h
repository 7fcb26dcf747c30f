/*
 * The sequences of steps that a process allows, as states that are made when they are asked for.
 *
 * Call: allowed_init; allowed_start; allowed_next for one step after the other; allowed_done.
 * Owns: the caller owns the struct; states live until allowed_done or allowed_forget.
 * Errors: ALLOWED_FAILED when memory is out, ALLOWED_LIMIT for a state that is too ambiguous.
 * Units: steps by their number in the process.
 * A state is the set of what may still have to be done, each a term: the derivative of the process
 * by the steps so far. One name belongs to one step, so that only loops leave more than one way
 * open, and sets stay small.
 * Source: Antimirov (1996), partial derivatives of regular expressions; parallel blocks after the
 * shuffle of Sulzmann and Thiemann (2015).
 * Threads: one, by one.
 */
#ifndef CFAUDIT_REPLAY_ALLOWED_H
#define CFAUDIT_REPLAY_ALLOWED_H

#include "base/intern.h"
#include "plan/process.h"

static const uint32_t ALLOWED_NONE = 0xFFFFFFFFu;   /* the step is not allowed there */
static const uint32_t ALLOWED_LIMIT = 0xFFFFFFFEu;
static const uint32_t ALLOWED_FAILED = 0xFFFFFFFDu;

struct allowed_term;
struct allowed_state;

struct allowed {
    const struct process_document *process;
    size_t words; /* of a set of steps */
    struct arena arena;
    struct intern term_numbers;
    struct allowed_term *terms;
    size_t term_capacity;
    struct intern state_numbers;
    struct allowed_state *states;
    size_t state_capacity;
    uint32_t start;
};

bool allowed_init(struct allowed *allowed, const struct process_document *process);
void allowed_done(struct allowed *allowed);
/* Takes all states away when there are many of them; numbers that the caller has are void then. */
bool allowed_forget(struct allowed *allowed);
uint32_t allowed_start(const struct allowed *allowed);
uint32_t allowed_next(struct allowed *allowed, uint32_t state, size_t step);
/* Nothing more needs to be done. */
bool allowed_is_end(const struct allowed *allowed, uint32_t state);
/* The step is allowed there. */
bool allowed_has(const struct allowed *allowed, uint32_t state, size_t step);
/* Steps of the shortest way to an end. */
uint32_t allowed_shortest(const struct allowed *allowed, uint32_t state);

#endif
