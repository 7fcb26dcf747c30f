#include "reader/row_scan.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/mem.h"

/* One bit for each of 64 bytes. */
struct masks {
    uint64_t quote;
    uint64_t delimiter;
    uint64_t newline;
    bool has_odd;
};

/* What one block of 64 hands to the next. */
struct carry {
    uint64_t inside; /* all ones: in quotes */
    uint64_t ended;  /* 1: the byte before is a delimiter or line end, or the record's start */
    uint64_t closed; /* 1: the byte before is a closing quote */
};

static inline __attribute__((always_inline)) unsigned lowest(uint64_t bits)
{
    return (unsigned)__builtin_ctzll(bits);
}

/* Bits below the lowest one of `bits`, which are not zero. */
static inline __attribute__((always_inline)) uint64_t bits_below(uint64_t bits)
{
    return (bits & -bits) - 1;
}

/* Bit i: the parity of the bits up to and with i. */
static inline __attribute__((always_inline)) uint64_t prefix_xor(uint64_t bits)
{
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

/* CRs of the block that stand before an LF: only asked for behind a closing quote. */
static uint64_t line_ending_cr(const char *bytes, uint64_t candidates)
{
    uint64_t found = 0;

    for (; candidates; candidates &= candidates - 1) {
        unsigned at = lowest(candidates);

        if (bytes[at] == '\r' && bytes[at + 1] == '\n')
            found |= candidates & -candidates;
    }
    return found;
}

/*
 * Keeps of the masks what is outside quotes. Returns the bits where text is not regular: a quote
 * that opens in the middle of a cell, or something behind a quote that closes.
 */
static inline __attribute__((always_inline)) uint64_t apply_quotes(struct row_scan *scan,
                                                                   struct masks *masks,
                                                                   struct carry *carry,
                                                                   const char *bytes, size_t base)
{
    uint64_t in = prefix_xor(masks->quote) ^ carry->inside;
    uint64_t opening = masks->quote & in;
    uint64_t closing = masks->quote & ~in;
    uint64_t ends = (masks->delimiter | masks->newline) & ~in;
    uint64_t behind_end = ends << 1 | carry->ended;
    uint64_t behind_close = closing << 1 | carry->closed;
    uint64_t irregular = opening & ~(behind_end | behind_close);
    uint64_t text = behind_close & ~(ends | masks->quote);
    uint64_t inner;

    if (text)
        irregular |= text & ~(scan->syntax.newline == '\n' ? line_ending_cr(bytes, text) : 0);
    for (inner = masks->newline & in; inner; inner &= inner - 1)
        scan->inner[scan->inner_count++] = (uint32_t)(base + lowest(inner));
    masks->delimiter &= ~in;
    masks->newline &= ~in;
    carry->inside = in >> 63 ? ~0ull : 0;
    carry->closed = closing >> 63;
    return irregular;
}

/* Takes the lowest bit; without any, the place is written with something meaningless. */
static inline __attribute__((always_inline)) uint64_t put_lowest(uint32_t *out, uint64_t bits,
                                                                 uint32_t base)
{
    *out = base + lowest(bits | 1ull << 63);
    return bits & (bits - 1);
}

static inline __attribute__((always_inline)) void put_ends(struct row_scan *scan, uint64_t ends,
                                                           uint64_t newlines, size_t base)
{
    uint32_t *out = scan->ends + 1 + scan->end_count;
    unsigned count = (unsigned)__builtin_popcountll(ends);
    uint64_t bits = ends;
    unsigned i;

    for (; newlines; newlines &= newlines - 1)
        scan->rows[scan->row_count++] =
            (uint32_t)(scan->end_count +
                       (unsigned)__builtin_popcountll(ends & bits_below(newlines)));
    /* eight at a time without asking: what is too much is overwritten by the next block */
    for (i = 0; i < count; i += 8) {
        bits = put_lowest(out + i, bits, (uint32_t)base);
        bits = put_lowest(out + i + 1, bits, (uint32_t)base);
        bits = put_lowest(out + i + 2, bits, (uint32_t)base);
        bits = put_lowest(out + i + 3, bits, (uint32_t)base);
        bits = put_lowest(out + i + 4, bits, (uint32_t)base);
        bits = put_lowest(out + i + 5, bits, (uint32_t)base);
        bits = put_lowest(out + i + 6, bits, (uint32_t)base);
        bits = put_lowest(out + i + 7, bits, (uint32_t)base);
    }
    scan->end_count += count;
}

static inline __attribute__((always_inline)) void
scan_blocks(struct row_scan *scan, const char *bytes, size_t len,
            void (*find_masks)(const struct delimited_syntax *, const char *, struct masks *))
{
    struct carry carry = {0, 1, 0};
    bool has_odd = false;
    size_t base;

    for (base = 0; base < len; base += 64) {
        const char *block = bytes + base;
        uint64_t irregular = 0;
        struct masks masks;
        uint64_t ends;

        find_masks(&scan->syntax, block, &masks);
        if (len - base < 64) {
            uint64_t valid = (1ull << (len - base)) - 1;

            masks.quote &= valid;
            masks.delimiter &= valid;
            masks.newline &= valid;
        }
        if (masks.quote | carry.inside | carry.closed)
            irregular = apply_quotes(scan, &masks, &carry, block, base);
        if (irregular) {
            masks.delimiter &= bits_below(irregular);
            masks.newline &= bits_below(irregular);
        }
        has_odd |= masks.has_odd;
        ends = masks.delimiter | masks.newline;
        carry.ended = ends >> 63;
        put_ends(scan, ends, masks.newline, base);
        if (irregular)
            break;
    }
    scan->has_odd = has_odd;
}

/* --- any machine --- */

static const uint64_t ones = 0x0101010101010101u;
static const uint64_t sevens = 0x7F7F7F7F7F7F7F7Fu;

/* One bit for each byte of the word that equals the byte repeated in `all`. */
static inline uint64_t equal_bytes(uint64_t word, uint64_t all)
{
    uint64_t difference = word ^ all;
    uint64_t equal = ~(((difference & sevens) + sevens) | difference | sevens);

    return (equal >> 7) * 0x0102040810204080u >> 56;
}

static inline __attribute__((always_inline)) void
masks_portable(const struct delimited_syntax *syntax, const char *bytes, struct masks *masks)
{
    uint64_t delimiter = ones * (unsigned char)syntax->delimiter;
    uint64_t newline = ones * (unsigned char)syntax->newline;
    uint64_t odd = 0;
    unsigned i;

    memset(masks, 0, sizeof *masks);
    for (i = 0; i < 8; i++) {
        const unsigned char *p = (const unsigned char *)bytes + 8 * i;
        uint64_t word = (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
                        (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
                        (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;

        masks->quote |= equal_bytes(word, ones * '"') << 8 * i;
        masks->delimiter |= equal_bytes(word, delimiter) << 8 * i;
        masks->newline |= equal_bytes(word, newline) << 8 * i;
        odd |= (word & ~sevens) | equal_bytes(word, 0);
    }
    masks->has_odd = odd != 0;
}

static void run_portable(struct row_scan *scan, const char *bytes, size_t len)
{
    scan_blocks(scan, bytes, len, masks_portable);
}

/* --- x86-64 --- */

#if defined(__x86_64__)
static inline __attribute__((always_inline)) uint64_t equal_sse2(const __m128i *block, char wanted)
{
    __m128i all = _mm_set1_epi8(wanted);

    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block[0], all)) |
           (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block[1], all)) << 16 |
           (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block[2], all)) << 32 |
           (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block[3], all)) << 48;
}

static inline __attribute__((always_inline)) void masks_sse2(const struct delimited_syntax *syntax,
                                                             const char *bytes, struct masks *masks)
{
    __m128i block[4];
    __m128i least;

    memcpy(block, bytes, 64);
    masks->quote = equal_sse2(block, '"');
    masks->delimiter = equal_sse2(block, syntax->delimiter);
    masks->newline = equal_sse2(block, syntax->newline);
    /* as signed bytes, zero and everything beyond ASCII are below 1 */
    least = _mm_or_si128(_mm_cmplt_epi8(block[0], _mm_set1_epi8(1)),
                         _mm_cmplt_epi8(block[1], _mm_set1_epi8(1)));
    least = _mm_or_si128(least, _mm_or_si128(_mm_cmplt_epi8(block[2], _mm_set1_epi8(1)),
                                             _mm_cmplt_epi8(block[3], _mm_set1_epi8(1))));
    masks->has_odd = _mm_movemask_epi8(least) != 0;
}

static void run_sse2(struct row_scan *scan, const char *bytes, size_t len)
{
    scan_blocks(scan, bytes, len, masks_sse2);
}

#define TARGET_AVX2 __attribute__((target("avx2,bmi,popcnt")))

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
    masks->has_odd = _mm256_movemask_epi8(_mm256_or_si256(_mm256_cmpgt_epi8(one, low),
                                                          _mm256_cmpgt_epi8(one, high))) != 0;
}

static TARGET_AVX2 void run_avx2(struct row_scan *scan, const char *bytes, size_t len)
{
    scan_blocks(scan, bytes, len, masks_avx2);
}
#endif

/* --- the door --- */

bool row_scan_has(enum row_scan_path path)
{
#if defined(__x86_64__)
    if (path == ROW_SCAN_AVX2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
               __builtin_cpu_supports("popcnt");
    if (path == ROW_SCAN_SSE2)
        return true;
#endif
    return path == ROW_SCAN_PORTABLE;
}

enum row_scan_path row_scan_best(void)
{
    if (row_scan_has(ROW_SCAN_AVX2))
        return ROW_SCAN_AVX2;
    return row_scan_has(ROW_SCAN_SSE2) ? ROW_SCAN_SSE2 : ROW_SCAN_PORTABLE;
}

struct row_scan *row_scan_new(const struct delimited_syntax *syntax, enum row_scan_path path)
{
    struct row_scan *scan = mem_alloc(1, sizeof *scan);

    if (!scan)
        return NULL;
    scan->syntax = *syntax;
    scan->run = run_portable;
#if defined(__x86_64__)
    if (path == ROW_SCAN_SSE2)
        scan->run = run_sse2;
    if (path == ROW_SCAN_AVX2)
        scan->run = run_avx2;
#endif
    /* one end a byte at most, eight written at a time, and the one before the first */
    scan->ends = mem_alloc(ROW_SCAN_BYTES + 64 + 8 + 1, sizeof *scan->ends);
    scan->rows = mem_alloc(ROW_SCAN_BYTES + 64, sizeof *scan->rows);
    scan->inner = mem_alloc(ROW_SCAN_BYTES + 64, sizeof *scan->inner);
    if (!scan->ends || !scan->rows || !scan->inner) {
        row_scan_free(scan);
        return NULL;
    }
    scan->ends[0] = UINT32_MAX;
    return scan;
}

void row_scan_free(struct row_scan *scan)
{
    if (!scan)
        return;
    mem_free(scan->ends);
    mem_free(scan->rows);
    mem_free(scan->inner);
    mem_free(scan);
}

void row_scan_run(struct row_scan *scan, struct str bytes)
{
    scan->end_count = scan->row_count = scan->inner_count = 0;
    scan->run(scan, bytes.ptr, bytes.len < ROW_SCAN_BYTES ? bytes.len : ROW_SCAN_BYTES);
}
