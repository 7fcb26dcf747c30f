#include "score/gates.h"

#include "base/buf.h"
#include "base/bug.h"
#include "score/gate_table.h"

/* Longest detail: a coverage for each letter and the ids of questions, cut with a count. */
enum { DETAIL_BYTES = 4096 };

static const struct ratio BAND_A_FROM = {9, 10};
static const struct ratio BAND_B_FROM = {8, 10};

const struct gate_kind gate_table[] = {
    {"G0", gate_invalid},   {"G1", gate_coverage}, {"G2", gate_major},     {"G3", gate_letters},
    {"G4", gate_questions}, {"G5", gate_unmet},    {"G6", gate_set_aside}, {"G7", gate_repeats},
    {NULL, NULL},
};

/* Documents with errors never come this far. */
void gate_invalid(const struct result *result, struct gate_result *gate, struct buf *detail)
{
    BUG_IF(result->index[INDEX_CONFORMITY].sections == NULL);
    gate->at_most = BAND_NONE;
    buf_add_text(detail, "every document passed its checks");
}

static enum band band_of(const struct tally *tally)
{
    if (!tally->has_score)
        return BAND_NONE;
    if (ratio_compare(tally->score, BAND_A_FROM) >= 0)
        return BAND_A;
    return ratio_compare(tally->score, BAND_B_FROM) >= 0 ? BAND_B : BAND_C;
}

/* Every triggered gate holds; the first of those that decide the band is named as the cause. */
static void limit_band(const struct result *result, struct score_index *index)
{
    size_t i;

    for (i = 0; i < result->gate_count; i++) {
        const struct gate_result *gate = &result->gates[i];

        if (!gate->is_triggered || gate->at_most <= index->restricted)
            continue;
        index->restricted = gate->at_most;
        index->cause = gate->id;
    }
}

static void judge_bands(struct result *result)
{
    struct score_index *conformity = &result->index[INDEX_CONFORMITY];
    struct score_index *practice = &result->index[INDEX_PRACTICE];
    size_t i;

    conformity->unrestricted = band_of(&conformity->all);
    conformity->restricted = conformity->unrestricted;
    for (i = 0; i < result->gate_count && !conformity->is_incomplete; i++) {
        if (!str_is(result->gates[i].id, "G1") || !result->gates[i].is_triggered)
            continue;
        conformity->is_incomplete = true;
        conformity->restricted = BAND_NONE;
        conformity->cause = result->gates[i].id;
    }
    if (!conformity->is_incomplete)
        limit_band(result, conformity);
    practice->unrestricted = band_of(&practice->all);
    practice->is_incomplete = gate_is_short(&practice->all);
    practice->restricted = practice->is_incomplete ? BAND_NONE : practice->unrestricted;
}

static enum status judge(struct arena *arena, struct result *result, const struct gate_kind *kind,
                         struct buf *detail, struct diag *diag)
{
    struct gate_result *gate = &result->gates[result->gate_count];

    gate->id = str_of(kind->id);
    gate->questions = arena_alloc(arena, result->question_count ? result->question_count : 1,
                                  sizeof *gate->questions);
    if (!gate->questions)
        return diag_no_memory(diag);
    kind->judge(result, gate, detail);
    gate->detail = arena_str(arena, buf_str(detail));
    if (detail->failed || !gate->detail.ptr)
        return diag_no_memory(diag);
    buf_clear(detail);
    result->gate_count++;
    return STATUS_OK;
}

enum status gates_judge(struct arena *arena, struct result *result, struct diag *diag)
{
    enum status status = STATUS_OK;
    const struct gate_kind *kind;
    struct buf detail;
    size_t count = 0;

    while (gate_table[count].id)
        count++;
    result->gates = arena_alloc(arena, count, sizeof *result->gates);
    if (!result->gates)
        return diag_no_memory(diag);
    result->gate_count = 0;
    buf_init(&detail, DETAIL_BYTES);
    for (kind = gate_table; kind->id && status == STATUS_OK; kind++)
        status = judge(arena, result, kind, &detail, diag);
    buf_done(&detail);
    if (status == STATUS_OK)
        judge_bands(result);
    return status;
}
