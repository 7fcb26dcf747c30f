/*
 * XCCDF default: every section is the mean of its questions, the score is the mean of the sections,
 * each by weight. So the weight of a section matters and not how many questions it has; a section
 * in which nothing counts vanishes.
 */
#include "score/model_parts.h"

static const struct ratio HUNDRED = {100, 1};

struct section_sum {
    struct ratio passed;
    struct ratio counted;
    struct ratio share; /* of this section in the mean */
};

static void sum_questions(const struct score_task *task, struct section_sum *sums,
                          struct model_score *score)
{
    const struct result_question *item;
    size_t at = 0;

    while ((item = task_next(task, &at))) {
        enum question_state state = question_state(item);
        struct section_sum *sum = &sums[item->section];

        if (!question_state_counts(state))
            continue;
        score->counted++;
        sum->counted = ratio_add(sum->counted, item->question.weight);
        if (state != STATE_PASS)
            continue;
        score->passed++;
        sum->passed = ratio_add(sum->passed, item->question.weight);
    }
}

static void sum_sections(const struct result *result, struct section_sum *sums,
                         struct model_score *score)
{
    struct ratio weight = RATIO_ZERO;
    struct model_sum sum;
    size_t i;

    for (i = 0; i < result->section_count; i++)
        if (sums[i].counted.num > 0)
            weight = ratio_add(weight, section_weight(&result->sections[i]));
    model_sum_init(&sum);
    for (i = 0; i < result->section_count; i++) {
        if (sums[i].counted.num == 0)
            continue;
        sums[i].share = ratio_divide(section_weight(&result->sections[i]), weight);
        model_sum_add(&sum, ratio_multiply(HUNDRED, sums[i].share),
                      ratio_divide(sums[i].passed, sums[i].counted));
    }
    score->score = model_sum_value(&sum, &score->is_rounded);
}

static void note_parts(const struct score_task *task, const struct section_sum *sums)
{
    const struct result_question *item;
    size_t at = 0;

    while ((item = task_next(task, &at))) {
        const struct section_sum *sum = &sums[item->section];

        if (question_state(item) == STATE_PASS)
            task_part(task, item,
                      ratio_multiply(ratio_multiply(HUNDRED, sum->share),
                                     ratio_divide(item->question.weight, sum->counted)));
    }
}

static enum status compute(const struct score_task *task, struct model_score *score)
{
    size_t count = task->result->section_count;
    struct section_sum *sums = arena_alloc(task->arena, count + 1, sizeof *sums);
    size_t i;

    if (!sums)
        return STATUS_MEMORY;
    for (i = 0; i < count; i++)
        sums[i] = (struct section_sum){RATIO_ZERO, RATIO_ZERO, RATIO_ZERO};
    sum_questions(task, sums, score);
    score->has_score = score->counted > 0;
    score->maximum = HUNDRED;
    if (score->has_score)
        sum_sections(task->result, sums, score);
    if (task->parts)
        note_parts(task, sums);
    return STATUS_OK;
}

const struct score_model model_xccdf_default = {
    .name = "xccdf-default",
    .system = "urn:xccdf:scoring:default",
    .is_sum = true,
    .is_share = true,
    .words = {
        .title = {{STR_INIT("XCCDF default: mean of the sections, each the mean of its questions"),
                   STR_INIT("XCCDF default: media delle sezioni, ciascuna media delle sue "
                            "domande")}},
        .range = {{STR_INIT("0 to 100"), STR_INIT("da 0 a 100")}},
        .na = {{STR_INIT("left out; a section in which nothing counts is left out too"),
                STR_INIT("escluse; una sezione in cui nulla conta è esclusa a sua volta")}},
        .open = {{STR_INIT("left out"), STR_INIT("escluse")}},
        .unknown = {{STR_INIT("counted as not passed"), STR_INIT("contate come non superate")}},
        .rounding = {{STR_INIT("exact; to nine decimals where the fraction does not fit 64 bits"),
                      STR_INIT("esatto; a nove decimali se la frazione non sta in 64 bit")}},
        .gates = {{STR_INIT("none, no band"), STR_INIT("nessuno, nessuna fascia")}},
    },
    .compute = compute,
};
