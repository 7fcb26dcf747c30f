#include "text/readability.h"

#include <string.h>

#include "base/mem.h"

static const int64_t MILLION = 1000000;

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* --- characters --- */

enum mark { MARK_OTHER, MARK_LETTER, MARK_JOINT, MARK_STOP, MARK_SPACE, MARK_LINE };

static bool is_at(struct str text, size_t at, const char *bytes)
{
    size_t length = strlen(bytes);

    return text.len - at >= length && memcmp(text.ptr + at, bytes, length) == 0;
}

/* Bytes of the character of UTF-8 that begins there; a stray byte is one by itself. */
static size_t length_at(struct str text, size_t at)
{
    size_t end = at + 1;

    if (((unsigned char)text.ptr[at] & 0xC0) != 0xC0)
        return 1;
    while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
        end++;
    return end - at;
}

/*
 * Above ASCII everything is a letter but white space and punctuation: U+0080..U+00BF without
 * ordinals and micro, the two signs of arithmetic among the letters of Latin-1, and U+2000..U+206F.
 */
static enum mark wide_mark(struct str text, size_t at)
{
    unsigned char lead = (unsigned char)text.ptr[at];
    unsigned char next = at + 1 < text.len ? (unsigned char)text.ptr[at + 1] : 0;

    if (is_at(text, at, "\xE2\x80\xA6")) /* ellipsis */
        return MARK_STOP;
    if (is_at(text, at, "\xE2\x80\x99") || is_at(text, at, "\xE2\x80\x91"))
        return MARK_JOINT; /* apostrophe, hyphen that keeps the line */
    if (is_at(text, at, "\xC2\xA0") || is_at(text, at, "\xE2\x80\xAF"))
        return MARK_SPACE;
    if (lead == 0xC2)
        return next == 0xAA || next == 0xB5 || next == 0xBA ? MARK_LETTER : MARK_OTHER;
    if (lead == 0xC3 && (next == 0x97 || next == 0xB7))
        return MARK_OTHER;
    if (lead == 0xE2 && (next == 0x80 || next == 0x81))
        return MARK_OTHER;
    return lead >= 0xC0 ? MARK_LETTER : MARK_OTHER;
}

static enum mark mark_at(struct str text, size_t at)
{
    char c = text.ptr[at];

    if ((unsigned char)c >= 0x80)
        return wide_mark(text, at);
    if (is_ascii_letter(c) || is_digit(c))
        return MARK_LETTER;
    switch (c) {
    case '\'':
    case '-':
        return MARK_JOINT;
    case '.':
    case '!':
    case '?':
        return MARK_STOP;
    case '\n':
        return MARK_LINE;
    case ' ':
    case '\t':
    case '\r':
        return MARK_SPACE;
    default:
        return MARK_OTHER;
    }
}

/* --- syllables --- */

static bool is_vowel(char c)
{
    return (unsigned char)c >= 0x80 || memchr("aeiouy", small(c), 6) != NULL;
}

/* The letter so far from the end of the word; 0: it has not so many. */
static char from_end(struct str word, size_t back)
{
    return back < word.len ? small(word.ptr[word.len - 1 - back]) : '\0';
}

static bool is_consonant(char c)
{
    return c >= 'a' && c <= 'z' && !is_vowel(c);
}

/* An l that makes a syllable of its own with the e behind it: ta-ble, han-dled. */
static bool has_own_l(struct str word, size_t e)
{
    return from_end(word, e + 1) == 'l' && memchr("bcdfgkptz", from_end(word, e + 2), 9) != NULL;
}

/* The e of -es is spoken behind a hissing sound, that of -ed behind a t or d. */
static bool is_spoken(struct str word, char last)
{
    char before = from_end(word, 2);

    if (last == 'd')
        return before == 't' || before == 'd';
    return memchr("scgxz", before, 5) != NULL ||
           (before == 'h' && memchr("cs", from_end(word, 3), 2) != NULL);
}

/* Before a vowel, at the start of a syllable: yes, be-yond, play-er. */
static bool is_consonant_y(struct str word, size_t i, bool in_group)
{
    return small(word.ptr[i]) == 'y' && (i == 0 || in_group) && i + 1 < word.len &&
           is_vowel(word.ptr[i + 1]);
}

static bool has_silent_e(struct str word)
{
    char last = from_end(word, 0);
    size_t e = last == 'e' ? 0 : 1;

    if (last != 'e' && ((last != 's' && last != 'd') || from_end(word, 1) != 'e'))
        return false;
    if (!is_consonant(from_end(word, e + 1)) || has_own_l(word, e))
        return false;
    return e == 0 || !is_spoken(word, last);
}

static bool ends_nocase(struct str word, struct str suffix)
{
    return word.len > suffix.len &&
           str_equal_nocase((struct str){word.ptr + word.len - suffix.len, suffix.len}, suffix);
}

/* The e that closed the word before it got an ending: un-for-tu-nate-ly, state-ment. */
static bool has_silent_e_inside(struct str word)
{
    static const struct str endings[] = {STR_INIT("ly"), STR_INIT("ful"), STR_INIT("less"),
                                         STR_INIT("ness"), STR_INIT("ment")};
    size_t i;

    for (i = 0; i < ARRAY_LEN(endings); i++) {
        struct str before = {word.ptr, word.len - endings[i].len};

        if (ends_nocase(word, endings[i]))
            return from_end(before, 0) == 'e' && from_end(before, 1) != 'l' && has_silent_e(before);
    }
    return false;
}

uint32_t syllables_of(struct str word)
{
    uint32_t count = 0;
    bool in_group = false;
    size_t i;

    for (i = 0; i < word.len; i++) {
        bool is_one = is_vowel(word.ptr[i]) && !is_consonant_y(word, i, in_group);

        count += is_one && !in_group;
        in_group = is_one;
    }
    count -= count > 1 && (has_silent_e(word) || has_silent_e_inside(word));
    return count ? count : 1;
}

/* --- the text --- */

static void add(uint32_t *count, size_t more)
{
    *count = UINT32_MAX - *count < more ? UINT32_MAX : *count + (uint32_t)more;
}

/* The end of the word that begins at `at`, and its letters; joints stay inside it. */
static size_t word_end(struct str text, size_t at, size_t *ret_letters)
{
    size_t letters = 0;
    size_t end = at;

    while (at < text.len) {
        enum mark mark = mark_at(text, at);

        if (mark != MARK_LETTER && mark != MARK_JOINT)
            break;
        at += length_at(text, at);
        if (mark == MARK_LETTER) {
            letters++;
            end = at;
        } else if (at == text.len || mark_at(text, at) != MARK_LETTER) {
            break;
        }
    }
    *ret_letters = letters;
    return end;
}

/* A stop ends a sentence where white space or the end of the text follows, or another sign does. */
static bool ends_here(struct str text, size_t at)
{
    return at == text.len || mark_at(text, at) != MARK_LETTER;
}

void reading_count(struct str text, struct reading *reading)
{
    bool has_word = false; /* the sentence at hand */
    bool is_empty = false; /* nothing but white space since the line began */
    size_t at = 0;

    while (at < text.len) {
        enum mark mark = mark_at(text, at);
        size_t end = at + length_at(text, at);
        size_t letters;

        if (mark == MARK_LETTER) {
            end = word_end(text, at, &letters);
            add(&reading->words, 1);
            add(&reading->letters, letters);
            add(&reading->syllables, syllables_of((struct str){text.ptr + at, end - at}));
            has_word = true;
        } else if (has_word && ((mark == MARK_STOP && ends_here(text, end)) ||
                                (mark == MARK_LINE && is_empty))) {
            add(&reading->sentences, 1);
            has_word = false;
        }
        is_empty = mark == MARK_LINE || (is_empty && mark == MARK_SPACE);
        at = end;
    }
    add(&reading->sentences, has_word);
}

/* --- indexes --- */

/* The quotient in whole numbers, rounded half away from zero; the divisor is above 0. */
static int64_t rounded(int64_t dividend, int64_t divisor)
{
    int64_t half = divisor / 2;

    return (dividend < 0 ? dividend - half : dividend + half) / divisor;
}

bool reading_gulpease(const struct reading *reading, int64_t *ret_index)
{
    int64_t points;

    if (reading->words == 0)
        return false;
    points = 89 * MILLION + rounded((300 * (int64_t)reading->sentences -
                                     10 * (int64_t)reading->letters) * MILLION,
                                    reading->words);
    *ret_index = points < 0 ? 0 : points > 100 * MILLION ? 100 * MILLION : points;
    return true;
}

bool reading_flesch(const struct reading *reading, int64_t *ret_index)
{
    if (reading->words == 0 || reading->sentences == 0)
        return false;
    *ret_index = 206835000 - rounded(1015000 * (int64_t)reading->words, reading->sentences) -
                 rounded(84600000 * (int64_t)reading->syllables, reading->words);
    return true;
}
