/* What is left of a term when a step was done: its partial derivatives. */
#include "base/bug.h"
#include "base/limits.h"
#include "replay/allowed_term.h"

void term_set_add(struct term_set *set, uint32_t term)
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
        term_set_add(set, term_then(allowed, lefts.list[i], rest));
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
        term_set_add(set, term_both(allowed, lefts.list[i], right));
    for (i = 0; i < rights.count; i++)
        term_set_add(set, term_both(allowed, left, rights.list[i]));
}

/* Once more round a loop: what comes between, the first part, and then perhaps again. */
static void derive_again(struct allowed *allowed, uint32_t number, size_t step, unsigned depth,
                         struct term_set *set)
{
    const struct process_block *loop = block_of(allowed, number);
    uint32_t again = term_of(allowed, TERM_AGAIN, number, 0);
    uint32_t body = term_of_block(allowed, loop->parts[0]);
    uint32_t between = term_between(allowed, loop);

    if (again == ALLOWED_FAILED || body == ALLOWED_FAILED || between == ALLOWED_FAILED) {
        set->failed = true;
        return;
    }
    derive_first(allowed, between, term_then(allowed, body, again), step, depth, set);
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
        term_set_add(set, TERM_DONE);
        break;
    case BLOCK_CHOICE:
        for (i = 0; i < block->part_count; i++)
            derive(allowed, term_of_block(allowed, block->parts[i]), step, depth + 1, set);
        break;
    case BLOCK_PARALLEL:
        derive(allowed, term_of_parallel(allowed, block), step, depth + 1, set);
        break;
    case BLOCK_LOOP:
        derive_then(allowed, term_of_block(allowed, block->parts[0]),
                    term_of(allowed, TERM_AGAIN, number, 0), step, depth, set);
        break;
    case BLOCK_SEQUENCE:
    case BLOCK_OPTIONAL:
    default:
        derive(allowed, term_of_rest(allowed, number, 0), step, depth + 1, set);
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
        derive_then(allowed, term_of_block(allowed, block_of(allowed, key.a)->parts[key.b]),
                    term_of_rest(allowed, key.a, key.b + 1), step, depth, set);
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

void term_derive(struct allowed *allowed, uint32_t number, size_t step, struct term_set *set)
{
    derive(allowed, number, step, 0, set);
}
