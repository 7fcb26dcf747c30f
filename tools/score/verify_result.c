#include "score/derive.h"
#include "score/earlier.h"
#include "score/score_all.h"
#include "score/score_xml.h"
#include "score/verify_answers.h"

static bool ratio_equal(struct ratio a, struct ratio b)
{
    return a.num == b.num && a.den == b.den;
}

static bool tally_equal(const struct tally *a, const struct tally *b)
{
    return ratio_equal(a->points, b->points) && ratio_equal(a->scored, b->scored) &&
           ratio_equal(a->applicable, b->applicable) &&
           ratio_equal(a->set_aside, b->set_aside) && a->count_scored == b->count_scored &&
           a->count_open == b->count_open && a->count_na == b->count_na &&
           a->has_score == b->has_score && ratio_equal(a->score, b->score) &&
           a->has_coverage == b->has_coverage && ratio_equal(a->coverage, b->coverage) &&
           ratio_equal(a->low, b->low) && ratio_equal(a->high, b->high);
}

static bool index_equal(const struct score_index *a, const struct score_index *b, size_t sections)
{
    bool equal = tally_equal(&a->all, &b->all) && a->unrestricted == b->unrestricted &&
                 a->restricted == b->restricted && a->is_incomplete == b->is_incomplete &&
                 str_equal(a->cause, b->cause);
    size_t i;

    for (i = 0; i < LETTER_COUNT; i++)
        equal = equal && tally_equal(&a->letters[i], &b->letters[i]);
    for (i = 0; i < sections; i++)
        equal = equal && tally_equal(&a->sections[i], &b->sections[i]);
    for (i = 0; i < score_model_count(); i++)
        equal = equal && score_equal(&a->scores[i], &b->scores[i]);
    return equal;
}

static bool gate_equal(const struct gate_result *a, const struct gate_result *b)
{
    bool equal = str_equal(a->id, b->id) && a->is_triggered == b->is_triggered &&
                 a->nothing_scored == b->nothing_scored &&
                 a->overall_short == b->overall_short && a->letters_short == b->letters_short &&
                 a->letters_void == b->letters_void && a->letters_low == b->letters_low &&
                 a->letters_weak == b->letters_weak && a->at_most == b->at_most &&
                 a->question_count == b->question_count;
    size_t i;

    for (i = 0; equal && i < a->question_count; i++)
        equal = str_equal(a->questions[i], b->questions[i]);
    return equal;
}

/* Changes follow from the two answers, and either every question has one or none does. */
static bool changes_hold(const struct result *result)
{
    size_t i;

    for (i = 0; i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];

        if ((item->earlier != NULL) != (result->earlier != NULL))
            return false;
        if (item->earlier && item->earlier->change != earlier_change(item, item->earlier))
            return false;
    }
    return true;
}

/* What the audit does not ask is not selected, and says by the tailoring why. */
static bool tailoring_holds(const struct result *result)
{
    size_t i;

    for (i = 0; i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];
        bool is_left_out = question_is_left_out(&item->question);

        if (is_left_out != (item->assessment.why_code == WHY_TAILORED) ||
            (is_left_out && item->assessment.status != ANSWER_NOTSELECTED))
            return false;
    }
    return true;
}

enum status result_verify(struct arena *arena, const struct result *result, struct where where,
                          struct diag *diag)
{
    struct result fresh = *result;
    enum status status;
    bool answers_hold = false;
    bool equal;
    size_t i;

    for (i = 0; i < INDEX_COUNT; i++)
        fresh.index[i] = (struct score_index){.unrestricted = BAND_NONE};
    fresh.open_count = 0;
    status = result_derive(arena, &fresh, diag);
    if (status == STATUS_OK)
        status = result_answers_hold(arena, result, diag, &answers_hold);
    if (status == STATUS_OK)
        status = score_all(arena, &fresh, diag);
    if (status != STATUS_OK)
        return status;
    equal = answers_hold && fresh.gate_count == result->gate_count && changes_hold(result) &&
            tailoring_holds(result);
    for (i = 0; i < INDEX_COUNT; i++)
        equal = equal && index_equal(&fresh.index[i], &result->index[i], result->section_count);
    for (i = 0; equal && i < fresh.gate_count; i++)
        equal = gate_equal(&fresh.gates[i], &result->gates[i]);
    if (equal)
        return STATUS_OK;
    diag_report(diag, RULE_RESULT_SUM, where, NULL);
    diag_hint(diag, "write the result again with cfaudit score");
    return STATUS_INTEGRITY;
}
