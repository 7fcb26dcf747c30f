/*
 * The format that somebody meant who wrote a date as spreadsheets and other languages do:
 * "dd/MM/yyyy", "TT.MM.JJJJ hh:mm", "gg/mm/aaaa".
 *
 * Call: format_guess.
 * Owns: nothing; the guess is copied out.
 * Errors: false: nothing that could be meant.
 * Units: none.
 * Source: letters of Excel in English, German and Italian, and of Unicode Technical Standard 35.
 * Threads: values only.
 */
#ifndef CFAUDIT_PLAN_FORMAT_GUESS_H
#define CFAUDIT_PLAN_FORMAT_GUESS_H

#include <stdbool.h>

#include "base/str.h"

enum { FORMAT_GUESS_SIZE = 80 };

/* Into room for FORMAT_GUESS_SIZE characters, terminated. */
bool format_guess(struct str written, char *out);

#endif
