#include "text/rule_filter.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "text/filter_search.h"

enum { PAIRS = 1 << 16 };
/* What is met less often than once in so many places, as far as single bytes tell, is rare. */
static const uint64_t RARE_PLACES = 4096;

static void set_words(struct rule_filter *filter, const size_t *ends)
{
    unsigned b;

    for (b = 0; b < FILTER_BUCKETS; b++) {
        filter->first_word[b] = (uint16_t)((b ? ends[b - 1] : 0) / 64);
        filter->end_word[b] = (uint16_t)((ends[b] + 63) / 64);
    }
}

static void set_masks(struct rule_filter *filter)
{
    size_t w;
    unsigned place;
    unsigned byte;

    for (w = 0; w < filter->count; w++)
        for (place = 0; place < FILTER_WINDOW; place++) {
            const struct byte_set *set = set_at(&filter->windows[w], place);

            for (byte = 0; byte < BYTES; byte++)
                if (!set || byte_set_has(set, (unsigned char)byte))
                    filter->masks[(place * BYTES + byte) * filter->words + w / 64] |=
                        1ull << (w & 63);
        }
}

static void set_run_words(struct rule_filter *filter)
{
    size_t w;

    for (w = 0; w < filter->count; w++) {
        const struct byte_run *run = &filter->windows[w].run;
        struct run_words *words = &filter->run_words[w];
        uint8_t values[NEEDED_RUN] = {0};
        uint8_t masks[NEEDED_RUN] = {0};
        unsigned i;

        for (i = 0; i < run->len; i++) {
            uint8_t byte;
            uint8_t fold;

            if (byte_set_is_byte(&run->sets[i], &byte, &fold)) {
                masks[i] = (uint8_t)~fold;
                values[i] = byte & masks[i];
            } else {
                words->others |= 1u << i;
            }
        }
        memcpy(words->values, values, sizeof values);
        memcpy(words->masks, masks, sizeof masks);
    }
}

static void set_nibbles(struct rule_filter *filter, const struct nibbles *buckets)
{
    unsigned b;
    unsigned place;
    unsigned i;

    for (b = 0; b < FILTER_BUCKETS; b++)
        for (place = 0; place < FILTER_WINDOW; place++)
            for (i = 0; i < 16; i++) {
                filter->low[place][i] |= (uint8_t)((buckets[b].low[place] >> i & 1) << b);
                filter->high[place][i] |= (uint8_t)((buckets[b].high[place] >> i & 1) << b);
            }
}

/* How often a bucket is met that is looked at in these places alone (bits), of WEIGHT_ALWAYS. */
static uint64_t rate_of(const struct nibbles *bucket, unsigned places, const uint32_t *weights)
{
    uint64_t rate = 1;
    unsigned place;

    for (place = 0; place < FILTER_WINDOW; place++) {
        uint64_t sum = 0;
        unsigned byte;

        for (byte = 0; byte < BYTES; byte++)
            if ((bucket->low[place] >> (byte & 15) & 1) && (bucket->high[place] >> (byte >> 4) & 1))
                sum += weights[byte];
        rate *= !(places >> place & 1) || sum >= 4096 ? 4096 : sum + 1;
    }
    return rate;
}

static uint64_t rate_of_all(const struct nibbles *buckets, unsigned places, const uint32_t *weights)
{
    uint64_t sum = 0;
    unsigned b;

    for (b = 0; b < FILTER_BUCKETS; b++)
        if (buckets[b].low[0])
            sum += rate_of(&buckets[b], places, weights);
    return sum;
}

/* The fewest places by which hardly anything is found that is not there. */
static void choose_places(struct rule_filter *filter, const struct nibbles *buckets,
                          const uint32_t *weights)
{
    unsigned best = (1u << FILTER_WINDOW) - 1;
    uint64_t best_rate = 0;
    unsigned places;
    unsigned place;

    for (places = 1; places < 1u << FILTER_WINDOW; places++) {
        int more = __builtin_popcount(places) - __builtin_popcount(best);
        uint64_t rate = rate_of_all(buckets, places, weights);

        if (__builtin_popcount(places) < 2 || more > 0 || rate > WEIGHT_ALWAYS / RARE_PLACES)
            continue;
        if (more < 0 || rate < best_rate) {
            best = places;
            best_rate = rate;
        }
    }
    for (place = 0; place < FILTER_WINDOW; place++)
        if (best >> place & 1)
            filter->used[filter->used_count++] = (uint8_t)place;
}

/* Which two bytes of the window are looked for where only two can be: the rarest. */
static unsigned rarest_pair(const struct filter_window *window, const uint32_t *weights)
{
    uint64_t least = UINT64_MAX;
    unsigned best = 0;
    unsigned place;

    for (place = 0; place + 1 < FILTER_WINDOW; place++) {
        uint64_t weight = 1;
        unsigned i;

        if (place > 0 && !set_at(window, place + 1))
            break;
        for (i = place; i < place + 2; i++) {
            const struct byte_set *set = set_at(window, i);
            uint64_t sum = 0;
            unsigned byte;

            for (byte = 0; byte < BYTES; byte++)
                if (!set || byte_set_has(set, (unsigned char)byte))
                    sum += weights[byte];
            weight *= sum + 1;
        }
        if (weight < least) {
            least = weight;
            best = place;
        }
    }
    return best;
}

static void set_pairs(struct rule_filter *filter, const uint32_t *weights)
{
    size_t w;

    for (w = 0; w < filter->count; w++) {
        unsigned place = rarest_pair(&filter->windows[w], weights);
        const struct byte_set *one = set_at(&filter->windows[w], place);
        const struct byte_set *two = set_at(&filter->windows[w], place + 1);
        unsigned first;
        unsigned second;

        for (second = 0; second < BYTES; second++)
            for (first = 0; first < BYTES && (!two || byte_set_has(two, (unsigned char)second));
                 first++)
                if (!one || byte_set_has(one, (unsigned char)first))
                    filter->pairs[second << 8 | first] |= (uint8_t)(1u << place);
    }
}

struct rule_filter *rule_filter_new(const struct filter_window *windows, size_t count,
                                    const uint32_t *frequent)
{
    struct nibbles buckets[FILTER_BUCKETS] = {{{0}, {0}}};
    struct rule_filter *filter = mem_alloc(1, sizeof *filter);
    uint32_t weights[BYTES];
    size_t ends[FILTER_BUCKETS];

    BUG_IF(count > FILTER_WINDOWS);
    if (!filter)
        return NULL;
    filter_weights(frequent, weights);
    filter->count = count;
    filter->words = (count + 63) / 64;
    filter->windows = mem_alloc(count, sizeof *filter->windows);
    filter->masks = mem_alloc(FILTER_WINDOW * BYTES * filter->words, sizeof *filter->masks);
    filter->pairs = mem_alloc(PAIRS, 1);
    filter->run_words = mem_alloc(count, sizeof *filter->run_words);
    if (!filter->windows || !filter->masks || !filter->pairs || !filter->run_words ||
        !filter_buckets_fill(windows, count, weights, filter->windows, ends, buckets)) {
        rule_filter_free(filter);
        return NULL;
    }
    set_words(filter, ends);
    set_masks(filter);
    set_run_words(filter);
    set_nibbles(filter, buckets);
    choose_places(filter, buckets, weights);
    set_pairs(filter, weights);
    filter->probes = filter_probes_new(filter->windows, count, weights);
    return filter;
}

void rule_filter_free(struct rule_filter *filter)
{
    if (!filter)
        return;
    mem_free(filter->windows);
    mem_free(filter->masks);
    mem_free(filter->pairs);
    mem_free(filter->run_words);
    mem_free(filter->probes);
    mem_free(filter);
}

/* --- the door --- */

/* Bytes at the end of a text are looked at in a copy, behind which nothing else is. */
enum { TAIL = FILTER_STEP + FILTER_WINDOW - 1, LEAD = FILTER_WINDOW - 2, TAIL_ROOM = LEAD + 2 * TAIL };

size_t rule_filter_room(const struct rule_filter *filter)
{
    return FILTER_HITS + FILTER_STEP * filter->count;
}

static size_t run(enum rules_path path, struct search *search, const unsigned char *bytes,
                  size_t from, size_t end)
{
#if defined(__x86_64__)
    if (path == RULES_AVX2)
        return filter_run_avx2(search, bytes, from, end);
    if (path == RULES_SSSE3)
        return filter_run_ssse3(search, bytes, from, end);
#endif
    (void)path;
    return filter_run_portable(search, bytes, from, end);
}

size_t rule_filter_run(const struct rule_filter *filter, enum rules_path path, struct str bytes,
                       size_t *from, struct filter_hit *hits)
{
    struct search search = {.filter = filter, .bytes = bytes, .hits = hits};
    size_t steps = bytes.len < TAIL ? 0 : (bytes.len - (FILTER_WINDOW - 1)) & ~(size_t)(FILTER_STEP - 1);
    unsigned char tail[TAIL_ROOM] = {0};
    size_t at = *from;

    if (at < steps)
        at = run(path, &search, (const unsigned char *)bytes.ptr + at, at, steps);
    if (at >= steps && at < bytes.len) {
        size_t lead = at < LEAD ? at : LEAD;

        memcpy(tail + LEAD - lead, bytes.ptr + at - lead, bytes.len - at + lead);
        at = run(path, &search, tail + LEAD, at, bytes.len);
    }
    *from = at;
    return search.count;
}
