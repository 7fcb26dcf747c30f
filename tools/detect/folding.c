#include "detect/folding.h"

#include <string.h>
#include <utf8proc.h>

static bool is_letter(utf8proc_category_t category)
{
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

static bool is_mark(utf8proc_category_t category)
{
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/* Signs that end a clause or a sentence, in the scripts that have their own. */
static bool is_stop(utf8proc_int32_t c)
{
    static const utf8proc_int32_t stops[] = {
        '.',    ',',    ';',    ':',    '!',    '?',    0xA1,   0xBF,   0x37E,  0x387,
        0x55C,  0x55D,  0x55E,  0x589,  0x60C,  0x61B,  0x61F,  0x6D4,  0x964,  0x965,
        0x2026, 0x203C, 0x203D, 0x2047, 0x2048, 0x2049, 0x3001, 0x3002, 0xFF01, 0xFF0C,
        0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF61};
    size_t i;

    for (i = 0; i < sizeof stops / sizeof *stops; i++)
        if (stops[i] == c)
            return true;
    return false;
}

static enum fold_kind kind_of(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);

    if (is_letter(category))
        return FOLD_WORD;
    if (is_mark(category) || category == UTF8PROC_CATEGORY_CF)
        return FOLD_NOTHING;
    if (category == UTF8PROC_CATEGORY_SC)
        return FOLD_SIGN;
    return is_stop(c) ? FOLD_STOP : FOLD_APART;
}

/* Letters and digits of the decomposition; what has none in it stays as it is. */
static size_t decompose(utf8proc_int32_t c, char *bytes)
{
    static const utf8proc_option_t options =
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
    utf8proc_int32_t parts[FOLD_BYTES];
    utf8proc_ssize_t count =
        utf8proc_decompose_char(c, parts, sizeof parts / sizeof *parts, options, NULL);
    size_t len = 0;
    utf8proc_ssize_t i;

    for (i = 0; i < count && count <= FOLD_BYTES && len + 4 <= FOLD_BYTES; i++)
        if (is_letter(utf8proc_category(parts[i])))
            len += (size_t)utf8proc_encode_char(parts[i], (utf8proc_uint8_t *)bytes + len);
    return len ? len : (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)bytes);
}

static enum fold_kind fold(utf8proc_int32_t c, char *bytes, size_t *ret_len)
{
    enum fold_kind kind = kind_of(c);

    *ret_len = kind == FOLD_WORD || kind == FOLD_SIGN ? decompose(c, bytes) : 0;
    return kind;
}

void folding_init(struct folding *folding)
{
    char bytes[FOLD_BYTES];
    utf8proc_int32_t c;
    size_t len;

    memset(folding, 0, sizeof *folding);
    for (c = 0; c < FOLD_TABLE; c++) {
        struct folded *folded = &folding->table[c];

        folded->kind = (uint8_t)fold(c, bytes, &len);
        if (len > FOLD_SHORT)
            continue;
        folded->len = (uint8_t)len;
        memcpy(folded->bytes, bytes, len);
    }
}

enum fold_kind fold_char(const struct folding *folding, struct str text, size_t *ret_taken,
                         char *ret_bytes, size_t *ret_len)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr,
                                              (utf8proc_ssize_t)text.len, &c);

    *ret_len = 0;
    if (taken <= 0) {
        *ret_taken = 1;
        return FOLD_APART;
    }
    *ret_taken = (size_t)taken;
    if (c < FOLD_TABLE) {
        const struct folded *folded = &folding->table[c];

        if (folded->kind != FOLD_WORD || folded->len) {
            memcpy(ret_bytes, folded->bytes, folded->len);
            *ret_len = folded->len;
            return (enum fold_kind)folded->kind;
        }
    }
    return fold(c, ret_bytes, ret_len);
}
