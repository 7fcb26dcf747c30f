/*
 * The filter on any machine: few windows by two or three of their bytes, of 16 places at a time in
 * vectors as the compiler has them; many by a table of two bytes, one place after the other.
 */
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/mem.h"
#include "text/filter_search.h"

enum { WIDTH = 16, LOOK = 4 * WIDTH, PROBED = 3 };
/* What a step costs by probes of each kind, and by the table: instructions, roughly. */
enum { COST_ONE = 8, COST_TWO = 15, COST_THREE = 22, COST_FOLDED = 30, COST_TABLE = 400 };
/* One byte will do when it is met less often than once in so many places, two in so many. */
static const uint64_t RARE_ONE = 256;
static const uint64_t RARE_TWO = 1024;

typedef uint8_t vector __attribute__((vector_size(WIDTH)));

enum probe_kind { PROBE_ONE, PROBE_TWO, PROBE_THREE, PROBE_FOLDED, PROBE_KINDS };

/* Bytes of a window, and where they are in it. */
struct probe {
    vector bytes[PROBED];
    vector folds[PROBED]; /* bits that do not matter */
    size_t at[PROBED];
    enum probe_kind kind;
};

struct filter_probes {
    unsigned cost;
    size_t ends[PROBE_KINDS]; /* those of a kind follow each other */
    struct probe list[];
};

/* --- making --- */

static vector all_of(uint8_t byte)
{
    vector all;

    memset(&all, byte, sizeof all);
    return all;
}

/* A byte of a window that can be probed. */
struct choice {
    unsigned at;
    uint8_t byte;
    uint8_t fold;
    uint64_t weight; /* of 4096 */
};

/* Those of the window, the rarest first. */
static unsigned find_choices(const struct filter_window *window, const uint32_t *weights,
                             struct choice *choices)
{
    unsigned count = 0;
    unsigned place;

    for (place = 0; place < FILTER_WINDOW; place++) {
        struct choice choice = {.at = place};
        unsigned k = count;

        if (!set_at(window, place) ||
            !byte_set_is_byte(set_at(window, place), &choice.byte, &choice.fold))
            continue;
        choice.weight = 1 + weights[choice.byte] +
                        (choice.fold ? weights[choice.byte & (uint8_t)~choice.fold] : 0);
        for (; k > 0 && choices[k - 1].weight > choice.weight; k--)
            choices[k] = choices[k - 1];
        choices[k] = choice;
        count++;
    }
    return count;
}

/* How many of the bytes are rare enough together. */
static unsigned count_needed(const struct choice *choices, unsigned count)
{
    if (choices[0].weight * RARE_ONE <= 4096)
        return 1;
    if (count == 2 || choices[0].weight * choices[1].weight * RARE_TWO <= 4096 * 4096)
        return 2;
    return PROBED;
}

/* False: too little of the window is known. */
static bool make_probe(const struct filter_window *window, const uint32_t *weights,
                       struct probe *probe)
{
    struct choice choices[FILTER_WINDOW];
    unsigned count = find_choices(window, weights, choices);
    unsigned used;
    unsigned i;

    if (count < 2)
        return false;
    used = count_needed(choices, count);
    memset(probe, 0, sizeof *probe);
    probe->kind = PROBE_ONE + (used - 1);
    for (i = 0; i < PROBED; i++) {
        const struct choice *choice = &choices[i < used ? i : 0];

        probe->at[i] = choice->at;
        probe->bytes[i] = all_of(choice->byte);
        probe->folds[i] = all_of(choice->fold);
        if (choice->fold)
            probe->kind = PROBE_FOLDED;
    }
    return true;
}

/* Puts the probes in the order of their kinds. */
static void sort_probes(const struct probe *drawn, size_t count, struct filter_probes *probes)
{
    enum probe_kind kind;
    size_t filled = 0;
    size_t i;

    for (kind = PROBE_ONE; kind < PROBE_KINDS; kind++) {
        for (i = 0; i < count; i++)
            if (drawn[i].kind == kind)
                probes->list[filled++] = drawn[i];
        probes->ends[kind] = filled;
    }
}

struct filter_probes *filter_probes_new(const struct filter_window *windows, size_t count,
                                        const uint32_t *weights)
{
    static const unsigned costs[PROBE_KINDS] = {COST_ONE, COST_TWO, COST_THREE, COST_FOLDED};
    struct probe drawn[COST_TABLE / COST_ONE];
    struct filter_probes *probes;
    unsigned cost = 0;
    size_t filled = 0;
    size_t w;

    for (w = 0; w < count && filled < ARRAY_LEN(drawn); w++) {
        size_t k = 0;

        if (!make_probe(&windows[w], weights, &drawn[filled]))
            return NULL;
        while (memcmp(&drawn[k], &drawn[filled], sizeof drawn[k]) != 0)
            k++;
        if (k == filled) /* else there is one like it */
            cost += costs[drawn[filled++].kind];
    }
    if (w < count)
        return NULL;
    if (cost > COST_TABLE)
        return NULL;
    probes = mem_alloc(1, sizeof *probes + filled * sizeof probes->list[0]);
    if (!probes)
        return NULL;
    probes->cost = cost;
    sort_probes(drawn, filled, probes);
    return probes;
}

bool filter_probes_cost(const struct filter_probes *probes, unsigned most)
{
    return probes && probes->cost <= most;
}

/* --- probes --- */

static inline vector load(const unsigned char *bytes)
{
    vector loaded;

    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

/* `kind` is known where this is put in. */
static inline __attribute__((always_inline)) vector
meets(const struct probe *probe, enum probe_kind kind, const unsigned char *bytes)
{
    vector one = load(bytes + probe->at[0]);
    vector two = load(bytes + probe->at[1]);
    vector met;

    if (kind == PROBE_ONE)
        return (vector)(one == probe->bytes[0]);
    if (kind == PROBE_FOLDED) {
        one |= probe->folds[0];
        two |= probe->folds[1];
    }
    met = (vector)(one == probe->bytes[0]) & (vector)(two == probe->bytes[1]);
    if (kind == PROBE_THREE)
        met &= (vector)(load(bytes + probe->at[2]) == probe->bytes[2]);
    if (kind == PROBE_FOLDED)
        met &= (vector)((load(bytes + probe->at[2]) | probe->folds[2]) == probe->bytes[2]);
    return met;
}

struct found {
    vector parts[LOOK / WIDTH];
};

static inline __attribute__((always_inline)) struct found
look_for(const struct filter_probes *probes, enum probe_kind kind, const unsigned char *bytes,
         struct found found)
{
    const struct probe *probe = probes->list + (kind == PROBE_ONE ? 0 : probes->ends[kind - 1]);
    const struct probe *end = probes->list + probes->ends[kind];

    for (; probe < end; probe++) {
        found.parts[0] |= meets(probe, kind, bytes);
        found.parts[1] |= meets(probe, kind, bytes + WIDTH);
        found.parts[2] |= meets(probe, kind, bytes + 2 * WIDTH);
        found.parts[3] |= meets(probe, kind, bytes + 3 * WIDTH);
    }
    return found;
}

static inline bool is_any(vector found)
{
#if defined(__SSE2__)
    return _mm_movemask_epi8((__m128i)found) != 0;
#else
    uint64_t words[2];

    memcpy(words, &found, sizeof words);
    return (words[0] | words[1]) != 0;
#endif
}

/* A bit for each byte that is not zero. */
static inline uint32_t bits_of(vector found)
{
#if defined(__SSE2__)
    return (uint32_t)_mm_movemask_epi8((__m128i)found);
#else
    uint32_t bits = 0;
    unsigned i;

    for (i = 0; i < WIDTH; i++)
        bits |= (uint32_t)(found[i] & 1) << i;
    return bits;
#endif
}

static inline void keep_step(struct steps *steps, size_t at, uint32_t places)
{
    steps->at[steps->count] = at;
    steps->places[steps->count] = places;
    steps->count += places != 0;
}

/* Two steps. */
static inline void look(const struct filter_probes *probes, const unsigned char *bytes, size_t at,
                        struct steps *steps)
{
    struct found found = {{{0}}};

    found = look_for(probes, PROBE_ONE, bytes, found);
    found = look_for(probes, PROBE_TWO, bytes, found);
    found = look_for(probes, PROBE_THREE, bytes, found);
    found = look_for(probes, PROBE_FOLDED, bytes, found);
    if (!is_any(found.parts[0] | found.parts[1] | found.parts[2] | found.parts[3]))
        return;
    keep_step(steps, at, bits_of(found.parts[0]) | bits_of(found.parts[1]) << WIDTH);
    keep_step(steps, at + FILTER_STEP, bits_of(found.parts[2]) | bits_of(found.parts[3]) << WIDTH);
}

/* Keeps steps from `from` on; returns where it stopped. */
static size_t keep_steps(const struct filter_probes *probes, const unsigned char *bytes, size_t from,
                         size_t end, struct steps *steps)
{
    unsigned char last[LOOK + FILTER_WINDOW] = {0};
    size_t most = from + FILTER_STEPS * FILTER_STEP;
    size_t i;

    steps->count = 0;
    for (i = from; i < most && i + LOOK <= end; i += LOOK, bytes += LOOK)
        look(probes, bytes, i, steps);
    if (i >= most || i >= end)
        return i;
    /* no more than a step and the rest of a window can be read */
    while (i < end) {
        memcpy(last, bytes, FILTER_STEP + FILTER_WINDOW - 1);
        look(probes, last, i, steps);
        if (steps->count && steps->at[steps->count - 1] > i)
            steps->count--;
        i += FILTER_STEP;
        bytes += FILTER_STEP;
    }
    return i;
}

static size_t run_probes(struct search *search, const unsigned char *bytes, size_t from, size_t end)
{
    struct steps steps;

    while (from < end) {
        size_t next = keep_steps(search->filter->probes, bytes, from, end, &steps);
        size_t stopped = steps_check(&steps, /* knows_buckets= */ false, search, bytes, from,
                                     next < end ? next : end);

        if (stopped < next)
            return stopped;
        bytes += next - from;
        from = next;
    }
    return end;
}

/* --- pairs --- */

/* The pair at the place is one of those looked for; `starts` as in the table. */
static void check_pair(struct search *search, size_t place, const unsigned char *bytes,
                       unsigned starts)
{
    unsigned k;

    for (k = 0; starts >> k; k++)
        if (starts >> k & 1 && place >= k)
            check_words(search, place, place - k, bytes - k, 0, search->filter->words);
}

static inline unsigned pair_at(const uint8_t *pairs, const unsigned char *bytes)
{
    return pairs[(unsigned)bytes[1] << 8 | bytes[0]];
}

static size_t run_pairs(struct search *search, const unsigned char *bytes, size_t from, size_t end)
{
    const uint8_t *pairs = search->filter->pairs;
    size_t i;
    unsigned k;

    for (i = from; i < end; i += 4, bytes += 4) {
        unsigned found[4];

        for (k = 0; k < 4; k++)
            found[k] = pair_at(pairs, bytes + k);
        if (!(found[0] | found[1] | found[2] | found[3]))
            continue;
        if (search->count >= FILTER_HITS)
            break;
        for (k = 0; k < 4 && i + k < end; k++)
            check_pair(search, i + k, bytes + k, found[k]);
    }
    return i < end ? i : end;
}

size_t filter_run_portable(struct search *search, const unsigned char *bytes, size_t from, size_t end)
{
    return search->filter->probes ? run_probes(search, bytes, from, end)
                                  : run_pairs(search, bytes, from, end);
}
