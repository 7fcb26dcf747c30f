#include "replay/allowed.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "replay/allowed_term.h"

enum {
    STATES_KEPT = 20000, /* between two cases */
    STEP_WORDS = LIMIT_PROCESS_STEPS / 64
};

struct allowed_state {
    const uint32_t *terms;
    size_t term_count;
    bool is_end;
    uint32_t shortest;
    uint64_t *firsts;
    uint32_t *next; /* by step: number + 1; 0: not asked for yet */
};

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
        term_join_steps(allowed, state->firsts, term->firsts);
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
        term_derive(allowed, from->terms[i], step, &set);
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
    term_set_add(&set, term_of_block(allowed, 0));
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
