/* Gates that look at sums: marks by letter (G3) and weight set aside as not applicable (G6). */
#include "base/buf.h"
#include "score/gate_table.h"

static const struct ratio LETTER_LOW = {7, 10};
static const struct ratio LETTER_WEAK = {8, 10};
static const struct ratio SET_ASIDE_MOST = {1, 5};

static bool is_below(const struct tally *tally, struct ratio limit)
{
    return tally->has_score && ratio_compare(tally->score, limit) < 0;
}

void gate_letters(const struct result *result, struct gate_result *gate, struct buf *detail)
{
    const struct tally *letters = result->index[INDEX_CONFORMITY].letters;
    bool first = true;
    unsigned i;

    for (i = 0; i < LETTER_COUNT; i++) {
        gate->letters_low |= is_below(&letters[i], LETTER_LOW) ? 1u << i : 0u;
        gate->letters_weak |= is_below(&letters[i], LETTER_WEAK) ? 1u << i : 0u;
    }
    gate->letters_weak &= ~gate->letters_low;
    gate->is_triggered = gate->letters_low != 0 || gate->letters_weak != 0;
    gate->at_most = gate->letters_low ? BAND_C : BAND_B;
    if (!gate->is_triggered)
        buf_add_text(detail, "no letter has a score below 80 %");
    for (i = 0; i < LETTER_COUNT; i++) {
        if (((gate->letters_low | gate->letters_weak) >> i & 1) == 0)
            continue;
        buf_printf(detail, "%sletter %c ", first ? "" : "; ", "abc"[i]);
        ratio_format_decimal(letters[i].score, 100, 1, detail);
        buf_printf(detail, " %% is below %s", gate->letters_low >> i & 1 ? "70 %" : "80 %");
        first = false;
    }
}

/* Answers without a reason are refused on reading; a result may still have one. */
static bool is_unjustified(const struct result_question *item)
{
    return str_trim(item->assessment.reason).len == 0;
}

void gate_set_aside(const struct result *result, struct gate_result *gate, struct buf *detail)
{
    const struct tally *all = &result->index[INDEX_CONFORMITY].all;
    struct ratio weight = ratio_add(all->applicable, all->set_aside);
    bool has_weight = ratio_compare(weight, RATIO_ZERO) > 0;
    struct ratio share = has_weight ? ratio_divide(all->set_aside, weight) : RATIO_ZERO;
    size_t i;

    gate->at_most = BAND_B;
    gate->is_too_much = ratio_compare(share, SET_ASIDE_MOST) > 0;
    ratio_format_decimal(share, 100, 1, detail);
    buf_add_text(detail, " % of the weight is set aside as not applicable");
    buf_add_text(detail, gate->is_too_much ? ", more than 20 %" : "");
    for (i = 0; i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];

        if (index_of(item->question.basis) == INDEX_CONFORMITY &&
            item->assessment.status == ANSWER_NOTAPPLICABLE &&
            (gate->is_too_much || is_unjustified(item)))
            gate->questions[gate->question_count++] = item->question.id;
    }
    gate->is_triggered = gate->question_count > 0;
    if (gate->is_triggered && !gate->is_too_much)
        buf_printf(detail, ", without a reason: %zu question%s", gate->question_count,
                   gate->question_count == 1 ? "" : "s");
}
