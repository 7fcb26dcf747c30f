/*
 * What the models have in common: walking the questions of one index, and sums that may not fit.
 *
 * Owns: values only.
 * Errors: none.
 * Units: as in score/score_model.h.
 * Threads: values only.
 */
#ifndef CFAUDIT_SCORE_MODEL_PARTS_H
#define CFAUDIT_SCORE_MODEL_PARTS_H

#include "score/score_model.h"

/* The next question of the task's index from *at on; NULL after the last. */
const struct result_question *task_next(const struct score_task *task, size_t *at);
/* Notes the part that a question has in the score, where parts are wanted. */
void task_part(const struct score_task *task, const struct result_question *item,
               struct ratio part);

/* A sum of products: exact as long as that fits, and beside it to twelve decimals. */
struct model_sum {
    struct ratio exact;
    struct ratio rounded;
};

void model_sum_init(struct model_sum *sum);
void model_sum_add(struct model_sum *sum, struct ratio a, struct ratio b);
/* To nine decimals where the exact one did not fit. */
struct ratio model_sum_value(const struct model_sum *sum, bool *ret_rounded);

/* Pass for pass, what counts counts: 1 for a question that passed, with its weight or without. */
enum status flat_score(const struct score_task *task, bool with_weights,
                       struct model_score *score);

extern const struct score_model model_cfaudit;
extern const struct score_model model_xccdf_default;
extern const struct score_model model_xccdf_flat;
extern const struct score_model model_xccdf_flat_unweighted;
extern const struct score_model model_xccdf_absolute;
extern const struct score_model model_vda63;
extern const struct score_model model_count;

#endif
