/* Ours: the weighted mean of the points, with coverage, bounds and gates beside it (score.c). */
#include "score/model_parts.h"

static const struct ratio HUNDRED = {100, 1};

static enum status compute(const struct score_task *task, struct model_score *score)
{
    const struct score_index *index = &task->result->index[task->kind];
    const struct tally *all = &index->all;
    const struct result_question *item;
    size_t at = 0;

    score->has_score = all->has_score;
    score->maximum = HUNDRED;
    score->score = all->has_score ? ratio_multiply(HUNDRED, all->score) : RATIO_ZERO;
    score->counted = all->count_scored;
    score->band = index->restricted;
    score->cause = index->cause;
    while ((item = task_next(task, &at))) {
        if (item->assessment.status != ANSWER_SCORED)
            continue;
        score->passed += question_state(item) == STATE_PASS;
        /* 100 * w * s / (10 * sum of w) */
        task_part(task, item,
                  ratio_divide(ratio_multiply(item->question.weight,
                                              ratio_make(10 * item->assessment.points, 1)),
                               all->scored));
    }
    return STATUS_OK;
}

const struct score_model model_cfaudit = {
    .name = "cfaudit",
    .system = "urn:cfaudit:scoring:cfaudit",
    .is_sum = true,
    .is_share = true,
    .words = {
        .title = {{STR_INIT("cfaudit: weighted mean of the points, with coverage, bounds and gates"),
                   STR_INIT("cfaudit: media pesata dei punti, con copertura, limiti e "
                            "soglie")}},
        .range = {{STR_INIT("0 % to 100 %"), STR_INIT("da 0 % a 100 %")}},
        .na = {{STR_INIT("left out; more than a fifth of the weight limits the band (G6)"),
                STR_INIT("escluse; oltre un quinto del peso limita la fascia (G6)")}},
        .open = {{STR_INIT("left out of the score, shown in coverage and bounds; below two thirds "
                           "no band (G1)"),
                  STR_INIT("escluse dal punteggio, visibili in copertura e limiti; sotto i due "
                           "terzi nessuna fascia (G1)")}},
        .unknown = {{STR_INIT("as open"), STR_INIT("come le aperte")}},
        .rounding = {{STR_INIT("exact fractions; one decimal when printed, half away from zero"),
                      STR_INIT("frazioni esatte; un decimale in stampa, metà lontano da zero")}},
        .gates = {{STR_INIT("G0 to G7; A from 90 %, B from 80 %, else C"),
                   STR_INIT("da G0 a G7; A da 90 %, B da 80 %, altrimenti C")}},
    },
    .compute = compute,
};
