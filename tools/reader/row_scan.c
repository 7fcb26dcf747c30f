#include "reader/row_scan.h"

#include <string.h>
#if defined(__x86_64__)
#include <emmintrin.h>
#endif

#include "base/mem.h"
#include "reader/row_scan_block.h"

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
#endif

/* --- the door --- */

bool row_scan_has(enum row_scan_path path)
{
#if defined(__x86_64__)
    if (path == ROW_SCAN_AVX512)
        return row_scan_has(ROW_SCAN_AVX2) && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vbmi2");
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
    enum row_scan_path path = ROW_SCAN_PATHS - 1;

    while (!row_scan_has(path))
        path--;
    return path;
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
        scan->run = row_scan_run_avx2;
    if (path == ROW_SCAN_AVX512)
        scan->run = row_scan_run_avx512;
#endif
    /* one a byte at most, sixteen written at a time, and the first */
    scan->starts = mem_alloc(ROW_SCAN_BYTES + 64 + 16 + 1, sizeof *scan->starts);
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
