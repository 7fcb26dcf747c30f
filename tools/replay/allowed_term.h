/*
 * What may still have to be done, as terms, and what is left of them when a step was done.
 *
 * Call: term_of and its kin for the number of a term; term_derive for what is left of it.
 * Owns: terms live as long as what is allowed (replay/allowed.h).
 * Errors: ALLOWED_FAILED, or `failed` of the set, when memory is out.
 * Units: steps, blocks and terms by number.
 * Source: Antimirov (1996); Sulzmann and Thiemann (2015).
 * Threads: one, by one.
 */
#ifndef CFAUDIT_REPLAY_ALLOWED_TERM_H
#define CFAUDIT_REPLAY_ALLOWED_TERM_H

#include "replay/allowed.h"

enum { SET_MOST = 64 }; /* terms of one state: nested loops that can be empty make more */

enum term_kind {
    TERM_DONE,
    TERM_BLOCK, /* a: block, not begun */
    TERM_REST,  /* a: block of parts in order; b: the first part that is not begun */
    TERM_THEN,  /* a, b: terms, one after the other */
    TERM_BOTH,  /* a, b: terms, mixed with each other */
    TERM_AGAIN  /* a: loop whose first part is done */
};

struct term_key {
    uint32_t kind;
    uint32_t a;
    uint32_t b;
};

struct allowed_term {
    struct term_key key;
    bool is_empty; /* nothing of it needs to be done */
    uint32_t shortest;
    uint64_t *firsts; /* steps that it may begin with */
};

struct term_set {
    uint32_t list[SET_MOST];
    size_t count;
    bool is_full;
    bool failed;
};

static inline bool has_step(const uint64_t *steps, size_t step)
{
    return (steps[step / 64] >> (step % 64) & 1) != 0;
}

static inline const struct process_block *block_of(const struct allowed *allowed,
                                                    uint32_t number)
{
    return &allowed->process->blocks[number];
}

/* The number of a term, made when it is new. */
uint32_t term_of(struct allowed *allowed, enum term_kind kind, uint32_t a, uint32_t b);
uint32_t term_of_block(struct allowed *allowed, size_t block);
/* Of the parts of a block from one on. */
uint32_t term_of_rest(struct allowed *allowed, uint32_t block, size_t part);
/* All parts side by side. */
uint32_t term_of_parallel(struct allowed *allowed, const struct process_block *block);
/* What a loop does between its first part and the same again. */
uint32_t term_between(struct allowed *allowed, const struct process_block *loop);
/* The one, and then the other; both, mixed with each other. */
uint32_t term_then(struct allowed *allowed, uint32_t first, uint32_t rest);
uint32_t term_both(struct allowed *allowed, uint32_t left, uint32_t right);
void term_join_steps(const struct allowed *allowed, uint64_t *steps, const uint64_t *others);

void term_set_add(struct term_set *set, uint32_t term);
/* What may be left of a term when the step was done, added to the set. */
void term_derive(struct allowed *allowed, uint32_t number, size_t step, struct term_set *set);

#endif
