#include "score/model_parts.h"

/* Places of a rounded sum, and of what is made of it: thousands of parts cannot reach the last. */
enum { SUM_DECIMALS = 12, VALUE_DECIMALS = 9 };

const struct result_question *task_next(const struct score_task *task, size_t *at)
{
    const struct result *result = task->result;

    for (; *at < result->question_count; ++*at)
        if (index_of(result->questions[*at].question.basis) == task->kind)
            return &result->questions[(*at)++];
    return NULL;
}

void task_part(const struct score_task *task, const struct result_question *item,
               struct ratio part)
{
    if (task->parts)
        task->parts[item - task->result->questions] = part;
}

void model_sum_init(struct model_sum *sum)
{
    sum->exact = RATIO_ZERO;
    sum->rounded = RATIO_ZERO;
}

void model_sum_add(struct model_sum *sum, struct ratio a, struct ratio b)
{
    sum->exact = ratio_add(sum->exact, ratio_multiply(a, b));
    sum->rounded = ratio_add(sum->rounded, ratio_multiply_rounded(a, b, SUM_DECIMALS));
}

struct ratio model_sum_value(const struct model_sum *sum, bool *ret_rounded)
{
    *ret_rounded = !ratio_is_ok(sum->exact);
    return *ret_rounded ? ratio_multiply_rounded(sum->rounded, RATIO_ONE, VALUE_DECIMALS)
                        : sum->exact;
}

enum status flat_score(const struct score_task *task, bool with_weights,
                       struct model_score *score)
{
    const struct result_question *item;
    size_t at = 0;

    score->score = RATIO_ZERO;
    score->maximum = RATIO_ZERO;
    while ((item = task_next(task, &at))) {
        enum question_state state = question_state(item);
        struct ratio weight = with_weights ? item->question.weight : RATIO_ONE;

        if (!question_state_counts(state))
            continue;
        score->counted++;
        score->maximum = ratio_add(score->maximum, weight);
        if (state != STATE_PASS)
            continue;
        score->passed++;
        score->score = ratio_add(score->score, weight);
        task_part(task, item, weight);
    }
    score->has_score = score->counted > 0;
    return STATUS_OK;
}
