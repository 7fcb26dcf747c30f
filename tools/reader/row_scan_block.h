/*
 * A block of 64 bytes of delimited text, for the files that scan it by what a processor has.
 *
 * Call: scan_block for each block from the start of a record, finish behind the last.
 * Owns: nothing; positions go into the arrays of the scan.
 * Errors: text that is not regular is told in `irregular`, and ends the run.
 * Units: positions from the first byte of the run.
 * Inline, so that each path is compiled with the instructions it may use.
 * Threads: one scan, one thread.
 */
#ifndef CFAUDIT_READER_ROW_SCAN_BLOCK_H
#define CFAUDIT_READER_ROW_SCAN_BLOCK_H

#include "reader/row_scan.h"

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

#if defined(__x86_64__)
void row_scan_run_avx2(struct row_scan *scan, const char *bytes, size_t len);
void row_scan_run_avx512(struct row_scan *scan, const char *bytes, size_t len);
#endif

#endif
