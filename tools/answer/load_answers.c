#include "answer/answer.h"

#include "answer/catalogue.h"
#include "answer/lint_finding.h"
#include "answer/proof.h"
#include "xml/fields.h"

static void get_evidence(struct xml_fields *fields, const struct xml_node *node,
                         struct answer *answer)
{
    size_t count = xml_field_count(node, "evidence");
    const struct xml_node *use;

    answer->evidence = xml_field_array(fields, count, sizeof *answer->evidence);
    answer->proofs = xml_field_array(fields, count, sizeof *answer->proofs);
    for (use = xml_child(node, "evidence"); use && answer->evidence && answer->proofs;
         use = xml_next(use, "evidence")) {
        size_t i = answer->evidence_count++;

        answer->evidence[i] = xml_field_str(fields, use, "ref");
        proof_read(fields, use, &answer->proofs[i]);
    }
}

static void get_answer(struct xml_fields *fields, const struct xml_node *node, struct str source,
                       struct answer *answer)
{
    struct str grade = xml_attr(node, "grade");

    answer->question = xml_field_str(fields, node, "question");
    if (!answer_status_find(xml_attr(node, "status"), &answer->status))
        xml_field_bad(fields, node, "status", "is no status of an answer");
    answer->points = -1;
    if (xml_attr(node, "points").ptr)
        answer->points = (int)xml_field_uint(fields, node, "points");
    if (grade.ptr && !grade_find(grade, &answer->grade))
        xml_field_bad(fields, node, "grade", "is no grade");
    answer->reason = xml_field_text(fields, node, "reason");
    answer->finding = xml_field_text(fields, node, "finding");
    get_evidence(fields, node, answer);
    answer->by = xml_field_str(fields, node, "by");
    answer->on = xml_field_str(fields, node, "on");
    answer->repeats = xml_field_str(fields, node, "repeats");
    answer->nonconformity = nonconformity_read(fields, node);
    sampled_read(fields, node, &answer->sampled);
    answer->where = xml_where(fields->document, node);
    answer->where.source = source;
}

void sampled_read(struct xml_fields *fields, const struct xml_node *node, struct sampled *sampled)
{
    struct str effect = xml_attr(node, "effect");

    sampled->n = xml_field_uint(fields, node, "sample");
    sampled->has_failed = xml_attr(node, "failed").ptr != NULL;
    sampled->failed = xml_field_uint(fields, node, "failed");
    sampled->tolerance = xml_field_double(fields, node, "tolerance");
    if (effect.ptr && !effect_find(effect, &sampled->effect))
        xml_field_bad(fields, node, "effect", "is not none or seen");
    if (sampled->has_failed && (sampled->n == 0 || sampled->failed > sampled->n))
        xml_field_bad(fields, node, "failed", "is more than the attribute sample says");
}

static bool is_of_scored_only(enum grade grade)
{
    return grade == GRADE_CONFORM || grade == GRADE_MINOR || grade == GRADE_MAJOR ||
           grade == GRADE_STRENGTH;
}

/* Points that do not go with the grade: met in the main begins at 8, and 10 leaves no gap. */
static bool is_grade_odd(const struct answer *answer)
{
    switch (answer->grade) {
    case GRADE_CONFORM:
    case GRADE_STRENGTH:
        return answer->points < 8;
    case GRADE_MINOR:
    case GRADE_MAJOR:
        return answer->points == 10;
    default:
        return false;
    }
}

/* The number of errors. */
static unsigned check_statement(const struct answer *answer, struct diag *diag)
{
    const struct nonconformity *statement = answer->nonconformity;
    bool is_nonconformity = answer->grade == GRADE_MINOR || answer->grade == GRADE_MAJOR;
    unsigned errors = 0;

    if (is_nonconformity && !statement)
        diag_report(diag, RULE_ANSWER_NO_STATEMENT, answer->where, "'%.*s'",
                    STR_ARG(answer->question));
    if (!statement)
        return 0;
    if (!is_nonconformity) {
        diag_report(diag, RULE_ANSWER_STATEMENT, answer->where, "'%.*s' states '%.*s' and is %s",
                    STR_ARG(answer->question), STR_ARG(statement->id),
                    answer->grade == GRADE_NONE ? "not graded" : grade_name(answer->grade));
        errors++;
    }
    if (statement->acknowledged_on.ptr && answer->on.ptr &&
        str_compare(statement->acknowledged_on, answer->on) < 0) {
        diag_report(diag, RULE_ANSWER_ACKNOWLEDGED, answer->where, "'%.*s' on %.*s",
                    STR_ARG(statement->id), STR_ARG(statement->acknowledged_on));
        errors++;
    }
    return errors;
}

/* What one answer alone can get wrong; the number of errors. */
static unsigned check_alone(const struct answer *answer, struct diag *diag)
{
    bool scored = answer->status == ANSWER_SCORED;
    const char *status = answer_status_name(answer->status);
    unsigned errors = 0;

    if (scored && answer->points < 0) {
        diag_report(diag, RULE_ANSWER_NO_POINTS, answer->where, "'%.*s' is scored",
                    STR_ARG(answer->question));
        errors++;
    }
    if (!scored && answer->points >= 0) {
        diag_report(diag, RULE_ANSWER_POINTS, answer->where, "'%.*s' has %d points and is %s",
                    STR_ARG(answer->question), answer->points, status);
        errors++;
    }
    if (!scored && is_of_scored_only(answer->grade)) {
        diag_report(diag, RULE_ANSWER_GRADE_STATUS, answer->where, "'%.*s' is %s and %s",
                    STR_ARG(answer->question), grade_name(answer->grade), status);
        errors++;
    }
    if (!scored && !answer->reason.len) {
        diag_report(diag, RULE_ANSWER_NO_REASON, answer->where, "'%.*s' is %s",
                    STR_ARG(answer->question), status);
        errors++;
    }
    if (scored && answer->points >= 0 && is_grade_odd(answer))
        diag_report(diag, RULE_ANSWER_GRADE_POINTS, answer->where, "'%.*s' is %s with %d points",
                    STR_ARG(answer->question), grade_name(answer->grade), answer->points);
    errors += check_statement(answer, diag);
    if (answer->grade == GRADE_MINOR || answer->grade == GRADE_MAJOR)
        finding_lint(answer, diag);
    if (!answer->by.len || !answer->on.ptr)
        diag_report(diag, RULE_ANSWER_UNSIGNED, answer->where, "'%.*s' has no '%s'",
                    STR_ARG(answer->question), answer->by.len ? "on" : "by");
    return errors;
}

static void get_root(struct xml_fields *fields, const struct xml_node *root,
                     struct answers *answers)
{
    const struct xml_node *node;
    struct str source = arena_str(fields->arena, xml_where(fields->document, root).source);

    answers->audit = xml_field_str(fields, root, "audit");
    answers->where = xml_where(fields->document, root);
    answers->where.source = source;
    answers->sha256 = xml_identity(fields->document)->sha256;
    answers->list = xml_field_array(fields, xml_field_count(root, "answer"),
                                    sizeof *answers->list);
    for (node = xml_child(root, "answer"); node && answers->list; node = xml_next(node, "answer"))
        get_answer(fields, node, source, &answers->list[answers->count++]);
}

enum status answers_load(struct arena *arena, const struct library *library, struct str path,
                         struct diag *diag, struct answers **ret_answers)
{
    struct xml_document *document = NULL;
    struct answers *answers;
    struct xml_fields fields;
    enum status status;
    unsigned errors = 0;
    size_t i;

    status = library_load(library, path, (struct str){NULL, 0}, "answers", diag, &document);
    if (status != STATUS_OK)
        return status; /* reported where it happened */
    fields = (struct xml_fields){document, arena, diag, STATUS_OK};
    answers = xml_field_array(&fields, 1, sizeof *answers);
    if (answers)
        get_root(&fields, xml_root(document), answers);
    xml_free(document);
    if (fields.status != STATUS_OK)
        return fields.status;
    for (i = 0; i < answers->count; i++)
        errors += check_alone(&answers->list[i], diag);
    if (errors)
        return answers_refuse(answers, errors, diag);
    *ret_answers = answers;
    return STATUS_OK;
}
