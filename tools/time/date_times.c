#include "time/date_times.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "time/civil_read.h"

/* --- any machine --- */

static const char *text_of(const struct date_texts *texts, size_t i)
{
    return texts->base + texts->places[i * texts->stride];
}

static size_t read_each(const struct date_texts *texts, size_t from, size_t to, int64_t *ret_local)
{
    size_t others = 0;
    size_t i;

    for (i = from; i < to; i++) {
        const char *text = text_of(texts, i);
        int64_t us;

        if (text[10] == texts->separator && read_date_time(text, &us)) {
            ret_local[i] = us;
        } else {
            ret_local[i] = INT64_MIN;
            others++;
        }
    }
    return others;
}

/* --- x86-64 --- */

#if defined(__x86_64__)

enum { SIDE_BY_SIDE = 8 };

#define TARGET_AVX2 __attribute__((target("avx2")))

/* Two texts beside each other from the byte `at` on. */
static inline TARGET_AVX2 __m256i load_two(const char *low, const char *high, size_t at)
{
    __m128i a;
    __m128i b;

    memcpy(&a, low + at, sizeof a);
    memcpy(&b, high + at, sizeof b);
    return _mm256_inserti128_si256(_mm256_castsi128_si256(a), b, 1);
}

/* The same for both halves. */
static inline TARGET_AVX2 __m256i twice(__m128i half)
{
    return _mm256_broadcastsi128_si256(half);
}

/* What of several texts is to be looked at: the largest of each place, and all bits of the signs. */
struct doubts {
    __m256i digits;
    __m256i numbers;
    __m256i signs;
};

/* Numbers of two texts: year, month * 256 + day, seconds up to the minute, seconds. */
static inline TARGET_AVX2 __m256i read_two(const char *low, const char *high, __m256i pattern,
                                           struct doubts *doubts)
{
    /* the pairs of digits of bytes 3 to 18, "6-03-05 12:00:00" */
    const __m256i pairs =
        twice(_mm_setr_epi8(-1, -1, -1, -1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, -1, -1));
    const __m256i weights = twice(_mm_setr_epi16(100, 1, 256, 1, 3600, 60, 1, 0));
    __m256i front = _mm256_xor_si256(load_two(low, high, 0), _mm256_set1_epi8('0'));
    __m256i back = _mm256_xor_si256(load_two(low, high, 3), pattern);
    __m256i digits = _mm256_blend_epi32(_mm256_shuffle_epi8(back, pairs), front, 0x11);
    __m256i numbers = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(0x010A));

    doubts->digits = _mm256_max_epu8(doubts->digits, digits);
    doubts->numbers = _mm256_max_epu16(doubts->numbers, numbers);
    doubts->signs = _mm256_or_si256(doubts->signs, back);
    return _mm256_madd_epi16(numbers, weights);
}

/* Bits are set where there is no digit, no sign or too large a number. */
static inline TARGET_AVX2 __m256i find_wrong(const struct doubts *doubts)
{
    const __m256i signs = twice(_mm_setr_epi8(0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0));
    /* century, year, month, day, hour, minute, second */
    const __m256i most = twice(_mm_setr_epi16(99, 99, 12, 31, 23, 59, 59, 0));
    __m256i wrong = _mm256_and_si256(doubts->signs, signs);

    wrong = _mm256_or_si256(wrong, _mm256_subs_epu8(doubts->digits, _mm256_set1_epi8(9)));
    return _mm256_or_si256(wrong, _mm256_subs_epu16(doubts->numbers, most));
}

/* Days since 1970-01-01; 29 February counts as wrong here, which is for the slow way to decide. */
static inline TARGET_AVX2 __m256i find_all_days(__m256i year, __m256i month_day, __m256i *wrong)
{
    const __m256i lengths =
        twice(_mm_setr_epi8(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0));
    const __m256i one = _mm256_set1_epi32(1);
    __m256i month = _mm256_srli_epi32(month_day, 8);
    __m256i day = _mm256_and_si256(month_day, _mm256_set1_epi32(0xFF));
    __m256i is_early = _mm256_cmpgt_epi32(_mm256_set1_epi32(3), month);
    __m256i y = _mm256_add_epi32(year, is_early); /* it begins in March */
    __m256i from_march = _mm256_add_epi32(_mm256_sub_epi32(month, _mm256_set1_epi32(3)),
                                          _mm256_and_si256(is_early, _mm256_set1_epi32(12)));
    __m256i century =
        _mm256_srli_epi32(_mm256_madd_epi16(y, _mm256_set1_epi32(5243)), 19); /* y / 100 */
    __m256i days = _mm256_srli_epi32(_mm256_madd_epi16(y, _mm256_set1_epi32(1461)), 2);
    __m256i before =
        _mm256_srli_epi32(_mm256_add_epi32(_mm256_madd_epi16(from_march, _mm256_set1_epi32(979)),
                                           _mm256_set1_epi32(18)),
                          5);

    *wrong = _mm256_or_si256(*wrong, _mm256_cmpgt_epi32(day, _mm256_shuffle_epi8(lengths, month)));
    *wrong = _mm256_or_si256(*wrong, _mm256_cmpgt_epi32(one, _mm256_min_epi32(year, day)));
    days = _mm256_add_epi32(days, _mm256_srli_epi32(century, 2));
    days = _mm256_sub_epi32(days, century);
    days = _mm256_add_epi32(days, _mm256_add_epi32(before, day));
    return _mm256_sub_epi32(days, _mm256_set1_epi32(719469));
}

/* Microseconds of the numbers at even places: a day has 10,546,875 times 2^13. */
static inline TARGET_AVX2 __m256i to_us(__m256i days, __m256i seconds)
{
    __m256i whole = _mm256_mul_epi32(days, _mm256_set1_epi32(10546875));

    return _mm256_add_epi64(_mm256_slli_epi64(whole, 13),
                            _mm256_mul_epu32(seconds, _mm256_set1_epi32(1000000)));
}

/* Eight texts; false when one of them is not so simple. */
static inline TARGET_AVX2 bool read_eight(const struct date_texts *texts, size_t i, __m256i pattern,
                                          int64_t *ret_local)
{
    struct doubts doubts = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
    __m256i a = read_two(text_of(texts, i), text_of(texts, i + 4), pattern, &doubts);
    __m256i b = read_two(text_of(texts, i + 1), text_of(texts, i + 5), pattern, &doubts);
    __m256i c = read_two(text_of(texts, i + 2), text_of(texts, i + 6), pattern, &doubts);
    __m256i d = read_two(text_of(texts, i + 3), text_of(texts, i + 7), pattern, &doubts);
    __m256i wrong = find_wrong(&doubts);
    /* year, month and day of texts 0 and 1, of 2 and 3; their seconds */
    __m256i dates_ab = _mm256_unpacklo_epi32(a, b);
    __m256i dates_cd = _mm256_unpacklo_epi32(c, d);
    __m256i clocks_ab = _mm256_unpackhi_epi32(a, b);
    __m256i clocks_cd = _mm256_unpackhi_epi32(c, d);
    __m256i seconds = _mm256_add_epi32(_mm256_unpacklo_epi64(clocks_ab, clocks_cd),
                                       _mm256_unpackhi_epi64(clocks_ab, clocks_cd));
    __m256i days = find_all_days(_mm256_unpacklo_epi64(dates_ab, dates_cd),
                                 _mm256_unpackhi_epi64(dates_ab, dates_cd), &wrong);
    __m256i even = to_us(days, seconds);
    __m256i odd = to_us(_mm256_srli_epi64(days, 32), _mm256_srli_epi64(seconds, 32));
    __m256i low = _mm256_unpacklo_epi64(even, odd);
    __m256i high = _mm256_unpackhi_epi64(even, odd);
    __m256i first = _mm256_permute2x128_si256(low, high, 0x20);
    __m256i second = _mm256_permute2x128_si256(low, high, 0x31);

    memcpy(ret_local + i, &first, sizeof first);
    memcpy(ret_local + i + 4, &second, sizeof second);
    return _mm256_testz_si256(wrong, wrong);
}

static TARGET_AVX2 size_t read_avx2(const struct date_texts *texts, int64_t *ret_local)
{
    const __m256i pattern = twice(_mm_setr_epi8('0', '-', '0', '0', '-', '0', '0', texts->separator,
                                                '0', '0', ':', '0', '0', ':', '0', '0'));
    const struct date_texts all = *texts;
    size_t others = 0;
    size_t i;

    for (i = 0; all.count - i >= SIDE_BY_SIDE; i += SIDE_BY_SIDE)
        if (!read_eight(&all, i, pattern, ret_local))
            others += read_each(texts, i, i + SIDE_BY_SIDE, ret_local);
    return others + read_each(texts, i, all.count, ret_local);
}
#endif

/* --- the door --- */

bool date_times_has(enum date_times_path path)
{
#if defined(__x86_64__)
    if (path == DATE_TIMES_AVX2)
        return __builtin_cpu_supports("avx2");
#endif
    return path == DATE_TIMES_PORTABLE;
}

enum date_times_path date_times_best(void)
{
    return date_times_has(DATE_TIMES_AVX2) ? DATE_TIMES_AVX2 : DATE_TIMES_PORTABLE;
}

size_t date_times_read(enum date_times_path path, const struct date_texts *texts,
                       int64_t *ret_local)
{
#if defined(__x86_64__)
    if (path == DATE_TIMES_AVX2)
        return read_avx2(texts, ret_local);
#else
    (void)path;
#endif
    return read_each(texts, 0, texts->count, ret_local);
}
