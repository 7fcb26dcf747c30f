/*
 * Characters that cannot be seen, and letters that went through a wrong encoding.
 *
 * Call: lint_characters_next from the start of a text; lint_is_invisible; lint_signs.
 * Owns: constants.
 * Errors: none.
 * Units: code points; texts are UTF-8.
 * Source: Unicode 15, general category Cf; windows-1252 (IANA).
 * Threads: constants.
 */
#ifndef CFAUDIT_LINT_LINT_CHARACTERS_H
#define CFAUDIT_LINT_LINT_CHARACTERS_H

#include <stdbool.h>

#include "base/str.h"

/* The character at *at of well-formed text, which moves behind it. */
unsigned lint_characters_next(struct str text, size_t *at);
bool lint_is_invisible(unsigned code);
/* What a control character is in windows-1252, from which it came; 0: nothing. */
unsigned lint_control_meant(unsigned code);

/* A letter as it looks after it was read in a wrong encoding. */
struct lint_sign {
    struct str bytes;
    struct str meant; /* empty: it is lost */
};
extern const struct lint_sign lint_signs[];
extern const size_t lint_sign_count;
/* Where it is in the text, as an offset; text.len: nowhere. */
size_t lint_sign_find(struct str text, const struct lint_sign *sign, size_t from);

#endif
