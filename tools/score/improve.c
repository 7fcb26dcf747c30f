/* What would lift the band: tried out, because gates make it no matter of sums alone. */
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "score/derive.h"

/* Sets of up to three among these are tried all; beyond that, or in long checklists, step by step. */
enum { CANDIDATES = 24, SET_MOST = 3, TRIED_QUESTIONS = 200, STEP_COUNT = 4 };

static const int steps[STEP_COUNT] = {4, 6, 8, 10};

struct improver {
    const struct result *result;
    struct result_question *questions; /* copy, changed and put back */
    struct arena scratch;
    struct diag *diag;
    enum band goal;
    size_t *candidates; /* numbers of questions, what gains most first */
    size_t candidate_count;
    enum status status;
};

static int points_of(const struct result_question *item)
{
    return item->assessment.status == ANSWER_SCORED ? item->assessment.points : 0;
}

static struct ratio gain_of(const struct result_question *item, int points)
{
    return ratio_multiply(item->question.weight, ratio_make(points - points_of(item), 1));
}

static void raise_answer(struct improver *improver, size_t number, int points)
{
    struct assessment *assessment = &improver->questions[number].assessment;

    assessment->status = ANSWER_SCORED;
    assessment->points = points;
    assessment->grade = GRADE_NONE;
}

static void put_back(struct improver *improver, size_t number)
{
    improver->questions[number] = improver->result->questions[number];
    improver->questions[number].assessment.question = &improver->questions[number].question;
}

/* The goal is reached with the questions as they stand now. */
static bool reaches(struct improver *improver, struct ratio *ret_score)
{
    struct result trial = *improver->result;
    const struct score_index *index = &trial.index[INDEX_CONFORMITY];
    bool reached;

    trial.questions = improver->questions;
    trial.open_count = 0;
    memset(trial.index, 0, sizeof trial.index);
    if (improver->status == STATUS_OK)
        improver->status = result_derive(&improver->scratch, &trial, improver->diag);
    reached = improver->status == STATUS_OK && index->restricted != BAND_NONE &&
              index->restricted <= improver->goal;
    if (reached)
        *ret_score = index->all.score;
    arena_clear(&improver->scratch);
    return reached;
}

static bool can_gain(const struct result_question *item)
{
    enum answer_status status = item->assessment.status;

    return index_of(item->question.basis) == INDEX_CONFORMITY &&
           (status == ANSWER_SCORED || status == ANSWER_NOTCHECKED) &&
           (points_of(item) < 10 || item->assessment.grade == GRADE_MAJOR);
}

/* What a gate names comes first, then what gains most, then the order of the result. */
struct candidate {
    size_t number;
    bool is_named;
    struct ratio gain;
};

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *left = a;
    const struct candidate *right = b;
    int gain = ratio_compare(right->gain, left->gain);

    if (left->is_named != right->is_named)
        return left->is_named ? -1 : 1;
    return gain ? gain : (left->number > right->number) - (left->number < right->number);
}

/* Ids of the questions that a gate in force names. */
static bool collect_named(const struct result *result, struct intern *named)
{
    size_t g;
    size_t q;

    for (g = 0; g < result->gate_count; g++) {
        const struct gate_result *gate = &result->gates[g];

        if (!gate->is_triggered || gate->at_most == BAND_NONE)
            continue;
        for (q = 0; q < gate->question_count; q++)
            if (intern_id(named, gate->questions[q]) == INTERN_NONE)
                return false;
    }
    return true;
}

static enum status list_candidates(struct improver *improver, struct arena *arena,
                                   struct intern *named)
{
    const struct result *result = improver->result;
    struct candidate *list = arena_alloc(arena, result->question_count + 1, sizeof *list);
    size_t count = 0;
    size_t i;

    improver->candidates = arena_alloc(arena, result->question_count + 1,
                                       sizeof *improver->candidates);
    if (!list || !improver->candidates || !collect_named(result, named))
        return diag_no_memory(improver->diag);
    for (i = 0; i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];

        if (can_gain(item))
            list[count++] = (struct candidate){
                i, intern_find(named, item->question.id) != INTERN_NONE, gain_of(item, 10)};
    }
    qsort(list, count, sizeof *list, compare_candidates);
    for (i = 0; i < count; i++)
        improver->candidates[i] = list[i].number;
    improver->candidate_count = count;
    return STATUS_OK;
}

static int compare_answers(const void *a, const void *b)
{
    const struct better_answer *left = a;
    const struct better_answer *right = b;

    return (left->question > right->question) - (left->question < right->question);
}

/* Raises the set to what the digits of `choice` say (base STEP_COUNT); false: one would not rise. */
static bool raise_set(struct improver *improver, const size_t *set, size_t count, unsigned choice,
                      struct ratio *ret_cost)
{
    size_t i;

    *ret_cost = RATIO_ZERO;
    for (i = 0; i < count; i++, choice /= STEP_COUNT) {
        const struct result_question *item = &improver->result->questions[set[i]];
        int points = steps[choice % STEP_COUNT];

        if (points < points_of(item))
            return false;
        raise_answer(improver, set[i], points);
        *ret_cost = ratio_add(*ret_cost, gain_of(item, points));
    }
    return true;
}

/* The cheapest way to reach the goal with a small set: every one is tried. */
static unsigned find_cheapest(struct improver *improver, const size_t *set, size_t count)
{
    struct ratio least = RATIO_ZERO;
    struct ratio cost;
    struct ratio score;
    unsigned ways = 1;
    unsigned best = 0;
    unsigned way;
    size_t i;

    for (i = 0; i < count; i++)
        ways *= STEP_COUNT;
    for (way = ways; way-- > 0;) {
        if (!raise_set(improver, set, count, way, &cost) ||
            (way != ways - 1 && ratio_compare(cost, least) >= 0) || !reaches(improver, &score))
            continue;
        least = cost;
        best = way;
    }
    return best;
}

/* Fills in the answers of a set as the questions stand now. */
static enum status describe(struct improver *improver, struct arena *arena, const size_t *set,
                            size_t count, struct improvement *improvement)
{
    size_t i;

    improvement->answers = arena_alloc(arena, count, sizeof *improvement->answers);
    if (!improvement->answers)
        return diag_no_memory(improver->diag);
    improvement->count = count;
    improvement->cost = RATIO_ZERO;
    for (i = 0; i < count; i++) {
        const struct result_question *item = &improver->result->questions[set[i]];
        int points = improver->questions[set[i]].assessment.points;

        improvement->answers[i] = (struct better_answer){item, points};
        improvement->cost = ratio_add(improvement->cost, gain_of(item, points));
    }
    qsort(improvement->answers, count, sizeof *improvement->answers, compare_answers);
    reaches(improver, &improvement->score);
    return improver->status;
}

/* Keeps the cheapest ones, the first found among equals. */
static void keep(struct improvement *list, size_t *count, const struct improvement *found)
{
    size_t at = *count;

    while (at > 0 && ratio_compare(found->cost, list[at - 1].cost) < 0)
        at--;
    if (at == IMPROVEMENTS)
        return;
    if (*count < IMPROVEMENTS)
        (*count)++;
    memmove(&list[at + 1], &list[at], (*count - at - 1) * sizeof *list);
    list[at] = *found;
}

/* The next set of `size` numbers below `limit`, in order; false after the last. */
static bool next_set(size_t *set, size_t size, size_t limit)
{
    size_t i = size;

    while (i > 0 && set[i - 1] == limit - size + i - 1)
        i--;
    if (i == 0)
        return false;
    for (set[i - 1]++; i < size; i++)
        set[i] = set[i - 1] + 1;
    return true;
}

static enum status try_sets(struct improver *improver, struct arena *arena, size_t size,
                            struct improvement *list, size_t *count)
{
    size_t limit = improver->candidate_count < CANDIDATES ? improver->candidate_count : CANDIDATES;
    size_t set[SET_MOST] = {0, 1, 2};
    size_t numbers[SET_MOST];
    size_t i;

    if (size > limit)
        return STATUS_OK;
    do {
        struct improvement found;
        struct ratio score;

        for (i = 0; i < size; i++) {
            numbers[i] = improver->candidates[set[i]];
            raise_answer(improver, numbers[i], 10);
        }
        if (reaches(improver, &score)) {
            raise_set(improver, numbers, size, find_cheapest(improver, numbers, size), &score);
            if (describe(improver, arena, numbers, size, &found) == STATUS_OK)
                keep(list, count, &found);
        }
        for (i = 0; i < size; i++)
            put_back(improver, numbers[i]);
    } while (improver->status == STATUS_OK && next_set(set, size, limit));
    return improver->status;
}

/* Raises the first `count` candidates and puts the others back. */
static bool enough(struct improver *improver, size_t count)
{
    struct ratio score;
    size_t i;

    for (i = 0; i < improver->candidate_count; i++) {
        put_back(improver, improver->candidates[i]);
        if (i < count)
            raise_answer(improver, improver->candidates[i], 10);
    }
    return reaches(improver, &score);
}

/* As many as are needed, then without those that are not needed after all. */
static enum status try_steps(struct improver *improver, struct arena *arena,
                             struct improvement *list, size_t *count)
{
    size_t *kept = arena_alloc(arena, improver->candidate_count + 1, sizeof *kept);
    struct ratio score;
    size_t kept_count = 0;
    size_t low = 0;
    size_t high = improver->candidate_count;
    size_t i;

    if (!kept)
        return diag_no_memory(improver->diag);
    if (!enough(improver, high))
        return improver->status;
    while (low < high) { /* more answers are never worse */
        size_t middle = low + (high - low) / 2;

        if (enough(improver, middle))
            high = middle;
        else
            low = middle + 1;
    }
    enough(improver, low);
    for (i = 0; i < low; i++) {
        if (improver->result->question_count <= TRIED_QUESTIONS) {
            put_back(improver, improver->candidates[i]);
            if (reaches(improver, &score))
                continue;
            raise_answer(improver, improver->candidates[i], 10);
        }
        kept[kept_count++] = improver->candidates[i];
    }
    *count = 1;
    return describe(improver, arena, kept, kept_count, &list[0]);
}

enum status result_improve(struct arena *arena, const struct result *result, struct diag *diag,
                           enum band *ret_band, struct improvement *ret_list, size_t *ret_count)
{
    const struct score_index *index = &result->index[INDEX_CONFORMITY];
    struct improver improver = {.result = result, .diag = diag, .status = STATUS_OK};
    struct intern named;
    size_t size;
    size_t i;

    *ret_count = 0;
    *ret_band = index->restricted;
    if (index->restricted == BAND_NONE || index->restricted == BAND_A)
        return STATUS_OK;
    improver.goal = (enum band)(index->restricted - 1);
    improver.questions = arena_alloc(arena, result->question_count + 1,
                                     sizeof *improver.questions);
    if (!improver.questions)
        return diag_no_memory(diag);
    for (i = 0; i < result->question_count; i++)
        put_back(&improver, i);
    arena_init(&improver.scratch);
    intern_init(&named);
    improver.status = list_candidates(&improver, arena, &named);
    intern_done(&named);
    for (size = 1; size <= SET_MOST && result->question_count <= TRIED_QUESTIONS &&
                   improver.status == STATUS_OK && *ret_count == 0; size++)
        improver.status = try_sets(&improver, arena, size, ret_list, ret_count);
    if (improver.status == STATUS_OK && *ret_count == 0)
        improver.status = try_steps(&improver, arena, ret_list, ret_count);
    arena_done(&improver.scratch);
    *ret_band = *ret_count ? improver.goal : index->restricted;
    return improver.status;
}
