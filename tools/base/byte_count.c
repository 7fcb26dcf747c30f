#include "base/byte_count.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Counts of a block fit into one byte. */
enum { PORTABLE_BLOCK = 240, AVX2_BLOCK = 127 * 64 };

static void count_each(struct str bytes, char newline, struct byte_counts *counts)
{
    size_t i;

    for (i = 0; i < bytes.len; i++) {
        counts->quotes += bytes.ptr[i] == '"';
        counts->newlines += bytes.ptr[i] == newline;
        counts->has_beyond_ascii |= bytes.ptr[i] < 0;
    }
}

static void count_portable(struct str bytes, char newline, struct byte_counts *counts)
{
    size_t i;

    for (; bytes.len >= PORTABLE_BLOCK; bytes.len -= PORTABLE_BLOCK) {
        unsigned char quotes = 0;
        unsigned char newlines = 0;
        unsigned char all = 0;

        for (i = 0; i < PORTABLE_BLOCK; i++) {
            quotes = (unsigned char)(quotes + (bytes.ptr[i] == '"'));
            newlines = (unsigned char)(newlines + (bytes.ptr[i] == newline));
            all |= (unsigned char)bytes.ptr[i];
        }
        counts->has_beyond_ascii |= all >= 0x80;
        counts->quotes += quotes;
        counts->newlines += newlines;
        bytes.ptr += PORTABLE_BLOCK;
    }
    count_each(bytes, newline, counts);
}

#if defined(__x86_64__)
#define TARGET_AVX2 __attribute__((target("avx2")))

static inline TARGET_AVX2 size_t sum_of(__m256i bytes)
{
    __m256i sums = _mm256_sad_epu8(bytes, _mm256_setzero_si256());
    uint64_t parts[4];

    memcpy(parts, &sums, sizeof parts);
    return (size_t)(parts[0] + parts[1] + parts[2] + parts[3]);
}

static TARGET_AVX2 void count_avx2(struct str bytes, char newline, struct byte_counts *counts)
{
    const __m256i quote = _mm256_set1_epi8('"');
    const __m256i line_end = _mm256_set1_epi8(newline);
    __m256i all = _mm256_setzero_si256();

    while (bytes.len >= 64) {
        size_t len = bytes.len < AVX2_BLOCK ? bytes.len & ~(size_t)63 : AVX2_BLOCK;
        __m256i quotes = _mm256_setzero_si256();
        __m256i newlines = _mm256_setzero_si256();
        size_t i;

        for (i = 0; i < len; i += 64) {
            __m256i low;
            __m256i high;

            memcpy(&low, bytes.ptr + i, sizeof low);
            memcpy(&high, bytes.ptr + i + 32, sizeof high);
            all = _mm256_or_si256(all, _mm256_or_si256(low, high));
            quotes = _mm256_sub_epi8(quotes, _mm256_add_epi8(_mm256_cmpeq_epi8(low, quote),
                                                             _mm256_cmpeq_epi8(high, quote)));
            newlines =
                _mm256_sub_epi8(newlines, _mm256_add_epi8(_mm256_cmpeq_epi8(low, line_end),
                                                          _mm256_cmpeq_epi8(high, line_end)));
        }
        counts->quotes += sum_of(quotes);
        counts->newlines += sum_of(newlines);
        bytes.ptr += len;
        bytes.len -= len;
    }
    counts->has_beyond_ascii |= _mm256_movemask_epi8(all) != 0;
    count_each(bytes, newline, counts);
}
#endif

bool byte_count_has(enum byte_count_path path)
{
#if defined(__x86_64__)
    if (path == BYTE_COUNT_AVX2)
        return __builtin_cpu_supports("avx2");
#endif
    return path == BYTE_COUNT_PORTABLE;
}

struct byte_counts byte_count_by(enum byte_count_path path, struct str bytes, char newline)
{
    struct byte_counts counts = {0, 0, false};

#if defined(__x86_64__)
    if (path == BYTE_COUNT_AVX2) {
        count_avx2(bytes, newline, &counts);
        return counts;
    }
#else
    (void)path;
#endif
    count_portable(bytes, newline, &counts);
    return counts;
}

struct byte_counts byte_count(struct str bytes, char newline)
{
    return byte_count_by(byte_count_has(BYTE_COUNT_AVX2) ? BYTE_COUNT_AVX2 : BYTE_COUNT_PORTABLE,
                         bytes, newline);
}
