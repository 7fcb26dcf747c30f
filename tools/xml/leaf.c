#include "xml/leaf.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Lower-case letters from *at; at least one, and not "xml", which has a meaning of its own. */
static inline bool take_name(const char **at, const char *end, struct str *ret_name)
{
    const char *start = *at;
    const char *p = start;

    while (p < end && *p >= 'a' && *p <= 'z')
        p++;
    *ret_name = (struct str){start, (size_t)(p - start)};
    *at = p;
    return p > start && p < end && !(p - start >= 3 && memcmp(start, "xml", 3) == 0);
}

/* The first byte that is not plain ASCII text of a value. */
static inline const char *skip_plain(const char *p, const char *end)
{
#ifdef __SSE2__
    while (end - p >= 16) {
        __m128i part = _mm_loadu_si128((const __m128i *)(const void *)p);
        /* as signed bytes, control characters and everything beyond ASCII are below the blank */
        __m128i stop = _mm_or_si128(_mm_cmplt_epi8(part, _mm_set1_epi8(' ')),
                                    _mm_cmpeq_epi8(part, _mm_set1_epi8('"')));
        unsigned mask;

        stop = _mm_or_si128(stop, _mm_cmpeq_epi8(part, _mm_set1_epi8('&')));
        stop = _mm_or_si128(stop, _mm_cmpeq_epi8(part, _mm_set1_epi8('<')));
        mask = (unsigned)_mm_movemask_epi8(stop);
        if (mask)
            return p + __builtin_ctz(mask);
        p += 16;
    }
#endif
    while (p < end && *p >= ' ' && *p != '"' && *p != '&' && *p != '<')
        p++;
    return p;
}

/* U+FFFE and U+FFFF are no characters of XML. */
static bool has_noncharacter(struct str s)
{
    const char *p = s.ptr;
    const char *end = s.ptr + s.len;

    while ((p = memchr(p, '\xEF', (size_t)(end - p))) != NULL) {
        if (end - p >= 3 && p[1] == '\xBF' && (p[2] == '\xBE' || p[2] == '\xBF'))
            return true;
        p++;
    }
    return false;
}

/* Up to the closing quote of a value in which something stands beyond ASCII. */
static bool take_rich(const char **at, const char *end, const char *start)
{
    const char *p = *at;
    struct str value;

    while (p < end && *p != '"') {
        if (*p == '&' || *p == '<' || (*p >= 0 && *p < ' '))
            return false;
        p++;
    }
    value = (struct str){start, (size_t)(p - start)};
    *at = p;
    return p < end && utf8_valid_prefix(value) == value.len && !has_noncharacter(value);
}

/* name="value" */
static inline bool take_attribute(const char **at, const char *end, struct str *ret_name,
                                  struct str *ret_value)
{
    const char *start;

    if (!take_name(at, end, ret_name) || end - *at < 3 || (*at)[0] != '=' || (*at)[1] != '"')
        return false;
    start = *at += 2;
    *at = skip_plain(start, end);
    if (*at < end && **at < 0 && !take_rich(at, end, start))
        return false;
    if (*at >= end || **at != '"')
        return false;
    *ret_value = (struct str){start, (size_t)(*at - start)};
    ++*at;
    return true;
}

bool leaf_match(struct str bytes, struct leaf *ret_leaf)
{
    const char *end = bytes.ptr + bytes.len;
    const char *at = bytes.ptr + 1;
    unsigned i;

    if (!take_name(&at, end, &ret_leaf->name))
        return false;
    for (i = 0; i < LEAF_ATTRIBUTES; i++) {
        if (at >= end || *at != ' ')
            return false;
        at++;
        if (!take_attribute(&at, end, &ret_leaf->names[i], &ret_leaf->values[i]))
            return false;
    }
    if (at < end && *at == ' ')
        at++;
    if (end - at < 2 || at[0] != '/' || at[1] != '>' ||
        str_equal(ret_leaf->names[0], ret_leaf->names[1]))
        return false;
    ret_leaf->len = (size_t)(at + 2 - bytes.ptr);
    return true;
}
