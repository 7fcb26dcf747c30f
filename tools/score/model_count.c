/* No number at all: how many findings of each grade. */
#include "score/model_parts.h"

static bool is_graded(const struct assessment *assessment)
{
    return assessment->status == ANSWER_SCORED ||
           (assessment->grade != GRADE_NONE && assessment->status != ANSWER_NOTSELECTED);
}

static enum status compute(const struct score_task *task, struct model_score *score)
{
    const struct result_question *item;
    size_t at = 0;

    score->maximum = RATIO_ZERO;
    score->score = RATIO_ZERO;
    while ((item = task_next(task, &at))) {
        if (!is_graded(&item->assessment))
            continue;
        score->counted++;
        score->passed += question_state(item) == STATE_PASS;
        score->grades[item->assessment.grade]++;
    }
    return STATUS_OK;
}

const struct score_model model_count = {
    .name = "count",
    .system = "urn:cfaudit:scoring:count",
    .words = {
        .title = {{STR_INIT("count: findings by grade, no number"),
                   STR_INIT("count: rilievi per classe, nessun numero")}},
        .range = {{STR_INIT("none; how many major and minor nonconformities, observations, "
                            "opportunities and strengths"),
                   STR_INIT("nessuno; quante non conformità maggiori e minori, osservazioni, "
                            "opportunità e punti di forza")}},
        .na = {{STR_INIT("left out"), STR_INIT("escluse")}},
        .open = {{STR_INIT("left out, unless they carry an observation or an opportunity"),
                  STR_INIT("escluse, salvo che portino un'osservazione o un'opportunità")}},
        .unknown = {{STR_INIT("left out"), STR_INIT("escluse")}},
        .rounding = {{STR_INIT("none; a count"), STR_INIT("nessuno; un conteggio")}},
        .gates = {{STR_INIT("none, no band"), STR_INIT("nessuno, nessuna fascia")}},
    },
    .compute = compute,
};
