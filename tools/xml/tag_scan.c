#include "xml/tag_scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/limits.h"
#include "base/mem.h"

/* 64 bytes, and one bit for each of them. */
struct block {
    const char *bytes;
    uint64_t less;
    uint64_t newline;
    uint64_t follower; /* continues a UTF-8 character */
};

/* A tag shorter than this cannot have too many attributes: each needs ` a=""`. */
enum { LONG_TAG = 1024 };

void tag_scan_init(struct tag_scan *scan)
{
    memset(scan, 0, sizeof *scan);
    scan->line = 1;
}

void tag_scan_done(struct tag_scan *scan)
{
    mem_free(scan->queue);
    mem_free(scan->leaves);
    tag_scan_init(scan);
}

/* --- masks --- */

#ifdef __SSE2__
static inline uint64_t join(__m128i a, __m128i b, __m128i c, __m128i d)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(a) |
           (uint64_t)(unsigned)_mm_movemask_epi8(b) << 16 |
           (uint64_t)(unsigned)_mm_movemask_epi8(c) << 32 |
           (uint64_t)(unsigned)_mm_movemask_epi8(d) << 48;
}

static inline uint64_t equal(const __m128i *part, char wanted)
{
    __m128i all = _mm_set1_epi8(wanted);

    return join(_mm_cmpeq_epi8(part[0], all), _mm_cmpeq_epi8(part[1], all),
                _mm_cmpeq_epi8(part[2], all), _mm_cmpeq_epi8(part[3], all));
}

static inline void find_masks(struct block *block)
{
    const __m128i limit = _mm_set1_epi8(-64);
    __m128i part[4];
    __m128i all;

    memcpy(part, block->bytes, sizeof part);
    block->less = equal(part, '<');
    block->newline = equal(part, '\n');
    block->follower = 0;
    all = _mm_or_si128(_mm_or_si128(part[0], part[1]), _mm_or_si128(part[2], part[3]));
    if (_mm_movemask_epi8(all))
        block->follower = join(_mm_cmplt_epi8(part[0], limit), _mm_cmplt_epi8(part[1], limit),
                               _mm_cmplt_epi8(part[2], limit), _mm_cmplt_epi8(part[3], limit));
}
#else
static void find_masks(struct block *block)
{
    unsigned i;

    block->less = block->newline = block->follower = 0;
    for (i = 0; i < 64; i++) {
        unsigned char c = (unsigned char)block->bytes[i];

        block->less |= (uint64_t)(c == '<') << i;
        block->newline |= (uint64_t)(c == '\n') << i;
        block->follower |= (uint64_t)((c & 0xC0) == 0x80) << i;
    }
}
#endif

static inline uint64_t below(unsigned at)
{
    return (1ull << at) - 1;
}

/* --- places --- */

/* Line ends of the block in front of byte `at`, which are then done with. */
static inline void pass_lines(struct tag_scan *scan, struct block *block, unsigned at)
{
    uint64_t lines;

    for (lines = block->newline & below(at); lines; lines &= lines - 1) {
        scan->line++;
        scan->line_start = scan->offset + (unsigned)__builtin_ctzll(lines) + 1;
        scan->followers = 0;
        block->newline &= block->newline - 1;
        /* what continues a character in front of the line does not count in it */
        block->follower &= ~(lines ^ (lines - 1));
    }
}

/* Sets the place to that of byte `at` of the block that begins at scan->offset. */
static inline void put_place(struct tag_scan *scan, struct block *block, unsigned at)
{
    if (block->newline & below(at))
        pass_lines(scan, block, at);
    scan->place.offset = scan->offset + at;
    scan->place.line = scan->line;
    scan->place.column = 1 + scan->place.offset - scan->line_start;
    if ((block->follower | scan->followers) && !scan->single_byte)
        scan->place.column -=
            scan->followers + (unsigned)__builtin_popcountll(block->follower & below(at));
}

static inline void pass_block(struct tag_scan *scan, struct block *block, unsigned len)
{
    if (len < 64) {
        block->newline &= below(len);
        block->follower &= below(len);
    }
    if (block->newline)
        pass_lines(scan, block, 63);
    if (block->newline) { /* the last byte */
        scan->line++;
        scan->line_start = scan->offset + 64;
        scan->followers = block->follower = 0;
    }
    if (block->follower)
        scan->followers += (unsigned)__builtin_popcountll(block->follower);
    scan->last[0] = len > 1 ? block->bytes[len - 2] : scan->last[1];
    scan->last[1] = block->bytes[len - 1];
    scan->offset += len;
}

static bool make_room(struct tag_scan *scan)
{
    if (scan->head > 0) {
        memmove(scan->queue, scan->queue + scan->head,
                (scan->count - scan->head) * sizeof *scan->queue);
        scan->count -= scan->head;
        scan->head = 0;
        return true;
    }
    return mem_grow(&scan->queue, scan->count, &scan->capacity, sizeof *scan->queue);
}

/* A start tag at scan->place. */
static inline enum tag_refusal start_tag(struct tag_scan *scan)
{
    if (scan->head == scan->count)
        scan->head = scan->count = 0;
    if (scan->count == scan->capacity && !make_room(scan))
        return TAG_MEMORY;
    scan->queue[scan->count++] = scan->place;
    scan->marks++;
    scan->in_tag = true;
    scan->counted = scan->place.offset + 1;
    scan->quote = '\0';
    scan->attributes = 0;
    return TAG_OK;
}

/* --- long tags --- */

/*
 * Counts the attributes of the open start tag up to the end of these bytes, of which the first is
 * at scan->counted. Only long tags, and those that a piece cuts, are looked at so closely.
 */
static enum tag_refusal count_attributes(struct tag_scan *scan, const char *bytes, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        char c = bytes[i];

        if (scan->quote) {
            if (c == scan->quote)
                scan->quote = '\0';
        } else if (c == '"' || c == '\'') {
            scan->quote = c;
            if (++scan->attributes > LIMIT_XML_ATTRIBUTES)
                return TAG_ATTRIBUTES;
        } else if (c == '>') {
            scan->in_tag = false;
            return TAG_OK;
        }
    }
    scan->counted += len;
    return scan->counted - scan->place.offset > LIMIT_XML_TAG_BYTES ? TAG_BYTES : TAG_OK;
}

/* The markup at scan->place ends before byte `end` of a piece that begins at offset `start`. */
static enum tag_refusal check_tag(struct tag_scan *scan, struct str piece, uint64_t start,
                                  uint64_t end)
{
    if (!scan->in_tag || scan->counted >= end)
        return TAG_OK;
    return count_attributes(scan, piece.ptr + (scan->counted - start),
                            (size_t)(end - scan->counted));
}

/* --- markup --- */

/* The byte `back` places in front of byte `at` of the block. */
static inline char byte_before(const struct tag_scan *scan, const struct block *block, unsigned at,
                               unsigned back)
{
    return at >= back ? block->bytes[at - back] : scan->last[2 + at - back];
}

/* The byte behind "<" says what stands there. */
static inline enum tag_refusal after_less(struct tag_scan *scan, char c)
{
    scan->state = c == '!' ? TAG_BANG : c == '?' ? TAG_PI : TAG_BETWEEN;
    scan->marks += c == '/';
    return c == '/' || scan->state != TAG_BETWEEN ? TAG_OK : start_tag(scan);
}

static enum tag_refusal after_bang(struct tag_scan *scan, char c)
{
    if (c != '-' && c != '[')
        return TAG_DOCTYPE;
    scan->state = c == '-' ? TAG_COMMENT : TAG_CDATA;
    return TAG_OK;
}

/* Behind the end of a comment, CDATA section or instruction, or 64. */
static unsigned find_end(const struct tag_scan *scan, const struct block *block, unsigned at)
{
    for (; at < 64; at++) {
        char one;
        char two;
        uint64_t length = scan->offset + at - scan->place.offset;

        if (block->bytes[at] != '>')
            continue;
        one = byte_before(scan, block, at, 1);
        two = byte_before(scan, block, at, 2);
        /* "<!-->" is open: its dashes are the opening ones */
        if ((scan->state == TAG_COMMENT && one == '-' && two == '-' && length >= 6) ||
            (scan->state == TAG_CDATA && one == ']' && two == ']') ||
            (scan->state == TAG_PI && one == '?' && length >= 3))
            return at + 1;
    }
    return 65;
}

/* A leaf at scan->place, whole in the piece: kept apart. False: none, or no memory to keep it. */
static inline bool take_leaf(struct tag_scan *scan, struct str rest)
{
    struct tag_leaf *leaf;

    if (scan->leaf_count == scan->leaf_capacity &&
        !mem_grow(&scan->leaves, scan->leaf_count, &scan->leaf_capacity, sizeof *scan->leaves))
        return false;
    leaf = &scan->leaves[scan->leaf_count];
    if (!leaf_match(rest, &leaf->leaf))
        return false;
    leaf->place = scan->place;
    leaf->marks = scan->marks;
    scan->leaf_count++;
    return true;
}

/* Moves from "<" to "<" as long as they open tags. *at becomes the byte to go on with. */
static inline enum tag_refusal scan_tags(struct tag_scan *scan, struct block *block, unsigned *at,
                                         struct str piece, uint64_t start)
{
    uint64_t less = block->less & ~below(*at);

    for (; less; less &= less - 1) {
        unsigned here = (unsigned)__builtin_ctzll(less);
        size_t in_piece = (size_t)(scan->offset + here - start);
        enum tag_refusal refusal = TAG_OK;
        char c;

        /* a long tag, or one that began in an earlier piece */
        if (scan->in_tag &&
            (scan->offset + here - scan->place.offset > LONG_TAG || scan->place.offset < start))
            refusal = check_tag(scan, piece, start, scan->offset + here);
        if (refusal != TAG_OK)
            return refusal;
        scan->in_tag = false;
        c = in_piece + 1 < piece.len ? piece.ptr[in_piece + 1] : '!';
        if (c == '/') {
            scan->marks++;
            continue;
        }
        put_place(scan, block, here);
        if (c == '!' || c == '?') { /* or unknown yet */
            scan->state = TAG_OPENED;
            *at = here + 1;
            return TAG_OK;
        }
        /* not the first: a document needs a root for the parser */
        if (scan->finds_leaves && scan->marks &&
            take_leaf(scan, (struct str){piece.ptr + in_piece, piece.len - in_piece}))
            continue;
        refusal = start_tag(scan);
        if (refusal != TAG_OK)
            return refusal;
    }
    *at = 64;
    return TAG_OK;
}

static inline enum tag_refusal scan_block(struct tag_scan *scan, struct block *block, unsigned len,
                                          struct str piece, uint64_t start)
{
    enum tag_refusal refusal = TAG_OK;
    unsigned at = 0;

    find_masks(block);
    while (at < len && refusal == TAG_OK) {
        switch (scan->state) {
        case TAG_BETWEEN:
            refusal = scan_tags(scan, block, &at, piece, start);
            break;
        case TAG_OPENED:
            refusal = after_less(scan, block->bytes[at]);
            at += scan->state != TAG_BETWEEN;
            break;
        case TAG_BANG:
            refusal = after_bang(scan, block->bytes[at++]);
            break;
        default:
            at = find_end(scan, block, at);
            if (at <= 64)
                scan->state = TAG_BETWEEN;
            break;
        }
    }
    pass_block(scan, block, len);
    return refusal;
}

enum tag_refusal tag_scan_feed(struct tag_scan *scan, struct str bytes, size_t *ret_len)
{
    uint64_t start = scan->offset;
    enum tag_refusal refusal = TAG_OK;
    size_t done = 0;

    scan->leaf_count = 0;
    while (done < bytes.len && refusal == TAG_OK) {
        size_t len = bytes.len - done < 64 ? bytes.len - done : 64;
        struct block block = {.bytes = bytes.ptr + done};
        char padded[64];

        if (len < 64) {
            memset(padded, ' ', sizeof padded);
            memcpy(padded, block.bytes, len);
            block.bytes = padded;
        }
        refusal = scan_block(scan, &block, (unsigned)len, bytes, start);
        done += len;
    }
    if (refusal == TAG_OK)
        refusal = check_tag(scan, bytes, start, start + bytes.len);
    /* a refused tag is kept from the parser as far as it lies in this piece */
    if (refusal != TAG_OK)
        done = scan->place.offset > start ? (size_t)(scan->place.offset - start) : 0;
    *ret_len = done;
    return refusal;
}
