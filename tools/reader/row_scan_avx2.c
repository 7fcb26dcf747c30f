/* Blocks of delimited text by AVX2: those without quotes have a shorter way. */
#include "reader/row_scan_block.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

/* Blocks whose line ends can be counted in bytes. */
enum { BLOCKS_A_SUM = 127 };

#define TARGET_AVX2 __attribute__((target("avx2,bmi,popcnt,pclmul")))

static inline TARGET_AVX2 __attribute__((always_inline)) uint64_t
equal_avx2(__m256i low, __m256i high, char wanted)
{
    __m256i all = _mm256_set1_epi8(wanted);

    return (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all)) |
           (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all)) << 32;
}

static inline TARGET_AVX2 __attribute__((always_inline)) void
masks_avx2(const struct delimited_syntax *syntax, const char *bytes, struct masks *masks)
{
    __m256i one = _mm256_set1_epi8(1);
    __m256i low;
    __m256i high;

    memcpy(&low, bytes, 32);
    memcpy(&high, bytes + 32, 32);
    masks->quote = equal_avx2(low, high, '"');
    masks->delimiter = equal_avx2(low, high, syntax->delimiter);
    masks->newline = equal_avx2(low, high, syntax->newline);
    masks->odd = (unsigned)_mm256_movemask_epi8(
        _mm256_or_si256(_mm256_cmpgt_epi8(one, low), _mm256_cmpgt_epi8(one, high)));
}

/* The instruction gives 64 for no bits. */
static inline TARGET_AVX2 __attribute__((always_inline)) unsigned lowest_bmi(uint64_t bits)
{
    return (unsigned)_tzcnt_u64(bits);
}

/* A product without carries by all ones. */
static inline TARGET_AVX2 __attribute__((always_inline)) uint64_t prefix_xor_clmul(uint64_t bits)
{
    return (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8(-1), 0));
}

/* What blocks without quotes add up to, byte by byte. */
struct sums {
    __m256i newlines;
    __m256i least;
    __m256i all;
};

static inline TARGET_AVX2 void clear_sums(struct sums *sums)
{
    sums->newlines = sums->all = _mm256_setzero_si256();
    sums->least = _mm256_set1_epi8(1);
}

static inline TARGET_AVX2 void add_sums(const struct sums *sums, struct progress *progress)
{
    const __m256i zero = _mm256_setzero_si256();
    uint64_t parts[4];
    __m256i total = _mm256_sad_epu8(sums->newlines, zero);

    memcpy(parts, &total, sizeof parts);
    progress->newlines += (size_t)(parts[0] + parts[1] + parts[2] + parts[3]);
    progress->odd |= (unsigned)_mm256_movemask_epi8(
        _mm256_or_si256(sums->all, _mm256_cmpeq_epi8(sums->least, zero)));
}

/* A block outside quotes; false when there is one in it. */
static inline TARGET_AVX2 __attribute__((always_inline)) bool
scan_plain(const struct delimited_syntax *syntax, const char *block, size_t base,
           const struct steps *steps, struct progress *progress, struct sums *sums)
{
    const __m256i quote = _mm256_set1_epi8('"');
    const __m256i delimiter = _mm256_set1_epi8(syntax->delimiter);
    const __m256i newline = _mm256_set1_epi8(syntax->newline);
    __m256i low;
    __m256i high;
    __m256i low_end;
    __m256i high_end;
    uint64_t ends;

    memcpy(&low, block, 32);
    memcpy(&high, block + 32, 32);
    if (_mm256_movemask_epi8(
            _mm256_or_si256(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote))))
        return false;
    sums->least = _mm256_min_epu8(sums->least, _mm256_min_epu8(low, high));
    sums->all = _mm256_or_si256(sums->all, _mm256_or_si256(low, high));
    low_end = _mm256_cmpeq_epi8(low, newline);
    high_end = _mm256_cmpeq_epi8(high, newline);
    sums->newlines = _mm256_sub_epi8(sums->newlines, _mm256_add_epi8(low_end, high_end));
    low_end = _mm256_or_si256(low_end, _mm256_cmpeq_epi8(low, delimiter));
    high_end = _mm256_or_si256(high_end, _mm256_cmpeq_epi8(high, delimiter));
    ends = (uint64_t)(unsigned)_mm256_movemask_epi8(low_end) |
           (uint64_t)(unsigned)_mm256_movemask_epi8(high_end) << 32;
    progress->carry.ended = ends >> 63;
    progress->out += put_starts(steps, progress->out, ends, base + 1);
    return true;
}

TARGET_AVX2 void row_scan_run_avx2(struct row_scan *scan, const char *bytes, size_t len)
{
    static const struct steps steps = {masks_avx2, lowest_bmi, prefix_xor_clmul};
    const struct delimited_syntax syntax = scan->syntax;
    struct progress progress = {.carry = {0, 1, 0}, .out = scan->starts + 1};
    size_t until_sum = BLOCKS_A_SUM * 64;
    struct sums sums;
    size_t base;

    clear_sums(&sums);
    for (base = 0; len - base >= 64 && !progress.irregular; base += 64) {
        if (base == until_sum) {
            add_sums(&sums, &progress);
            clear_sums(&sums);
            until_sum += BLOCKS_A_SUM * 64;
        }
        if (progress.carry.inside | progress.carry.closed ||
            !scan_plain(&syntax, bytes + base, base, &steps, &progress, &sums))
            scan_block(scan, &syntax, bytes + base, base, 64, &steps, &progress);
    }
    if (base < len && !progress.irregular)
        scan_block(scan, &syntax, bytes + base, base, len - base, &steps, &progress);
    add_sums(&sums, &progress);
    finish(scan, &progress);
}
#endif
