/*
 * The questions of one index, section after section, found in one pass.
 *
 * Owns: arrays live in the arena given.
 * Errors: false when memory is out.
 * Units: numbers of questions in the result.
 * Threads: values only.
 */
#ifndef CFAUDIT_REPORT_BY_SECTION_H
#define CFAUDIT_REPORT_BY_SECTION_H

#include "score/score.h"

/* Those of section s are numbers[first[s]] to numbers[first[s + 1] - 1], in order. */
struct by_section {
    size_t *first;
    size_t *numbers;
};

bool by_section_sort(struct arena *arena, const struct result *result, enum index_kind kind,
                     struct by_section *ret_order);

#endif
