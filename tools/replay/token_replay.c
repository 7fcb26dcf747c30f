#include "replay/token_replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "base/mem.h"

enum { NARROW = 16 }; /* markings of a first look */

/* A marking is the places of its tokens in ascending order, a place with two of them twice. */
struct way {
    uint32_t marking; /* its number */
    size_t at;        /* of its places in the layer */
    uint32_t missing;
    uint32_t consumed;
    uint32_t tokens;
};

/* The markings that can be there before an event. */
struct layer {
    struct intern markings;
    struct way *ways; /* by number of the marking */
    size_t count;
    size_t capacity;
    uint32_t *places; /* of all markings, one behind the other */
    size_t place_count;
    size_t place_capacity;
    uint32_t *waiting; /* numbers whose silent transitions are to be fired, first in first out */
    size_t waiting_count;
    size_t waiting_capacity;
};

struct tokens {
    const struct process_net *net;
    struct layer layers[2]; /* before this event and before the next */
    uint32_t *room;         /* of the marking being made */
    size_t room_count;
    size_t room_capacity;
    uint64_t worst; /* missing and remaining tokens that one way is known to take */
    bool is_bound;
    bool failed;
};

static void layer_init(struct layer *layer)
{
    memset(layer, 0, sizeof *layer);
    intern_init(&layer->markings);
}

static void layer_done(struct layer *layer)
{
    intern_done(&layer->markings);
    mem_free(layer->ways);
    mem_free(layer->places);
    mem_free(layer->waiting);
}

static void layer_clear(struct layer *layer)
{
    intern_done(&layer->markings);
    intern_init(&layer->markings);
    layer->count = 0;
    layer->place_count = 0;
    layer->waiting_count = 0;
}

/* --- markings --- */

static const uint32_t *places_of(const struct layer *layer, const struct way *way)
{
    return layer->places + way->at;
}

static size_t count_at(const uint32_t *places, size_t count, uint32_t place)
{
    size_t found = 0;
    size_t i;

    for (i = 0; i < count; i++)
        found += places[i] == place;
    return found;
}

static void start_marking(struct tokens *tokens)
{
    tokens->room_count = 0;
}

/* In its place among the tokens of the marking being made. */
static void put_token(struct tokens *tokens, uint32_t place)
{
    size_t at = tokens->room_count;

    if (!mem_grow(&tokens->room, at, &tokens->room_capacity, sizeof *tokens->room)) {
        tokens->failed = true;
        return;
    }
    for (; at > 0 && tokens->room[at - 1] > place; at--)
        tokens->room[at] = tokens->room[at - 1];
    tokens->room[at] = place;
    tokens->room_count++;
}

/* The marking without one token each of the places, which are ascending. */
static void copy_without(struct tokens *tokens, const uint32_t *places, size_t count,
                         const uint32_t *taken, size_t taken_count)
{
    size_t t = 0;
    size_t i;

    start_marking(tokens);
    for (i = 0; i < count; i++) {
        if (t < taken_count && places[i] == taken[t])
            t++;
        else
            put_token(tokens, places[i]);
    }
}

/* Tokens that are there cannot become fewer than this many, where nothing joins them. */
static bool is_hopeless(const struct tokens *tokens, const struct way *way)
{
    uint64_t least = way->missing;

    if (!tokens->net->has_joins && way->tokens > 1)
        least += way->tokens - 1;
    return least > tokens->worst;
}

/* The marking that was made joins those of the layer. */
static bool add_marking(struct tokens *tokens, struct layer *layer, struct way *way)
{
    size_t i;

    way->at = layer->place_count;
    for (i = 0; i < tokens->room_count; i++) {
        if (!mem_grow(&layer->places, layer->place_count, &layer->place_capacity,
                      sizeof *layer->places))
            return false;
        layer->places[layer->place_count++] = tokens->room[i];
    }
    if (!mem_grow(&layer->ways, layer->count, &layer->capacity, sizeof *layer->ways))
        return false;
    layer->count++;
    return true;
}

/* The marking that was made is in the layer, with the better of what it takes to be there. */
static void reach(struct tokens *tokens, struct layer *layer, uint32_t missing, uint32_t consumed)
{
    struct str bytes = {(const char *)tokens->room, tokens->room_count * sizeof *tokens->room};
    struct way way = {.missing = missing,
                      .consumed = consumed,
                      .tokens = (uint32_t)tokens->room_count};
    struct way *known;

    if (tokens->failed || is_hopeless(tokens, &way))
        return;
    way.marking = intern_id(&layer->markings, bytes);
    if (way.marking == INTERN_NONE) {
        tokens->failed = true;
        return;
    }
    if (way.marking == layer->count) {
        if (!add_marking(tokens, layer, &way)) {
            tokens->failed = true;
            return;
        }
    } else {
        known = &layer->ways[way.marking];
        if (known->missing < missing ||
            (known->missing == missing && known->consumed <= consumed))
            return;
        way.at = known->at;
    }
    layer->ways[way.marking] = way;
    if (!mem_grow(&layer->waiting, layer->waiting_count, &layer->waiting_capacity,
                  sizeof *layer->waiting))
        tokens->failed = true;
    else
        layer->waiting[layer->waiting_count++] = way.marking;
}

/* --- firing --- */

static bool is_enabled(const struct net_silent *silent, const uint32_t *places, size_t count)
{
    size_t i;

    for (i = 0; i < silent->input_count; i++)
        if (count_at(places, count, silent->inputs[i]) == 0)
            return false;
    return true;
}

/* Everything that silent transitions lead to, until nothing gets better. */
static void fire_silents(struct tokens *tokens, struct layer *layer, size_t most)
{
    size_t w;
    size_t s;
    size_t i;

    for (w = 0; w < layer->waiting_count && !tokens->failed; w++) {
        struct way way = layer->ways[layer->waiting[w]];

        for (s = 0; s < tokens->net->silent_count && !tokens->failed; s++) {
            const struct net_silent *silent = &tokens->net->silents[s];
            const uint32_t *places = places_of(layer, &way);

            if (!is_enabled(silent, places, way.tokens))
                continue;
            if (layer->count >= 4 * most) {
                tokens->is_bound = true;
                return;
            }
            copy_without(tokens, places, way.tokens, silent->inputs, silent->input_count);
            for (i = 0; i < silent->output_count; i++)
                put_token(tokens, silent->outputs[i]);
            reach(tokens, layer, way.missing, way.consumed + (uint32_t)silent->input_count);
        }
    }
}

static void fire_step(struct tokens *tokens, const struct layer *layer, const struct way *way,
                      size_t step, struct layer *next)
{
    uint32_t input = tokens->net->step_input[step];
    const uint32_t *places = places_of(layer, way);
    bool has_token = count_at(places, way->tokens, input) > 0;

    copy_without(tokens, places, way->tokens, &input, 1);
    put_token(tokens, tokens->net->step_output[step]);
    reach(tokens, next, way->missing + !has_token, way->consumed + 1);
}

/* --- too many --- */

static int compare_ways(const void *a, const void *b)
{
    const struct way *left = a;
    const struct way *right = b;
    uint64_t left_sum = (uint64_t)left->missing + left->tokens;
    uint64_t right_sum = (uint64_t)right->missing + right->tokens;

    if (left_sum != right_sum)
        return left_sum < right_sum ? -1 : 1;
    if (left->missing != right->missing)
        return left->missing < right->missing ? -1 : 1;
    if (left->consumed != right->consumed)
        return left->consumed < right->consumed ? -1 : 1;
    return left->marking < right->marking ? -1 : left->marking > right->marking;
}

/* The ways that lead on, best first where only some of them may. */
static void step_all(struct tokens *tokens, struct layer *layer, size_t step, struct layer *next,
                     size_t most)
{
    size_t i;

    if (layer->count > most) {
        tokens->is_bound = true;
        qsort(layer->ways, layer->count, sizeof *layer->ways, compare_ways);
        layer->count = most;
    }
    for (i = 0; i < layer->count && !tokens->failed; i++)
        fire_step(tokens, layer, &layer->ways[i], step, next);
}

/* --- the end --- */

struct count_of_tokens {
    uint64_t sum; /* missing and remaining */
    uint32_t missing;
    uint32_t consumed;
};

static bool is_fewer(const struct count_of_tokens *a, const struct count_of_tokens *b)
{
    if (a->sum != b->sum)
        return a->sum < b->sum;
    if (a->missing != b->missing)
        return a->missing < b->missing;
    return a->consumed < b->consumed;
}

/* The token at the end is consumed, or missing; what else there is remains. */
static struct count_of_tokens end_of(const struct layer *layer)
{
    struct count_of_tokens best = {.sum = UINT64_MAX};
    size_t i;

    for (i = 0; i < layer->count; i++) {
        const struct way *way = &layer->ways[i];
        bool has_token = count_at(places_of(layer, way), way->tokens, PLACE_END) > 0;
        uint32_t missing = way->missing + !has_token;
        struct count_of_tokens count = {(uint64_t)missing + way->tokens - has_token, missing,
                                        way->consumed + 1};

        if (is_fewer(&count, &best))
            best = count;
    }
    return best;
}

/* The whole case, with at most so many markings before an event. */
static struct count_of_tokens run(struct tokens *tokens, const size_t *steps, size_t count,
                                  size_t most)
{
    struct layer *layer = &tokens->layers[0];
    struct layer *next = &tokens->layers[1];
    struct layer *other;
    size_t i;

    layer_clear(layer);
    start_marking(tokens);
    put_token(tokens, PLACE_BEGIN);
    reach(tokens, layer, 0, 0);
    fire_silents(tokens, layer, most);
    for (i = 0; i < count && !tokens->failed; i++) {
        if (steps[i] == PROCESS_NO_STEP)
            continue;
        layer_clear(next);
        step_all(tokens, layer, steps[i], next, most);
        fire_silents(tokens, next, most);
        other = layer;
        layer = next;
        next = other;
    }
    return end_of(layer);
}

bool token_replay_run(const struct process_net *net, const size_t *steps, size_t count,
                      struct replay_result *result)
{
    struct tokens tokens = {.net = net, .worst = UINT64_MAX};
    struct count_of_tokens best;
    struct count_of_tokens exact;

    layer_init(&tokens.layers[0]);
    layer_init(&tokens.layers[1]);
    /* a narrow search says how much is enough, so that the wide one can leave out what takes more */
    best = run(&tokens, steps, count, NARROW);
    if (tokens.is_bound && !tokens.failed) {
        tokens.worst = best.sum;
        tokens.is_bound = false;
        exact = run(&tokens, steps, count, LIMIT_REPLAY_MARKINGS);
        if (is_fewer(&exact, &best))
            best = exact;
    }
    result->is_bound = tokens.is_bound;
    result->missing = best.missing;
    result->consumed = best.consumed;
    result->remaining = best.sum - best.missing;
    result->produced = best.consumed + result->remaining - best.missing;
    layer_done(&tokens.layers[0]);
    layer_done(&tokens.layers[1]);
    mem_free(tokens.room);
    return !tokens.failed;
}
