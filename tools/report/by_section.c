#include "report/by_section.h"

bool by_section_sort(struct arena *arena, const struct result *result, enum index_kind kind,
                     struct by_section *ret_order)
{
    size_t *first = arena_alloc(arena, result->section_count + 2, sizeof *first);
    size_t *numbers = arena_alloc(arena, result->question_count + 1, sizeof *numbers);
    size_t i;

    if (!first || !numbers)
        return false;
    for (i = 0; i < result->question_count; i++)
        if (index_of(result->questions[i].question.basis) == kind)
            first[result->questions[i].section + 2]++;
    for (i = 2; i < result->section_count + 2; i++)
        first[i] += first[i - 1];
    for (i = 0; i < result->question_count; i++)
        if (index_of(result->questions[i].question.basis) == kind)
            numbers[first[result->questions[i].section + 1]++] = i;
    *ret_order = (struct by_section){first, numbers};
    return true;
}
