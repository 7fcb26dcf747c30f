/* What follows from an answer, its references and what the figures say, and from nothing else. */
#include "answer/answer.h"
#include "answer/grading.h"
#include "answer/proof.h"

/* What a person cited; where nothing was cited and the person says what the figure says, the
   figure; for a figure's own status the figure. */
static bool counts(const struct assessment *assessment, size_t i, bool any_cited)
{
    if (assessment->proofs[i].is_cited)
        return true;
    return !any_cited && assessment->proposed >= 0 && !assessment->override.is_there;
}

static void judge_strength(struct assessment *assessment)
{
    const struct question *question = assessment->question;
    bool any_cited = false;
    size_t i;

    assessment->strength = -1;
    for (i = 0; i < assessment->evidence_count; i++) {
        assessment->proofs[i].strength = proof_strength(&assessment->proofs[i]);
        any_cited = any_cited || assessment->proofs[i].is_cited;
    }
    for (i = 0; i < assessment->evidence_count; i++)
        if (counts(assessment, i, any_cited) &&
            assessment->proofs[i].strength > assessment->strength)
            assessment->strength = assessment->proofs[i].strength;
    assessment->is_weak = assessment->status == ANSWER_SCORED &&
                          assessment->strength < PROOF_NEEDED &&
                          (question->basis == BASIS_REQUIREMENT ||
                           (question->basis == BASIS_POLICY && assessment_is_unmet(assessment)));
}

/* Limits that somebody has set score a question that needs no judgement; so do any limits on
   good practice. */
static bool figure_scores(const struct assessment *assessment)
{
    const struct question *question = assessment->question;

    return question->mode == MODE_AUTO &&
           (question->basis == BASIS_GOOD_PRACTICE ||
            (assessment->why_facts.limits_by.ptr &&
             !str_is(assessment->why_facts.limits_by, "default")));
}

/* To leave open what was open is no decision; nor is an answer to what need not be asked yet. */
static void judge_override(struct assessment *assessment)
{
    struct override *override = &assessment->override;
    bool scored = figure_scores(assessment);

    *override = (struct override){.old_points = -1, .new_points = -1};
    if (assessment->origin != ORIGIN_PERSON || assessment->proposed < 0 ||
        assessment->why_facts.since.len || assessment->points == assessment->proposed ||
        (!scored && assessment->status == ANSWER_NOTCHECKED))
        return;
    override->is_there = true;
    override->old_status = scored ? ANSWER_SCORED : ANSWER_NOTCHECKED;
    override->old_points = assessment->proposed;
    override->new_status = assessment->status;
    override->new_points = assessment->points;
    override->is_outside = assessment->points >= 0 &&
                           (assessment->points < assessment->proposed_low ||
                            assessment->points > assessment->proposed_high);
}

enum status assessments_conclude(struct assessment *const *list, size_t count, struct diag *diag)
{
    size_t i;

    for (i = 0; i < count; i++) {
        judge_override(list[i]);
        judge_strength(list[i]);
    }
    return gradings_propose(list, count, diag);
}
