#include "replay/nearest.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

/* Moves of one side above, steps that are missing below: fewer moves come first. */
static const uint64_t LOG_COST = 1ull << 32;
static const uint64_t PROCESS_COST = (1ull << 32) + 1;

struct node {
    uint32_t event; /* the next one */
    uint32_t state;
    uint64_t cost;
    bool is_settled;
    bool is_on_way; /* of some nearest sequence */
};

struct heap_item {
    uint64_t cost;
    uint32_t event;
    uint32_t node;
};

struct search {
    struct allowed *allowed;
    const size_t *steps;
    size_t count;
    struct intern numbers; /* of nodes, by event and state */
    struct node *nodes;
    size_t node_count;
    size_t node_capacity;
    struct heap_item *heap;
    size_t heap_count;
    size_t heap_capacity;
    uint32_t *settled; /* nodes, in the order in which they were */
    size_t settled_count;
    size_t settled_capacity;
    uint64_t worst; /* leaving every event out costs no more */
    uint64_t best;  /* of an end, when one is settled */
    enum status status;
};

/* --- the heap --- */

/* Of equal costs the earlier event first: a step that both do costs nothing and goes to the next. */
static bool is_before(const struct heap_item *a, const struct heap_item *b)
{
    if (a->cost != b->cost)
        return a->cost < b->cost;
    if (a->event != b->event)
        return a->event < b->event;
    return a->node < b->node;
}

static void swap(struct heap_item *a, struct heap_item *b)
{
    struct heap_item moved = *a;

    *a = *b;
    *b = moved;
}

static bool push(struct search *search, struct heap_item item)
{
    struct heap_item *heap;
    size_t at = search->heap_count;

    if (at == search->heap_capacity &&
        !mem_grow(&search->heap, at, &search->heap_capacity, sizeof *search->heap))
        return false;
    heap = search->heap;
    heap[search->heap_count++] = item;
    for (; at > 0 && is_before(&heap[at], &heap[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&heap[at], &heap[(at - 1) / 2]);
    return true;
}

static struct heap_item pop(struct search *search)
{
    struct heap_item *heap = search->heap;
    struct heap_item first = heap[0];
    size_t at = 0;

    heap[0] = heap[--search->heap_count];
    for (;;) {
        size_t least = at;
        size_t child;

        for (child = 2 * at + 1; child <= 2 * at + 2 && child < search->heap_count; child++)
            if (is_before(&heap[child], &heap[least]))
                least = child;
        if (least == at)
            return first;
        swap(&heap[at], &heap[least]);
        at = least;
    }
}

/* --- nodes --- */

static struct node *find_node(struct search *search, size_t event, uint32_t state)
{
    const uint32_t key[2] = {(uint32_t)event, state};
    uint32_t number =
        intern_find(&search->numbers, (struct str){(const char *)key, sizeof key});

    return number == INTERN_NONE ? NULL : &search->nodes[number];
}

static bool make_node(struct search *search, size_t event, uint32_t state, uint32_t *ret_number)
{
    const uint32_t key[2] = {(uint32_t)event, state};

    *ret_number = intern_id(&search->numbers, (struct str){(const char *)key, sizeof key});
    if (*ret_number == INTERN_NONE)
        return false;
    if (*ret_number < search->node_count)
        return true;
    if (search->node_count == search->node_capacity &&
        !mem_grow(&search->nodes, search->node_count, &search->node_capacity,
                  sizeof *search->nodes))
        return false;
    search->nodes[search->node_count++] =
        (struct node){.event = (uint32_t)event, .state = state, .cost = UINT64_MAX};
    return true;
}

static void reach(struct search *search, size_t event, uint32_t state, uint64_t cost)
{
    uint32_t number;

    if (search->status != STATUS_OK || cost > search->worst)
        return;
    if (search->node_count == LIMIT_REPLAY_NODES && !find_node(search, event, state)) {
        search->status = STATUS_LIMIT;
        return;
    }
    if (!make_node(search, event, state, &number)) {
        search->status = STATUS_MEMORY;
        return;
    }
    if (cost >= search->nodes[number].cost)
        return;
    search->nodes[number].cost = cost;
    if (!push(search, (struct heap_item){cost, (uint32_t)event, number}))
        search->status = STATUS_MEMORY;
}

/* The state behind a step; ALLOWED_NONE: there is none, or it cannot be told. */
static uint32_t state_after(struct search *search, uint32_t state, size_t step)
{
    uint32_t next = step == PROCESS_NO_STEP ? ALLOWED_NONE
                                            : allowed_next(search->allowed, state, step);

    if (next == ALLOWED_FAILED)
        search->status = STATUS_MEMORY;
    else if (next == ALLOWED_LIMIT)
        search->status = STATUS_LIMIT;
    else
        return next;
    return ALLOWED_NONE;
}

static void go_on(struct search *search, struct node from)
{
    size_t step_count = search->allowed->process->step_count;
    uint32_t next;
    size_t s;

    if (from.event < search->count) {
        next = state_after(search, from.state, search->steps[from.event]);
        if (next != ALLOWED_NONE)
            reach(search, from.event + 1, next, from.cost);
        reach(search, from.event + 1, from.state, from.cost + LOG_COST);
    }
    for (s = 0; s < step_count && search->status == STATUS_OK; s++) {
        if (!allowed_has(search->allowed, from.state, s))
            continue;
        next = state_after(search, from.state, s);
        if (next != ALLOWED_NONE)
            reach(search, from.event, next, from.cost + PROCESS_COST);
    }
}

/* Until no node that is left can be on a way to a nearest end. */
static void settle(struct search *search)
{
    while (search->heap_count > 0 && search->status == STATUS_OK) {
        struct heap_item item = pop(search);
        struct node *node = &search->nodes[item.node];

        if (item.cost > search->best)
            return;
        if (node->is_settled)
            continue;
        node->is_settled = true;
        if (!mem_grow(&search->settled, search->settled_count, &search->settled_capacity,
                      sizeof *search->settled)) {
            search->status = STATUS_MEMORY;
            return;
        }
        search->settled[search->settled_count++] = item.node;
        if (node->event == search->count && allowed_is_end(search->allowed, node->state))
            search->best = node->cost;
        go_on(search, *node);
    }
}

/* --- the way --- */

/* A node that some nearest sequence goes through, at just that cost; NULL: it is none. */
static struct node *on_way(struct search *search, size_t event, uint32_t state, uint64_t cost)
{
    struct node *node = state == ALLOWED_NONE ? NULL : find_node(search, event, state);

    return node && node->is_on_way && node->cost == cost ? node : NULL;
}

/*
 * The next move of the way that is taken, in the order that replay.h states; NULL: it has ended, or
 * there is none.
 */
static struct node *next_on_way(struct search *search, const struct node *from,
                                struct replay_move *ret_move)
{
    size_t step_count = search->allowed->process->step_count;
    size_t step = from->event < search->count ? search->steps[from->event] : PROCESS_NO_STEP;
    struct node *next = NULL;
    size_t s;

    *ret_move = (struct replay_move){MOVE_BOTH, step, from->event};
    if (from->event < search->count) {
        next = on_way(search, from->event + 1, state_after(search, from->state, step), from->cost);
        if (next)
            return next;
        ret_move->kind = MOVE_LOG;
        next = on_way(search, from->event + 1, from->state, from->cost + LOG_COST);
    }
    for (s = 0; s < step_count && !next; s++) {
        *ret_move = (struct replay_move){MOVE_PROCESS, s, from->event};
        if (allowed_has(search->allowed, from->state, s))
            next = on_way(search, from->event, state_after(search, from->state, s),
                          from->cost + PROCESS_COST);
    }
    return next;
}

static bool is_goal(const struct search *search, const struct node *node)
{
    return node->event == search->count && node->cost == search->best &&
           allowed_is_end(search->allowed, node->state);
}

/* From the ends back: what leads on to a node of a nearest sequence is one, too. */
static void mark_ways(struct search *search)
{
    size_t i = search->settled_count;
    struct replay_move move;

    while (i-- > 0) {
        struct node *node = &search->nodes[search->settled[i]];

        node->is_on_way = is_goal(search, node) || next_on_way(search, node, &move) != NULL;
    }
}

static enum status take_way(struct search *search, struct arena *arena,
                            struct replay_result *result)
{
    const struct node *node = find_node(search, 0, allowed_start(search->allowed));
    size_t most = search->count + (size_t)(search->best & 0xFFFFFFFFu);

    result->cost = search->best >> 32;
    result->has_nearest = true;
    result->moves = arena_alloc(arena, most + 1, sizeof *result->moves);
    if (!result->moves)
        return STATUS_MEMORY;
    while (node && !is_goal(search, node))
        node = next_on_way(search, node, &result->moves[result->move_count++]);
    return search->status;
}

enum status nearest_find(struct allowed *allowed, const size_t *steps, size_t count,
                         struct arena *arena, struct replay_result *result)
{
    uint32_t start = allowed_start(allowed);
    struct search search = {.allowed = allowed,
                            .steps = steps,
                            .count = count,
                            .best = UINT64_MAX,
                            .worst = count * LOG_COST +
                                     allowed_shortest(allowed, start) * PROCESS_COST,
                            .status = STATUS_OK};
    enum status status;

    intern_init(&search.numbers);
    reach(&search, 0, start, 0);
    settle(&search);
    status = search.status;
    if (status == STATUS_OK) {
        mark_ways(&search);
        status = take_way(&search, arena, result);
    }
    intern_done(&search.numbers);
    mem_free(search.nodes);
    mem_free(search.heap);
    mem_free(search.settled);
    return status;
}
