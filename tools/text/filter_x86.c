/*
 * The filter by shuffles of nibbles: 32 places at a time with AVX2, 16 with SSSE3.
 */
#include <string.h>

#include "text/filter_search.h"

#if defined(__x86_64__)
#include <immintrin.h>

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

/* The buckets of 16 places go into `buckets`; returns the places at which there are any. */
static inline TARGET_SSSE3 __attribute__((always_inline)) uint32_t
look_at_16(const struct rule_filter *filter, const unsigned char *bytes, uint8_t *buckets)
{
    __m128i found = _mm_and_si128(
        _mm_and_si128(look_up_ssse3(bytes, filter->low[0], filter->high[0]),
                      look_up_ssse3(bytes + 1, filter->low[1], filter->high[1])),
        _mm_and_si128(look_up_ssse3(bytes + 2, filter->low[2], filter->high[2]),
                      look_up_ssse3(bytes + 3, filter->low[3], filter->high[3])));

    _mm_storeu_si128((__m128i *)(void *)buckets, found);
    return 0xFFFF & ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(found, _mm_setzero_si128()));
}

/* Keeps steps from `from` on; returns where it stopped. */
static TARGET_SSSE3 size_t keep_steps_ssse3(const struct rule_filter *filter,
                                            const unsigned char *bytes, size_t from, size_t end,
                                            struct steps *steps)
{
    size_t count = 0;
    size_t most = from + FILTER_STEPS * FILTER_STEP;
    size_t i;

    for (i = from; i < end && i < most; i += FILTER_STEP, bytes += FILTER_STEP) {
        uint8_t *buckets = steps->buckets[count];
        uint32_t places = look_at_16(filter, bytes, buckets) |
                          look_at_16(filter, bytes + 16, buckets + 16) << 16;

        steps->at[count] = i;
        steps->places[count] = places;
        count += places != 0;
    }
    steps->count = count;
    return i;
}

size_t filter_run_ssse3(struct search *search, const unsigned char *bytes, size_t from, size_t end)
{
    struct steps steps;

    while (from < end) {
        size_t next = keep_steps_ssse3(search->filter, bytes, from, end, &steps);
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

static TARGET_AVX2 size_t keep_steps_avx2(const struct rule_filter *filter,
                                          const unsigned char *bytes, size_t from, size_t end,
                                          struct steps *steps)
{
    __m256i low[FILTER_WINDOW];
    __m256i high[FILTER_WINDOW];
    size_t count = 0;
    size_t most = from + FILTER_STEPS * FILTER_STEP;
    size_t i;
    unsigned k;

    for (k = 0; k < FILTER_WINDOW; k++) {
        low[k] = both_halves(filter->low[k]);
        high[k] = both_halves(filter->high[k]);
    }
    for (i = from; i < end && i < most; i += FILTER_STEP, bytes += FILTER_STEP) {
        __m256i found = _mm256_and_si256(_mm256_and_si256(look_up(bytes, low[0], high[0]),
                                                          look_up(bytes + 1, low[1], high[1])),
                                         _mm256_and_si256(look_up(bytes + 2, low[2], high[2]),
                                                          look_up(bytes + 3, low[3], high[3])));
        uint32_t places =
            ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));

        _mm256_storeu_si256((__m256i *)(void *)steps->buckets[count], found);
        steps->at[count] = i;
        steps->places[count] = places;
        count += places != 0;
    }
    steps->count = count;
    return i;
}

TARGET_AVX2 size_t filter_run_avx2(struct search *search, const unsigned char *bytes, size_t from,
                                   size_t end)
{
    struct steps steps;

    while (from < end) {
        size_t next = keep_steps_avx2(search->filter, bytes, from, end, &steps);
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
