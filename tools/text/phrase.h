/*
 * Phrases in a text of people: whole words, whatever their case.
 *
 * Call: phrases_init once with a list; phrases_find for each text. phrase_length for one phrase at
 *       one place.
 * Owns: borrows the list; what is found points into the text.
 * Errors: none.
 * Units: bytes of UTF-8.
 * A phrase is written in small letters. It holds whole words; one that ends in * holds every word
 * that begins so. Letters with accents of Latin-1 are compared without case.
 * Threads: a set that is ready is constant.
 */
#ifndef CFAUDIT_TEXT_PHRASE_H
#define CFAUDIT_TEXT_PHRASE_H

#include "base/str.h"

enum { PHRASES_MAX = 254 };

struct phrases {
    const char *const *list; /* NULL: not ready */
    size_t count;
    unsigned char head[256]; /* of those that begin with this byte, number + 1 */
    unsigned char next[PHRASES_MAX];
};

void phrases_init(struct phrases *phrases, const char *const *list, size_t count);
/* The first place of any of them from `from` on, the longest there; missing: none. */
struct str phrases_find(const struct phrases *phrases, struct str text, size_t from);

/* Bytes of the text that the phrase takes at `at`, 0: it is not there. */
size_t phrase_length(const char *phrase, struct str text, size_t at);
/* The next word that begins at or behind `at`; text.len: none. */
size_t phrase_next_word(struct str text, size_t at);
/* A letter or digit of ASCII, or a byte of any other character. */
bool phrase_is_word(char c);
/* The byte as it is in small letters. */
char phrase_small(struct str text, size_t i);

#endif
