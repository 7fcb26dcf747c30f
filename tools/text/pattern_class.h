/*
 * Escapes and bracketed classes of regular expressions as sets of bytes.
 *
 * Call: pattern_escape behind a backslash, pattern_class behind [.
 * Owns: nothing.
 * Errors: PATTERN_LOST: not understood; nothing may be said about the pattern.
 * Units: bytes.
 * Source: pcre2pattern(3) of 10.42, UTF-8 patterns.
 * Threads: values only.
 */
#ifndef CFAUDIT_TEXT_PATTERN_CLASS_H
#define CFAUDIT_TEXT_PATTERN_CLASS_H

#include "text/needed_bytes.h"

enum pattern_kind {
    PATTERN_BYTES,   /* one character: so many sets of bytes that follow each other */
    PATTERN_NOTHING, /* a condition on the place: takes no bytes */
    PATTERN_ANYTHING, /* bytes of which nothing is known, maybe none */
    PATTERN_LOST
};

/* What one piece of a pattern stands for. */
struct pattern_atom {
    enum pattern_kind kind;
    struct byte_set sets[4];
    unsigned len;
};

/* Where a reader is in a pattern. */
struct pattern_place {
    struct str pattern;
    size_t at;
    bool is_caseless;
    bool is_ucp;
};

/* The byte `ahead` of the place; -1: the pattern is at its end. */
int pattern_peek(const struct pattern_place *place, size_t ahead);
bool pattern_take(struct pattern_place *place, const char *text);

/* The character at the place, taken literally. */
struct pattern_atom pattern_character(struct pattern_place *place);
/* The place is behind the backslash. */
struct pattern_atom pattern_escape(struct pattern_place *place);
/* The place is behind the bracket. */
struct pattern_atom pattern_class(struct pattern_place *place);

#endif
