#include "report/report_parts.h"

#include "page/number.h"

/* "M-07 (reported)" */
static struct str measure_text(struct report *report, const struct why_facts *facts)
{
    struct buf *out = &report->scratch;

    buf_add(out, facts->measure);
    if (facts->variant.len) {
        buf_add_text(out, " (");
        buf_add(out, say_raw(facts->variant, report->lang));
        buf_add_char(out, ')');
    }
    return report_keep(report);
}

static struct str person_text(struct report *report, const struct assessment *assessment)
{
    struct local day = report_day(assessment->on);

    if (!assessment->by.len)
        return report_say(report, WORD_WHY_PERSON_NOBODY);
    if (day.us == INSTANT_MISSING.us)
        return report_fill(report, WORD_WHY_PERSON, 1, assessment->by);
    number_add_date(&report->scratch, day, report->lang);
    return report_fill(report, WORD_WHY_PERSON_ON, 2, assessment->by, report_keep(report));
}

struct str why_text(struct report *report, const struct assessment *assessment)
{
    const struct why_facts *facts = &assessment->why_facts;
    struct str measure = measure_text(report, facts);
    struct str value = report_value(report, facts->unit, facts->value);

    switch (assessment->why_code) {
    case WHY_PERSON:
        return person_text(report, assessment);
    case WHY_EDITION:
        return report_fill(report, WORD_WHY_EDITION, 2, facts->since, facts->edition);
    case WHY_FIGURE:
        return report_fill(report, WORD_WHY_FIGURE, 3, measure, value,
                           say_raw(facts->limits_by, report->lang));
    case WHY_UNCONFIRMED:
        return report_fill(report, WORD_WHY_UNCONFIRMED, 2, measure, value);
    case WHY_JUDGEMENT:
        return report_fill(report, WORD_WHY_JUDGEMENT, 2, measure, value);
    case WHY_NO_FIGURE:
        return report_fill(report, WORD_WHY_NO_FIGURE, 1, measure);
    case WHY_NO_VALUE:
        return report_fill(report, WORD_WHY_NO_VALUE, 2, measure, report_count(report, facts->n));
    case WHY_FEW_CASES:
        return report_fill(report, WORD_WHY_FEW_CASES, 3, measure, report_count(report, facts->n),
                           report_count(report, facts->needed));
    case WHY_NO_TARGET:
        return report_fill(report, WORD_WHY_NO_TARGET, 1, measure);
    case WHY_POOR_DATA:
        return report_fill(report, WORD_WHY_POOR_DATA, 1, report_share(report, facts->value));
    case WHY_EVIDENCE_ONLY:
        return report_fill(report, WORD_WHY_EVIDENCE_ONLY, 1, measure);
    case WHY_NO_MEASURE:
        return report_say(report, WORD_WHY_NO_MEASURE);
    case WHY_CODE_COUNT:
        break;
    }
    return assessment->why;
}

static struct str letter_text(size_t letter)
{
    return (struct str){&"abc"[letter], 1};
}

/* "overall 12.5 %; letter b 0.0 %" of those below two thirds */
static struct str short_text(struct report *report, const struct gate_result *gate)
{
    const struct score_index *index = &report->result->index[INDEX_CONFORMITY];
    struct str parts[LETTER_COUNT + 1];
    struct buf *out = &report->scratch;
    size_t count = 0;
    size_t i;

    if (gate->overall_short && index->all.has_coverage)
        parts[count++] = report_fill(report, WORD_GATE_1_OVERALL, 1,
                                     report_percent(report, index->all.coverage));
    for (i = 0; i < LETTER_COUNT; i++) {
        struct str letter = letter_text(i);

        if ((gate->letters_short >> i & 1) && index->letters[i].has_coverage)
            parts[count++] = report_fill(report, WORD_GATE_1_LETTER, 2, letter,
                                         report_percent(report, index->letters[i].coverage));
    }
    for (i = 0; i < count; i++) {
        buf_add_text(out, i ? "; " : "");
        buf_add(out, parts[i]);
    }
    return report_keep(report);
}

static struct str questions_text(struct report *report, const struct gate_result *gate)
{
    size_t i;

    for (i = 0; i < gate->question_count; i++) {
        buf_add_text(&report->scratch, i ? ", " : "");
        buf_add(&report->scratch, gate->questions[i]);
    }
    return report_keep(report);
}

static struct str passed_text(struct report *report, const struct gate_result *gate)
{
    static const enum word meaning[] = {WORD_GATE_0, WORD_GATE_1, WORD_GATE_2};
    struct str number = {gate->id.ptr + (gate->id.len ? gate->id.len - 1 : 0), 1};
    int64_t i;

    if (!gate->id.len || !str_to_int64(number, &i) || i < 0 || i > 2)
        return gate->detail;
    return report_fill(report, WORD_GATE_PASSED, 2, gate->id, report_say(report, meaning[i]));
}

/* "...; letter b has no applicable question": said, for nobody can be blamed for it. */
static struct str with_void_letters(struct report *report, const struct gate_result *gate,
                                    struct str text)
{
    unsigned i;

    for (i = 0; i < LETTER_COUNT; i++) {
        struct str parts[2];

        if ((gate->letters_void >> i & 1) == 0)
            continue;
        parts[0] = text;
        parts[1] = report_fill(report, WORD_GATE_1_VOID, 1, letter_text(i));
        buf_add(&report->scratch, parts[0]);
        buf_add_text(&report->scratch, "; ");
        buf_add(&report->scratch, parts[1]);
        text = report_keep(report);
    }
    return text;
}

static struct str triggered_text(struct report *report, const struct gate_result *gate)
{
    struct str parts[2];

    if (str_is(gate->id, "G0"))
        return report_say(report, WORD_GATE_0_FAILED);
    if (str_is(gate->id, "G1") && gate->nothing_scored)
        return report_say(report, WORD_GATE_1_NOTHING);
    if (str_is(gate->id, "G1")) {
        parts[0] = report_say(report, WORD_GATE_1_FAILED);
        parts[1] = short_text(report, gate);
        buf_add(&report->scratch, parts[0]);
        buf_add_char(&report->scratch, ' ');
        buf_add(&report->scratch, parts[1]);
        return report_keep(report);
    }
    if (str_is(gate->id, "G2"))
        return report_fill(report, WORD_GATE_2_FAILED, 1, questions_text(report, gate));
    return gate->detail;
}

struct str gate_text(struct report *report, const struct gate_result *gate)
{
    struct str text = gate->is_triggered ? triggered_text(report, gate) : passed_text(report, gate);

    return with_void_letters(report, gate, text);
}

struct str proofs_text(struct report *report, const struct assessment *assessment,
                       struct str *ret_figure)
{
    size_t i;

    *ret_figure = (struct str){NULL, 0};
    for (i = 0; i < assessment->evidence_count; i++) {
        if (!ret_figure->ptr && figure_by_id(report, assessment->evidence[i]))
            *ret_figure = assessment->evidence[i];
        buf_add_text(&report->scratch, i ? "; " : "");
        buf_add(&report->scratch, assessment->evidence[i]);
    }
    if (assessment->evidence_count == 0)
        return (struct str){NULL, 0};
    return report_keep(report);
}
