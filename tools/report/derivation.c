/* How a score comes about: every question's part of the sum, and what would lift the band. */
#include <string.h>

#include "report/by_section.h"
#include "report/models.h"

/* Weights have four decimals at most, so sums of weight times points are exact with as many. */
enum { WEIGHT_DECIMALS = 4, ID_COLUMNS = 16, FACTOR_COLUMNS = 12, PART_COLUMNS = 10 };

static void pad(struct buf *out, size_t from, size_t columns)
{
    size_t bytes;

    for (bytes = out->len - from; bytes < columns; bytes++)
        buf_add_char(out, ' ');
}

/* "563.5": a decimal without noughts at its end; thirds of letters as a fraction. */
static void put_exact(struct ratio value, struct buf *out)
{
    size_t start = out->len;

    if (10000 % value.den != 0) {
        ratio_format(value, out);
        return;
    }
    ratio_format_decimal(value, 1, value.den == 1 ? 0 : WEIGHT_DECIMALS, out);
    while (value.den != 1 && out->len > start && out->bytes[out->len - 1] == '0')
        out->len--;
}

static struct str exact(struct report *report, struct ratio value)
{
    put_exact(value, &report->scratch);
    return report_keep(report);
}

static struct ratio times_ten(struct ratio weight)
{
    return ratio_multiply(weight, ratio_make(10, 1));
}

static void put_line(struct buf *out, struct str text)
{
    buf_add(out, text);
    buf_add_char(out, '\n');
}

/* "563.5 of 700 = 80.5 %" */
static struct str tally_text(struct report *report, const struct tally *tally)
{
    struct str points;
    struct str full;

    if (!tally->has_score)
        return report_say(report, tally->has_coverage ? WORD_NOT_SCORED : WORD_NOTHING_APPLIES);
    points = exact(report, tally->points);
    full = exact(report, times_ten(tally->scored));
    return report_fill(report, WORD_DERIVE_SUM, 3, points, full,
                       report_percent(report, tally->score));
}

static void put_beside(struct report *report, enum word label, struct str text, struct buf *out)
{
    if (text.len)
        buf_printf(out, "%*s%.*s: %.*s\n", 4 + ID_COLUMNS + 1, "",
                   STR_ARG(report_say(report, label)), STR_ARG(text));
}

/* What a reader would ask next: weak evidence, another grade than proposed, an overruled figure. */
static void put_judgement(struct report *report, const struct assessment *assessment,
                          struct buf *out)
{
    put_beside(report, WORD_COL_OVERRIDE, override_text(report, assessment), out);
    if (assessment->is_weak)
        put_beside(report, WORD_COL_STRENGTH, strength_text(report, assessment), out);
    if (assessment->is_weak || assessment->grading.differs)
        put_beside(report, WORD_COL_GRADE_PROPOSED, grading_text(report, assessment), out);
}

static void put_question(struct report *report, const struct result_question *item,
                         struct buf *out)
{
    const struct assessment *assessment = &item->assessment;
    struct ratio weight = item->question.weight;
    size_t start = out->len;

    buf_add_text(out, "    ");
    buf_add(out, item->question.id);
    pad(out, start, 4 + ID_COLUMNS);
    buf_add_char(out, ' ');
    if (assessment->status != ANSWER_SCORED) {
        put_line(out, report_fill(report, WORD_DERIVE_OUT, 2,
                                  say_status(assessment->status, report->lang),
                                  exact(report, weight)));
        put_beside(report, WORD_COL_TAILORED, tailored_reason_text(report, &item->question), out);
        return;
    }
    start = out->len;
    put_exact(weight, out);
    buf_printf(out, " x %d", assessment->points);
    pad(out, start, FACTOR_COLUMNS);
    buf_add_text(out, " = ");
    start = out->len;
    put_exact(ratio_multiply(weight, ratio_make(assessment->points, 1)), out);
    pad(out, start, PART_COLUMNS);
    buf_add(out, report_fill(report, WORD_DERIVE_OF, 1, exact(report, times_ten(weight))));
    if (assessment->grade != GRADE_NONE) {
        buf_add_text(out, "; ");
        buf_add(out, say_grade(assessment->grade, report->lang));
    }
    buf_add_char(out, '\n');
    put_beside(report, WORD_COL_TAILORED, tailored_reason_text(report, &item->question), out);
    put_judgement(report, assessment, out);
}

static void put_section(struct report *report, enum index_kind kind, size_t number,
                        const struct by_section *order, struct buf *out)
{
    const struct result *result = report->result;
    const struct section *section = &result->sections[number];
    const struct tally *tally = &result->index[kind].sections[number];
    size_t i;

    if (tally->count_scored + tally->count_open + tally->count_na == 0)
        return;
    buf_printf(out, "\n  %.*s %.*s: ", STR_ARG(section->id),
               STR_ARG(words_in(&section->title, report->lang)));
    put_line(out, tally_text(report, tally));
    for (i = order->first[number]; i < order->first[number + 1]; i++)
        put_question(report, &result->questions[order->numbers[i]], out);
}

static struct str index_title(const struct report *report, enum index_kind kind)
{
    return report_say(report, kind == INDEX_PRACTICE ? WORD_PRACTICE : WORD_CONFORMITY);
}

static void put_index(struct report *report, enum index_kind kind, struct buf *out)
{
    const struct score_index *index = &report->result->index[kind];
    struct by_section order;
    size_t i;

    buf_add(out, index_title(report, kind));
    buf_printf(out, " (%s): ", score_models[0]->name);
    put_line(out, tally_text(report, &index->all));
    if (!index->all.has_coverage)
        return;
    buf_add_text(out, "  ");
    put_line(out, report_say(report, WORD_DERIVE_HOW));
    if (!by_section_sort(report->arena, report->result, kind, &order)) {
        report->book->failed = true;
        return;
    }
    for (i = 0; i < report->result->section_count; i++)
        put_section(report, kind, i, &order, out);
    buf_add_char(out, '\n');
    for (i = 0; i < LETTER_COUNT; i++) {
        buf_printf(out, "  %.*s: ", STR_ARG(say_letter((unsigned)i, report->lang)));
        put_line(out, tally_text(report, &index->letters[i]));
    }
    if (kind == INDEX_CONFORMITY)
        buf_printf(out, "  %.*s\n", STR_ARG(report_say(report, WORD_DERIVE_LETTERS)));
}

static void put_gates(struct report *report, struct buf *out)
{
    const struct result *result = report->result;
    const struct score_index *index = &result->index[INDEX_CONFORMITY];
    struct str passed = gates_passed_text(report);
    size_t i;

    buf_add_char(out, '\n');
    put_line(out, report_say(report, WORD_GATES));
    for (i = 0; i < result->gate_count; i++)
        if (result->gates[i].is_triggered)
            buf_printf(out, "  %.*s\n", STR_ARG(gate_text(report, &result->gates[i])));
    if (passed.len)
        buf_printf(out, "  %.*s\n", STR_ARG(passed));
    buf_printf(out, "  %.*s\n",
               STR_ARG(report_fill(report, WORD_BAND_BY_SCORE, 1,
                                   say_band(index->unrestricted, report->lang))));
    if (index->cause.len && index->restricted != index->unrestricted)
        buf_printf(out, "  %.*s; %.*s\n", STR_ARG(say_band(index->restricted, report->lang)),
                   STR_ARG(report_fill(report, WORD_BAND_LIMITED, 1, index->cause)));
}

static void put_improvement(struct report *report, const struct improvement *improvement,
                            size_t number, struct buf *out)
{
    size_t i;

    buf_printf(out, "  %zu. ", number);
    put_line(out, report_percent(report, improvement->score));
    for (i = 0; i < improvement->count; i++) {
        const struct better_answer *answer = &improvement->answers[i];
        struct str points;

        buf_printf(&report->scratch, "%d", answer->points);
        points = report_keep(report);
        buf_add_text(out, "     ");
        put_line(out, report_fill(report, WORD_DERIVE_RAISE, 2, answer->question->question.id,
                                  points));
    }
}

static enum status put_improvements(struct report *report, struct diag *diag, struct buf *out)
{
    struct improvement list[IMPROVEMENTS];
    const struct result *result = report->result;
    enum band band = BAND_NONE;
    enum status status;
    size_t count = 0;
    size_t i;

    status = result_improve(report->arena, result, diag, &band, list, &count);
    if (status != STATUS_OK)
        return status;
    buf_add_char(out, '\n');
    if (result->index[INDEX_CONFORMITY].is_incomplete)
        put_line(out, report_say(report, WORD_DERIVE_INCOMPLETE));
    else if (band == BAND_A && count == 0)
        put_line(out, report_say(report, WORD_DERIVE_BEST));
    else if (count == 0)
        put_line(out, report_say(report, WORD_DERIVE_NOTHING));
    else
        put_line(out, report_fill(report, WORD_DERIVE_LIFT, 1, say_band(band, report->lang)));
    for (i = 0; i < count; i++)
        put_improvement(report, &list[i], i + 1, out);
    return STATUS_OK;
}

/* Every question that counts, with its state and what it adds to the sum. */
static enum status put_parts(struct report *report, enum index_kind kind,
                             const struct score_model *model, struct diag *diag, struct buf *out)
{
    const struct result *result = report->result;
    struct ratio *parts = NULL;
    enum status status = score_parts(report->arena, result, kind, model, diag, &parts);
    size_t i;

    for (i = 0; i < result->question_count && status == STATUS_OK; i++) {
        const struct result_question *item = &result->questions[i];
        size_t start = out->len;

        if (index_of(item->question.basis) != kind)
            continue;
        buf_add_text(out, "    ");
        buf_add(out, item->question.id);
        pad(out, start, 4 + ID_COLUMNS);
        buf_add_char(out, ' ');
        start = out->len;
        if (ratio_is_ok(parts[i]) && parts[i].num != 0)
            put_exact(parts[i], out);
        pad(out, start, FACTOR_COLUMNS);
        buf_add_char(out, ' ');
        put_line(out, say_state(question_state(item), report->lang));
    }
    return status;
}

/* The model that was asked for, when it is another one than ours, and then what all of them say. */
static enum status put_models(struct report *report, struct diag *diag, struct buf *out)
{
    const struct score_model *model = result_model(report->result);
    enum status status = STATUS_OK;
    int kind;
    size_t i;

    for (kind = 0; kind < INDEX_COUNT && status == STATUS_OK; kind++) {
        const struct model_score *score = result_score(report->result, (enum index_kind)kind,
                                                       model);

        if (model == score_models[0] || !score || score->counted == 0)
            continue;
        buf_printf(out, "\n%.*s, ", STR_ARG(index_title(report, (enum index_kind)kind)));
        put_line(out, model_line(report, (enum index_kind)kind, model));
        if (model->is_sum && score->has_score)
            status = put_parts(report, (enum index_kind)kind, model, diag, out);
    }
    buf_add_char(out, '\n');
    put_line(out, report_say(report, WORD_MODEL_OTHERS));
    for (kind = 0; kind < INDEX_COUNT; kind++) {
        buf_printf(out, "  %.*s\n", STR_ARG(index_title(report, (enum index_kind)kind)));
        for (i = 0; score_models[i]; i++)
            buf_printf(out, "    %.*s\n",
                       STR_ARG(model_line(report, (enum index_kind)kind, score_models[i])));
    }
    return status;
}

enum status report_derivation(const struct result *result, enum lang lang, struct diag *diag,
                              struct buf *out)
{
    struct evidence none;
    struct report report;
    struct arena arena;
    enum status status;
    int kind;

    memset(&none, 0, sizeof none);
    arena_init(&arena);
    status = report_open(&report, &arena, &none, result, lang, diag);
    for (kind = 0; kind < INDEX_COUNT && status == STATUS_OK; kind++) {
        if (kind > 0)
            buf_add_char(out, '\n');
        put_index(&report, (enum index_kind)kind, out);
        if (kind == INDEX_CONFORMITY) {
            put_gates(&report, out);
            status = put_improvements(&report, diag, out);
        }
    }
    if (status == STATUS_OK)
        status = put_models(&report, diag, out);
    if (status == STATUS_OK && (report.book->failed || report.scratch.failed || out->failed))
        status = diag_no_memory(diag);
    report_close(&report);
    arena_done(&arena);
    return status;
}
