/* G1: enough of the criteria must be assessed, overall and in every letter of the clause. */
#include "base/buf.h"
#include "score/gate_table.h"

static const struct ratio COVERAGE_NEEDED = {2, 3};

bool gate_is_short(const struct tally *tally)
{
    return tally->has_coverage && ratio_compare(tally->coverage, COVERAGE_NEEDED) < 0;
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

void gate_coverage(const struct result *result, struct gate_result *gate, struct buf *detail)
{
    const struct score_index *index = &result->index[INDEX_CONFORMITY];
    int i;

    gate->nothing_scored = !index->all.has_score;
    gate->overall_short = gate_is_short(&index->all);
    for (i = 0; i < LETTER_COUNT; i++) {
        if (!index->letters[i].has_coverage)
            gate->letters_void |= 1u << i;
        else if (gate_is_short(&index->letters[i]))
            gate->letters_short |= 1u << i;
    }
    gate->is_triggered = gate->nothing_scored || gate->overall_short || gate->letters_short != 0;
    if (gate->is_triggered)
        list_uncovered(result, gate);
    put_coverage_detail(detail, gate, index);
}
