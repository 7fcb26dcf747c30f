#include "measure/refusal_chain.h"

#include <string.h>

#include "base/mem.h"

/* A copy of terms that keeps its room. */
struct kept_terms {
    uint32_t *list;
    size_t count;
    size_t capacity;
};

struct refusal_walk {
    struct term_pool seen;
    struct kept_terms stems; /* of the last refusal of the chain at hand */
    struct kept_terms groups;
    struct str reason;
    bool has_text;
    bool is_asked;      /* a customer has written since */
    bool has_argument;  /* and brought a new argument */
    uint32_t length;    /* of the chain at hand; 0: none */
    uint32_t arguments;
    struct refusal_chain chain; /* the longest so far */
};

struct refusal_walk *refusal_walk_new(void)
{
    return mem_alloc(1, sizeof(struct refusal_walk));
}

void refusal_walk_free(struct refusal_walk *walk)
{
    if (!walk)
        return;
    term_pool_done(&walk->seen);
    mem_free(walk->stems.list);
    mem_free(walk->groups.list);
    mem_free(walk);
}

void refusal_walk_clear(struct refusal_walk *walk)
{
    term_pool_clear(&walk->seen);
    walk->length = walk->arguments = 0;
    walk->chain = (struct refusal_chain){0, 0, 0};
}

static bool keep(struct kept_terms *kept, struct terms terms)
{
    if (kept->capacity < terms.count) {
        uint32_t *grown = mem_resize(kept->list, terms.count, sizeof *grown);

        if (!grown)
            return false;
        kept->list = grown;
        kept->capacity = terms.count;
    }
    if (terms.count)
        memcpy(kept->list, terms.list, terms.count * sizeof *terms.list);
    kept->count = terms.count;
    return true;
}

bool refusals_are_same(const struct turn *a, const struct turn *b)
{
    if (a->reason.ptr && b->reason.ptr && str_equal(a->reason, b->reason))
        return true;
    if (!a->has_text || !b->has_text)
        return false;
    if (a->stems.count == 0 && b->stems.count == 0)
        return true;
    return overlap_jaccard_reaches(terms_overlap(a->stems, b->stems), REFUSAL_STEMS_PERCENT) ||
           overlap_containment_reaches(terms_overlap(a->groups, b->groups), REFUSAL_GROUPS_PERCENT);
}

static bool is_same(const struct refusal_walk *walk, const struct turn *turn)
{
    struct turn before = {.reason = walk->reason,
                          .has_text = walk->has_text,
                          .stems = {walk->stems.list, walk->stems.count},
                          .groups = {walk->groups.list, walk->groups.count}};

    return walk->length > 0 && refusals_are_same(&before, turn);
}

static void keep_longest(struct refusal_walk *walk)
{
    struct refusal_chain *chain = &walk->chain;

    if (walk->length < chain->length ||
        (walk->length == chain->length && walk->arguments <= chain->arguments))
        return;
    chain->length = walk->length;
    chain->arguments = walk->arguments;
}

static bool take_refusal(struct refusal_walk *walk, const struct turn *turn,
                         struct chain_link *link)
{
    bool goes_on = is_same(walk, turn);

    if (goes_on && !walk->is_asked) {
        link->length = walk->length;
        return true;
    }
    if (!keep(&walk->stems, turn->stems) || !keep(&walk->groups, turn->groups))
        return false;
    walk->reason = turn->reason;
    walk->has_text = turn->has_text;
    link->is_new = true;
    link->has_new_argument = goes_on && walk->has_argument;
    walk->length = goes_on ? walk->length + 1 : 1;
    walk->arguments = goes_on ? walk->arguments + walk->has_argument : 0;
    walk->is_asked = walk->has_argument = false;
    link->length = walk->length;
    keep_longest(walk);
    return true;
}

static void take_customer(struct refusal_walk *walk, const struct turn *turn)
{
    size_t unseen = term_pool_unseen(&walk->seen, turn->stems);

    walk->is_asked = true;
    if (turn->stems.count && unseen * 100 >= ARGUMENT_PERCENT * turn->stems.count)
        walk->has_argument = true;
}

bool refusal_walk_take(struct refusal_walk *walk, const struct turn *turn,
                       struct chain_link *ret_link)
{
    struct chain_link link = {0, false, false};

    walk->chain.refusals +=
        turn->kind == TURN_REFUSAL || (turn->kind == TURN_CHANGE && turn->refuses);
    if (turn->kind == TURN_CUSTOMER)
        take_customer(walk, turn);
    if (turn->kind == TURN_CHANGE)
        walk->length = walk->arguments = 0;
    if (turn->kind == TURN_REFUSAL && !take_refusal(walk, turn, &link))
        return false;
    if (!term_pool_add(&walk->seen, turn->stems))
        return false;
    *ret_link = link;
    return true;
}

struct refusal_chain refusal_walk_chain(const struct refusal_walk *walk)
{
    return walk->chain;
}
