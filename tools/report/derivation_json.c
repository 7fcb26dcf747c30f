/*
 * How a score comes about, for programs: of our model and of the one that was asked for a tree whose
 * leaves add up to the score exactly, at every node.
 */
#include "base/buf.h"
#include "report/by_section.h"
#include "report/json_parts.h"
#include "report/report.h"

static void put_question(struct tree *tree, const struct result_question *item, struct ratio part)
{
    const struct assessment *assessment = &item->assessment;

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "kind", STR("question"));
    tree_str(tree, "id", item->question.id);
    tree_ratio(tree, "weight", item->question.weight);
    tree_str(tree, "status", str_of(answer_status_name(assessment->status)));
    tree_str(tree, "state", str_of(question_state_name(question_state(item))));
    tree_points(tree, "points", assessment->points);
    tree_str(tree, "grade", assessment->grade == GRADE_NONE
                                ? (struct str){NULL, 0}
                                : str_of(grade_name(assessment->grade)));
    tree_ratio_if(tree, "contribution", true, part);
    tree_str(tree, "why", assessment->why);
    tree_str(tree, "reason", assessment->reason);
    tree_close(tree, '}');
}

static void put_section(struct tree *tree, const struct result *result, size_t section,
                        const struct by_section *order, const struct ratio *parts)
{
    struct ratio sum = RATIO_ZERO;
    size_t i;

    for (i = order->first[section]; i < order->first[section + 1]; i++)
        sum = ratio_add(sum, parts[order->numbers[i]]);
    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "kind", STR("section"));
    tree_str(tree, "id", result->sections[section].id);
    tree_words(tree, "title", &result->sections[section].title);
    tree_ratio(tree, "weight", section_weight(&result->sections[section]));
    tree_ratio_if(tree, "contribution", true, sum);
    tree_key(tree, "children");
    tree_open(tree, '[');
    for (i = order->first[section]; i < order->first[section + 1]; i++)
        put_question(tree, &result->questions[order->numbers[i]], parts[order->numbers[i]]);
    tree_close(tree, ']');
    tree_close(tree, '}');
}

static enum status put_derivation(struct tree *tree, struct arena *arena,
                                  const struct result *result, enum index_kind kind,
                                  const struct score_model *model, struct diag *diag)
{
    struct ratio *parts = NULL;
    struct by_section order;
    enum status status = score_parts(arena, result, kind, model, diag, &parts);
    size_t i;

    if (status != STATUS_OK)
        return status;
    if (!by_section_sort(arena, result, kind, &order))
        return diag_no_memory(diag);
    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "index", str_of(index_name(kind)));
    tree_bool(tree, "is_sum", model->is_sum);
    tree_score(tree, result, kind, model);
    tree_key(tree, "children");
    tree_open(tree, '[');
    for (i = 0; i < result->section_count; i++)
        if (order.first[i] < order.first[i + 1])
            put_section(tree, result, i, &order, parts);
    tree_close(tree, ']');
    tree_close(tree, '}');
    return STATUS_OK;
}

static enum status put_derivations(struct tree *tree, struct arena *arena,
                                   const struct result *result, struct diag *diag)
{
    const struct score_model *asked = result_model(result);
    enum status status = STATUS_OK;
    int kind;

    tree_key(tree, "derivations");
    tree_open(tree, '[');
    for (kind = 0; kind < INDEX_COUNT && status == STATUS_OK; kind++) {
        status = put_derivation(tree, arena, result, (enum index_kind)kind, score_models[0], diag);
        if (status == STATUS_OK && asked != score_models[0])
            status = put_derivation(tree, arena, result, (enum index_kind)kind, asked, diag);
    }
    tree_close(tree, ']');
    return status;
}

static void put_improvement(struct tree *tree, const struct improvement *improvement)
{
    size_t i;

    tree_next(tree);
    tree_open(tree, '{');
    tree_ratio(tree, "score", improvement->score);
    tree_ratio(tree, "cost", improvement->cost);
    tree_key(tree, "answers");
    tree_open(tree, '[');
    for (i = 0; i < improvement->count; i++) {
        const struct better_answer *answer = &improvement->answers[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "question", answer->question->question.id);
        tree_points(tree, "from", answer->question->assessment.points);
        tree_points(tree, "to", answer->points);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
    tree_close(tree, '}');
}

/* What would lift the conformity index of our model to the next better band. */
static enum status put_improvements(struct tree *tree, struct arena *arena,
                                    const struct result *result, struct diag *diag)
{
    struct improvement list[IMPROVEMENTS];
    enum band band = BAND_NONE;
    size_t count = 0;
    size_t i;
    enum status status = result_improve(arena, result, diag, &band, list, &count);

    tree_key(tree, "improvements");
    tree_open(tree, '{');
    tree_str(tree, "model", str_of(score_models[0]->name));
    tree_str(tree, "band", str_of(band_name(result->index[INDEX_CONFORMITY].restricted)));
    tree_str(tree, "to", count ? str_of(band_name(band)) : (struct str){NULL, 0});
    tree_key(tree, "sets");
    tree_open(tree, '[');
    for (i = 0; i < count; i++)
        put_improvement(tree, &list[i]);
    tree_close(tree, ']');
    tree_close(tree, '}');
    return status;
}

enum status report_derivation_json(const struct result *result, struct diag *diag, struct buf *out)
{
    struct tree tree = {out, 0, true};
    struct arena arena;
    enum status status;

    arena_init(&arena);
    tree_open(&tree, '{');
    tree_str(&tree, "schema", STR("urn:cfaudit:explain:1"));
    tree_str(&tree, "tool", result->tool_version);
    tree_str(&tree, "model", result->model);
    status = put_derivations(&tree, &arena, result, diag);
    tree_gates(&tree, result);
    if (status == STATUS_OK)
        status = put_improvements(&tree, &arena, result, diag);
    tree_close(&tree, '}');
    buf_add_char(out, '\n');
    arena_done(&arena);
    return status == STATUS_OK && out->failed ? diag_no_memory(diag) : status;
}
