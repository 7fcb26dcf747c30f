#include "answer/answer_alone.h"

#include "answer/lint_finding.h"

struct where answer_where(const struct answer_place *place, const char *attribute)
{
    return xml_where_attr(place->document, place->node, str_of(attribute));
}

static bool is_nonconformity(enum grade grade)
{
    return grade == GRADE_MINOR || grade == GRADE_MAJOR;
}

static bool is_of_scored_only(enum grade grade)
{
    return is_nonconformity(grade) || grade == GRADE_CONFORM || grade == GRADE_STRENGTH;
}

/* Points that do not go with the grade: met in the main begins at 8, and 10 leaves no gap. */
static bool is_grade_odd(const struct answer *answer)
{
    if (is_nonconformity(answer->grade))
        return answer->points == 10;
    return (answer->grade == GRADE_CONFORM || answer->grade == GRADE_STRENGTH) &&
           answer->points < 8;
}

/* --- status, points, grade --- */

static unsigned check_points(const struct answer_place *place)
{
    const struct answer *answer = place->answer;
    bool is_scored = answer->status == ANSWER_SCORED;

    if (is_scored && answer->points < 0) {
        diag_report(place->diag, RULE_ANSWER_NO_POINTS, answer_where(place, "status"),
                    "'%.*s' is scored", STR_ARG(answer->question));
        diag_hint(place->diag, "add points=\"...\" with 0, 4, 6, 8 or 10, or write "
                               "status=\"notchecked\" with a reason");
        return 1;
    }
    if (!is_scored && answer->points >= 0) {
        diag_report(place->diag, RULE_ANSWER_POINTS, answer_where(place, "points"),
                    "'%.*s' has %d points and is %s", STR_ARG(answer->question), answer->points,
                    answer_status_name(answer->status));
        diag_hint(place->diag, "take the points away, or write status=\"scored\"");
        return 1;
    }
    return 0;
}

static unsigned check_status(const struct answer_place *place)
{
    const struct answer *answer = place->answer;
    const char *status = answer_status_name(answer->status);
    unsigned errors = 0;

    if (answer->status == ANSWER_SCORED) {
        if (answer->points < 0 || !is_grade_odd(answer))
            return 0;
        diag_report(place->diag, RULE_ANSWER_GRADE_POINTS, answer_where(place, "grade"),
                    "'%.*s' is %s with %d points", STR_ARG(answer->question),
                    grade_name(answer->grade), answer->points);
        diag_hint(place->diag, "%s", is_nonconformity(answer->grade)
                                         ? "10 points leave no gap: give fewer, or take the grade away"
                                         : "conform and strength go with 8 or 10 points");
        return 0;
    }
    if (is_of_scored_only(answer->grade)) {
        diag_report(place->diag, RULE_ANSWER_GRADE_STATUS, answer_where(place, "grade"),
                    "'%.*s' is %s and %s", STR_ARG(answer->question), grade_name(answer->grade),
                    status);
        diag_hint(place->diag, "take the grade away, or write status=\"scored\" with points; "
                               "grade=\"observation\" may stand beside any status");
        errors++;
    }
    if (!answer->reason.len) {
        diag_report(place->diag, RULE_ANSWER_NO_REASON, answer_where(place, "status"),
                    "'%.*s' is %s", STR_ARG(answer->question), status);
        diag_hint(place->diag, "add <reason>...</reason> inside the answer");
        errors++;
    }
    return errors;
}

/* --- the statement of a nonconformity --- */

static unsigned check_statement(const struct answer_place *place)
{
    const struct answer *answer = place->answer;
    const struct nonconformity *statement = answer->nonconformity;
    const struct xml_node *node = xml_child(place->node, "nonconformity");
    unsigned errors = 0;

    if (is_nonconformity(answer->grade) && !statement) {
        diag_report(place->diag, RULE_ANSWER_NO_STATEMENT, answer_where(place, "grade"), "'%.*s'",
                    STR_ARG(answer->question));
        diag_hint(place->diag, "add <nonconformity id=\"...\"> with requirement, facts, nature and "
                               "effect");
    }
    if (!statement)
        return 0;
    if (!is_nonconformity(answer->grade)) {
        diag_report(place->diag, RULE_ANSWER_STATEMENT, xml_where(place->document, node),
                    "'%.*s' states '%.*s' and is %s", STR_ARG(answer->question),
                    STR_ARG(statement->id),
                    answer->grade == GRADE_NONE ? "not graded" : grade_name(answer->grade));
        diag_hint(place->diag, "write grade=\"minor\" or grade=\"major\", or take the statement "
                               "away");
        errors++;
    }
    if (statement->acknowledged_on.ptr && answer->on.ptr &&
        str_compare(statement->acknowledged_on, answer->on) < 0) {
        diag_report(place->diag, RULE_ANSWER_ACKNOWLEDGED,
                    xml_where_attr(place->document, node, STR("acknowledged-on")), "'%.*s' on %.*s",
                    STR_ARG(statement->id), STR_ARG(statement->acknowledged_on));
        diag_hint(place->diag, "the answer is of %.*s; mend one of the two days",
                  STR_ARG(answer->on));
        errors++;
    }
    return errors;
}

static void check_signed(const struct answer_place *place)
{
    const struct answer *answer = place->answer;
    const char *missing = answer->by.len ? "on" : "by";

    if (answer->by.len && answer->on.ptr)
        return;
    diag_report(place->diag, RULE_ANSWER_UNSIGNED, answer_where(place, missing),
                "'%.*s' has no '%s'", STR_ARG(answer->question), missing);
    diag_hint(place->diag, "add %s", answer->by.len  ? "on=\"2026-01-31\", the day of the answer"
                                     : answer->on.ptr ? "by=\"...\", who answered"
                                                      : "by=\"...\" and on=\"2026-01-31\"");
}

unsigned answer_check_alone(const struct answer_place *place)
{
    unsigned errors = check_points(place) + check_status(place) + check_statement(place);

    if (is_nonconformity(place->answer->grade))
        finding_lint(place);
    check_signed(place);
    return errors;
}
