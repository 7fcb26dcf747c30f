/* Blocks of delimited text by AVX-512: one comparison a byte, and all places of a block at once. */
#include "reader/row_scan_block.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt,pclmul")))

static inline TARGET_AVX512 __attribute__((always_inline)) __m512i load(const char *bytes)
{
    __m512i block;

    memcpy(&block, bytes, sizeof block);
    return block;
}

static inline TARGET_AVX512 __attribute__((always_inline)) uint64_t equal(__m512i block, char wanted)
{
    return _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8(wanted));
}

static inline TARGET_AVX512 __attribute__((always_inline)) void
masks_avx512(const struct delimited_syntax *syntax, const char *bytes, struct masks *masks)
{
    __m512i block = load(bytes);

    masks->quote = equal(block, '"');
    masks->delimiter = equal(block, syntax->delimiter);
    masks->newline = equal(block, syntax->newline);
    masks->odd = _mm512_cmplt_epi8_mask(block, _mm512_set1_epi8(1));
}

/* The instruction gives 64 for no bits. */
static inline TARGET_AVX512 __attribute__((always_inline)) unsigned lowest_bmi(uint64_t bits)
{
    return (unsigned)_tzcnt_u64(bits);
}

/* A product without carries by all ones. */
static inline TARGET_AVX512 __attribute__((always_inline)) uint64_t prefix_xor_clmul(uint64_t bits)
{
    return (uint64_t)_mm_cvtsi128_si64(
        _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8(-1), 0));
}

static inline TARGET_AVX512 __attribute__((always_inline)) void
put_sixteen(uint32_t *out, __m128i places, uint32_t base)
{
    _mm512_storeu_si512(
        out, _mm512_add_epi32(_mm512_cvtepu8_epi32(places), _mm512_set1_epi32((int)base)));
}

/* Where the bits are. Sixteen at a time: what is too much is overwritten by the next block. */
static inline TARGET_AVX512 __attribute__((always_inline)) size_t
put_places(uint32_t *out, uint64_t ends, uint32_t base, __m512i numbers)
{
    size_t count = (unsigned)__builtin_popcountll(ends);
    __m512i places = _mm512_maskz_compress_epi8(ends, numbers);

    put_sixteen(out, _mm512_castsi512_si128(places), base);
    if (count > 16)
        put_sixteen(out + 16, _mm512_extracti32x4_epi32(places, 1), base);
    if (count > 32) {
        put_sixteen(out + 32, _mm512_extracti32x4_epi32(places, 2), base);
        put_sixteen(out + 48, _mm512_extracti32x4_epi32(places, 3), base);
    }
    return count;
}

/* Of blocks without quotes: the least of each byte, and all bits of it. */
struct seen {
    __m512i least;
    __m512i all;
};

/* A block outside quotes; false when there is one in it. */
static inline TARGET_AVX512 __attribute__((always_inline)) bool
scan_plain(const struct delimited_syntax *syntax, const char *bytes, size_t base, __m512i numbers,
           struct progress *progress, struct seen *seen)
{
    __m512i block = load(bytes);
    uint64_t newlines;
    uint64_t ends;

    if (equal(block, '"'))
        return false;
    seen->least = _mm512_min_epu8(seen->least, block);
    seen->all = _mm512_or_si512(seen->all, block);
    newlines = equal(block, syntax->newline);
    ends = newlines | equal(block, syntax->delimiter);
    progress->newlines += (unsigned)__builtin_popcountll(newlines);
    progress->carry.ended = ends >> 63;
    progress->out += put_places(progress->out, ends, (uint32_t)base + 1, numbers);
    return true;
}

static TARGET_AVX512 __m512i numbers_of_bytes(void)
{
    unsigned char numbers[64];
    unsigned i;

    for (i = 0; i < sizeof numbers; i++)
        numbers[i] = (unsigned char)i;
    return load((const char *)numbers);
}

TARGET_AVX512 void row_scan_run_avx512(struct row_scan *scan, const char *bytes, size_t len)
{
    static const struct steps steps = {masks_avx512, lowest_bmi, prefix_xor_clmul};
    const struct delimited_syntax syntax = scan->syntax;
    const __m512i numbers = numbers_of_bytes();
    struct progress progress = {.carry = {0, 1, 0}, .out = scan->starts + 1};
    struct seen seen = {_mm512_set1_epi8(1), _mm512_setzero_si512()};
    size_t base;

    for (base = 0; len - base >= 64 && !progress.irregular; base += 64)
        if (progress.carry.inside | progress.carry.closed ||
            !scan_plain(&syntax, bytes + base, base, numbers, &progress, &seen))
            scan_block(scan, &syntax, bytes + base, base, 64, &steps, &progress);
    if (base < len && !progress.irregular)
        scan_block(scan, &syntax, bytes + base, base, len - base, &steps, &progress);
    progress.odd |= _mm512_movepi8_mask(seen.all) |
                    _mm512_cmpeq_epi8_mask(seen.least, _mm512_setzero_si512());
    finish(scan, &progress);
}
#endif
