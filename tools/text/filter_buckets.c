#include "text/filter_buckets.h"

#include <string.h>

#include "base/mem.h"

/* How often windows are put anew, and how many of them that is worth. */
enum { ROUNDS = 3, ROUNDS_MOST = 256 };

/* The same of a whole run; behind its end any byte will do. */
struct run_nibbles {
    uint16_t low[NEEDED_RUN + FILTER_WINDOW];
    uint16_t high[NEEDED_RUN + FILTER_WINDOW];
};

static void find_nibbles(const struct byte_run *run, struct run_nibbles *nibbles)
{
    unsigned i;
    unsigned high;

    memset(nibbles, 0xFF, sizeof *nibbles);
    for (i = 0; i < run->len; i++) {
        nibbles->low[i] = nibbles->high[i] = 0;
        for (high = 0; high < 16; high++) {
            uint16_t low = (uint16_t)(run->sets[i].bits[high / 4] >> (high % 4 * 16));

            nibbles->low[i] |= low;
            nibbles->high[i] |= (uint16_t)((low != 0) << high);
        }
    }
}

static void add_nibbles(struct nibbles *nibbles, const struct run_nibbles *run, unsigned at)
{
    unsigned place;

    for (place = 0; place < FILTER_WINDOW; place++) {
        nibbles->low[place] |= run->low[at + place];
        nibbles->high[place] |= run->high[at + place];
    }
}

/* How often the nibbles are met, of 2^48. */
static uint64_t cost_of(const struct nibbles *nibbles, const uint32_t *weights)
{
    uint64_t cost = 1;
    unsigned place;

    for (place = 0; place < FILTER_WINDOW; place++) {
        uint64_t sum = 0;
        unsigned highs = nibbles->high[place];
        unsigned lows;

        for (; highs; highs &= highs - 1)
            for (lows = nibbles->low[place]; lows; lows &= lows - 1)
                sum += weights[__builtin_ctz(highs) << 4 | __builtin_ctz(lows)];
        cost *= sum < 4096 ? sum + 1 : 4096;
    }
    return cost;
}

void filter_weights(const uint32_t *frequent, uint32_t *weights)
{
    uint64_t total = 0;
    unsigned byte;

    for (byte = 0; frequent && byte < BYTES; byte++)
        total += frequent[byte];
    for (byte = 0; byte < BYTES; byte++)
        weights[byte] = total ? (uint32_t)((uint64_t)frequent[byte] * 4096 / total)
                              : byte_weight(byte);
}

/* Where the windows are put: a bucket for each of them. */
struct plan {
    struct filter_window *windows;
    struct run_nibbles *nibbles;
    uint8_t *bucket_of;
    size_t count;
    struct nibbles buckets[FILTER_BUCKETS];
    uint64_t costs[FILTER_BUCKETS]; /* 0: empty */
    const uint32_t *weights;
};

/* The bucket at which the window does least harm when it begins there. */
static void try_place(struct plan *plan, size_t w, unsigned at, uint64_t *least)
{
    unsigned b;

    for (b = 0; b < FILTER_BUCKETS; b++) {
        struct nibbles with = plan->buckets[b];
        uint64_t more;

        add_nibbles(&with, &plan->nibbles[w], at);
        more = cost_of(&with, plan->weights) - plan->costs[b];
        if (more < *least) {
            *least = more;
            plan->windows[w].at = at;
            plan->bucket_of[w] = (uint8_t)b;
        }
    }
}

static void place_window(struct plan *plan, size_t w)
{
    struct filter_window *window = &plan->windows[w];
    uint64_t least = UINT64_MAX;
    unsigned at;
    unsigned b;

    for (at = 0; window->places >> at; at++)
        if (window->places >> at & 1)
            try_place(plan, w, at, &least);
    b = plan->bucket_of[w];
    add_nibbles(&plan->buckets[b], &plan->nibbles[w], window->at);
    plan->costs[b] = cost_of(&plan->buckets[b], plan->weights);
}

/* Makes the bucket that the window is in anew, without it. */
static void take_out(struct plan *plan, size_t w)
{
    unsigned b = plan->bucket_of[w];
    size_t i;

    plan->bucket_of[w] = FILTER_BUCKETS;
    memset(&plan->buckets[b], 0, sizeof plan->buckets[b]);
    plan->costs[b] = 0;
    for (i = 0; i < plan->count; i++)
        if (plan->bucket_of[i] == b)
            add_nibbles(&plan->buckets[b], &plan->nibbles[i], plan->windows[i].at);
    if (plan->buckets[b].low[0])
        plan->costs[b] = cost_of(&plan->buckets[b], plan->weights);
}

/* One after the other, and again while they are few: the first ones did not know the last. */
static void place_windows(struct plan *plan)
{
    unsigned round;
    size_t w;

    for (w = 0; w < plan->count; w++) {
        find_nibbles(&plan->windows[w].run, &plan->nibbles[w]);
        place_window(plan, w);
    }
    for (round = 0; round < ROUNDS && plan->count <= ROUNDS_MOST; round++)
        for (w = 0; w < plan->count; w++) {
            take_out(plan, w);
            place_window(plan, w);
        }
}

bool filter_buckets_fill(const struct filter_window *windows, size_t count, const uint32_t *weights,
                         struct filter_window *sorted, size_t *ends, struct nibbles *buckets)
{
    struct plan plan = {.count = count, .weights = weights};
    size_t filled = 0;
    size_t i;
    unsigned b;

    plan.windows = mem_alloc(count, sizeof *plan.windows);
    plan.nibbles = mem_alloc(count, sizeof *plan.nibbles);
    plan.bucket_of = mem_alloc(count, 1);
    if (plan.windows && plan.nibbles && plan.bucket_of) {
        memcpy(plan.windows, windows, count * sizeof *windows);
        place_windows(&plan);
        memcpy(buckets, plan.buckets, sizeof plan.buckets);
        for (b = 0; b < FILTER_BUCKETS; b++) {
            for (i = 0; i < count; i++)
                if (plan.bucket_of[i] == b)
                    sorted[filled++] = plan.windows[i];
            ends[b] = filled;
        }
    }
    mem_free(plan.windows);
    mem_free(plan.nibbles);
    mem_free(plan.bucket_of);
    return filled == count;
}
