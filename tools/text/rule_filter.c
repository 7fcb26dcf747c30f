#include "text/rule_filter.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/bug.h"
#include "base/mem.h"

enum { BUCKETS = 8, BYTES = 256, PAIRS = 1 << 16 };

/* A run ends when it has so many; the last step may add STEP times the number of windows. */
enum { HITS_A_RUN = 4096, STEP = 32 };

/* Which nibbles the bytes have that a bucket looks for, by place in the window. */
struct nibbles {
    uint16_t low[FILTER_WINDOW];
    uint16_t high[FILTER_WINDOW];
};

struct rule_filter {
    struct filter_window *windows; /* those of a bucket follow each other */
    size_t count;
    size_t words; /* of 64 windows each */
    /* Bit w of masks[(place * BYTES + byte) * words]: window w takes the byte there. */
    uint64_t *masks;
    /* words of the windows of each bucket */
    uint16_t first_word[BUCKETS];
    uint16_t end_word[BUCKETS];
    /* by nibble: one bit a bucket */
    uint8_t low[FILTER_WINDOW][16];
    uint8_t high[FILTER_WINDOW][16];
    /* by two bytes, the first one lower: one bit a bucket */
    uint8_t *pairs;
};

/* --- buckets --- */

/* Null: any byte will do, the run is at its end. */
static const struct byte_set *set_at(const struct filter_window *window, unsigned place)
{
    return window->at + place < window->run.len ? &window->run.sets[window->at + place] : NULL;
}

static void add_nibbles(struct nibbles *nibbles, const struct filter_window *window)
{
    unsigned place;
    unsigned byte;

    for (place = 0; place < FILTER_WINDOW; place++) {
        const struct byte_set *set = set_at(window, place);

        if (!set) {
            nibbles->low[place] = nibbles->high[place] = 0xFFFF;
            continue;
        }
        for (byte = 0; byte < BYTES; byte++) {
            if (!byte_set_has(set, (unsigned char)byte))
                continue;
            nibbles->low[place] |= (uint16_t)(1u << (byte & 15));
            nibbles->high[place] |= (uint16_t)(1u << (byte >> 4));
        }
    }
}

/* How often the nibbles are met, of 2^48. */
static uint64_t cost_of(const struct nibbles *nibbles, const uint32_t *weights)
{
    uint64_t cost = 1;
    unsigned place;

    for (place = 0; place < FILTER_WINDOW; place++) {
        uint64_t sum = 0;
        unsigned high;
        unsigned low;

        for (high = 0; high < 16; high++)
            if (nibbles->high[place] >> high & 1)
                for (low = 0; low < 16; low++)
                    if (nibbles->low[place] >> low & 1)
                        sum += weights[high << 4 | low];
        cost *= sum < 4096 ? sum + 1 : 4096;
    }
    return cost;
}

/* Parts of 4096 from how often each byte is met. */
static void set_weights(const uint32_t *frequent, uint32_t *weights)
{
    uint64_t total = 0;
    unsigned byte;

    for (byte = 0; frequent && byte < BYTES; byte++)
        total += frequent[byte];
    for (byte = 0; byte < BYTES; byte++)
        weights[byte] = total ? (uint32_t)((uint64_t)frequent[byte] * 4096 / total)
                              : byte_weight(byte);
}

/* The bucket that suffers least from one more window. */
static unsigned best_bucket(const struct nibbles *buckets, const struct filter_window *window,
                            const uint32_t *weights)
{
    uint64_t least = UINT64_MAX;
    unsigned best = 0;
    unsigned b;

    for (b = 0; b < BUCKETS; b++) {
        struct nibbles with = buckets[b];
        uint64_t before = with.low[0] ? cost_of(&with, weights) : 0;
        uint64_t more;

        add_nibbles(&with, window);
        more = cost_of(&with, weights) - before;
        if (more < least) {
            least = more;
            best = b;
        }
    }
    return best;
}

/* Fills windows bucket by bucket. */
static bool sort_windows(struct rule_filter *filter, const struct filter_window *windows,
                         const uint32_t *frequent, struct nibbles *buckets)
{
    uint8_t *bucket_of = mem_alloc(filter->count, 1);
    uint32_t weights[BYTES];
    size_t count = 0;
    size_t i;
    unsigned b;

    if (!bucket_of)
        return false;
    set_weights(frequent, weights);
    for (i = 0; i < filter->count; i++) {
        bucket_of[i] = (uint8_t)best_bucket(buckets, &windows[i], weights);
        add_nibbles(&buckets[bucket_of[i]], &windows[i]);
    }
    for (b = 0; b < BUCKETS; b++) {
        filter->first_word[b] = (uint16_t)(count / 64);
        for (i = 0; i < filter->count; i++)
            if (bucket_of[i] == b)
                filter->windows[count++] = windows[i];
        filter->end_word[b] = (uint16_t)((count + 63) / 64);
    }
    mem_free(bucket_of);
    return true;
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

static void set_nibbles(struct rule_filter *filter, const struct nibbles *buckets)
{
    unsigned b;
    unsigned place;
    unsigned i;

    for (b = 0; b < BUCKETS; b++)
        for (place = 0; place < FILTER_WINDOW; place++)
            for (i = 0; i < 16; i++) {
                filter->low[place][i] |= (uint8_t)((buckets[b].low[place] >> i & 1) << b);
                filter->high[place][i] |= (uint8_t)((buckets[b].high[place] >> i & 1) << b);
            }
}

static void set_pairs(struct rule_filter *filter)
{
    size_t first;
    size_t second;
    size_t word;

    for (second = 0; second < BYTES; second++)
        for (first = 0; first < BYTES; first++)
            for (word = 0; word < filter->words; word++)
                if (filter->masks[first * filter->words + word] &
                    filter->masks[(BYTES + second) * filter->words + word])
                    filter->pairs[second << 8 | first] = 1;
}

struct rule_filter *rule_filter_new(const struct filter_window *windows, size_t count,
                                    const uint32_t *frequent)
{
    struct nibbles buckets[BUCKETS] = {{{0}, {0}}};
    struct rule_filter *filter = mem_alloc(1, sizeof *filter);

    BUG_IF(count > FILTER_WINDOWS);
    if (!filter)
        return NULL;
    filter->count = count;
    filter->words = (count + 63) / 64;
    filter->windows = mem_alloc(count, sizeof *filter->windows);
    filter->masks = mem_alloc(FILTER_WINDOW * BYTES * filter->words, sizeof *filter->masks);
    filter->pairs = mem_alloc(PAIRS, 1);
    if (!filter->windows || !filter->masks || !filter->pairs ||
        !sort_windows(filter, windows, frequent, buckets)) {
        rule_filter_free(filter);
        return NULL;
    }
    set_masks(filter);
    set_nibbles(filter, buckets);
    set_pairs(filter);
    return filter;
}

void rule_filter_free(struct rule_filter *filter)
{
    if (!filter)
        return;
    mem_free(filter->windows);
    mem_free(filter->masks);
    mem_free(filter->pairs);
    mem_free(filter);
}

/* --- one place --- */

/* A run over bytes, and what it has found. */
struct search {
    const struct rule_filter *filter;
    struct str bytes;
    struct filter_hit *hits;
    size_t count;
};

/* Windows of one word that may be at the place. */
static inline void check_windows(struct search *search, size_t place, size_t word, uint64_t bits)
{
    for (; bits; bits &= bits - 1) {
        const struct filter_window *window =
            &search->filter->windows[word * 64 + (unsigned)__builtin_ctzll(bits)];

        if (place < window->at || search->bytes.len - (place - window->at) < window->run.len ||
            !byte_run_is(&window->run, search->bytes.ptr + (place - window->at)))
            continue;
        search->hits[search->count].place = (uint32_t)place;
        search->hits[search->count++].rule = (uint32_t)window->rule;
    }
}

/* `bytes`: those at the place, FILTER_WINDOW of them. */
static inline void check_words(struct search *search, size_t place, const unsigned char *bytes,
                               size_t first, size_t end)
{
    const uint64_t *masks = search->filter->masks;
    size_t words = search->filter->words;
    size_t word;

    for (word = first; word < end; word++)
        check_windows(search, place, word,
                      masks[bytes[0] * words + word] & masks[(BYTES + bytes[1]) * words + word] &
                          masks[(2 * BYTES + bytes[2]) * words + word] &
                          masks[(3 * BYTES + bytes[3]) * words + word]);
}

/* --- any machine --- */

/* Bytes at the end of a text are looked at in a copy, behind which nothing else is. */
enum { TAIL = 32 + FILTER_WINDOW - 1, TAIL_ROOM = 2 * TAIL };

/* Places from `from` up to `end`, of which `bytes` is the first one; FILTER_WINDOW - 1 more bytes are
   readable. Returns where it stopped, because there may be no room for the hits of one more. */
static size_t run_portable(struct search *search, const unsigned char *bytes, size_t from,
                           size_t end)
{
    const uint8_t *pairs = search->filter->pairs;
    size_t words = search->filter->words;
    size_t i = from;

    for (; i < end; i++, bytes++) {
        if (!pairs[(unsigned)bytes[1] << 8 | bytes[0]])
            continue;
        if (search->count >= HITS_A_RUN)
            break;
        check_words(search, i, bytes, 0, words);
    }
    return i;
}

/* --- x86-64 --- */

#if defined(__x86_64__)
#define TARGET_AVX2 __attribute__((target("avx2,bmi,popcnt")))

/* The places of one step at which a bucket may have something: one bit each in `places`. */
static TARGET_AVX2 void check_step(struct search *search, const unsigned char *bytes, size_t from,
                                   uint32_t places, const __m256i *found)
{
    const struct rule_filter *filter = search->filter;
    uint8_t buckets[32];

    if (filter->words == 1) {
        for (; places; places &= places - 1) {
            unsigned i = (unsigned)__builtin_ctz(places);

            check_words(search, from + i, bytes + i, 0, 1);
        }
        return;
    }
    memcpy(buckets, found, sizeof buckets);
    for (; places; places &= places - 1) {
        unsigned i = (unsigned)__builtin_ctz(places);
        size_t done = 0;
        unsigned b;

        /* neighbours may share a word, which is looked at once */
        for (b = buckets[i]; b; b &= b - 1) {
            size_t first = filter->first_word[__builtin_ctz(b)];
            size_t end = filter->end_word[__builtin_ctz(b)];

            check_words(search, from + i, bytes + i, first > done ? first : done, end);
            done = end > done ? end : done;
        }
    }
}

static inline TARGET_AVX2 __attribute__((always_inline)) __m256i
look_up(__m256i bytes, __m256i low, __m256i high)
{
    const __m256i nibble = _mm256_set1_epi8(15);

    return _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, nibble)),
        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble)));
}

static inline TARGET_AVX2 __attribute__((always_inline)) __m256i both_halves(const uint8_t *table)
{
    __m128i half;

    memcpy(&half, table, 16);
    return _mm256_broadcastsi128_si256(half);
}

/* As run_portable, 32 places at a time, of which the last ones may lie beyond `end`. */
static TARGET_AVX2 size_t run_avx2(struct search *search, const unsigned char *bytes, size_t from,
                                   size_t end)
{
    const struct rule_filter *filter = search->filter;
    __m256i low[FILTER_WINDOW];
    __m256i high[FILTER_WINDOW];
    size_t i;
    unsigned k;

    for (k = 0; k < FILTER_WINDOW; k++) {
        low[k] = both_halves(filter->low[k]);
        high[k] = both_halves(filter->high[k]);
    }
    for (i = from; i < end; i += 32, bytes += 32) {
        __m256i in[FILTER_WINDOW];
        __m256i found;
        uint32_t places;

        memcpy(&in[0], bytes, 32);
        memcpy(&in[1], bytes + 1, 32);
        memcpy(&in[2], bytes + 2, 32);
        memcpy(&in[3], bytes + 3, 32);
        found = _mm256_and_si256(_mm256_and_si256(look_up(in[0], low[0], high[0]),
                                                  look_up(in[1], low[1], high[1])),
                                 _mm256_and_si256(look_up(in[2], low[2], high[2]),
                                                  look_up(in[3], low[3], high[3])));
        places = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
        if (!places)
            continue;
        if (search->count >= HITS_A_RUN)
            break;
        if (end - i < 32)
            places &= (1u << (end - i)) - 1;
        check_step(search, bytes, i, places, &found);
    }
    return i < end ? i : end;
}
#endif

/* --- the door --- */

size_t rule_filter_room(const struct rule_filter *filter)
{
    return HITS_A_RUN + STEP * filter->count;
}

static size_t run(enum rules_path path, struct search *search, const unsigned char *bytes,
                  size_t from, size_t end)
{
#if defined(__x86_64__)
    if (path == RULES_AVX2)
        return run_avx2(search, bytes, from, end);
#endif
    (void)path;
    return run_portable(search, bytes, from, end);
}

size_t rule_filter_run(const struct rule_filter *filter, enum rules_path path, struct str bytes,
                       size_t *from, struct filter_hit *hits)
{
    struct search search = {.filter = filter, .bytes = bytes, .hits = hits};
    size_t steps = bytes.len < TAIL ? 0 : (bytes.len - (FILTER_WINDOW - 1)) & ~(size_t)31;
    unsigned char tail[TAIL_ROOM];
    size_t at = *from;

    if (at < steps)
        at = run(path, &search, (const unsigned char *)bytes.ptr + at, at, steps);
    if (at >= steps && at < bytes.len) {
        memset(tail, 0, sizeof tail);
        memcpy(tail, bytes.ptr + at, bytes.len - at);
        at = run(path, &search, tail, at, bytes.len);
    }
    *from = at;
    return search.count;
}
