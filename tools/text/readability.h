/*
 * How easily a text is read, by counts of what it is made of.
 *
 * Call: syllables_of for each word while counting; reading_gulpease for Italian, reading_flesch for
 *       English.
 * Owns: nothing.
 * Errors: false for a text without words, which has no index.
 * Units: indexes in millionths of a point.
 * Source: Lucisano and Piemontese 1988 (Gulpease); Flesch 1948 (reading ease).
 * Syllables are those of English, counted by groups of vowels (y is one, but before another at the
 * start of a syllable); an e that closes the word is silent, but after l with a consonant before it,
 * and so is that of -es and -ed unless it has to be spoken. Other languages have other rules: the
 * count is for reading_flesch alone.
 * Threads: values only.
 */
#ifndef CFAUDIT_TEXT_READABILITY_H
#define CFAUDIT_TEXT_READABILITY_H

#include "base/str.h"

struct reading {
    uint32_t sentences;
    uint32_t words;
    uint32_t letters;
    uint32_t syllables;
};

/* 89 + (300 sentences - 10 letters) / words, within 0 and 100. */
bool reading_gulpease(const struct reading *reading, int64_t *ret_index);
/* 206.835 - 1.015 words / sentences - 84.6 syllables / words. */
bool reading_flesch(const struct reading *reading, int64_t *ret_index);
/* Syllables of one English word, at least 1. */
uint32_t syllables_of(struct str word);

#endif
