/*
 * The filter by shuffles of nibbles: 32 places at a time with AVX2, 16 with SSSE3.
 */
#include <string.h>

#include "text/filter_search.h"

#if defined(__x86_64__)
#include <immintrin.h>

/* What a step costs by shuffles: instructions, roughly. Very few windows are found by less. */
enum { COST_SSSE3 = 60, COST_AVX2 = 20 };

#define TARGET_SSSE3 __attribute__((target("ssse3")))

static inline TARGET_SSSE3 __attribute__((always_inline)) __m128i
look_up_ssse3(const unsigned char *bytes, __m128i low, __m128i high)
{
    const __m128i nibble = _mm_set1_epi8(15);
    __m128i in = _mm_loadu_si128((const __m128i *)(const void *)bytes);

    return _mm_and_si128(_mm_shuffle_epi8(low, _mm_and_si128(in, nibble)),
                         _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(in, 4), nibble)));
}

/* Tables of the places that are looked at. */
struct tables {
    __m128i low[FILTER_WINDOW];
    __m128i high[FILTER_WINDOW];
    size_t at[FILTER_WINDOW];
};

/* The buckets of 16 places go into `buckets`; returns the places at which there are any. */
static inline TARGET_SSSE3 __attribute__((always_inline)) uint32_t
look_at_16(const struct tables *tables, unsigned used, const unsigned char *bytes, uint8_t *buckets)
{
    __m128i found = _mm_and_si128(
        look_up_ssse3(bytes + tables->at[0], tables->low[0], tables->high[0]),
        look_up_ssse3(bytes + tables->at[1], tables->low[1], tables->high[1]));

    if (used > 2)
        found = _mm_and_si128(
            found, look_up_ssse3(bytes + tables->at[2], tables->low[2], tables->high[2]));
    if (used > 3)
        found = _mm_and_si128(
            found, look_up_ssse3(bytes + tables->at[3], tables->low[3], tables->high[3]));
    _mm_storeu_si128((__m128i *)(void *)buckets, found);
    return 0xFFFF & ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(found, _mm_setzero_si128()));
}

/* Keeps steps from `from` on; returns where it stopped. `used` is known where this is put in. */
static inline TARGET_SSSE3 __attribute__((always_inline)) size_t
keep_steps_ssse3(const struct rule_filter *filter, unsigned used, const unsigned char *bytes,
                 size_t from, size_t end, struct steps *steps)
{
    struct tables tables;
    size_t count = 0;
    size_t most = from + FILTER_STEPS * FILTER_STEP;
    size_t i;
    unsigned k;

    for (k = 0; k < used; k++) {
        tables.at[k] = filter->used[k];
        tables.low[k] = _mm_loadu_si128((const __m128i *)(const void *)filter->low[tables.at[k]]);
        tables.high[k] = _mm_loadu_si128((const __m128i *)(const void *)filter->high[tables.at[k]]);
    }
    for (i = from; i < end && i < most; i += FILTER_STEP, bytes += FILTER_STEP) {
        uint8_t *buckets = steps->buckets[count];
        uint32_t places = look_at_16(&tables, used, bytes, buckets) |
                          look_at_16(&tables, used, bytes + 16, buckets + 16) << 16;

        steps->at[count] = i;
        steps->places[count] = places;
        count += places != 0;
    }
    steps->count = count;
    return i;
}

static TARGET_SSSE3 size_t keep_ssse3(const struct rule_filter *filter, const unsigned char *bytes,
                                      size_t from, size_t end, struct steps *steps)
{
    switch (filter->used_count) {
    case 2:
        return keep_steps_ssse3(filter, 2, bytes, from, end, steps);
    case 3:
        return keep_steps_ssse3(filter, 3, bytes, from, end, steps);
    default:
        return keep_steps_ssse3(filter, FILTER_WINDOW, bytes, from, end, steps);
    }
}

size_t filter_run_ssse3(struct search *search, const unsigned char *bytes, size_t from, size_t end)
{
    struct steps steps;

    if (filter_probes_cost(search->filter->probes, COST_SSSE3))
        return filter_run_portable(search, bytes, from, end);
    while (from < end) {
        size_t next = keep_ssse3(search->filter, bytes, from, end, &steps);
        size_t stopped = steps_check(&steps, /* knows_buckets= */ true, search, bytes, from,
                                     next < end ? next : end);

        if (stopped < next)
            return stopped;
        bytes += next - from;
        from = next;
    }
    return end;
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

static inline TARGET_AVX2 __attribute__((always_inline)) size_t
keep_steps_avx2(const struct rule_filter *filter, unsigned used, const unsigned char *bytes,
                size_t from, size_t end, struct steps *steps)
{
    __m256i low[FILTER_WINDOW];
    __m256i high[FILTER_WINDOW];
    size_t at[FILTER_WINDOW];
    size_t count = 0;
    size_t most = from + FILTER_STEPS * FILTER_STEP;
    size_t i;
    unsigned k;

    for (k = 0; k < used; k++) {
        at[k] = filter->used[k];
        low[k] = both_halves(filter->low[at[k]]);
        high[k] = both_halves(filter->high[at[k]]);
    }
    for (i = from; i < end && i < most; i += FILTER_STEP, bytes += FILTER_STEP) {
        __m256i found = _mm256_and_si256(look_up(bytes + at[0], low[0], high[0]),
                                         look_up(bytes + at[1], low[1], high[1]));
        uint32_t places;

        if (used > 2)
            found = _mm256_and_si256(found, look_up(bytes + at[2], low[2], high[2]));
        if (used > 3)
            found = _mm256_and_si256(found, look_up(bytes + at[3], low[3], high[3]));
        places = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
        _mm256_storeu_si256((__m256i *)(void *)steps->buckets[count], found);
        steps->at[count] = i;
        steps->places[count] = places;
        count += places != 0;
    }
    steps->count = count;
    return i;
}

static TARGET_AVX2 size_t keep_avx2(const struct rule_filter *filter, const unsigned char *bytes,
                                    size_t from, size_t end, struct steps *steps)
{
    switch (filter->used_count) {
    case 2:
        return keep_steps_avx2(filter, 2, bytes, from, end, steps);
    case 3:
        return keep_steps_avx2(filter, 3, bytes, from, end, steps);
    default:
        return keep_steps_avx2(filter, FILTER_WINDOW, bytes, from, end, steps);
    }
}

TARGET_AVX2 size_t filter_run_avx2(struct search *search, const unsigned char *bytes, size_t from,
                                   size_t end)
{
    struct steps steps;

    if (filter_probes_cost(search->filter->probes, COST_AVX2))
        return filter_run_portable(search, bytes, from, end);
    while (from < end) {
        size_t next = keep_avx2(search->filter, bytes, from, end, &steps);
        size_t stopped = steps_check(&steps, /* knows_buckets= */ true, search, bytes, from,
                                     next < end ? next : end);

        if (stopped < next)
            return stopped;
        bytes += next - from;
        from = next;
    }
    return end;
}
#endif
