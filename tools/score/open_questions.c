#include "score/open_questions.h"

#include <stdlib.h>

int question_compare(const struct result_question *a, const struct result_question *b)
{
    enum index_kind index_a = index_of(a->question.basis);
    enum index_kind index_b = index_of(b->question.basis);
    int by_weight = ratio_compare(b->question.weight, a->question.weight);

    if (index_a != index_b)
        return index_a < index_b ? -1 : 1;
    if (by_weight != 0)
        return by_weight;
    if (a->question.is_gate != b->question.is_gate)
        return a->question.is_gate ? -1 : 1;
    return a < b ? -1 : a > b;
}

static int compare(const void *left, const void *right)
{
    const struct result_question *a = *(const struct result_question *const *)left;
    const struct result_question *b = *(const struct result_question *const *)right;

    return question_compare(a, b);
}

enum status open_questions_list(struct arena *arena, struct result *result, struct diag *diag)
{
    size_t i;

    result->open = arena_alloc(arena, result->question_count + 1, sizeof *result->open);
    if (!result->open)
        return diag_no_memory(diag);
    for (i = 0; i < result->question_count; i++)
        if (result->questions[i].assessment.status == ANSWER_NOTCHECKED)
            result->open[result->open_count++] = &result->questions[i];
    qsort(result->open, result->open_count, sizeof *result->open, compare);
    return STATUS_OK;
}
