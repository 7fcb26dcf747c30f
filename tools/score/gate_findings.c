/* Gates that look at single questions: nonconformities (G2, G7) and low marks (G4, G5). */
#include "base/buf.h"
#include "score/gate_table.h"

enum { DETAIL_IDS = 10 };

/* "lead: and 3 more" */
static void gate_list(const struct gate_result *gate, const char *lead, struct buf *detail)
{
    size_t i;

    buf_add_text(detail, lead);
    for (i = 0; i < gate->question_count && i < DETAIL_IDS; i++)
        buf_printf(detail, "%s%.*s", i ? ", " : ": ", STR_ARG(gate->questions[i]));
    if (gate->question_count > DETAIL_IDS)
        buf_printf(detail, " and %zu more", gate->question_count - DETAIL_IDS);
}

static bool is_conformity(const struct result_question *item)
{
    return index_of(item->question.basis) == INDEX_CONFORMITY;
}

/* Questions for which `holds` is true, in order. */
static void collect(const struct result *result, struct gate_result *gate,
                    bool (*holds)(const struct result_question *item))
{
    size_t i;

    for (i = 0; i < result->question_count; i++)
        if (holds(&result->questions[i]))
            gate->questions[gate->question_count++] = result->questions[i].question.id;
    gate->is_triggered = gate->question_count > 0;
}

/* Nearly every gate of this kind: one condition, one limit, one sentence for each outcome. */
static void judge(const struct result *result, struct gate_result *gate,
                  bool (*holds)(const struct result_question *item), enum band at_most,
                  const char *lead, const char *otherwise, struct buf *detail)
{
    collect(result, gate, holds);
    gate->at_most = at_most;
    if (gate->is_triggered)
        gate_list(gate, lead, detail);
    else
        buf_add_text(detail, otherwise);
}

static bool is_major(const struct result_question *item)
{
    return item->question.basis == BASIS_REQUIREMENT && item->assessment.grade == GRADE_MAJOR;
}

void gate_major(const struct result *result, struct gate_result *gate, struct buf *detail)
{
    judge(result, gate, is_major, BAND_C, "open major nonconformity on a requirement",
          "no open major nonconformity on a requirement", detail);
}

static bool gate_has(const struct result_question *item, int points)
{
    return is_conformity(item) && item->question.is_gate &&
           item->assessment.status == ANSWER_SCORED && item->assessment.points == points;
}

static bool is_failed_gate(const struct result_question *item)
{
    return gate_has(item, 0);
}

static bool is_weak_gate(const struct result_question *item)
{
    return gate_has(item, 4);
}

/* Questions with 0 points weigh more than those with 4, which are then left out. */
void gate_questions(const struct result *result, struct gate_result *gate, struct buf *detail)
{
    collect(result, gate, is_failed_gate);
    gate->at_most = BAND_C;
    if (gate->is_triggered) {
        gate_list(gate, "gate question with 0 points", detail);
        return;
    }
    judge(result, gate, is_weak_gate, BAND_B, "gate question with 4 points",
          "every gate question that was assessed has 6 points or more", detail);
}

static bool is_unmet(const struct result_question *item)
{
    return item->question.basis == BASIS_REQUIREMENT &&
           item->assessment.status == ANSWER_SCORED && item->assessment.points == 0;
}

void gate_unmet(const struct result *result, struct gate_result *gate, struct buf *detail)
{
    judge(result, gate, is_unmet, BAND_B, "requirement with 0 points",
          "no requirement with 0 points", detail);
}

/* A major one has its weight already. */
static bool is_repeat(const struct result_question *item)
{
    return item->assessment.repeats.len && item->assessment.grade == GRADE_MINOR;
}

void gate_repeats(const struct result *result, struct gate_result *gate, struct buf *detail)
{
    judge(result, gate, is_repeat, BAND_NONE,
          "minor nonconformity that an earlier audit had found; major is proposed",
          "no minor nonconformity repeats one of an earlier audit", detail);
}
