#include "text/readability.h"

#include <string.h>

#include "base/mem.h"

static const int64_t MILLION = 1000000;

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
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

    if (!memchr("ylst", from_end(word, 0), 4))
        return false;
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
