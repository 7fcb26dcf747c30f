#include "reader/column_name.h"

#include <string.h>

#include "base/buf.h"
#include "reader/reader.h"

/* U+00C0 to U+017F; empty: kept. */
static const char plain_letters[][3] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "",  "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "",  "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s",
};

/* Length of the character at the start of s, whose value goes to *ret_code. Invalid: 1 byte. */
static size_t next_code(struct str s, uint32_t *ret_code)
{
    const unsigned char *p = (const unsigned char *)s.ptr;

    *ret_code = p[0];
    if (p[0] >= 0xC2 && p[0] < 0xE0 && s.len > 1 && (p[1] & 0xC0) == 0x80) {
        *ret_code = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if (p[0] >= 0xE0 && p[0] < 0xF0 && s.len > 2 && (p[1] & 0xC0) == 0x80 &&
        (p[2] & 0xC0) == 0x80) {
        *ret_code = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        return 3;
    }
    if (p[0] >= 0x80)
        *ret_code = 0xFFFFFFFFu;
    return 1;
}

static bool is_dropped(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == '_' || code == 0xA0 ||
           (code >= 0x0300 && code <= 0x036F) || (code >= 0x2000 && code <= 0x200D) ||
           code == 0x202F || code == 0x2060 || code == 0x3000 || code == 0xFEFF;
}

/* Two-byte letters of Greek and Cyrillic in lower case, which are two bytes as well. */
static uint32_t lower(uint32_t code)
{
    if (code >= 0x0391 && code <= 0x03A9)
        return code + 0x20;
    if (code >= 0x0410 && code <= 0x042F)
        return code + 0x20;
    if (code >= 0x0400 && code <= 0x040F)
        return code + 0x50;
    return code;
}

size_t column_name_fold(struct str name, char *room)
{
    size_t len = 0;

    while (name.len) {
        uint32_t code;
        size_t size = next_code(name, &code);
        const char *letters = "";

        if (code >= 0xC0 && code < 0x180)
            letters = plain_letters[code - 0xC0];
        if (is_dropped(code)) {
            /* nothing of it */
        } else if (code < 0x80) {
            room[len++] = (char)(code >= 'A' && code <= 'Z' ? code + 32 : code);
        } else if (letters[0]) {
            memcpy(room + len, letters, strlen(letters));
            len += strlen(letters);
        } else if (size == 2) {
            code = lower(code);
            room[len++] = (char)(0xC0 | code >> 6);
            room[len++] = (char)(0x80 | (code & 0x3F));
        } else {
            memmove(room + len, name.ptr, size);
            len += size;
        }
        name.ptr += size;
        name.len -= size;
    }
    return len;
}

bool column_name_equal(struct str a, struct str b)
{
    char left[256];
    char right[256];
    size_t len;

    /* no name of a map is that long */
    if (a.len > sizeof left || b.len > sizeof right)
        return str_equal(a, b);
    len = column_name_fold(a, left);
    return len == column_name_fold(b, right) && memcmp(left, right, len) == 0;
}
