/*
 * Text in every language the program speaks.
 *
 * Owns: views only.
 * Errors: none; a missing text falls back to English.
 * Units: UTF-8.
 * Threads: values only.
 */
#ifndef CFAUDIT_BASE_WORDS_H
#define CFAUDIT_BASE_WORDS_H

#include <stdbool.h>

#include "base/str.h"

enum lang { LANG_EN, LANG_IT, LANG_COUNT };

struct words {
    struct str in[LANG_COUNT];
};

struct str words_in(const struct words *words, enum lang lang);
/* "en", "it" */
const char *lang_name(enum lang lang);
bool lang_find(struct str name, enum lang *ret_lang);

#endif
