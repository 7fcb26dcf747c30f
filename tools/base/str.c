#include "base/str.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct str str_of(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.ptr != NULL) == (b.ptr != NULL) &&
           (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_is(struct str a, const char *text)
{
    return str_equal(a, str_of(text));
}

int str_compare(struct str a, struct str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order;

    if (!a.ptr || !b.ptr)
        return (a.ptr != NULL) - (b.ptr != NULL);
    order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool str_starts(struct str s, const char *prefix)
{
    size_t len = strlen(prefix);

    return s.len >= len && memcmp(s.ptr, prefix, len) == 0;
}

bool str_ends(struct str s, const char *suffix)
{
    size_t len = strlen(suffix);

    return s.len >= len && memcmp(s.ptr + s.len - len, suffix, len) == 0;
}

bool str_split(struct str *rest, char separator, struct str *ret_part)
{
    const char *found;

    if (!rest->ptr)
        return false;
    found = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (!found) {
        *ret_part = *rest;
        *rest = (struct str){NULL, 0};
        return true;
    }
    *ret_part = (struct str){rest->ptr, (size_t)(found - rest->ptr)};
    rest->len -= ret_part->len + 1;
    rest->ptr = found + 1;
    return true;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_equal_nocase(struct str a, struct str b)
{
    size_t i;

    if (a.len != b.len)
        return false;
    for (i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

/* One to eight bytes as a word that, with their number, stands for just them. */
static uint64_t last_word(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    uint64_t word;
    uint32_t first;
    uint32_t last;

    if (s.len == 8) {
        memcpy(&word, p, 8);
        return word;
    }
    if (s.len < 4)
        return p[0] | (uint64_t)p[s.len / 2] << 8 | (uint64_t)p[s.len - 1] << 16;
    memcpy(&first, p, 4);
    memcpy(&last, p + s.len - 4, 4);
    return first | (uint64_t)last << 32;
}

/* Eight bytes a step with a multiply-xorshift mix; only for tables inside one process. */
uint64_t str_hash(struct str s)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ ((uint64_t)s.len * 0xff51afd7ed558ccdu);
    uint64_t word;
    size_t step;

    while (s.len > 8) {
        memcpy(&word, s.ptr, 8);
        hash = (hash ^ word) * 0x9fb21c651e98df25u;
        hash ^= hash >> 32;
        /* the last step may look at bytes for a second time */
        step = s.len < 16 ? s.len - 8 : 8;
        s.ptr += step;
        s.len -= step;
    }
    if (s.len > 0) {
        hash = (hash ^ last_word(s)) * 0x9fb21c651e98df25u;
        hash ^= hash >> 32;
    }
    hash *= 0xd6e8feb86659fd93u;
    return hash ^ (hash >> 32);
}

bool str_to_int64(struct str s, int64_t *ret_value)
{
    uint64_t value = 0;
    uint64_t most = (uint64_t)INT64_MAX;
    bool negative = false;
    size_t i = 0;

    if (s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+')) {
        negative = s.ptr[0] == '-';
        i = 1;
    }
    if (negative)
        most++;
    if (i == s.len)
        return false;
    for (; i < s.len; i++) {
        unsigned digit = (unsigned)(unsigned char)s.ptr[i] - '0';

        if (digit > 9 || value > (most - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    if (negative)
        *ret_value = value == most ? INT64_MIN : -(int64_t)value;
    else
        *ret_value = (int64_t)value;
    return true;
}

/* The program never sets LC_NUMERIC, so strtod reads a point; the shape is checked here first. */
bool str_to_double(struct str s, double *ret_value)
{
    char text[64];
    char *end;
    double value;
    size_t i;
    size_t digits = 0;

    if (s.len == 0 || s.len >= sizeof text)
        return false;
    for (i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c >= '0' && c <= '9')
            digits++;
        else if (c != '.' && c != 'e' && c != 'E' && c != '+' && c != '-')
            return false;
    }
    if (digits == 0)
        return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    value = strtod(text, &end);
    if (end != text + s.len || !isfinite(value))
        return false;
    *ret_value = value;
    return true;
}

enum { DISTANCE_MAX = 64 };

unsigned str_distance(struct str a, struct str b, unsigned limit)
{
    unsigned rows[3][DISTANCE_MAX + 1];
    unsigned *before = rows[0];
    unsigned *last = rows[1];
    unsigned *now = rows[2];
    unsigned result;
    size_t i;
    size_t j;

    if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
        return limit + 1;
    for (j = 0; j <= b.len; j++)
        last[j] = (unsigned)j;
    for (i = 1; i <= a.len; i++) {
        unsigned *spare = before;

        now[0] = (unsigned)i;
        for (j = 1; j <= b.len; j++) {
            unsigned cost = last[j - 1] + (lower(a.ptr[i - 1]) != lower(b.ptr[j - 1]));

            if (cost > last[j] + 1)
                cost = last[j] + 1;
            if (cost > now[j - 1] + 1)
                cost = now[j - 1] + 1;
            if (i > 1 && j > 1 && lower(a.ptr[i - 1]) == lower(b.ptr[j - 2]) &&
                lower(a.ptr[i - 2]) == lower(b.ptr[j - 1]) && cost > before[j - 2] + 1)
                cost = before[j - 2] + 1;
            now[j] = cost;
        }
        before = last;
        last = now;
        now = spare;
    }
    result = last[b.len];
    return result > limit ? limit + 1 : result;
}

const char *str_nearest(struct str s, const char *const *names)
{
    unsigned limit = s.len < 4 ? 1 : s.len < 8 ? 2 : 3;
    const char *best = NULL;

    for (; *names; names++) {
        unsigned distance = str_distance(s, str_of(*names), limit);

        if (distance <= limit) {
            best = *names;
            if (distance == 0)
                break;
            limit = distance - 1;
        }
    }
    return best;
}

static bool is_joint(char c)
{
    return c == '-' || c == '_' || c == ' ' || c == '.' || c == ',';
}

/* Whether they have the same letters and digits, as far as `counts` says which ones count. */
static bool is_same_but(struct str a, struct str b, bool (*counts)(char))
{
    size_t i = 0;
    size_t j = 0;

    for (;;) {
        while (i < a.len && !counts(a.ptr[i]))
            i++;
        while (j < b.len && !counts(b.ptr[j]))
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (lower(a.ptr[i++]) != lower(b.ptr[j++]))
            return false;
    }
}

static bool counts_always(char c)
{
    return !is_joint(c);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

const char *str_meant(struct str s, const char *const *names)
{
    unsigned most = s.len < 3 ? 0 : s.len < 6 ? 1 : 2;
    const char *best = NULL;
    const char *alike = NULL;
    unsigned nearest = most + 2; /* and the next one */
    unsigned next = nearest;
    bool is_twice = false;

    for (; *names; names++) {
        struct str name = str_of(*names);
        unsigned distance = str_distance(s, name, most + 1);

        if (is_same_but(s, name, counts_always)) {
            is_twice = alike != NULL;
            alike = *names;
        }
        if (distance < nearest) {
            next = nearest;
            nearest = distance;
            best = *names;
        } else if (distance < next) {
            next = distance;
        }
    }
    if (alike)
        return is_twice ? NULL : alike;
    return best && nearest <= most && next >= nearest + 2 && is_same_but(s, str_of(best), is_digit)
               ? best
               : NULL;
}

/* Well-formed sequences of RFC 3629, table 3-7 of the Unicode standard. */
static size_t sequence_length(const unsigned char *p, size_t left)
{
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    size_t need;
    size_t i;

    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    need = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    if (left < need)
        return 0;
    for (i = 1; i < need; i++) {
        if (p[i] < low || p[i] > high)
            return 0;
        low = 0x80;
        high = 0xBF;
    }
    return need;
}

size_t utf8_valid_prefix(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t i = 0;

    while (i < s.len) {
        uint64_t word;
        size_t step;

        if (s.len - i >= 8) {
            memcpy(&word, p + i, 8);
            if ((word & 0x8080808080808080u) == 0) {
                i += 8;
                continue;
            }
        }
        step = sequence_length(p + i, s.len - i);
        if (step == 0)
            return i;
        i += step;
    }
    return s.len;
}
