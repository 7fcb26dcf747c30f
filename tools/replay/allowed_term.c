#include "replay/allowed_term.h"

#include "base/mem.h"

void term_join_steps(const struct allowed *allowed, uint64_t *steps, const uint64_t *others)
{
    size_t w;

    for (w = 0; w < allowed->words; w++)
        steps[w] |= others[w];
}

/* --- terms --- */

uint32_t term_then(struct allowed *allowed, uint32_t first, uint32_t rest)
{
    if (first == ALLOWED_FAILED || rest == ALLOWED_FAILED)
        return ALLOWED_FAILED;
    return first == TERM_DONE  ? rest
           : rest == TERM_DONE ? first
                               : term_of(allowed, TERM_THEN, first, rest);
}

uint32_t term_both(struct allowed *allowed, uint32_t left, uint32_t right)
{
    if (left == ALLOWED_FAILED || right == ALLOWED_FAILED)
        return ALLOWED_FAILED;
    return left == TERM_DONE    ? right
           : right == TERM_DONE ? left
                                : term_of(allowed, TERM_BOTH, left, right);
}

uint32_t term_of_block(struct allowed *allowed, size_t block)
{
    return term_of(allowed, TERM_BLOCK, (uint32_t)block, 0);
}

uint32_t term_of_rest(struct allowed *allowed, uint32_t block, size_t part)
{
    const struct process_block *parts = block_of(allowed, block);

    if (part == parts->part_count)
        return TERM_DONE;
    if (part + 1 == parts->part_count)
        return term_of_block(allowed, parts->parts[part]);
    return term_of(allowed, TERM_REST, block, (uint32_t)part);
}

uint32_t term_of_parallel(struct allowed *allowed, const struct process_block *block)
{
    uint32_t term = TERM_DONE;
    size_t i;

    for (i = block->part_count; i-- > 0;)
        term = term_both(allowed, term_of_block(allowed, block->parts[i]), term);
    return term;
}

uint32_t term_between(struct allowed *allowed, const struct process_block *loop)
{
    return loop->part_count > 1 ? term_of_block(allowed, loop->parts[1]) : (uint32_t)TERM_DONE;
}

/* --- what they are --- */

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
    term_join_steps(allowed, term->firsts, allowed->terms[other].firsts);
    return true;
}

static bool describe_choice(struct allowed *allowed, struct allowed_term *term,
                            const struct process_block *block)
{
    size_t i;

    term->shortest = block->part_count ? UINT32_MAX : 0;
    for (i = 0; i < block->part_count; i++) {
        uint32_t part = term_of_block(allowed, block->parts[i]);

        if (part == ALLOWED_FAILED)
            return false;
        term->is_empty |= allowed->terms[part].is_empty;
        if (allowed->terms[part].shortest < term->shortest)
            term->shortest = allowed->terms[part].shortest;
        term_join_steps(allowed, term->firsts, allowed->terms[part].firsts);
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
        return describe_like(allowed, term, term_of_parallel(allowed, block));
    case BLOCK_LOOP:
        return describe_like(allowed, term,
                             term_then(allowed, term_of_block(allowed, block->parts[0]),
                                       term_of(allowed, TERM_AGAIN, number, 0)));
    case BLOCK_SEQUENCE:
    case BLOCK_OPTIONAL:
    default:
        is_described = describe_like(allowed, term, term_of_rest(allowed, number, 0));
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
    term_join_steps(allowed, term->firsts, a->firsts);
    if (term->key.kind == TERM_BOTH || a->is_empty)
        term_join_steps(allowed, term->firsts, b->firsts);
    return true;
}

/* An empty first part of a loop adds nothing, so that the loop itself need not be looked into. */
static bool describe_again(struct allowed *allowed, struct allowed_term *term, uint32_t number)
{
    const struct process_block *loop = block_of(allowed, number);

    if (!describe_pair(allowed, term, term_between(allowed, loop),
                       term_of_block(allowed, loop->parts[0])))
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
                             term_of_block(allowed, block_of(allowed, key.a)->parts[key.b]),
                             term_of_rest(allowed, key.a, key.b + 1));
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
uint32_t term_of(struct allowed *allowed, enum term_kind kind, uint32_t a, uint32_t b)
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
