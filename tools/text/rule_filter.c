#include "text/rule_filter.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/bug.h"
#include "base/mem.h"
#include "text/filter_buckets.h"

enum { PAIRS = 1 << 16 };

/* A run ends when it has so many; the last step may add STEP times the number of windows. */
enum { HITS_A_RUN = 4096, STEP = 32 };

struct rule_filter {
    struct filter_window *windows; /* those of a bucket follow each other */
    size_t count;
    size_t words; /* of 64 windows each */
    /* Bit w of masks[(place * BYTES + byte) * words]: window w takes the byte there. */
    uint64_t *masks;
    /* words of the windows of each bucket */
    uint16_t first_word[FILTER_BUCKETS];
    uint16_t end_word[FILTER_BUCKETS];
    /* by nibble: one bit a bucket */
    uint8_t low[FILTER_WINDOW][16];
    uint8_t high[FILTER_WINDOW][16];
    /* By two bytes that follow each other, the first one lower: bit k says that a window may begin k
       bytes in front of them. */
    uint8_t *pairs;
};

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
    if (!filter->windows || !filter->masks || !filter->pairs ||
        !filter_buckets_fill(windows, count, weights, filter->windows, ends, buckets)) {
        rule_filter_free(filter);
        return NULL;
    }
    set_words(filter, ends);
    set_masks(filter);
    set_nibbles(filter, buckets);
    set_pairs(filter, weights);
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

/* Windows of one word that may begin at `start`, for something seen at `place`. */
static inline void check_windows(struct search *search, size_t place, size_t start, size_t word,
                                 uint64_t bits)
{
    for (; bits; bits &= bits - 1) {
        const struct filter_window *window =
            &search->filter->windows[word * 64 + (unsigned)__builtin_ctzll(bits)];

        if (start < window->at || search->bytes.len - (start - window->at) < window->run.len ||
            !byte_run_is(&window->run, search->bytes.ptr + (start - window->at)))
            continue;
        search->hits[search->count].place = (uint32_t)place;
        search->hits[search->count++].rule = (uint32_t)window->rule;
    }
}

/* `bytes`: those at `start`, FILTER_WINDOW of them. */
static inline void check_words(struct search *search, size_t place, size_t start,
                               const unsigned char *bytes, size_t first, size_t end)
{
    const uint64_t *masks = search->filter->masks;
    size_t words = search->filter->words;
    size_t word;

    for (word = first; word < end; word++)
        check_windows(search, place, start, word,
                      masks[bytes[0] * words + word] & masks[(BYTES + bytes[1]) * words + word] &
                          masks[(2 * BYTES + bytes[2]) * words + word] &
                          masks[(3 * BYTES + bytes[3]) * words + word]);
}

/*
 * The paths look at places from `from` up to `end`, of which `bytes` is the first one. What lies
 * LEAD bytes in front and a step and FILTER_WINDOW - 1 behind is readable. They return where they
 * stopped, because there may be no room for the hits of one more step.
 */

/* --- any machine --- */

enum { LEAD = FILTER_WINDOW - 2 };

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

static size_t run_portable(struct search *search, const unsigned char *bytes, size_t from,
                           size_t end)
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
        if (search->count >= HITS_A_RUN)
            break;
        for (k = 0; k < 4 && i + k < end; k++)
            check_pair(search, i + k, bytes + k, found[k]);
    }
    return i < end ? i : end;
}

/* --- x86-64 --- */

#if defined(__x86_64__)
/* The places of one step at which a bucket may have something: one bit each in `places`. */
static void check_step(struct search *search, const unsigned char *bytes, size_t from,
                       uint32_t places, const uint8_t *buckets)
{
    const struct rule_filter *filter = search->filter;

    for (; places; places &= places - 1) {
        unsigned i = (unsigned)__builtin_ctz(places);
        size_t done = 0;
        unsigned b;

        /* neighbours may share a word, which is looked at once */
        for (b = buckets[i]; b; b &= b - 1) {
            size_t first = filter->first_word[__builtin_ctz(b)];
            size_t end = filter->end_word[__builtin_ctz(b)];

            check_words(search, from + i, from + i, bytes + i, first > done ? first : done, end);
            done = end > done ? end : done;
        }
    }
}

/* The same where all windows are in one word. */
static inline __attribute__((always_inline)) void
check_small_step(struct search *search, const unsigned char *bytes, size_t from, uint32_t places)
{
    for (; places; places &= places - 1) {
        unsigned i = (unsigned)__builtin_ctz(places);

        check_words(search, from + i, from + i, bytes + i, 0, 1);
    }
}

#define TARGET_SSSE3 __attribute__((target("ssse3")))

static inline TARGET_SSSE3 __attribute__((always_inline)) __m128i
look_up_ssse3(const unsigned char *bytes, const uint8_t *low, const uint8_t *high)
{
    const __m128i nibble = _mm_set1_epi8(15);
    __m128i in = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i lows = _mm_loadu_si128((const __m128i *)(const void *)low);
    __m128i highs = _mm_loadu_si128((const __m128i *)(const void *)high);

    return _mm_and_si128(
        _mm_shuffle_epi8(lows, _mm_and_si128(in, nibble)),
        _mm_shuffle_epi8(highs, _mm_and_si128(_mm_srli_epi16(in, 4), nibble)));
}

/* 16 places at a time. */
static TARGET_SSSE3 size_t run_ssse3(struct search *search, const unsigned char *bytes, size_t from,
                                     size_t end)
{
    const struct rule_filter *filter = search->filter;
    size_t i;

    for (i = from; i < end; i += 16, bytes += 16) {
        __m128i found = _mm_and_si128(
            _mm_and_si128(look_up_ssse3(bytes, filter->low[0], filter->high[0]),
                          look_up_ssse3(bytes + 1, filter->low[1], filter->high[1])),
            _mm_and_si128(look_up_ssse3(bytes + 2, filter->low[2], filter->high[2]),
                          look_up_ssse3(bytes + 3, filter->low[3], filter->high[3])));
        uint32_t places =
            0xFFFF & ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(found, _mm_setzero_si128()));
        uint8_t buckets[16];

        if (!places)
            continue;
        if (search->count >= HITS_A_RUN)
            break;
        if (end - i < 16)
            places &= (1u << (end - i)) - 1;
        _mm_storeu_si128((__m128i *)(void *)buckets, found);
        if (filter->words == 1)
            check_small_step(search, bytes, i, places);
        else
            check_step(search, bytes, i, places, buckets);
    }
    return i < end ? i : end;
}

#define TARGET_AVX2 __attribute__((target("avx2,bmi,popcnt")))

static inline TARGET_AVX2 __attribute__((always_inline)) __m256i
look_up(const unsigned char *bytes, __m256i low, __m256i high)
{
    const __m256i nibble = _mm256_set1_epi8(15);
    __m256i in = _mm256_loadu_si256((const __m256i *)(const void *)bytes);

    return _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(in, nibble)),
        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(in, 4), nibble)));
}

static inline TARGET_AVX2 __attribute__((always_inline)) __m256i both_halves(const uint8_t *table)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));
}

/* 32 places at a time. */
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
    for (i = from; i < end; i += STEP, bytes += STEP) {
        __m256i found = _mm256_and_si256(_mm256_and_si256(look_up(bytes, low[0], high[0]),
                                                          look_up(bytes + 1, low[1], high[1])),
                                         _mm256_and_si256(look_up(bytes + 2, low[2], high[2]),
                                                          look_up(bytes + 3, low[3], high[3])));
        uint32_t places =
            ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
        uint8_t buckets[STEP];

        if (!places)
            continue;
        if (search->count >= HITS_A_RUN)
            break;
        if (end - i < STEP)
            places &= (1u << (end - i)) - 1;
        _mm256_storeu_si256((__m256i *)(void *)buckets, found);
        if (filter->words == 1)
            check_small_step(search, bytes, i, places);
        else
            check_step(search, bytes, i, places, buckets);
    }
    return i < end ? i : end;
}
#endif

/* --- the door --- */

/* Bytes at the end of a text are looked at in a copy, behind which nothing else is. */
enum { TAIL = STEP + FILTER_WINDOW - 1, TAIL_ROOM = LEAD + 2 * TAIL };

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
    if (path == RULES_SSSE3)
        return run_ssse3(search, bytes, from, end);
#endif
    (void)path;
    return run_portable(search, bytes, from, end);
}

size_t rule_filter_run(const struct rule_filter *filter, enum rules_path path, struct str bytes,
                       size_t *from, struct filter_hit *hits)
{
    struct search search = {.filter = filter, .bytes = bytes, .hits = hits};
    size_t steps = bytes.len < TAIL ? 0 : (bytes.len - (FILTER_WINDOW - 1)) & ~(size_t)(STEP - 1);
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
