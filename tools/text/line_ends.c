#include "text/line_ends.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* The ends from `from` on, behind `count` that are known. */
static size_t ends_portable(struct str bytes, size_t from, size_t count, uint32_t *behind)
{
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
#define TARGET_AVX2 __attribute__((target("avx2,bmi,popcnt")))

static TARGET_AVX2 size_t ends_avx2(struct str bytes, uint32_t *behind)
{
    const __m256i newline = _mm256_set1_epi8('\n');
    size_t count = 0;
    size_t i;

    for (i = 0; i + 64 <= bytes.len; i += 64) {
        __m256i half[2];
        uint64_t bits;
        uint32_t *out = behind + count;

        memcpy(half, bytes.ptr + i, sizeof half);
        bits = (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(half[0], newline)) |
               (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(half[1], newline)) << 32;
        count += (size_t)__builtin_popcountll(bits);
        for (; bits; bits &= bits - 1)
            *out++ = (uint32_t)(i + 1) + (unsigned)_tzcnt_u64(bits);
    }
    return ends_portable(bytes, i, count, behind);
}
#endif

size_t line_ends(enum rules_path path, struct str bytes, uint32_t *behind)
{
#if defined(__x86_64__)
    if (path == RULES_AVX2)
        return ends_avx2(bytes, behind);
#endif
    (void)path;
    return ends_portable(bytes, 0, 0, behind);
}
