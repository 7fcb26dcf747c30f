#include "score/verify_answers.h"

#include <string.h>

static bool override_equal(const struct override *a, const struct override *b)
{
    return a->is_there == b->is_there &&
           (!a->is_there || (a->old_status == b->old_status && a->old_points == b->old_points &&
                             a->new_status == b->new_status && a->new_points == b->new_points &&
                             a->is_outside == b->is_outside));
}

static bool grading_equal(const struct grading *a, const struct grading *b)
{
    return a->is_there == b->is_there &&
           (!a->is_there || (a->proposed == b->proposed && a->criterion == b->criterion &&
                             a->differs == b->differs && str_equal(a->clause, b->clause)));
}

static bool conclusion_equal(const struct assessment *a, const struct assessment *b)
{
    size_t i;

    for (i = 0; i < a->evidence_count; i++)
        if (a->proofs[i].strength != b->proofs[i].strength)
            return false;
    return a->strength == b->strength && a->is_weak == b->is_weak &&
           override_equal(&a->override, &b->override) && grading_equal(&a->grading, &b->grading);
}

/* A copy whose conclusions may be drawn again. */
static struct assessment *copy(struct arena *arena, const struct assessment *assessment)
{
    struct assessment *fresh = arena_alloc(arena, 1, sizeof *fresh);
    size_t count = assessment->evidence_count;

    if (!fresh)
        return NULL;
    *fresh = *assessment;
    if (count == 0)
        return fresh;
    fresh->proofs = arena_alloc(arena, count, sizeof *fresh->proofs);
    if (!fresh->proofs)
        return NULL;
    memcpy(fresh->proofs, assessment->proofs, count * sizeof *fresh->proofs);
    return fresh;
}

enum status result_answers_hold(struct arena *arena, const struct result *result, struct diag *diag,
                                bool *ret_holds)
{
    size_t count = result->question_count;
    struct assessment **list = arena_alloc(arena, count + 1, sizeof(struct assessment *));
    enum status status;
    bool holds = true;
    size_t i;

    if (!list)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++) {
        list[i] = copy(arena, &result->questions[i].assessment);
        if (!list[i])
            return diag_no_memory(diag);
    }
    status = assessments_conclude(list, count, diag);
    for (i = 0; i < count && status == STATUS_OK; i++)
        holds = holds && conclusion_equal(list[i], &result->questions[i].assessment);
    if (status == STATUS_OK)
        *ret_holds = holds;
    return status;
}
