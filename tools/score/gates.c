#include "score/gates.h"

#include "base/buf.h"

enum { GATE_INVALID, GATE_COVERAGE, GATE_MAJOR, GATE_COUNT };
/* Longest detail: a coverage for each letter and the ids of questions, cut with a count. */
enum { DETAIL_BYTES = 4096, DETAIL_IDS = 10 };

static const struct ratio COVERAGE_NEEDED = {2, 3};
static const struct ratio BAND_A_FROM = {9, 10};
static const struct ratio BAND_B_FROM = {8, 10};

static bool is_short(const struct tally *tally)
{
    return tally->has_coverage && ratio_compare(tally->coverage, COVERAGE_NEEDED) < 0;
}

static enum band band_of(const struct tally *tally)
{
    if (!tally->has_score)
        return BAND_NONE;
    if (ratio_compare(tally->score, BAND_A_FROM) >= 0)
        return BAND_A;
    return ratio_compare(tally->score, BAND_B_FROM) >= 0 ? BAND_B : BAND_C;
}

static void put_semicolon(struct buf *out)
{
    if (out->len)
        buf_add_text(out, "; ");
}

static void put_coverage(struct buf *out, const struct tally *tally, const char *of)
{
    put_semicolon(out);
    buf_add_text(out, "coverage ");
    ratio_format_decimal(tally->coverage, 100, 1, out);
    buf_printf(out, " %%%s is below two thirds", of);
}

static void put_coverage_detail(struct buf *out, const struct gate_result *gate,
                                const struct score_index *index)
{
    static const char *const in_letter[LETTER_COUNT] = {" in letter a", " in letter b",
                                                        " in letter c"};
    int i;

    if (gate->nothing_scored)
        buf_add_text(out, "nothing is scored");
    if (gate->overall_short)
        put_coverage(out, &index->all, " overall");
    for (i = 0; i < LETTER_COUNT; i++)
        if (gate->letters_short & (1u << i))
            put_coverage(out, &index->letters[i], in_letter[i]);
    if (!gate->is_triggered) {
        buf_add_text(out, "coverage ");
        ratio_format_decimal(index->all.coverage, 100, 1, out);
        buf_add_text(out, " %, nowhere below two thirds");
    }
    for (i = 0; i < LETTER_COUNT; i++) {
        if (gate->letters_void & (1u << i)) {
            put_semicolon(out);
            buf_printf(out, "no question applies%s", in_letter[i]);
        }
    }
}

/* Open questions that would have to be answered: all of them, or those of the short letters. */
static void list_uncovered(const struct result *result, struct gate_result *gate)
{
    bool all = gate->overall_short || gate->nothing_scored;
    size_t i;

    for (i = 0; i < result->open_count; i++) {
        const struct question *question = &result->open[i]->question;

        if (index_of(question->basis) == INDEX_CONFORMITY &&
            (all || (question->letters & gate->letters_short)))
            gate->questions[gate->question_count++] = question->id;
    }
}

static void judge_coverage(const struct result *result, struct gate_result *gate,
                           struct buf *detail)
{
    const struct score_index *index = &result->index[INDEX_CONFORMITY];
    int i;

    gate->nothing_scored = !index->all.has_score;
    gate->overall_short = is_short(&index->all);
    for (i = 0; i < LETTER_COUNT; i++) {
        if (!index->letters[i].has_coverage)
            gate->letters_void |= 1u << i;
        else if (is_short(&index->letters[i]))
            gate->letters_short |= 1u << i;
    }
    gate->is_triggered = gate->nothing_scored || gate->overall_short || gate->letters_short != 0;
    if (gate->is_triggered)
        list_uncovered(result, gate);
    put_coverage_detail(detail, gate, index);
}

static void judge_major(const struct result *result, struct gate_result *gate, struct buf *detail)
{
    size_t i;

    for (i = 0; i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];

        if (item->question.basis == BASIS_REQUIREMENT && item->assessment.grade == GRADE_MAJOR)
            gate->questions[gate->question_count++] = item->question.id;
    }
    gate->is_triggered = gate->question_count > 0;
    if (!gate->is_triggered) {
        buf_add_text(detail, "no open major nonconformity on a requirement");
        return;
    }
    buf_add_text(detail, "open major nonconformity on a requirement: ");
    for (i = 0; i < gate->question_count && i < DETAIL_IDS; i++)
        buf_printf(detail, "%s%.*s", i ? ", " : "", STR_ARG(gate->questions[i]));
    if (gate->question_count > DETAIL_IDS)
        buf_printf(detail, " and %zu more", gate->question_count - DETAIL_IDS);
}

/* Restricts the conformity band by the first gate that is triggered. */
static void judge_bands(struct result *result)
{
    struct score_index *conformity = &result->index[INDEX_CONFORMITY];
    struct score_index *practice = &result->index[INDEX_PRACTICE];
    const struct gate_result *coverage = &result->gates[GATE_COVERAGE];
    const struct gate_result *major = &result->gates[GATE_MAJOR];

    conformity->unrestricted = band_of(&conformity->all);
    conformity->restricted = conformity->unrestricted;
    conformity->is_incomplete = coverage->is_triggered;
    if (coverage->is_triggered) {
        conformity->restricted = BAND_NONE;
        conformity->cause = coverage->id;
    } else if (major->is_triggered) {
        conformity->restricted = BAND_C;
        conformity->cause = major->id;
    }
    practice->unrestricted = band_of(&practice->all);
    practice->is_incomplete = is_short(&practice->all);
    practice->restricted = practice->is_incomplete ? BAND_NONE : practice->unrestricted;
}

enum status gates_judge(struct arena *arena, struct result *result, struct diag *diag)
{
    static const char *const ids[GATE_COUNT] = {"G0", "G1", "G2"};
    enum status status = STATUS_OK;
    struct buf detail;
    int i;

    result->gates = arena_alloc(arena, GATE_COUNT, sizeof *result->gates);
    if (!result->gates)
        return diag_no_memory(diag);
    result->gate_count = GATE_COUNT;
    buf_init(&detail, DETAIL_BYTES);
    for (i = 0; i < GATE_COUNT && status == STATUS_OK; i++) {
        struct gate_result *gate = &result->gates[i];

        gate->id = str_of(ids[i]);
        gate->questions = arena_alloc(arena, result->question_count ? result->question_count : 1,
                                      sizeof *gate->questions);
        if (!gate->questions)
            status = diag_no_memory(diag);
        else if (i == GATE_INVALID) /* documents with errors never come this far */
            buf_add_text(&detail, "every document passed its checks");
        else if (i == GATE_COVERAGE)
            judge_coverage(result, gate, &detail);
        else
            judge_major(result, gate, &detail);
        gate->detail = arena_str(arena, buf_str(&detail));
        if (status == STATUS_OK && (detail.failed || !gate->detail.ptr))
            status = diag_no_memory(diag);
        buf_clear(&detail);
    }
    buf_done(&detail);
    if (status == STATUS_OK)
        judge_bands(result);
    return status;
}
