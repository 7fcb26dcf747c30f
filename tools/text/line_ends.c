#include "text/line_ends.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

static bool is_ascii(struct str bytes)
{
    uint64_t all = 0;
    size_t i;

    for (i = 0; i + 8 <= bytes.len; i += 8) {
        uint64_t word;

        memcpy(&word, bytes.ptr + i, sizeof word);
        all |= word;
    }
    for (; i < bytes.len; i++)
        all |= (unsigned char)bytes.ptr[i];
    return (all & 0x8080808080808080) == 0;
}

/* The ends from `from` on, behind `count` that are known. */
static size_t ends_portable(struct str bytes, size_t from, size_t count, uint32_t *behind,
                            bool *ret_is_ascii)
{
    if (from < bytes.len)
        *ret_is_ascii &= is_ascii((struct str){bytes.ptr + from, bytes.len - from});
    while (from < bytes.len) {
        const char *found = memchr(bytes.ptr + from, '\n', bytes.len - from);

        if (!found)
            break;
        from = (size_t)(found - bytes.ptr) + 1;
        behind[count++] = (uint32_t)from;
    }
    return count;
}

#if defined(__x86_64__)
/* Two without asking: what is too much is overwritten by the next block. */
static inline __attribute__((always_inline)) void put_ends(uint32_t *out, uint64_t bits, size_t base)
{
    do {
        *out++ = (uint32_t)(base + 1) + (unsigned)__builtin_ctzll(bits | 1ull << 63);
        bits &= bits - 1;
        *out++ = (uint32_t)(base + 1) + (unsigned)__builtin_ctzll(bits | 1ull << 63);
        bits &= bits - 1;
    } while (bits);
}

/* Mostly one or none: not every processor counts bits. */
static inline unsigned count_few(uint64_t bits)
{
    unsigned count = bits != 0;

    bits &= bits - 1;
    count += bits != 0;
    for (bits &= bits - 1; bits; bits &= bits - 1)
        count++;
    return count;
}

static inline uint64_t newlines_sse2(const char *bytes, __m128i *all)
{
    __m128i in = _mm_loadu_si128((const __m128i *)(const void *)bytes);

    *all = _mm_or_si128(*all, in);
    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(in, _mm_set1_epi8('\n')));
}

static size_t ends_sse2(struct str bytes, uint32_t *behind, bool *ret_is_ascii)
{
    __m128i all = _mm_setzero_si128();
    size_t count = 0;
    size_t i;

    for (i = 0; i + 64 <= bytes.len; i += 64) {
        const char *p = bytes.ptr + i;
        uint64_t bits = newlines_sse2(p, &all) | newlines_sse2(p + 16, &all) << 16 |
                        newlines_sse2(p + 32, &all) << 32 | newlines_sse2(p + 48, &all) << 48;

        put_ends(behind + count, bits, i);
        count += count_few(bits);
    }
    *ret_is_ascii = _mm_movemask_epi8(all) == 0;
    return ends_portable(bytes, i, count, behind, ret_is_ascii);
}

#define TARGET_AVX2 __attribute__((target("avx2,bmi,popcnt")))

static inline TARGET_AVX2 uint64_t newlines_avx2(const char *bytes, __m256i *all)
{
    __m256i in = _mm256_loadu_si256((const __m256i *)(const void *)bytes);

    *all = _mm256_or_si256(*all, in);
    return (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(in, _mm256_set1_epi8('\n')));
}

static TARGET_AVX2 size_t ends_avx2(struct str bytes, uint32_t *behind, bool *ret_is_ascii)
{
    __m256i all = _mm256_setzero_si256();
    size_t count = 0;
    size_t i;

    for (i = 0; i + 64 <= bytes.len; i += 64) {
        uint64_t bits = newlines_avx2(bytes.ptr + i, &all) |
                        newlines_avx2(bytes.ptr + i + 32, &all) << 32;

        put_ends(behind + count, bits, i);
        count += (size_t)__builtin_popcountll(bits);
    }
    *ret_is_ascii = _mm256_movemask_epi8(all) == 0;
    return ends_portable(bytes, i, count, behind, ret_is_ascii);
}
#endif

size_t line_ends(enum rules_path path, struct str bytes, uint32_t *behind, bool *ret_is_ascii)
{
    *ret_is_ascii = true;
#if defined(__x86_64__)
    if (path == RULES_AVX2)
        return ends_avx2(bytes, behind, ret_is_ascii);
    /* every processor of the kind has what that takes */
    return ends_sse2(bytes, behind, ret_is_ascii);
#else
    (void)path;
    return ends_portable(bytes, 0, 0, behind, ret_is_ascii);
#endif
}
