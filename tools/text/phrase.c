#include "text/phrase.h"

#include <string.h>

#include "base/bug.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

bool phrase_is_word(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

/* Small letter of ASCII, and of the accented capitals of Latin-1 in UTF-8. */
char phrase_small(struct str text, size_t i)
{
    unsigned char c = (unsigned char)text.ptr[i];

    if (c >= 'A' && c <= 'Z')
        return (char)(c + 0x20);
    if (i > 0 && (unsigned char)text.ptr[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97)
        return (char)(c + 0x20);
    return (char)c;
}

size_t phrase_length(const char *phrase, struct str text, size_t at)
{
    size_t i = at;

    for (; *phrase; phrase++) {
        if (*phrase == '*') {
            while (i < text.len && phrase_is_word(text.ptr[i]))
                i++;
        } else if (i == text.len || phrase_small(text, i) != *phrase) {
            return 0;
        } else {
            i++;
        }
    }
    return i == text.len || !phrase_is_word(text.ptr[i]) ? i - at : 0;
}

size_t phrase_next_word(struct str text, size_t at)
{
    while (at < text.len && (!phrase_is_word(text.ptr[at]) ||
                             (at > 0 && phrase_is_word(text.ptr[at - 1]))))
        at++;
    return at;
}

void phrases_init(struct phrases *phrases, const char *const *list, size_t count)
{
    size_t i = count;

    BUG_IF(count > PHRASES_MAX);
    memset(phrases, 0, sizeof *phrases);
    phrases->list = list;
    phrases->count = count;
    while (i-- > 0) {
        unsigned char first = (unsigned char)list[i][0];

        phrases->next[i] = phrases->head[first];
        phrases->head[first] = (unsigned char)(i + 1);
    }
}

struct str phrases_find(const struct phrases *phrases, struct str text, size_t from)
{
    size_t at;

    for (at = phrase_next_word(text, from); at < text.len;
         at = phrase_next_word(text, at + 1)) {
        unsigned number = phrases->head[(unsigned char)phrase_small(text, at)];
        size_t longest = 0;

        for (; number; number = phrases->next[number - 1]) {
            size_t length = phrase_length(phrases->list[number - 1], text, at);

            if (length > longest)
                longest = length;
        }
        if (longest)
            return (struct str){text.ptr + at, longest};
    }
    return (struct str){NULL, 0};
}
