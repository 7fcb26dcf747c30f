#include "lint/lint_characters.h"

#include <string.h>

#include "base/mem.h"

static const struct range {
    unsigned first;
    unsigned last;
} ranges[] = {
    {0x80, 0x9F},     {0xAD, 0xAD},     {0x200B, 0x200F}, {0x2028, 0x202E},
    {0x2060, 0x2064}, {0x2066, 0x206F}, {0xFEFF, 0xFEFF},
};

unsigned lint_characters_next(struct str text, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr + *at;
    size_t len = bytes[0] < 0x80 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    unsigned code = len == 1 ? bytes[0] : bytes[0] & (0x7Fu >> len);
    size_t i;

    for (i = 1; i < len && *at + i < text.len; i++)
        code = code << 6 | (bytes[i] & 0x3F);
    *at += i;
    return code;
}

bool lint_is_invisible(unsigned code)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(ranges); i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

unsigned lint_control_meant(unsigned code)
{
    static const unsigned short meant[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
    };

    return code >= 0x80 && code < 0xA0 ? meant[code - 0x80] : 0;
}

/* UTF-8 read as windows-1252, and written as UTF-8 again. */
const struct lint_sign lint_signs[] = {
    {STR_INIT("\xC3\x83\xC2\xA0"), STR_INIT("\xC3\xA0")},
    {STR_INIT("\xC3\x83\xC2\xA8"), STR_INIT("\xC3\xA8")},
    {STR_INIT("\xC3\x83\xC2\xA9"), STR_INIT("\xC3\xA9")},
    {STR_INIT("\xC3\x83\xC2\xAC"), STR_INIT("\xC3\xAC")},
    {STR_INIT("\xC3\x83\xC2\xB2"), STR_INIT("\xC3\xB2")},
    {STR_INIT("\xC3\x83\xC2\xB9"), STR_INIT("\xC3\xB9")},
    {STR_INIT("\xC3\x83\xC2\xA4"), STR_INIT("\xC3\xA4")},
    {STR_INIT("\xC3\x83\xC2\xB6"), STR_INIT("\xC3\xB6")},
    {STR_INIT("\xC3\x83\xC2\xBC"), STR_INIT("\xC3\xBC")},
    {STR_INIT("\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2"), STR_INIT("\xE2\x80\x99")},
    {STR_INIT("\xC3\xA2\xE2\x82\xAC\xC5\x93"), STR_INIT("\xE2\x80\x9C")},
    {STR_INIT("\xEF\xBF\xBD"), STR_INIT("")},
};

const size_t lint_sign_count = ARRAY_LEN(lint_signs);

size_t lint_sign_find(struct str text, const struct lint_sign *sign, size_t from)
{
    const char *end = text.ptr + text.len;
    const char *at = text.ptr + from;

    while (at < end && (at = memchr(at, sign->bytes.ptr[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) >= sign->bytes.len &&
            memcmp(at, sign->bytes.ptr, sign->bytes.len) == 0)
            return (size_t)(at - text.ptr);
        at++;
    }
    return text.len;
}
