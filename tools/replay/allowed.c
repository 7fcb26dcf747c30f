#include "replay/allowed.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"

enum {
    SET_MOST = 64,          /* terms of one state: nested loops that can be empty make more */
    STATES_KEPT = 20000,    /* between two cases */
    STEP_WORDS = LIMIT_PROCESS_STEPS / 64
};

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

struct allowed_state {
    const uint32_t *terms;
    size_t term_count;
    bool is_end;
    uint32_t shortest;
    uint64_t *firsts;
    uint32_t *next; /* by step: number + 1; 0: not asked for yet */
};

struct term_set {
    uint32_t list[SET_MOST];
    size_t count;
    bool is_full;
    bool failed;
};

static uint32_t term_of(struct allowed *allowed, enum term_kind kind, uint32_t a, uint32_t b);

static bool has_step(const uint64_t *steps, size_t step)
{
    return (steps[step / 64] >> (step % 64) & 1) != 0;
}

static void join_steps(const struct allowed *allowed, uint64_t *steps, const uint64_t *others)
{
    size_t w;

    for (w = 0; w < allowed->words; w++)
        steps[w] |= others[w];
}

/* --- terms --- */

static const struct process_block *block_of(const struct allowed *allowed, uint32_t number)
{
    return &allowed->process->blocks[number];
}

static uint32_t then_term(struct allowed *allowed, uint32_t first, uint32_t rest)
{
    if (first == ALLOWED_FAILED || rest == ALLOWED_FAILED)
        return ALLOWED_FAILED;
    return first == TERM_DONE  ? rest
           : rest == TERM_DONE ? first
                               : term_of(allowed, TERM_THEN, first, rest);
}

static uint32_t both_term(struct allowed *allowed, uint32_t left, uint32_t right)
{
    if (left == ALLOWED_FAILED || right == ALLOWED_FAILED)
        return ALLOWED_FAILED;
    return left == TERM_DONE    ? right
           : right == TERM_DONE ? left
                                : term_of(allowed, TERM_BOTH, left, right);
}

static uint32_t block_term(struct allowed *allowed, size_t block)
{
    return term_of(allowed, TERM_BLOCK, (uint32_t)block, 0);
}

/* The parts from one on. */
static uint32_t rest_term(struct allowed *allowed, uint32_t block, size_t part)
{
    const struct process_block *parts = block_of(allowed, block);

    if (part == parts->part_count)
        return TERM_DONE;
    if (part + 1 == parts->part_count)
        return block_term(allowed, parts->parts[part]);
    return term_of(allowed, TERM_REST, block, (uint32_t)part);
}

/* All parts side by side. */
static uint32_t parallel_term(struct allowed *allowed, const struct process_block *block)
{
    uint32_t term = TERM_DONE;
    size_t i;

    for (i = block->part_count; i-- > 0;)
        term = both_term(allowed, block_term(allowed, block->parts[i]), term);
    return term;
}

/* What a loop does between its first part and the same again. */
static uint32_t between_term(struct allowed *allowed, const struct process_block *loop)
{
    return loop->part_count > 1 ? block_term(allowed, loop->parts[1]) : (uint32_t)TERM_DONE;
}

static void describe_steps(struct allowed *allowed, struct allowed_term *term,
                           const struct process_block *block)
{
    if (block->kind != BLOCK_STEP)
        return;
    term->firsts[block->step / 64] |= 1ull << (block->step % 64);
    term->is_empty = !allowed->process->steps[block->step].is_mandatory;
    term->shortest = term->is_empty ? 0 : 1;
}

/* As another term; false when memory is out. */
static bool describe_like(struct allowed *allowed, struct allowed_term *term, uint32_t other)
{
    if (other == ALLOWED_FAILED)
        return false;
    term->is_empty = allowed->terms[other].is_empty;
    term->shortest = allowed->terms[other].shortest;
    join_steps(allowed, term->firsts, allowed->terms[other].firsts);
    return true;
}

static bool describe_choice(struct allowed *allowed, struct allowed_term *term,
                            const struct process_block *block)
{
    size_t i;

    term->shortest = block->part_count ? UINT32_MAX : 0;
    for (i = 0; i < block->part_count; i++) {
        uint32_t part = block_term(allowed, block->parts[i]);

        if (part == ALLOWED_FAILED)
            return false;
        term->is_empty |= allowed->terms[part].is_empty;
        if (allowed->terms[part].shortest < term->shortest)
            term->shortest = allowed->terms[part].shortest;
        join_steps(allowed, term->firsts, allowed->terms[part].firsts);
    }
    return true;
}

static bool describe_block(struct allowed *allowed, struct allowed_term *term, uint32_t number)
{
    const struct process_block *block = block_of(allowed, number);
    bool is_described = true;

    switch (block->kind) {
    case BLOCK_STEP:
        describe_steps(allowed, term, block);
        break;
    case BLOCK_CHOICE:
        return describe_choice(allowed, term, block);
    case BLOCK_PARALLEL:
        return describe_like(allowed, term, parallel_term(allowed, block));
    case BLOCK_LOOP:
        return describe_like(allowed, term,
                             then_term(allowed, block_term(allowed, block->parts[0]),
                                       term_of(allowed, TERM_AGAIN, number, 0)));
    case BLOCK_SEQUENCE:
    case BLOCK_OPTIONAL:
    default:
        is_described = describe_like(allowed, term, rest_term(allowed, number, 0));
        if (block->kind == BLOCK_OPTIONAL) {
            term->is_empty = true;
            term->shortest = 0;
        }
        break;
    }
    return is_described;
}

static bool describe_pair(struct allowed *allowed, struct allowed_term *term, uint32_t left,
                          uint32_t right)
{
    const struct allowed_term *a;
    const struct allowed_term *b;

    if (left == ALLOWED_FAILED || right == ALLOWED_FAILED)
        return false;
    a = &allowed->terms[left];
    b = &allowed->terms[right];
    term->is_empty = a->is_empty && b->is_empty;
    term->shortest = a->shortest + b->shortest;
    join_steps(allowed, term->firsts, a->firsts);
    if (term->key.kind == TERM_BOTH || a->is_empty)
        join_steps(allowed, term->firsts, b->firsts);
    return true;
}

/* An empty first part of a loop adds nothing, so that the loop itself need not be looked into. */
static bool describe_again(struct allowed *allowed, struct allowed_term *term, uint32_t number)
{
    const struct process_block *loop = block_of(allowed, number);

    if (!describe_pair(allowed, term, between_term(allowed, loop),
                       block_term(allowed, loop->parts[0])))
        return false;
    term->is_empty = true;
    term->shortest = 0;
    return true;
}

static bool describe(struct allowed *allowed, struct allowed_term *term)
{
    const struct term_key key = term->key;

    switch ((enum term_kind)key.kind) {
    case TERM_DONE:
        term->is_empty = true;
        return true;
    case TERM_BLOCK:
        return describe_block(allowed, term, key.a);
    case TERM_REST:
        return describe_pair(allowed, term,
                             block_term(allowed, block_of(allowed, key.a)->parts[key.b]),
                             rest_term(allowed, key.a, key.b + 1));
    case TERM_AGAIN:
        return describe_again(allowed, term, key.a);
    case TERM_THEN:
    case TERM_BOTH:
    default:
        return describe_pair(allowed, term, key.a, key.b);
    }
}

/*
 * The number of a term, made when it is new. What it is made of gets numbers below its own: so the
 * term is described before it is entered.
 */
static uint32_t term_of(struct allowed *allowed, enum term_kind kind, uint32_t a, uint32_t b)
{
    struct allowed_term term = {.key = {kind, a, b}};
    struct str bytes = {(const char *)&term.key, sizeof term.key};
    uint32_t number = intern_find(&allowed->term_numbers, bytes);

    if (number != INTERN_NONE)
        return number;
    term.firsts = arena_alloc(&allowed->arena, allowed->words, sizeof *term.firsts);
    if (!term.firsts || !describe(allowed, &term))
        return ALLOWED_FAILED;
    number = intern_id(&allowed->term_numbers, bytes);
    if (number == INTERN_NONE)
        return ALLOWED_FAILED;
    if (number >= allowed->term_capacity &&
        !mem_grow(&allowed->terms, number, &allowed->term_capacity, sizeof *allowed->terms))
        return ALLOWED_FAILED;
    allowed->terms[number] = term;
    return number;
}

/* --- derivatives --- */

static void set_add(struct term_set *set, uint32_t term)
{
    size_t i;

    if (term == ALLOWED_FAILED) {
        set->failed = true;
        return;
    }
    for (i = 0; i < set->count; i++)
        if (set->list[i] == term)
            return;
    if (set->count == SET_MOST)
        set->is_full = true;
    else
        set->list[set->count++] = term;
}

static void derive(struct allowed *allowed, uint32_t number, size_t step, unsigned depth,
                   struct term_set *set);

/* What is left of the first, and then the second. */
static void derive_first(struct allowed *allowed, uint32_t first, uint32_t rest, size_t step,
                         unsigned depth, struct term_set *set)
{
    struct term_set lefts = {.count = 0};
    size_t i;

    derive(allowed, first, step, depth + 1, &lefts);
    set->failed |= lefts.failed;
    set->is_full |= lefts.is_full;
    for (i = 0; i < lefts.count; i++)
        set_add(set, then_term(allowed, lefts.list[i], rest));
}

static void derive_then(struct allowed *allowed, uint32_t first, uint32_t rest, size_t step,
                        unsigned depth, struct term_set *set)
{
    if (first == ALLOWED_FAILED || rest == ALLOWED_FAILED) {
        set->failed = true;
        return;
    }
    derive_first(allowed, first, rest, step, depth, set);
    if (allowed->terms[first].is_empty)
        derive(allowed, rest, step, depth + 1, set);
}

static void derive_both(struct allowed *allowed, uint32_t left, uint32_t right, size_t step,
                        unsigned depth, struct term_set *set)
{
    struct term_set lefts = {.count = 0};
    struct term_set rights = {.count = 0};
    size_t i;

    derive(allowed, left, step, depth + 1, &lefts);
    derive(allowed, right, step, depth + 1, &rights);
    set->failed |= lefts.failed || rights.failed;
    set->is_full |= lefts.is_full || rights.is_full;
    for (i = 0; i < lefts.count; i++)
        set_add(set, both_term(allowed, lefts.list[i], right));
    for (i = 0; i < rights.count; i++)
        set_add(set, both_term(allowed, left, rights.list[i]));
}

/* Once more round a loop: what comes between, the first part, and then perhaps again. */
static void derive_again(struct allowed *allowed, uint32_t number, size_t step, unsigned depth,
                         struct term_set *set)
{
    const struct process_block *loop = block_of(allowed, number);
    uint32_t again = term_of(allowed, TERM_AGAIN, number, 0);
    uint32_t body = block_term(allowed, loop->parts[0]);
    uint32_t between = between_term(allowed, loop);

    if (again == ALLOWED_FAILED || body == ALLOWED_FAILED || between == ALLOWED_FAILED) {
        set->failed = true;
        return;
    }
    derive_first(allowed, between, then_term(allowed, body, again), step, depth, set);
    if (allowed->terms[between].is_empty)
        derive_first(allowed, body, again, step, depth, set);
}

static void derive_block(struct allowed *allowed, uint32_t number, size_t step, unsigned depth,
                         struct term_set *set)
{
    const struct process_block *block = block_of(allowed, number);
    size_t i;

    switch (block->kind) {
    case BLOCK_STEP:
        set_add(set, TERM_DONE);
        break;
    case BLOCK_CHOICE:
        for (i = 0; i < block->part_count; i++)
            derive(allowed, block_term(allowed, block->parts[i]), step, depth + 1, set);
        break;
    case BLOCK_PARALLEL:
        derive(allowed, parallel_term(allowed, block), step, depth + 1, set);
        break;
    case BLOCK_LOOP:
        derive_then(allowed, block_term(allowed, block->parts[0]),
                    term_of(allowed, TERM_AGAIN, number, 0), step, depth, set);
        break;
    case BLOCK_SEQUENCE:
    case BLOCK_OPTIONAL:
    default:
        derive(allowed, rest_term(allowed, number, 0), step, depth + 1, set);
        break;
    }
}

/* What may be left of a term when the step was done. */
static void derive(struct allowed *allowed, uint32_t number, size_t step, unsigned depth,
                   struct term_set *set)
{
    struct term_key key;

    BUG_IF(depth > 8 * LIMIT_PROCESS_STEPS + 8 * LIMIT_XML_DEPTH);
    if (number == ALLOWED_FAILED) {
        set->failed = true;
        return;
    }
    if (!has_step(allowed->terms[number].firsts, step))
        return;
    key = allowed->terms[number].key;
    switch ((enum term_kind)key.kind) {
    case TERM_DONE:
        break;
    case TERM_BLOCK:
        derive_block(allowed, key.a, step, depth, set);
        break;
    case TERM_REST:
        derive_then(allowed, block_term(allowed, block_of(allowed, key.a)->parts[key.b]),
                    rest_term(allowed, key.a, key.b + 1), step, depth, set);
        break;
    case TERM_THEN:
        derive_then(allowed, key.a, key.b, step, depth, set);
        break;
    case TERM_BOTH:
        derive_both(allowed, key.a, key.b, step, depth, set);
        break;
    case TERM_AGAIN:
    default:
        derive_again(allowed, key.a, step, depth, set);
        break;
    }
}

/* --- states --- */

static int compare_terms(const void *a, const void *b)
{
    const uint32_t *left = a;
    const uint32_t *right = b;

    return *left < *right ? -1 : *left > *right;
}

static bool fill_state(struct allowed *allowed, struct allowed_state *state,
                       const struct term_set *set)
{
    uint32_t *terms = arena_alloc(&allowed->arena, set->count, sizeof *terms);
    size_t i;

    state->firsts = arena_alloc(&allowed->arena, allowed->words, sizeof *state->firsts);
    state->next =
        arena_alloc(&allowed->arena, allowed->process->step_count + 1, sizeof *state->next);
    if (!terms || !state->firsts || !state->next)
        return false;
    memcpy(terms, set->list, set->count * sizeof *terms);
    state->terms = terms;
    state->term_count = set->count;
    state->shortest = UINT32_MAX;
    for (i = 0; i < set->count; i++) {
        const struct allowed_term *term = &allowed->terms[set->list[i]];

        state->is_end |= term->is_empty;
        if (term->shortest < state->shortest)
            state->shortest = term->shortest;
        join_steps(allowed, state->firsts, term->firsts);
    }
    return true;
}

static uint32_t state_of(struct allowed *allowed, struct term_set *set)
{
    struct allowed_state state = {.term_count = 0};
    struct str bytes;
    uint32_t number;

    qsort(set->list, set->count, sizeof *set->list, compare_terms);
    bytes = (struct str){(const char *)set->list, set->count * sizeof *set->list};
    number = intern_find(&allowed->state_numbers, bytes);
    if (number != INTERN_NONE)
        return number;
    if (!fill_state(allowed, &state, set))
        return ALLOWED_FAILED;
    number = intern_id(&allowed->state_numbers, bytes);
    if (number == INTERN_NONE ||
        (number >= allowed->state_capacity &&
         !mem_grow(&allowed->states, number, &allowed->state_capacity, sizeof *allowed->states)))
        return ALLOWED_FAILED;
    allowed->states[number] = state;
    return number;
}

uint32_t allowed_next(struct allowed *allowed, uint32_t state, size_t step)
{
    const struct allowed_state *from = &allowed->states[state];
    struct term_set set = {.count = 0};
    uint32_t *next = &from->next[step];
    uint32_t number;
    size_t i;

    if (!has_step(from->firsts, step))
        return ALLOWED_NONE;
    if (*next)
        return *next - 1;
    for (i = 0; i < from->term_count; i++)
        derive(allowed, from->terms[i], step, 0, &set);
    number = set.failed    ? ALLOWED_FAILED
             : set.is_full ? ALLOWED_LIMIT
                           : state_of(allowed, &set);
    if (number != ALLOWED_FAILED)
        *next = number + 1;
    return number;
}

bool allowed_is_end(const struct allowed *allowed, uint32_t state)
{
    return allowed->states[state].is_end;
}

bool allowed_has(const struct allowed *allowed, uint32_t state, size_t step)
{
    return has_step(allowed->states[state].firsts, step);
}

uint32_t allowed_shortest(const struct allowed *allowed, uint32_t state)
{
    return allowed->states[state].shortest;
}

uint32_t allowed_start(const struct allowed *allowed)
{
    return allowed->start;
}

static bool begin(struct allowed *allowed)
{
    struct term_set set = {.count = 0};
    uint32_t done = term_of(allowed, TERM_DONE, 0, 0);

    if (done == ALLOWED_FAILED)
        return false;
    BUG_IF(done != TERM_DONE);
    set_add(&set, block_term(allowed, 0));
    if (set.failed)
        return false;
    allowed->start = state_of(allowed, &set);
    return allowed->start != ALLOWED_FAILED;
}

bool allowed_init(struct allowed *allowed, const struct process_document *process)
{
    memset(allowed, 0, sizeof *allowed);
    allowed->process = process;
    allowed->words = STEP_WORDS;
    arena_init(&allowed->arena);
    intern_init(&allowed->term_numbers);
    intern_init(&allowed->state_numbers);
    return begin(allowed);
}

void allowed_done(struct allowed *allowed)
{
    arena_done(&allowed->arena);
    intern_done(&allowed->term_numbers);
    intern_done(&allowed->state_numbers);
    mem_free(allowed->terms);
    mem_free(allowed->states);
    memset(allowed, 0, sizeof *allowed);
}

bool allowed_forget(struct allowed *allowed)
{
    const struct process_document *process = allowed->process;

    if (intern_count(&allowed->state_numbers) < STATES_KEPT)
        return true;
    allowed_done(allowed);
    return allowed_init(allowed, process);
}
