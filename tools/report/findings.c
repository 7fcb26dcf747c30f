#include <inttypes.h>
#include <stdlib.h>

#include "report/report_parts.h"

static enum finding_rank rank_of_grade(enum grade grade)
{
    switch (grade) {
    case GRADE_MAJOR:
        return RANK_MAJOR;
    case GRADE_MINOR:
        return RANK_MINOR;
    case GRADE_OBSERVATION:
        return RANK_OBSERVATION;
    case GRADE_OPPORTUNITY:
        return RANK_OPPORTUNITY;
    default:
        return RANK_STRENGTH;
    }
}

const struct figure *finding_figure(const struct report *report,
                                    const struct assessment *assessment)
{
    const struct figure *figure = figure_by_id(report, assessment->why_facts.figure);
    size_t i;

    for (i = 0; !figure && i < assessment->evidence_count; i++)
        figure = figure_by_id(report, assessment->evidence[i]);
    return figure;
}

static struct str points_text(struct report *report, enum word word, int points,
                              const struct assessment *assessment)
{
    struct str why = why_text(report, assessment);

    buf_add_int(&report->scratch, points);
    return report_fill(report, word, 2, report_keep(report), why);
}

/* False: the answer is no finding. */
static bool from_answer(struct report *report, const struct result_question *item,
                        struct finding *finding)
{
    const struct assessment *assessment = &item->assessment;
    /* what no requirement stands behind says so from its first word on */
    bool is_practice = item->question.basis == BASIS_GOOD_PRACTICE;

    finding->question = item;
    finding->grade = assessment->grade;
    finding->figure = finding_figure(report, assessment);
    finding->standing = WORD_FROM_FIGURE;
    finding->level = LEVEL_BAD;
    if (assessment->grade != GRADE_NONE && assessment->grade != GRADE_CONFORM) {
        finding->rank = rank_of_grade(assessment->grade);
        finding->level = level_of_grade(assessment->grade);
        if (assessment->origin == ORIGIN_PERSON)
            finding->standing = WORD_DECIDED;
        finding->text = assessment->finding.len  ? assessment->finding
                        : assessment->reason.len ? assessment->reason
                                                 : why_text(report, assessment);
        return true;
    }
    if (assessment->status == ANSWER_SCORED && assessment->origin == ORIGIN_FIGURE &&
        assessment->points <= POINTS_LOW) {
        finding->rank = RANK_SCORED_LOW;
        finding->text = points_text(report, is_practice ? WORD_SCORED_LOW_PRACTICE : WORD_SCORED_LOW,
                                    assessment->points, assessment);
        if (is_practice)
            finding->level = LEVEL_WATCH;
        return true;
    }
    if (assessment->status == ANSWER_NOTCHECKED && assessment->proposed >= 0 &&
        assessment->proposed <= POINTS_LOW) {
        finding->rank = RANK_PROPOSED_LOW;
        finding->standing = WORD_PROPOSED;
        finding->level = LEVEL_WATCH;
        finding->text =
            points_text(report, is_practice ? WORD_PROPOSE_LOW_PRACTICE : WORD_PROPOSE_LOW,
                        assessment->proposed, assessment);
        return true;
    }
    return false;
}

struct str breach_text(struct report *report, const struct figure *figure)
{
    return report_fill(
        report, WORD_FIGURE_BREACHED, 7, figure_title(report, figure),
        report_value(report, figure->unit, figure->value),
        report_value(report, figure->unit, figure->low),
        report_value(report, figure->unit, figure->high), report_count(report, figure->n),
        report_value(report, figure->unit, figure->target), say_raw(figure->verdict, report->lang));
}

bool finding_tells(const struct report *report, const struct figure *figure)
{
    size_t i;

    for (i = 0; i < report->finding_count; i++)
        if (report->findings[i].question && report->findings[i].figure == figure)
            return true;
    return false;
}

static int compare_findings(const void *left, const void *right)
{
    const struct finding *a = left;
    const struct finding *b = right;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->question && b->question) {
        int order = ratio_compare(b->question->question.weight, a->question->question.weight);

        if (order)
            return order;
    }
    return a->order < b->order ? -1 : a->order > b->order;
}

static void add_from_answers(struct report *report)
{
    const struct result *result = report->result;
    size_t i;

    for (i = 0; result && i < result->question_count; i++) {
        struct finding finding = {.order = i};

        if (from_answer(report, &result->questions[i], &finding))
            report->findings[report->finding_count++] = finding;
    }
}

static void add_from_figures(struct report *report)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *figure = &evidence->figures[i];

        if (level_of_verdict(figure->verdict) != LEVEL_BAD || finding_tells(report, figure))
            continue;
        report->findings[report->finding_count++] =
            (struct finding){.rank = RANK_BREACHED,
                             .order = i,
                             .standing = WORD_FROM_FIGURE,
                             .level = LEVEL_BAD,
                             .figure = figure,
                             .text = breach_text(report, figure)};
    }
}

void findings_collect(struct report *report)
{
    size_t questions = report->result ? report->result->question_count : 0;
    size_t most = report->evidence->figure_count + questions;
    size_t i;

    report->findings = arena_alloc(report->arena, most, sizeof *report->findings);
    report->finding_by_question =
        arena_alloc(report->arena, questions, sizeof *report->finding_by_question);
    if (!report->findings || !report->finding_by_question) {
        report->book->failed = true;
        return;
    }
    add_from_answers(report);
    add_from_figures(report);
    if (report->finding_count)
        qsort(report->findings, report->finding_count, sizeof *report->findings, compare_findings);
    for (i = 0; i < report->finding_count; i++) {
        struct finding *finding = &report->findings[i];

        buf_printf(&report->scratch, "FND-%03zu", i + 1);
        finding->id = report_keep(report);
        if (finding->question)
            report->finding_by_question[finding->order] = finding;
    }
}

const struct finding *finding_of(const struct report *report,
                                 const struct result_question *question)
{
    return report->finding_by_question
               ? report->finding_by_question[question - report->result->questions]
               : NULL;
}
