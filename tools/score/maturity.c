#include <math.h>

#include "score/score.h"

static const struct ratio COVERAGE_NEEDED = {2, 3};
static const double TREND_P = 0.05;

static const struct fact_row {
    const char *id;
    unsigned level;
    const char *words[LANG_COUNT];
} rows[MATURITY_FACT_COUNT] = {
#define FACT(name, id, level, en, it) {id, level, {en, it}},
#include "score/maturity.def"
#undef FACT
};

/* What the questions of a section show; facts that nothing speaks against begin as true. */
struct gathered {
    bool holds[MATURITY_FACT_COUNT];
    bool applies;
    bool has_strength;
    bool has_repeat;
    struct ratio scored;
    struct ratio applicable;
};

const char *maturity_fact_name(enum maturity_fact fact)
{
    return rows[fact].id;
}

unsigned maturity_fact_level(enum maturity_fact fact)
{
    return rows[fact].level;
}

const char *maturity_fact_words(enum maturity_fact fact, enum lang lang)
{
    return rows[fact].words[lang];
}

static bool is_nonconformity(const struct assessment *assessment)
{
    return assessment->grade == GRADE_MINOR || assessment->grade == GRADE_MAJOR;
}

static void look_at_proofs(const struct assessment *assessment, struct gathered *gathered)
{
    size_t i;

    for (i = 0; i < assessment->evidence_count; i++) {
        const struct proof *proof = &assessment->proofs[i];

        if (proof->is_documentary)
            gathered->holds[MATURITY_RECORDED] = true;
        if (proof->kind == PROOF_DOCUMENT)
            gathered->holds[MATURITY_DESCRIBED] = true;
        if (proof->source == PROOF_EXTERNAL)
            gathered->holds[MATURITY_CONFIRMED] = true;
    }
}

static bool is_carried_out(const struct action *action)
{
    return action->status == ACTION_IMPLEMENTED || action->status == ACTION_VERIFIED ||
           action->status == ACTION_CLOSED;
}

static void look_at_actions(const struct result *result, const struct result_question *item,
                            struct gathered *gathered)
{
    bool is_owned = false;
    size_t i;

    for (i = 0; i < result->action_count; i++) {
        const struct action *action = &result->actions[i];

        if (!action_answers(action, item))
            continue;
        is_owned = is_owned || action->owner.len > 0;
        if (!is_carried_out(action))
            gathered->holds[MATURITY_ACTED] = false;
    }
    if (!is_owned)
        gathered->holds[MATURITY_OWNED] = gathered->holds[MATURITY_ACTED] = false;
}

static bool gets_better(const struct figure *figure, const struct binding *binding)
{
    const struct figure_trend *trend = &figure->trend;

    return binding->has_ladder && trend->n > 0 && trend->p < TREND_P && trend->slope != 0 &&
           (trend->slope > 0) == binding->ladder.higher_is_better;
}

static void look_at_figure(const struct figure *figure, const struct binding *binding,
                           struct gathered *gathered)
{
    if (isnan(figure->value))
        return;
    if (!isnan(figure->target) && figure->target_source.len &&
        !str_is(figure->target_source, "default"))
        gathered->holds[MATURITY_TARGETED] = true;
    if (figure->method.len)
        gathered->holds[MATURITY_BOUNDED] = true;
    if (figure->chart.kind.len && figure->chart.unanswered == 0)
        gathered->holds[MATURITY_STABLE] = true;
    if (gets_better(figure, binding))
        gathered->holds[MATURITY_FAVOURABLE] = true;
}

static void look_at_question(const struct result *result, const struct evidence *evidence,
                             const struct result_question *item, struct gathered *gathered)
{
    const struct assessment *assessment = &item->assessment;
    const struct question *question = &item->question;
    size_t i;

    if (assessment->status != ANSWER_SCORED && assessment->status != ANSWER_NOTCHECKED)
        return;
    gathered->applies = true;
    gathered->applicable = ratio_add(gathered->applicable, question->weight);
    for (i = 0; i < question->binding_count; i++) {
        const struct binding *binding = &question->bindings[i];
        const struct figure *figure =
            evidence_figure(evidence, binding->measure, binding->variant);

        if (figure)
            look_at_figure(figure, binding, gathered);
    }
    if (assessment->status != ANSWER_SCORED)
        return;
    gathered->scored = ratio_add(gathered->scored, question->weight);
    if (assessment->points == 0)
        gathered->holds[MATURITY_PRESENT] = false;
    gathered->has_strength = gathered->has_strength || assessment->grade == GRADE_STRENGTH;
    look_at_proofs(assessment, gathered);
    if (!is_nonconformity(assessment))
        return;
    gathered->has_repeat = gathered->has_repeat || assessment->repeats.len > 0;
    look_at_actions(result, item, gathered);
}

/* The highest level that holds with all below it. */
static unsigned level_of(const bool *holds)
{
    unsigned level = MATURITY_LEVELS;
    int i;

    for (i = 0; i < MATURITY_FACT_COUNT; i++)
        if (!holds[i] && rows[i].level <= level)
            level = rows[i].level - 1;
    return level;
}

static void judge_section(const struct result *result, const struct evidence *evidence,
                          struct maturity *maturity)
{
    struct gathered gathered = {.scored = RATIO_ZERO, .applicable = RATIO_ZERO};
    size_t i;

    gathered.holds[MATURITY_PRESENT] = gathered.holds[MATURITY_OWNED] = true;
    gathered.holds[MATURITY_ACTED] = true;
    for (i = 0; i < result->question_count; i++)
        if (str_equal(result->questions[i].question.section, maturity->section->id))
            look_at_question(result, evidence, &result->questions[i], &gathered);
    gathered.holds[MATURITY_LEARNING] = gathered.has_strength && !gathered.has_repeat;
    gathered.holds[MATURITY_COVERED] =
        gathered.applies &&
        ratio_compare(ratio_divide(gathered.scored, gathered.applicable), COVERAGE_NEEDED) >= 0;
    for (i = 0; i < MATURITY_FACT_COUNT; i++)
        maturity->holds[i] = gathered.holds[i];
    maturity->level = gathered.applies ? level_of(maturity->holds) : 0;
}

enum status result_maturity(struct arena *arena, const struct result *result,
                            const struct evidence *evidence, struct diag *diag,
                            struct maturity **ret_list)
{
    struct maturity *list = arena_alloc(arena, result->section_count + 1, sizeof *list);
    size_t i;

    if (!list)
        return diag_no_memory(diag);
    for (i = 0; i < result->section_count; i++) {
        list[i].section = &result->sections[i];
        judge_section(result, evidence, &list[i]);
    }
    *ret_list = list;
    return STATUS_OK;
}
