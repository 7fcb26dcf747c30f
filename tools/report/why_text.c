#include "report/report_parts.h"

#include "base/mem.h"
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
    case WHY_TAILORED:
        return tailored_text(report, assessment->question);
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
    case WHY_UNTRUSTED:
        return report_fill(report, WORD_WHY_UNTRUSTED, 1, measure);
    case WHY_PARTIAL:
        return report_fill(report, WORD_WHY_PARTIAL, 1, measure);
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
    struct str text;
    struct str more;
    size_t i;

    for (i = 0; i < gate->question_count && i < GATE_QUESTIONS; i++) {
        buf_add_text(&report->scratch, i ? ", " : "");
        buf_add(&report->scratch, gate->questions[i]);
    }
    text = report_keep(report);
    if (gate->question_count <= GATE_QUESTIONS)
        return text;
    more = report_fill(report, WORD_GATE_MORE, 1,
                       report_count(report, gate->question_count - GATE_QUESTIONS));
    buf_add(&report->scratch, text);
    buf_add_char(&report->scratch, ' ');
    buf_add(&report->scratch, more);
    return report_keep(report);
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
        buf_add_text(&report->scratch, parts[0].len ? "; " : "");
        buf_add(&report->scratch, parts[1]);
        text = report_keep(report);
    }
    return text;
}

/* "letter b 68.0 %, below 70 %; letter c 75.0 %, below 80 %" */
static struct str weak_letters_text(struct report *report, const struct gate_result *gate)
{
    const struct tally *letters = report->result->index[INDEX_CONFORMITY].letters;
    struct str parts[LETTER_COUNT];
    size_t count = 0;
    size_t i;

    for (i = 0; i < LETTER_COUNT; i++)
        if (((gate->letters_low | gate->letters_weak) >> i & 1) && letters[i].has_score)
            parts[count++] = report_fill(report, WORD_GATE_3_LETTER, 3, letter_text(i),
                                         report_percent(report, letters[i].score),
                                         gate->letters_low >> i & 1 ? STR("70 %") : STR("80 %"));
    for (i = 0; i < count; i++) {
        buf_add_text(&report->scratch, i ? "; " : "");
        buf_add(&report->scratch, parts[i]);
    }
    return report_keep(report);
}

static struct str set_aside_text(struct report *report, const struct gate_result *gate)
{
    const struct tally *all = &report->result->index[INDEX_CONFORMITY].all;
    struct ratio share = ratio_divide(all->set_aside, ratio_add(all->applicable, all->set_aside));

    if (!gate->is_too_much)
        return report_fill(report, WORD_GATE_6_REASON, 1, questions_text(report, gate));
    return report_fill(report, WORD_GATE_6_FAILED, 2, report_percent(report, share),
                       questions_text(report, gate));
}

static struct str joined(struct report *report, enum word lead, struct str rest)
{
    struct str text = report_say(report, lead);

    buf_add(&report->scratch, text);
    buf_add_char(&report->scratch, ' ');
    buf_add(&report->scratch, rest);
    return report_keep(report);
}

static struct str triggered_text(struct report *report, const struct gate_result *gate)
{
    static const struct {
        const char *id;
        enum word word;
    } lists[] = {{"G2", WORD_GATE_2_FAILED},
                 {"G4", WORD_GATE_4_FAILED},
                 {"G5", WORD_GATE_5_FAILED},
                 {"G7", WORD_GATE_7_FAILED}};
    size_t i;

    if (str_is(gate->id, "G0"))
        return report_say(report, WORD_GATE_0_FAILED);
    if (str_is(gate->id, "G1") && gate->nothing_scored)
        return report_say(report, WORD_GATE_1_NOTHING);
    if (str_is(gate->id, "G1"))
        return joined(report, WORD_GATE_1_FAILED, short_text(report, gate));
    if (str_is(gate->id, "G3"))
        return joined(report, WORD_GATE_3_FAILED, weak_letters_text(report, gate));
    if (str_is(gate->id, "G6"))
        return set_aside_text(report, gate);
    for (i = 0; i < ARRAY_LEN(lists); i++)
        if (str_is(gate->id, lists[i].id))
            return report_fill(report, lists[i].word, 1, questions_text(report, gate));
    return gate->detail;
}

struct str gate_detail(struct report *report, const struct gate_result *gate)
{
    return with_void_letters(report, gate,
                             gate->is_triggered ? triggered_text(report, gate) : STR(""));
}

struct str gate_text(struct report *report, const struct gate_result *gate)
{
    struct str detail = gate_detail(report, gate);

    buf_add(&report->scratch, gate->id);
    buf_add_text(&report->scratch, ": ");
    buf_add(&report->scratch, detail);
    return report_keep(report);
}

struct str gates_passed_text(struct report *report)
{
    const struct result *result = report->result;
    struct str text;
    bool any = false;
    size_t i;

    for (i = 0; i < result->gate_count; i++) {
        /* a gate that judges marks has nothing to pass before there is one */
        if (result->gates[i].is_triggered ||
            (!result->index[INDEX_CONFORMITY].all.has_score && !str_is(result->gates[i].id, "G0")))
            continue;
        buf_add_text(&report->scratch, any ? ", " : "");
        buf_add(&report->scratch, result->gates[i].id);
        any = true;
    }
    text = report_keep(report);
    if (!any)
        return (struct str){NULL, 0};
    text = report_fill(report, WORD_SUM_GATES_OK, 1, text);
    for (i = 0; i < result->gate_count; i++)
        if (!result->gates[i].is_triggered)
            text = with_void_letters(report, &result->gates[i], text);
    return text;
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
