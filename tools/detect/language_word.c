/* Words by which exports declare the language of a text. */
#include "base/mem.h"
#include "detect/detect.h"

/* Of a tag such as "it-IT" or "en_GB" (BCP 47) what stands in front counts, of two letters or three
   (ISO 639). */
static const struct {
    const char *word;
    enum lang lang;
} words[] = {
    {"en", LANG_EN},      {"eng", LANG_EN},     {"it", LANG_IT},      {"ita", LANG_IT},
    {"english", LANG_EN}, {"inglese", LANG_EN}, {"italian", LANG_IT}, {"italiano", LANG_IT},
};

unsigned detect_language(struct str word)
{
    size_t len = 0;
    size_t i;

    while (len < word.len && word.ptr[len] != '-' && word.ptr[len] != '_')
        len++;
    word.len = len;
    for (i = 0; i < ARRAY_LEN(words); i++)
        if (str_equal_nocase(word, str_of(words[i].word)))
            return words[i].lang;
    return OTHER_LANGUAGE;
}
