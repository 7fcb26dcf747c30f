#include <stdlib.h>

#include "report/report_parts.h"

static int compare(const void *left, const void *right)
{
    const struct result_question *a = *(const struct result_question *const *)left;
    const struct result_question *b = *(const struct result_question *const *)right;

    return question_compare(a, b);
}

void importance_collect(struct report *report)
{
    size_t count = report->result ? report->result->question_count : 0;
    size_t i;

    report->by_importance = arena_alloc(report->arena, count + 1, sizeof *report->by_importance);
    report->importance = arena_alloc(report->arena, count + 1, sizeof *report->importance);
    if (!report->by_importance || !report->importance) {
        report->book->failed = true;
        return;
    }
    for (i = 0; i < count; i++)
        report->by_importance[i] = &report->result->questions[i];
    if (count)
        qsort(report->by_importance, count, sizeof *report->by_importance, compare);
    for (i = 0; i < count; i++)
        report->importance[report->by_importance[i] - report->result->questions] = i + 1;
}
