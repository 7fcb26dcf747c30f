#include "reader/json_token.h"

#include "base/limits.h"

void tokens_begin(struct tokens *tokens, struct str text, bool is_last)
{
    tokens->is_last = is_last;
    tokens->at = text.ptr;
    tokens->end = text.ptr + text.len;
    tokens->flaw.rule = RULE_COUNT;
    tokens->fault.rule = RULE_COUNT;
}

enum token token_fault(struct tokens *tokens, enum token token, const char *at, const char *text)
{
    tokens->fault = (struct flaw){RULE_JSON_SYNTAX, at, text};
    return token;
}

void token_flaw(struct tokens *tokens, enum rule rule, const char *at, const char *text)
{
    if (tokens->flaw.rule == RULE_COUNT)
        tokens->flaw = (struct flaw){rule, at, text};
}

/* --- strings --- */

/* The first byte that is a quote, a backslash, a control character or beyond ASCII; or the end. */
static inline const char *plain_end(const char *p, const char *end)
{
#if defined(__x86_64__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i blank = _mm_set1_epi8(' ');

    for (; end - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i special = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote),
                                       _mm_cmpeq_epi8(bytes, backslash));
        /* as signed numbers, bytes beyond ASCII are below the blank as well */
        unsigned mask =
            (unsigned)_mm_movemask_epi8(_mm_or_si128(special, _mm_cmplt_epi8(bytes, blank)));

        if (mask)
            return p + __builtin_ctz(mask);
    }
#endif
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= ' ' &&
           (unsigned char)*p < 0x80)
        p++;
    return p;
}

static bool is_continued(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Bytes of the character at p, 0: there is none, -1: the text ends in it. */
static int character_len(const char *text, const char *end)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t left = (size_t)(end - text);
    int len = p[0] >= 0xC2 && p[0] < 0xE0   ? 2
              : p[0] >= 0xE0 && p[0] < 0xF0 ? 3
              : p[0] >= 0xF0 && p[0] < 0xF5 ? 4
                                            : 0;
    int i;

    for (i = 1; i < len; i++) {
        if ((size_t)i >= left)
            return -1;
        if (!is_continued(p[i]))
            return 0;
    }
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return len;
}

/* Four hexadecimal digits; -1: they are none. */
static int32_t read_hex(const char *p)
{
    int32_t value = 0;
    int i;

    for (i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;

        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

static bool is_high_half(int32_t unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low_half(int32_t unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* \uXXXX at p, and the other half if it is one of a pair. */
static enum token check_unit(struct tokens *tokens, const char *p, const char **ret_behind)
{
    int32_t unit;

    if (tokens->end - p < 6)
        return TOKEN_MORE;
    unit = read_hex(p + 2);
    if (unit < 0)
        return token_fault(tokens, TOKEN_BAD, p, "four hexadecimal digits belong behind \\u");
    *ret_behind = p + 6;
    if (is_high_half(unit)) {
        /* what is cut here may be the other half: a line that ends here has no closing quote */
        if (tokens->end - p < 12 && memchr(p + 6, '"', (size_t)(tokens->end - p - 6)) == NULL)
            return TOKEN_MORE;
        if (tokens->end - p >= 12 && p[6] == '\\' && p[7] == 'u' && is_low_half(read_hex(p + 8)))
            *ret_behind = p + 12;
        else
            token_flaw(tokens, RULE_JSON_CHARACTER, p, "half of a surrogate pair");
    } else if (is_low_half(unit)) {
        token_flaw(tokens, RULE_JSON_CHARACTER, p, "half of a surrogate pair");
    } else if (unit == 0) {
        token_flaw(tokens, RULE_JSON_CHARACTER, p, "a zero");
    }
    return TOKEN_OK;
}

static enum token check_escape(struct tokens *tokens, const char *p, const char **ret_behind)
{
    if (tokens->end - p < 2)
        return TOKEN_MORE;
    if (p[1] == 'u')
        return check_unit(tokens, p, ret_behind);
    switch (p[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        *ret_behind = p + 2;
        return TOKEN_OK;
    default:
        return token_fault(tokens, TOKEN_BAD, p, "no escape of JSON begins like this");
    }
}

/* What stops a run of plain bytes and is no quote. */
static enum token pass_special(struct tokens *tokens, const char **p)
{
    int len;

    if (**p == '\\')
        return check_escape(tokens, *p, p);
    if ((unsigned char)**p < ' ')
        return token_fault(tokens, TOKEN_BAD, *p,
                           "a control character in a string has to be an escape");
    len = character_len(*p, tokens->end);
    if (len < 0)
        return TOKEN_MORE;
    if (len == 0)
        token_flaw(tokens, RULE_JSON_ENCODING, *p, NULL);
    *p += len ? len : 1;
    return TOKEN_OK;
}

enum token token_string(struct tokens *tokens, struct str *ret_value, bool *ret_has_escape)
{
    const char *start = tokens->at;
    const char *p = plain_end(start, tokens->end);

    *ret_has_escape = false;
    while (p < tokens->end && *p != '"') {
        enum token token;

        *ret_has_escape |= *p == '\\';
        token = pass_special(tokens, &p);
        if (token == TOKEN_BAD)
            return token;
        if (token == TOKEN_MORE)
            break;
        p = plain_end(p, tokens->end);
    }
    if (p >= tokens->end || *p != '"')
        return token_fault(tokens, TOKEN_MORE, start - 1, "the string is not closed");
    if ((uint64_t)(p - start) > LIMIT_CELL_BYTES)
        token_flaw(tokens, RULE_JSON_TOO_LARGE, start - 1, "a string of more than 1 MiB");
    *ret_value = (struct str){start, (size_t)(p - start)};
    tokens->at = p + 1;
    return TOKEN_OK;
}

static char *put_character(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *to++ = (char)(0xE0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    } else {
        *to++ = (char)(0xF0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3F));
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    }
    return to;
}

size_t token_decode(struct str value, char *room)
{
    static const char names[] = "bfnrt";
    static const char meanings[] = "\b\f\n\r\t";
    const char *p = value.ptr;
    const char *end = value.ptr + value.len;
    char *to = room;

    while (p < end) {
        const char *escape = memchr(p, '\\', (size_t)(end - p));
        size_t len = (size_t)((escape ? escape : end) - p);
        const char *name;
        uint32_t code;

        memcpy(to, p, len);
        to += len;
        if (!escape)
            break;
        p = escape + 2;
        if (escape[1] != 'u') {
            name = strchr(names, escape[1]);
            *to++ = name ? meanings[name - names] : escape[1];
            continue;
        }
        code = (uint32_t)read_hex(p);
        p += 4;
        if (is_high_half((int32_t)code) && end - p >= 6) {
            code = 0x10000 + ((code - 0xD800) << 10) + ((uint32_t)read_hex(p + 2) - 0xDC00);
            p += 6;
        }
        to = put_character(to, code);
    }
    return (size_t)(to - room);
}

/* --- numbers and words --- */

static const char *digits_end(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

enum token token_number(struct tokens *tokens, struct str *ret_value)
{
    static const char text[] = "a digit was expected";
    const char *start = tokens->at;
    const char *end = tokens->end;
    const char *p = start + (*start == '-');
    const char *digits = p;

    p = p < end && *p == '0' ? p + 1 : digits_end(p, end);
    if (p == digits)
        return token_fault(tokens, p < end ? TOKEN_BAD : TOKEN_MORE, p, text);
    if (p < end && *p == '.') {
        digits = ++p;
        p = digits_end(p, end);
        if (p == digits)
            return token_fault(tokens, p < end ? TOKEN_BAD : TOKEN_MORE, p, text);
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < end && (*p == '+' || *p == '-'))
            p++;
        digits = p;
        p = digits_end(p, end);
        if (p == digits)
            return token_fault(tokens, p < end ? TOKEN_BAD : TOKEN_MORE, p, text);
    }
    if (p == end && !tokens->is_last)
        return token_fault(tokens, TOKEN_MORE, p, "the number may go on");
    *ret_value = (struct str){start, (size_t)(p - start)};
    tokens->at = p;
    return TOKEN_OK;
}

enum token token_literal(struct tokens *tokens, struct str *ret_value)
{
    static const struct str words[] = {STR_INIT("true"), STR_INIT("false"), STR_INIT("null")};
    size_t left = (size_t)(tokens->end - tokens->at);
    size_t i;

    for (i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t len = words[i].len < left ? words[i].len : left;

        if (memcmp(tokens->at, words[i].ptr, len) != 0)
            continue;
        if (len < words[i].len)
            return token_fault(tokens, TOKEN_MORE, tokens->at, "a value was expected");
        *ret_value = (struct str){tokens->at, len};
        tokens->at += len;
        return TOKEN_OK;
    }
    return token_fault(tokens, TOKEN_BAD, tokens->at, "a value was expected");
}

/* --- bytes as numbers --- */

size_t token_byte_array(const struct tokens *tokens, char *room, const char **ret_end)
{
    struct tokens t = *tokens;
    size_t count = 0;

    t.at++;
    while (token_blanks(&t)) {
        const char *digits = t.at;
        unsigned value = 0;

        t.at = digits_end(digits, t.end);
        if (t.at == digits || t.at - digits > 3 || (*digits == '0' && t.at - digits > 1))
            return 0;
        for (; digits < t.at; digits++)
            value = value * 10 + (unsigned)(*digits - '0');
        if (value > 255)
            return 0;
        if (room)
            room[count] = (char)value;
        count++;
        if (!token_blanks(&t) || (*t.at != ',' && *t.at != ']'))
            return 0;
        if (*t.at++ == ']') {
            *ret_end = t.at;
            return count;
        }
    }
    return 0;
}
