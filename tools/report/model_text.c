/* What models say, and what is said of them: never a number without the name of its model. */
#include "base/mem.h"
#include "report/models.h"

static void put_exact(struct report *report, struct ratio value)
{
    size_t start = report->scratch.len;
    size_t i;

    ratio_format_decimal(value, 1, value.den == 1 ? 0 : 4, &report->scratch);
    while (value.den != 1 && report->scratch.bytes[report->scratch.len - 1] == '0')
        report->scratch.len--;
    for (i = start; i < report->scratch.len && report->lang == LANG_IT; i++)
        if (report->scratch.bytes[i] == '.')
            report->scratch.bytes[i] = ',';
}

static struct str number(struct report *report, struct ratio value)
{
    put_exact(report, value);
    return report_keep(report);
}

/* "80 %" */
static struct str percent(struct report *report, struct ratio value)
{
    put_exact(report, value);
    buf_add_text(&report->scratch, " %");
    return report_keep(report);
}

/* "major nonconformity 2, observation 1"; the worst first, what there is none of left out. */
static struct str grades_text(struct report *report, const struct model_score *score)
{
    static const enum grade order[] = {GRADE_MAJOR,    GRADE_MINOR,   GRADE_OBSERVATION,
                                       GRADE_OPPORTUNITY, GRADE_STRENGTH, GRADE_CONFORM,
                                       GRADE_NONE};
    struct buf *out = &report->scratch;
    size_t count = 0;
    size_t i;

    for (i = 0; i < ARRAY_LEN(order); i++) {
        unsigned n = score->grades[order[i]];

        /* the two that a certificate depends on are said even when there are none */
        if (n == 0 && order[i] != GRADE_MAJOR && order[i] != GRADE_MINOR)
            continue;
        buf_add_text(out, count++ ? ", " : "");
        buf_add(out, order[i] == GRADE_NONE ? report_say(report, WORD_MODEL_UNGRADED)
                                            : say_grade(order[i], report->lang));
        buf_printf(out, " %u", n);
    }
    return report_keep(report);
}

static struct str value_text(struct report *report, const struct score_model *model,
                             const struct model_score *score)
{
    struct str text;

    if (model->is_share)
        text = report_percent(report, ratio_divide(score->score, score->maximum));
    else
        text = report_fill(report, WORD_MODEL_OF, 2, number(report, score->score),
                           number(report, score->maximum));
    return score->is_rounded ? report_fill(report, WORD_MODEL_ROUNDED, 1, text) : text;
}

struct str model_score_text(struct report *report, enum index_kind kind,
                            const struct score_model *model)
{
    const struct model_score *score = result_score(report->result, kind, model);
    struct str text;

    if (!score || score->counted == 0)
        return report_say(report, WORD_MODEL_NOTHING);
    if (score->maximum.num == 0)
        return grades_text(report, score);
    if (!score->has_score)
        return report_say(report, WORD_MODEL_REFUSED);
    text = value_text(report, model, score);
    if (score->band == BAND_NONE)
        return text;
    if (score->cause.len)
        return report_fill(report, WORD_MODEL_BAND_BY, 3, text, str_of(band_name(score->band)),
                           score->cause);
    return report_fill(report, WORD_MODEL_BAND, 2, text, str_of(band_name(score->band)));
}

struct str model_line(struct report *report, enum index_kind kind, const struct score_model *model)
{
    struct str text = model_score_text(report, kind, model);

    buf_add(&report->scratch, score_model_name(model, report->result));
    buf_add_text(&report->scratch, ": ");
    buf_add(&report->scratch, text);
    return report_keep(report);
}

struct str say_state(enum question_state state, enum lang lang)
{
    return say((enum word)(WORD_STATE_PASS + (int)state), lang);
}

/* --- a model by itself --- */

static void put_row(struct buf *out, struct str label, struct str text)
{
    size_t columns = 0;
    size_t i;

    for (i = 0; i < label.len; i++)
        columns += ((unsigned char)label.ptr[i] & 0xC0) != 0x80;
    buf_add(out, label);
    for (; columns < 16; columns++)
        buf_add_char(out, ' ');
    buf_add(out, text);
    buf_add_char(out, '\n');
}

static struct str downgrade_text(struct report *report, const struct score_downgrade *downgrade)
{
    static const enum word words[PART_COUNT] = {
        [PART_SECTION] = WORD_MODEL_SECTION_BELOW,
        [PART_LETTER] = WORD_MODEL_LETTER_BELOW,
        [PART_GATE] = WORD_MODEL_GATE_POINTS,
        [PART_QUESTION] = WORD_MODEL_QUESTION_POINTS,
    };
    bool is_part = downgrade->part == PART_SECTION || downgrade->part == PART_LETTER;

    return report_fill(report, words[downgrade->part], 3, downgrade->id,
                       is_part ? percent(report, downgrade->below)
                               : number(report, ratio_make(downgrade->points, 1)),
                       str_of(band_name(downgrade->at_most)));
}

static void put_rules(struct report *report, const struct score_rules *rules, struct buf *out)
{
    struct str label = report_say(report, WORD_MODEL_RULES);
    size_t i;

    ratio_format(rules->evaluated, &report->scratch);
    put_row(out, label, report_fill(report, WORD_MODEL_EVALUATED, 1, report_keep(report)));
    put_row(out, STR(""),
            report_fill(report, WORD_MODEL_BANDS, 2, percent(report, rules->band_a),
                        percent(report, rules->band_b)));
    for (i = 0; i < rules->downgrade_count; i++)
        put_row(out, STR(""), downgrade_text(report, &rules->downgrades[i]));
    if (words_in(&rules->note, report->lang).len)
        buf_printf(out, "\n%.*s\n", STR_ARG(words_in(&rules->note, report->lang)));
}

enum status report_model(const struct score_model *model, const struct score_rules *rules,
                         enum lang lang, struct diag *diag, struct buf *out)
{
    const struct model_words *words = &model->words;
    const struct {
        enum word label;
        const struct words *text;
    } rows[] = {{WORD_MODEL_RANGE, &words->range},       {WORD_MODEL_NA, &words->na},
                {WORD_MODEL_OPEN, &words->open},         {WORD_MODEL_UNKNOWN, &words->unknown},
                {WORD_MODEL_ROUNDING, &words->rounding}, {WORD_MODEL_GATES, &words->gates}};
    struct evidence none = {.is_incomplete = false};
    struct report report;
    struct arena arena;
    enum status status;
    size_t i;

    arena_init(&arena);
    status = report_open(&report, &arena, &none, NULL, lang, diag);
    if (status == STATUS_OK) {
        buf_printf(out, "%.*s\n\n", STR_ARG(words_in(rules && rules->title.in[LANG_EN].len
                                                         ? &rules->title
                                                         : &words->title,
                                                     lang)));
        score_model_system(model, rules, &report.scratch);
        put_row(out, report_say(&report, WORD_MODEL_SYSTEM), report_keep(&report));
        for (i = 0; i < ARRAY_LEN(rows); i++)
            put_row(out, report_say(&report, rows[i].label), words_in(rows[i].text, lang));
        if (rules)
            put_rules(&report, rules, out);
        if (report.book->failed || report.scratch.failed || out->failed)
            status = diag_no_memory(diag);
    }
    report_close(&report);
    arena_done(&arena);
    return status;
}
