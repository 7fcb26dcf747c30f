#include "base/buf.h"
#include "score/model_parts.h"
#include "score/score_all.h"

const struct score_model *const score_models[] = {
    &model_cfaudit,        &model_xccdf_default, &model_xccdf_flat, &model_xccdf_flat_unweighted,
    &model_xccdf_absolute, &model_vda63,         &model_count,      NULL,
};

const struct score_model *score_model_find(struct str name, const struct score_rules *rules)
{
    size_t i;

    for (i = 0; score_models[i]; i++)
        if (score_models[i]->by_rules ? rules && str_equal(name, rules->id)
                                      : str_is(name, score_models[i]->name))
            return score_models[i];
    return NULL;
}

size_t score_model_number(const struct score_model *model)
{
    size_t i = 0;

    while (score_models[i] != model)
        i++;
    return i;
}

struct str score_model_name(const struct score_model *model, const struct result *result)
{
    return model->by_rules && result->rules ? result->rules->id : str_of(model->name);
}

void score_model_system(const struct score_model *model, const struct score_rules *rules,
                        struct buf *out)
{
    buf_add_text(out, model->system);
    if (model->by_rules && rules)
        buf_add(out, rules->id);
}

const struct model_score *result_score(const struct result *result, enum index_kind kind,
                                       const struct score_model *model)
{
    const struct model_score *score = &result->index[kind].scores[score_model_number(model)];

    return score->is_there ? score : NULL;
}

const struct score_model *result_model(const struct result *result)
{
    return score_model_find(result->model, result->rules);
}

enum status score_parts(struct arena *arena, const struct result *result, enum index_kind kind,
                        const struct score_model *model, struct diag *diag,
                        struct ratio **ret_parts)
{
    struct score_task task = {arena, result, kind, NULL};
    struct model_score score = {.is_there = true};
    enum status status;
    size_t i;

    task.parts = arena_alloc(arena, result->question_count + 1, sizeof *task.parts);
    if (!task.parts)
        return diag_no_memory(diag);
    for (i = 0; i < result->question_count; i++)
        task.parts[i] = RATIO_ZERO;
    status = model->compute(&task, &score);
    if (status != STATUS_OK)
        return diag_no_memory(diag);
    *ret_parts = task.parts;
    return STATUS_OK;
}

size_t score_model_count(void)
{
    size_t count = 0;

    while (score_models[count])
        count++;
    return count;
}

enum status score_all(struct arena *arena, struct result *result, struct diag *diag)
{
    struct score_task task = {.arena = arena, .result = result, .parts = NULL};
    enum status status = STATUS_OK;
    int kind;
    size_t i;

    for (kind = 0; kind < INDEX_COUNT; kind++) {
        struct score_index *index = &result->index[kind];

        task.kind = (enum index_kind)kind;
        index->scores = arena_alloc(arena, score_model_count(), sizeof *index->scores);
        if (!index->scores)
            return diag_no_memory(diag);
        for (i = 0; score_models[i] && status == STATUS_OK; i++) {
            index->scores[i].is_there = !score_models[i]->by_rules || result->rules;
            if (index->scores[i].is_there)
                status = score_models[i]->compute(&task, &index->scores[i]);
        }
    }
    return status == STATUS_MEMORY ? diag_no_memory(diag) : status;
}
