#include "report/live.h"

bool live_is_blank(struct str text)
{
    return str_trim(text).len == 0;
}

static bool is_nonconformity(enum grade grade)
{
    return grade == GRADE_MINOR || grade == GRADE_MAJOR;
}

static bool is_of_scored_only(enum grade grade)
{
    return is_nonconformity(grade) || grade == GRADE_CONFORM || grade == GRADE_STRENGTH;
}

/* A question that the audit's edition does not have is for information without anybody's reason. */
static bool is_later(const struct assessment *assessment)
{
    return assessment->status == ANSWER_INFORMATIONAL && assessment->why_code == WHY_EDITION &&
           live_is_blank(assessment->reason);
}

static bool lacks_reason(const struct assessment *assessment)
{
    if (assessment->status == ANSWER_SCORED || !live_is_blank(assessment->reason))
        return false;
    if (assessment->status == ANSWER_NOTCHECKED)
        return assessment->grade != GRADE_NONE;
    return !is_later(assessment) || assessment->grade != GRADE_NONE;
}

enum live_problem live_problem_of(const struct result_question *item)
{
    const struct assessment *assessment = &item->assessment;
    bool scored = assessment->status == ANSWER_SCORED;

    if (item->question.is_gate && !scored && assessment->status != ANSWER_NOTCHECKED &&
        !is_later(assessment))
        return PROBLEM_GATE;
    if (item->question.basis == BASIS_GOOD_PRACTICE && is_nonconformity(assessment->grade))
        return PROBLEM_GRADE_BASIS;
    if (!scored && is_of_scored_only(assessment->grade))
        return PROBLEM_GRADE_STATUS;
    if (!lacks_reason(assessment))
        return PROBLEM_NONE;
    return assessment->status == ANSWER_NOTAPPLICABLE &&
                   index_of(item->question.basis) == INDEX_CONFORMITY
               ? PROBLEM_NOT_APPLICABLE
               : PROBLEM_REASON;
}

enum live_state live_state_of(const struct result_question *item)
{
    enum live_problem problem = live_problem_of(item);

    if (problem != PROBLEM_NONE && problem != PROBLEM_NOT_APPLICABLE)
        return LIVE_OPEN;
    switch (item->assessment.status) {
    case ANSWER_SCORED:
        return LIVE_SCORED;
    case ANSWER_NOTCHECKED:
        return LIVE_OPEN;
    case ANSWER_NOTAPPLICABLE:
        return LIVE_SET_ASIDE;
    default:
        return LIVE_OUT;
    }
}

/* --- formulas; what they say stands in C above --- */

void live_status_is(struct report *report, enum answer_status status)
{
    buf_add_text(&report->scratch, "{checklist.status!}=");
    live_literal(&report->scratch, say_status(status, report->lang));
}

void live_grade_is(struct report *report, const enum grade *grades, size_t count)
{
    size_t i;

    buf_add_text(&report->scratch, "OR(");
    for (i = 0; i < count; i++) {
        buf_add_text(&report->scratch, i ? ",{checklist.grade!}=" : "{checklist.grade!}=");
        live_literal(&report->scratch, say_grade(grades[i], report->lang));
    }
    buf_add_char(&report->scratch, ')');
}

static void add_unknown_status(struct report *report)
{
    int status;

    buf_add_text(&report->scratch, "IF(AND({checklist.status!}<>\"\",NOT(OR(");
    for (status = 0; status < ANSWER_STATUS_COUNT; status++) {
        buf_add_text(&report->scratch, status ? "," : "");
        live_status_is(report, (enum answer_status)status);
    }
    buf_printf(&report->scratch, "))),%d,", PROBLEM_STATUS);
}

static void add_points_problems(struct report *report)
{
    struct buf *out = &report->scratch;

    buf_add_text(out, "IF(AND(");
    live_status_is(report, ANSWER_SCORED);
    buf_printf(out,
               ",ISNUMBER({checklist.points!})*(({checklist.points!}=0)+({checklist.points!}=4)"
               "+({checklist.points!}=6)+({checklist.points!}=8)+({checklist.points!}=10))=0),%d,"
               "IF(AND(NOT(",
               PROBLEM_NO_POINTS);
    live_status_is(report, ANSWER_SCORED);
    buf_printf(out, "),LEN({checklist.points!})>0),%d,", PROBLEM_POINTS);
}

/* Set aside, but not merely for the edition. */
static void add_gate_problem(struct report *report)
{
    struct buf *out = &report->scratch;

    buf_add_text(out, "IF(AND({checklist.gate!}=");
    live_say(report, WORD_YES);
    buf_add_text(out, ",OR(");
    live_status_is(report, ANSWER_NOTAPPLICABLE);
    buf_add_char(out, ',');
    live_status_is(report, ANSWER_NOTSELECTED);
    buf_add_text(out, ",AND(");
    live_status_is(report, ANSWER_INFORMATIONAL);
    buf_printf(out, ",OR({checklist.since!}=\"\",TRIM({checklist.note!})<>\"\")))),%d,",
               PROBLEM_GATE);
}

static void add_grade_problems(struct report *report)
{
    static const enum grade all[] = {GRADE_CONFORM,     GRADE_MINOR,       GRADE_MAJOR,
                                     GRADE_OBSERVATION, GRADE_OPPORTUNITY, GRADE_STRENGTH};
    static const enum grade bad[] = {GRADE_MINOR, GRADE_MAJOR};
    static const enum grade scored[] = {GRADE_CONFORM, GRADE_MINOR, GRADE_MAJOR, GRADE_STRENGTH};
    struct buf *out = &report->scratch;

    buf_add_text(out, "IF(AND({checklist.grade!}<>\"\",NOT(");
    live_grade_is(report, all, sizeof all / sizeof *all);
    buf_printf(out, ")),%d,IF(AND({calculation.index!}=2,", PROBLEM_GRADE);
    live_grade_is(report, bad, sizeof bad / sizeof *bad);
    buf_printf(out, "),%d,IF(AND(NOT(", PROBLEM_GRADE_BASIS);
    live_status_is(report, ANSWER_SCORED);
    buf_add_text(out, "),");
    live_grade_is(report, scored, sizeof scored / sizeof *scored);
    buf_printf(out, "),%d,", PROBLEM_GRADE_STATUS);
}

static void add_reason_problems(struct report *report)
{
    struct buf *out = &report->scratch;

    buf_add_text(out, "IF(AND(TRIM({checklist.note!})=\"\",NOT(");
    live_status_is(report, ANSWER_SCORED);
    buf_add_text(out, "),OR({checklist.grade!}<>\"\",");
    live_status_is(report, ANSWER_NOTAPPLICABLE);
    buf_add_char(out, ',');
    live_status_is(report, ANSWER_NOTSELECTED);
    buf_add_text(out, ",AND(");
    live_status_is(report, ANSWER_INFORMATIONAL);
    buf_add_text(out, ",{checklist.since!}=\"\"))),IF(AND({calculation.index!}=1,");
    live_status_is(report, ANSWER_NOTAPPLICABLE);
    buf_printf(out, "),%d,%d),%d)", PROBLEM_NOT_APPLICABLE, PROBLEM_REASON, PROBLEM_NONE);
}

struct str live_problem_formula(struct report *report)
{
    buf_add_char(&report->scratch, '=');
    add_unknown_status(report);
    add_points_problems(report);
    add_gate_problem(report);
    add_grade_problems(report);
    add_reason_problems(report);
    buf_add_text(&report->scratch, ")))))))");
    return report_keep(report);
}

struct str live_state_formula(struct report *report)
{
    struct buf *out = &report->scratch;

    buf_printf(out, "=IF(AND({calculation.problem!}>0,{calculation.problem!}<%d),%d,IF(",
               PROBLEM_NOT_APPLICABLE, LIVE_OPEN);
    live_status_is(report, ANSWER_SCORED);
    buf_printf(out, ",%d,IF(OR({checklist.status!}=\"\",", LIVE_SCORED);
    live_status_is(report, ANSWER_NOTCHECKED);
    buf_printf(out, "),%d,IF(", LIVE_OPEN);
    live_status_is(report, ANSWER_NOTAPPLICABLE);
    buf_printf(out, ",%d,%d))))", LIVE_SET_ASIDE, LIVE_OUT);
    return report_keep(report);
}
