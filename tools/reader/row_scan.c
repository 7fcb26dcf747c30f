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
    uint64_t odd; /* not 0: some byte is */
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

/* Anything when there is none. */
static inline __attribute__((always_inline)) unsigned lowest_or_any(uint64_t bits)
{
    return lowest(bits | 1ull << 63);
}

/* What differs from path to path. */
struct steps {
    void (*find_masks)(const struct delimited_syntax *, const char *, struct masks *);
    unsigned (*lowest_or_any)(uint64_t bits);
    uint64_t (*prefix_xor)(uint64_t bits);
};

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
static inline __attribute__((always_inline)) uint64_t
apply_quotes(struct row_scan *scan, const struct steps *steps, struct masks *masks,
             struct carry *carry, const char *bytes, size_t base)
{
    uint64_t in = steps->prefix_xor(masks->quote) ^ carry->inside;
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
static inline __attribute__((always_inline)) uint64_t
put_lowest(const struct steps *steps, uint32_t *out, uint64_t bits, uint32_t base)
{
    *out = base + steps->lowest_or_any(bits);
    return bits & (bits - 1);
}

static inline __attribute__((always_inline)) size_t
put_starts(const struct steps *steps, uint32_t *out, uint64_t ends, size_t base)
{
    size_t count = (unsigned)__builtin_popcountll(ends);
    uint64_t bits = ends;
    size_t i = 0;

    /* eight at a time without asking: what is too much is overwritten by the next block */
    do {
        bits = put_lowest(steps, out + i, bits, (uint32_t)base);
        bits = put_lowest(steps, out + i + 1, bits, (uint32_t)base);
        bits = put_lowest(steps, out + i + 2, bits, (uint32_t)base);
        bits = put_lowest(steps, out + i + 3, bits, (uint32_t)base);
        bits = put_lowest(steps, out + i + 4, bits, (uint32_t)base);
        bits = put_lowest(steps, out + i + 5, bits, (uint32_t)base);
        bits = put_lowest(steps, out + i + 6, bits, (uint32_t)base);
        bits = put_lowest(steps, out + i + 7, bits, (uint32_t)base);
        i += 8;
    } while (i < count);
    return count;
}

/* What a run has found up to a block. */
struct progress {
    struct carry carry;
    uint32_t *out; /* where the next end goes */
    size_t newlines;
    uint64_t odd;
    uint64_t irregular;
};

/* The block at `base`, of which the first `len` bytes count. */
static inline __attribute__((always_inline)) void
scan_block(struct row_scan *scan, const struct delimited_syntax *syntax, const char *block,
           size_t base, size_t len, const struct steps *steps, struct progress *progress)
{
    struct carry *carry = &progress->carry;
    struct masks masks;
    uint64_t ends;

    steps->find_masks(syntax, block, &masks);
    if (len < 64) {
        uint64_t valid = (1ull << len) - 1;

        masks.quote &= valid;
        masks.delimiter &= valid;
        masks.newline &= valid;
    }
    if (masks.quote | carry->inside | carry->closed) {
        progress->irregular = apply_quotes(scan, steps, &masks, carry, block, base);
        if (progress->irregular) {
            masks.delimiter &= bits_below(progress->irregular);
            masks.newline &= bits_below(progress->irregular);
        }
    }
    progress->odd |= masks.odd;
    ends = masks.delimiter | masks.newline;
    carry->ended = ends >> 63;
    progress->newlines += (unsigned)__builtin_popcountll(masks.newline);
    progress->out += put_starts(steps, progress->out, ends, base + 1);
}

static inline void finish(struct row_scan *scan, const struct progress *progress)
{
    scan->end_count = (size_t)(progress->out - scan->starts) - 1;
    scan->row_count = progress->newlines;
    scan->has_odd = progress->odd != 0;
}

static inline __attribute__((always_inline)) void
scan_blocks(struct row_scan *scan, const char *bytes, size_t len, const struct steps *steps)
{
    const struct delimited_syntax syntax = scan->syntax;
    struct progress progress = {.carry = {0, 1, 0}, .out = scan->starts + 1};
    size_t base;

    for (base = 0; len - base >= 64 && !progress.irregular; base += 64)
        scan_block(scan, &syntax, bytes + base, base, 64, steps, &progress);
    if (base < len && !progress.irregular)
        scan_block(scan, &syntax, bytes + base, base, len - base, steps, &progress);
    finish(scan, &progress);
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
    masks->odd = odd;
}

static void run_portable(struct row_scan *scan, const char *bytes, size_t len)
{
    static const struct steps steps = {masks_portable, lowest_or_any, prefix_xor};

    scan_blocks(scan, bytes, len, &steps);
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
    masks->odd = (unsigned)_mm_movemask_epi8(least);
}

static void run_sse2(struct row_scan *scan, const char *bytes, size_t len)
{
    static const struct steps steps = {masks_sse2, lowest_or_any, prefix_xor};

    scan_blocks(scan, bytes, len, &steps);
}

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

static TARGET_AVX2 void run_avx2(struct row_scan *scan, const char *bytes, size_t len)
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

/* --- the door --- */

bool row_scan_has(enum row_scan_path path)
{
#if defined(__x86_64__)
    if (path == ROW_SCAN_AVX2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
               __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
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
    /* one a byte at most, eight written at a time, and the first */
    scan->starts = mem_alloc(ROW_SCAN_BYTES + 64 + 8 + 1, sizeof *scan->starts);
    scan->rows = mem_alloc(ROW_SCAN_BYTES + 64, sizeof *scan->rows);
    scan->inner = mem_alloc(ROW_SCAN_BYTES + 64, sizeof *scan->inner);
    if (!scan->starts || !scan->rows || !scan->inner) {
        row_scan_free(scan);
        return NULL;
    }
    scan->starts[0] = 0;
    return scan;
}

void row_scan_free(struct row_scan *scan)
{
    if (!scan)
        return;
    mem_free(scan->starts);
    mem_free(scan->rows);
    mem_free(scan->inner);
    mem_free(scan);
}

void row_scan_run(struct row_scan *scan, struct str bytes)
{
    scan->end_count = scan->row_count = scan->inner_count = 0;
    scan->run(scan, bytes.ptr, bytes.len < ROW_SCAN_BYTES ? bytes.len : ROW_SCAN_BYTES);
}

void row_scan_find_rows(struct row_scan *scan, const char *bytes)
{
    size_t count = 0;
    uint32_t i;

    for (i = 0; count < scan->row_count; i++)
        if (bytes[scan->starts[1 + i] - 1] == scan->syntax.newline)
            scan->rows[count++] = i;
}

bool row_scan_is_even(const struct row_scan *scan, const char *bytes, size_t cells,
                      size_t *ret_line_end)
{
    const uint32_t *behind = scan->starts;
    const unsigned newline = (unsigned char)scan->syntax.newline;
    unsigned other = 0;
    size_t cr_count = 0;
    size_t r;

    if (cells < 2 || scan->end_count / cells < scan->row_count)
        return false;
    for (r = 0; r < scan->row_count; r++) {
        behind += cells;
        other |= (unsigned char)bytes[*behind - 1] ^ newline;
        cr_count += bytes[*behind - 2] == '\r';
    }
    if (scan->syntax.newline != '\n' || cr_count == 0)
        *ret_line_end = 1;
    else
        *ret_line_end = cr_count == scan->row_count ? 2 : 0;
    return other == 0;
}
