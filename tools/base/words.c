#include "base/words.h"

static const char *const lang_names[LANG_COUNT] = {"en", "it"};

struct str words_in(const struct words *words, enum lang lang)
{
    return words->in[lang].ptr ? words->in[lang] : words->in[LANG_EN];
}

const char *lang_name(enum lang lang)
{
    return lang_names[lang];
}

bool lang_find(struct str name, enum lang *ret_lang)
{
    int i;

    for (i = 0; i < LANG_COUNT; i++) {
        if (str_is(name, lang_names[i])) {
            *ret_lang = (enum lang)i;
            return true;
        }
    }
    return false;
}
