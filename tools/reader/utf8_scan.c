#include "reader/utf8_scan.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

static const uint64_t ones = 0x0101010101010101u;
static const uint64_t tops = 0x8080808080808080u;

/* Whether 128 bytes are ASCII. */
static inline bool block_is_ascii(const char *bytes)
{
#if defined(__x86_64__)
    __m128i part[8];

    memcpy(part, bytes, sizeof part);
    part[0] = _mm_or_si128(_mm_or_si128(part[0], part[1]), _mm_or_si128(part[2], part[3]));
    part[4] = _mm_or_si128(_mm_or_si128(part[4], part[5]), _mm_or_si128(part[6], part[7]));
    return _mm_movemask_epi8(_mm_or_si128(part[0], part[4])) == 0;
#else
    uint64_t words[16];
    uint64_t all = 0;
    size_t i;

    memcpy(words, bytes, sizeof words);
    for (i = 0; i < 16; i++)
        all |= words[i];
    return (all & tops) == 0;
#endif
}

bool utf8_is_ascii(struct str bytes)
{
    unsigned char rest = 0;
    size_t i = 0;

    for (; bytes.len - i >= 128; i += 128)
        if (!block_is_ascii(bytes.ptr + i))
            return false;
    for (; i < bytes.len; i++)
        rest |= (unsigned char)bytes.ptr[i];
    return rest < 0x80;
}

size_t utf8_plain_prefix(struct str bytes)
{
    size_t i = 0;

    while (bytes.len - i >= 8) {
        uint64_t word;

        memcpy(&word, bytes.ptr + i, 8);
        /* the first term is set by a zero byte (and by bytes beyond it, which stop us anyway) */
        if ((((word - ones) & ~word) | word) & tops)
            break;
        i += 8;
    }
    while (i < bytes.len && bytes.ptr[i] > 0)
        i++;
    return i;
}

uint64_t utf8_characters(struct str text)
{
    uint64_t count = 0;
    size_t i;

    for (i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

/* Length a character should have by its first byte, 0 when no character begins so. */
static size_t length_of(unsigned char first)
{
    if (first >= 0xC2 && first < 0xE0)
        return 2;
    if (first >= 0xE0 && first < 0xF0)
        return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

struct utf8_census utf8_count(struct str bytes)
{
    struct utf8_census census = {0, 0, 0};
    size_t i = 0;

    while (i < bytes.len) {
        struct str rest = {bytes.ptr + i, bytes.len - i};
        struct str one;
        size_t wanted;

        if (bytes.ptr[i] >= 0) {
            size_t plain = utf8_plain_prefix(rest);

            i += plain ? plain : 1; /* a zero byte is ASCII too */
            continue;
        }
        wanted = length_of((unsigned char)bytes.ptr[i]);
        one = (struct str){rest.ptr, wanted < rest.len ? wanted : rest.len};
        if (wanted && wanted <= rest.len && utf8_valid_prefix(one) == wanted) {
            census.valid++;
            i += wanted;
            continue;
        }
        if (wanted > rest.len) {
            /* could still become a character: every byte after the first continues it */
            size_t k = 1;

            while (k < rest.len && ((unsigned char)rest.ptr[k] & 0xC0) == 0x80)
                k++;
            if (k == rest.len) {
                census.cut = rest.len;
                return census;
            }
        }
        census.invalid++;
        i++;
    }
    return census;
}
