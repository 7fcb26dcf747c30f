/*
 * Points after rules that are data: every question the same, a section is its points of those that
 * were possible, downgrades limit the band. With the shipped rules: as in VDA 6.3.
 */
#include "score/model_parts.h"

static const struct ratio HUNDRED = {100, 1};

/* Questions of a section or letter. */
struct part_sum {
    int64_t points;
    int64_t scored;
    int64_t open;
    int64_t asked; /* these two, and those set aside */
};

struct part_sums {
    struct part_sum all;
    struct part_sum letters[LETTER_COUNT];
    struct part_sum *sections;
};

static void add(struct part_sum *sum, const struct assessment *assessment)
{
    sum->asked++;
    sum->open += assessment->status == ANSWER_NOTCHECKED;
    if (assessment->status != ANSWER_SCORED)
        return;
    sum->points += assessment->points;
    sum->scored++;
}

static bool is_asked(const struct assessment *assessment)
{
    return assessment->status == ANSWER_SCORED || assessment->status == ANSWER_NOTCHECKED ||
           assessment->status == ANSWER_NOTAPPLICABLE;
}

static void sum_questions(const struct score_task *task, struct part_sums *sums,
                          struct model_score *score)
{
    const struct result_question *item;
    size_t at = 0;
    unsigned i;

    while ((item = task_next(task, &at))) {
        if (!is_asked(&item->assessment))
            continue;
        score->passed += question_state(item) == STATE_PASS;
        add(&sums->all, &item->assessment);
        add(&sums->sections[item->section], &item->assessment);
        for (i = 0; i < LETTER_COUNT; i++)
            if (item->question.letters >> i & 1)
                add(&sums->letters[i], &item->assessment);
    }
    score->counted = (unsigned)sums->all.scored;
}

/* Per cent of what was possible. */
static struct ratio percent(const struct part_sum *sum)
{
    return ratio_make(10 * sum->points, sum->scored);
}

/*
 * A section in which too few questions are answered says nothing, and so the whole does not; one
 * that is set aside whole is left out.
 */
static bool is_evaluated(const struct part_sum *sum, const struct score_rules *rules)
{
    if (sum->scored == 0)
        return sum->open == 0;
    return ratio_compare(ratio_make(sum->scored, sum->asked), rules->evaluated) >= 0;
}

static bool is_part_below(const struct part_sum *sum, const struct score_rules *rules,
                          struct ratio limit)
{
    return sum->scored > 0 &&
           ratio_compare(ratio_multiply_rounded(percent(sum), RATIO_ONE, rules->decimals),
                         limit) < 0;
}

static bool has_question(const struct score_task *task, const struct score_downgrade *downgrade)
{
    const struct result_question *item;
    size_t at = 0;

    while ((item = task_next(task, &at)))
        if (item->assessment.status == ANSWER_SCORED &&
            item->assessment.points == downgrade->points &&
            (downgrade->part == PART_QUESTION || item->question.is_gate))
            return true;
    return false;
}

static bool holds(const struct score_task *task, const struct part_sums *sums,
                  const struct score_downgrade *downgrade)
{
    const struct score_rules *rules = task->result->rules;
    size_t i;

    if (downgrade->part == PART_GATE || downgrade->part == PART_QUESTION)
        return has_question(task, downgrade);
    if (downgrade->part == PART_LETTER) {
        for (i = 0; i < LETTER_COUNT; i++)
            if (is_part_below(&sums->letters[i], rules, downgrade->below))
                return true;
        return false;
    }
    for (i = 0; i < task->result->section_count; i++)
        if (is_part_below(&sums->sections[i], rules, downgrade->below))
            return true;
    return false;
}

static void judge_band(const struct score_task *task, const struct part_sums *sums,
                       struct model_score *score)
{
    const struct score_rules *rules = task->result->rules;
    size_t i;

    score->band = ratio_compare(score->score, rules->band_a) >= 0   ? BAND_A
                  : ratio_compare(score->score, rules->band_b) >= 0 ? BAND_B
                                                                    : BAND_C;
    for (i = 0; i < rules->downgrade_count; i++) {
        const struct score_downgrade *downgrade = &rules->downgrades[i];

        if (downgrade->at_most <= score->band || !holds(task, sums, downgrade))
            continue;
        score->band = downgrade->at_most;
        score->cause = downgrade->id;
    }
}

static void note_parts(const struct score_task *task, const struct part_sums *sums)
{
    const struct result_question *item;
    size_t at = 0;

    while ((item = task_next(task, &at)))
        if (item->assessment.status == ANSWER_SCORED)
            task_part(task, item, ratio_make(10 * item->assessment.points, sums->all.scored));
}

static enum status compute(const struct score_task *task, struct model_score *score)
{
    const struct score_rules *rules = task->result->rules;
    size_t count = task->result->section_count;
    struct part_sums sums = {.sections = NULL};
    size_t i;

    sums.sections = arena_alloc(task->arena, count + 1, sizeof *sums.sections);
    if (!sums.sections)
        return STATUS_MEMORY;
    sum_questions(task, &sums, score);
    score->maximum = HUNDRED;
    score->score = RATIO_ZERO;
    score->has_score = sums.all.scored > 0;
    for (i = 0; i < count && score->has_score; i++)
        if (!is_evaluated(&sums.sections[i], rules)) {
            score->has_score = false;
            score->cause = STR("evaluated");
        }
    if (!score->has_score)
        return STATUS_OK;
    score->score = percent(&sums.all);
    judge_band(task, &sums, score);
    if (task->parts)
        note_parts(task, &sums);
    return STATUS_OK;
}

const struct score_model model_vda63 = {
    .name = "vda63",
    .system = "urn:cfaudit:scoring:",
    .by_rules = true,
    .is_sum = true,
    .is_share = true,
    .words = {
        .title = {{STR_INIT("vda63: points of those possible, with downgrades"),
                   STR_INIT("vda63: punti su quelli possibili, con declassamenti")}},
        .range = {{STR_INIT("0 % to 100 %, every question the same weight"),
                   STR_INIT("da 0 % a 100 %, ogni domanda con lo stesso peso")}},
        .na = {{STR_INIT("not evaluated, as open; a section that is set aside whole is left out"),
                STR_INIT("non valutate, come le aperte; una sezione esclusa per intero non "
                         "conta")}},
        .open = {{STR_INIT("not evaluated; a section with too few answers leaves no score"),
                  STR_INIT("non valutate; una sezione con troppo poche risposte non lascia "
                           "alcun punteggio")}},
        .unknown = {{STR_INIT("as open"), STR_INIT("come le aperte")}},
        .rounding = {{STR_INIT("exact; sections and letters are rounded as the rules say before "
                               "they are compared"),
                      STR_INIT("esatto; sezioni e lettere sono arrotondate come dicono le regole "
                               "prima del confronto")}},
        .gates = {{STR_INIT("bands and downgrades of the rules"),
                   STR_INIT("fasce e declassamenti delle regole")}},
    },
    .compute = compute,
};
