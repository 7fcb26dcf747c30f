/*
 * What a case says in words.
 *
 * Call: case_word; case_says for one of the words of the model, case_has for any value.
 * Owns: views of the set's texts.
 * Errors: none; a missing value is a missing text.
 * Units: ASCII letters are compared without case.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_MEASURE_CASE_WORDS_H
#define CFAUDIT_MEASURE_CASE_WORDS_H

#include "record/record.h"

static inline bool case_has(const struct record_case *item, int slot)
{
    return record_value(item, slot) != VALUE_MISSING;
}

static inline struct str case_word(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? (struct str){NULL, 0} : record_text(item->set, value);
}

static inline bool case_says(const struct record_case *item, int slot, const char *word)
{
    return str_equal_nocase(case_word(item, slot), str_of(word));
}

/* An instant that had come by then; VALUE_MISSING: it has none, or not yet. */
static inline int64_t case_instant_by(const struct record_case *item, int slot, int64_t as_of)
{
    int64_t at = record_value(item, slot);

    return at == VALUE_MISSING || at > as_of ? VALUE_MISSING : at;
}

/* The first of two slots that any row of the register has: a shorter register calls differently what
   a longer one tells apart. */
static inline int case_either(const struct record_case *item, int slot, int other)
{
    return record_has(item->set, slot) ? slot : other;
}

#endif
