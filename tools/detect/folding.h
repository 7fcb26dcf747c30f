/*
 * Folding of characters: what is left of a character when case and accents are gone.
 *
 * Call: folding_init once; fold_char for each character that is not ASCII, fold_ascii for the rest.
 * Owns: the table is the caller's storage.
 * Errors: none.
 * Units: UTF-8.
 * A letter or digit folds to letters and digits of its compatibility decomposition without marks, in
 * small letters. Marks and characters that cannot be seen fold to nothing, signs of currency to
 * themselves, everything else separates words.
 * Source: Unicode Standard, sections 3.11 (NFKD), 3.13 (full case folding), 4.5 (general category).
 *         utf8proc knows them; ICU does as well, with thirty megabytes of tables beside it.
 * Threads: a table that is ready is constant.
 */
#ifndef CFAUDIT_DETECT_FOLDING_H
#define CFAUDIT_DETECT_FOLDING_H

#include <stdbool.h>

#include "base/str.h"

enum fold_kind {
    FOLD_APART,   /* separates words */
    FOLD_WORD,    /* part of a word */
    FOLD_SIGN,    /* a word by itself */
    FOLD_NOTHING, /* as if it were not there */
    FOLD_STOP     /* separates words, and phrases do not go over it */
};

/* Bytes that one character folds to, at most: the longest has 33. */
enum { FOLD_BYTES = 40, FOLD_TABLE = 0x600, FOLD_SHORT = 6 };

struct folded {
    uint8_t kind; /* enum fold_kind */
    uint8_t len;
    char bytes[FOLD_SHORT]; /* len 0 with FOLD_WORD: too long for the table */
};

struct folding {
    struct folded table[FOLD_TABLE]; /* the first characters of Unicode */
};

void folding_init(struct folding *folding);
/* What the bytes at the start of `text` fold to: *ret_taken of them are one character. *ret_len bytes
   at ret_bytes, which has room for FOLD_BYTES. */
enum fold_kind fold_char(const struct folding *folding, struct str text, size_t *ret_taken,
                         char *ret_bytes, size_t *ret_len);

#endif
